// SPDX-License-Identifier: MIT
#include "helper/normalizer/ProcessTable.h"

namespace lunaris
{

ProcessTable::ProcessTable(std::size_t capacity) : m_capacity(capacity) {}

void ProcessTable::runs(std::uint32_t pid, std::string_view executable)
{
    // Ends are lost when the ring is full: their processes must not fill the table for ever.
    if (m_executables.size() >= m_capacity && !m_executables.contains(pid)) {
        m_executables.erase(m_executables.begin());
    }
    m_executables[pid] = executable;
}

void ProcessTable::forked(std::uint32_t parent, std::uint32_t child)
{
    const std::string executable(executableOf(parent));
    if (executable.empty()) {
        m_executables.erase(child); // what an earlier process of that number ran is not what this one runs
    } else {
        runs(child, executable);
    }
}

void ProcessTable::exited(std::uint32_t pid)
{
    m_executables.erase(pid);
}

std::string_view ProcessTable::executableOf(std::uint32_t pid) const
{
    const auto found = m_executables.find(pid);
    return found == m_executables.end() ? std::string_view() : std::string_view(found->second);
}

} // namespace lunaris
