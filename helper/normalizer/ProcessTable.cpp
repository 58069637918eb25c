// SPDX-License-Identifier: MIT
#include "helper/normalizer/ProcessTable.h"

#include <utility>

namespace lunaris
{

ProcessTable::ProcessTable(std::size_t capacity, std::size_t maximumBytes)
    : m_capacity(capacity), m_maximumBytes(maximumBytes)
{
}

void ProcessTable::runs(ProcessKey key, std::string_view executable)
{
    Process process = processOf(key);
    process.executable = std::make_shared<const std::string>(executable);
    process.lookAgain = 0; // who starts a program for another has put it into its cgroup by now
    replace(key, std::move(process));
}

void ProcessTable::forked(ProcessKey parent, ProcessKey child)
{
    if (const Process *known = find(child); known && child.start != 0 && known->start == child.start) {
        return; // the scan has found it, and knows what it runs now
    }
    const Process *from = find(parent);
    Process process = from ? *from : Process();
    process.start = child.start;
    replace(child, std::move(process));
}

void ProcessTable::exited(ProcessKey key)
{
    if (find(key)) {
        forget(key.pid);
    }
}

Process &ProcessTable::processOf(ProcessKey key)
{
    if (Process *known = find(key)) {
        if (key.start != 0) {
            known->start = key.start;
        }
        return *known;
    }
    Process process;
    process.start = key.start;
    return replace(key, std::move(process));
}

/// Null also when the number is another process's by now, or was then.
Process *ProcessTable::find(ProcessKey key)
{
    Process *process = m_processes.find(key.pid);
    const bool isAnother = process && key.start != 0 && process->start != 0 && process->start != key.start;
    return isAnother ? nullptr : process;
}

Process &ProcessTable::replace(ProcessKey key, Process process)
{
    const Process *known = m_processes.find(key.pid);
    if (known && key.start != 0 && known->start > key.start) {
        m_earlier = std::move(process); // told late: the scan has found who has its number now
        return m_earlier;
    }
    forget(key.pid);
    const std::size_t bytes = textOf(process.executable).size();
    makeRoomFor(bytes);
    m_bytes += bytes;
    return m_processes.insert(key.pid, std::move(process));
}

void ProcessTable::forget(std::uint32_t pid)
{
    if (const Process *process = m_processes.find(pid)) {
        m_bytes -= textOf(process->executable).size();
        m_processes.erase(pid);
    }
}

/// Ends are lost when the ring is full: their processes must not fill the table for ever.
void ProcessTable::makeRoomFor(std::size_t bytes)
{
    while (m_processes.size() > 0 && (m_processes.size() >= m_capacity || m_bytes + bytes > m_maximumBytes)) {
        forget(m_processes.oldest());
    }
}

} // namespace lunaris
