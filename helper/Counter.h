// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_COUNTER_H
#define LUNARIS_HELPER_COUNTER_H

#include <atomic>
#include <cstdint>

namespace lunaris
{

/// A number that one thread writes and any thread may read. With a single writer no locked
/// instruction is needed.
class Counter
{
public:
    void add(std::uint64_t amount) { set(value() + amount); }
    void set(std::uint64_t value) { m_value.store(value, std::memory_order_relaxed); }
    std::uint64_t value() const { return m_value.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> m_value{0};
};

} // namespace lunaris

#endif
