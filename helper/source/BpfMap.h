// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_BPFMAP_H
#define LUNARIS_HELPER_SOURCE_BPFMAP_H

#include <cstdint>
#include <utility>

namespace lunaris
{

/// A map of the kernel's that was made at run time. It lives while somebody holds it: this, or a map of
/// maps that it was put into.
class BpfMap
{
public:
    BpfMap() = default;
    explicit BpfMap(int fd) : m_fd(fd) {}
    ~BpfMap();
    BpfMap(BpfMap &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    BpfMap &operator=(BpfMap &&other) noexcept
    {
        std::swap(m_fd, other.m_fd);
        return *this;
    }

    int fd() const { return m_fd; }

    /// Puts it into a map of maps. Returns when no program uses what was in that place before: the kernel
    /// waits for them (maybe_wait_bpf_programs() in kernel/bpf/syscall.c). False, with errno, if it
    /// failed.
    [[nodiscard]] bool putInto(int mapOfMaps, std::uint32_t place) const;

private:
    int m_fd = -1;
};

} // namespace lunaris

#endif
