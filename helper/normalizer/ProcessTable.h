// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_PROCESSTABLE_H
#define LUNARIS_HELPER_NORMALIZER_PROCESSTABLE_H

#include "helper/normalizer/RecencyTable.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lunaris
{

/// Tells a process from every other one that has its number before or after it.
struct ProcessKey {
    std::uint32_t pid = 0;
    std::uint64_t start = 0; ///< nanoseconds since boot; 0 = not known, which is taken for the same
};

/// What is remembered of a process. The texts are shared with its forks and are null when not known.
struct Process {
    std::uint64_t start = 0;
    std::shared_ptr<const std::string> executable;

    // Belongs to the ApplicationIdentity, for finding the application once and not at every event.
    std::shared_ptr<const std::string> application;
    std::uint64_t cgroup = 0;    ///< for which it was found
    std::uint64_t lookAgain = 0; ///< boot time in ns from which on it is to be found anew
};

/// Which program each process runs, as told by its fork, exec and exit, in the order of the ring.
/// Bounded in number and in bytes: when it is full, those are forgotten that did nothing for longest.
/// A number that is used again is another process. Not thread-safe.
class ProcessTable
{
public:
    explicit ProcessTable(std::size_t capacity, std::size_t maximumBytes = std::size_t{8} * 1024 * 1024);

    /// The process runs this executable from now on.
    void runs(ProcessKey key, std::string_view executable);

    /// The process is a copy of its parent until it runs something else.
    void forked(ProcessKey parent, ProcessKey child);

    void exited(ProcessKey key);

    /// Made, with nothing known, when it is not there. Valid until the table's next call.
    Process &processOf(ProcessKey key);

    std::size_t size() const { return m_processes.size(); }

private:
    Process *find(ProcessKey key);
    Process &replace(ProcessKey key, Process process);
    void forget(std::uint32_t pid);
    void makeRoomFor(std::size_t bytes);

    const std::size_t m_capacity;
    const std::size_t m_maximumBytes;
    std::size_t m_bytes = 0; // of all executables, as if none were shared
    RecencyTable<std::uint32_t, Process> m_processes;
    Process m_earlier; // has lost its place to a later process, and is spoken of once more
};

/// Empty when it is null.
inline std::string_view textOf(const std::shared_ptr<const std::string> &text)
{
    return text ? std::string_view(*text) : std::string_view();
}

} // namespace lunaris

#endif
