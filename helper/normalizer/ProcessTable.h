// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_PROCESSTABLE_H
#define LUNARIS_HELPER_NORMALIZER_PROCESSTABLE_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace lunaris
{

/// Which program each process runs, as told by its fork, exec and exit, in the order of the ring.
/// Bounded: when it is full, some process is forgotten for a new one. Not thread-safe.
class ProcessTable
{
public:
    explicit ProcessTable(std::size_t capacity);

    /// The process runs this executable from now on.
    void runs(std::uint32_t pid, std::string_view executable);

    /// The process is a copy of its parent until it runs something else.
    void forked(std::uint32_t parent, std::uint32_t child);

    void exited(std::uint32_t pid);

    /// Its executable, or nothing when it is not known. Valid until the table changes.
    std::string_view executableOf(std::uint32_t pid) const;

    std::size_t size() const { return m_executables.size(); }

private:
    const std::size_t m_capacity;
    std::unordered_map<std::uint32_t, std::string> m_executables;
};

} // namespace lunaris

#endif
