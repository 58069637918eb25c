// SPDX-License-Identifier: MIT
#include "app/models/ProcessTree.h"

#include "dbus/Names.h"
#include "dbus/filter/Expression.h"

#include <algorithm>
#include <queue>
#include <tuple>

namespace lunaris
{

namespace
{

// Of all executables together: a path has up to 4096.
constexpr std::size_t mostExecutableBytes = std::size_t{8} * 1024 * 1024;

filter::Node oneOf(filter::Field field, const std::vector<quint32> &pids)
{
    filter::Node node;
    node.kind = filter::Node::Kind::Comparison;
    node.field = field;
    node.op = filter::Operator::In;
    for (const quint32 pid : pids) {
        node.values.emplace_back().number = pid;
    }
    return node;
}

std::optional<std::string> printed(filter::Node node)
{
    std::string text = filter::print({std::move(node)});
    // Only the parser knows all limits of the language.
    return std::holds_alternative<filter::Expression>(filter::parse(text)) ? std::optional(std::move(text))
                                                                           : std::nullopt;
}

} // namespace

ProcessTree::ProcessTree(std::size_t most) : m_most(std::max<std::size_t>(most, 8)) {}

void ProcessTree::add(const MonitorEventList &events, quint64 dropped)
{
    m_gap = m_gap || dropped > 0;
    for (const MonitorEvent &event : events) {
        add(event);
    }
    if (isTooLarge(8)) {
        forgetSome();
    }
}

void ProcessTree::add(const MonitorEvent &event)
{
    if (m_gap) {
        m_gap = false;
        m_gapEnd = event.time;
    }
    Process &process = holderFor(event);
    process.lastSeen = std::max(process.lastSeen, event.time);
    if (!process.seen) {
        process.seen = true;
        process.uid = event.uid;
        linkToParent(process, event.parentPid, event.time);
    }
    // Assigned only when they differ: equal texts go on sharing one memory.
    if (process.comm != event.comm) {
        process.comm = event.comm;
    }
    if (process.application != event.application) {
        process.application = event.application;
    }
    const bool wrote = event.type == dbus::type::fileWritten && event.value > 0;
    process.totals.add(wrote ? static_cast<quint64>(event.value) : 0, event.time);
    if (event.type == dbus::type::processStarted) {
        process.uid = event.uid;
        setExecutable(process, event.subject);
    } else if (event.type == dbus::type::processExited) {
        process.ended = true;
        process.exitKnown = true;
        process.exitCode = event.value;
    }
}

/// The process that an event is of, made if it is the first of it.
ProcessTree::Process &ProcessTree::holderFor(const MonitorEvent &event)
{
    Process *const known = latest(event.pid);
    if (known == nullptr || known->ended) {
        return create(event.pid, event.time);
    }
    // In a gap it may have ended, and its pid been given away. A parent of its own is no proof of that
    // elsewhere: who loses its parent gets another.
    if (event.type == dbus::type::processStarted && known->seen && known->parentPid != event.parentPid &&
        known->lastSeen < m_gapEnd) {
        known->ended = true;
        return create(event.pid, event.time);
    }
    return *known;
}

ProcessTree::Process &ProcessTree::create(quint32 pid, quint64 time)
{
    Process &process = m_processes[m_nextNumber];
    process.number = m_nextNumber++;
    process.pid = pid;
    process.firstSeen = time;
    process.lastSeen = time;
    m_byPid[pid].push_back(&process);
    return process;
}

ProcessTree::Process *ProcessTree::latest(quint32 pid) const
{
    const auto holders = m_byPid.constFind(pid);
    return holders == m_byPid.constEnd() ? nullptr : holders->back();
}

void ProcessTree::linkToParent(Process &process, quint32 parentPid, quint64 time)
{
    process.parentPid = parentPid;
    if (parentPid == 0 || parentPid == process.pid) {
        return;
    }
    Process *parent = latest(parentPid);
    if (parent == nullptr || parent->ended) {
        parent = &create(parentPid, time);
    }
    // What comes from a file can claim anything. Nothing is below who has no children, however deep the tree
    // is.
    if (process.childCount == 0 || !isBelow(parent->number, process.number)) {
        process.parent = parent->number;
        ++parent->childCount;
    }
}

bool ProcessTree::isBelow(quint64 number, quint64 ancestor) const
{
    while (number != 0 && number != ancestor) {
        number = m_processes.at(number).parent;
    }
    return number == ancestor;
}

void ProcessTree::setExecutable(Process &process, const QByteArray &executable)
{
    m_executableBytes -= static_cast<std::size_t>(process.executable.size());
    process.executable = executable;
    m_executableBytes += static_cast<std::size_t>(process.executable.size());
}

void ProcessTree::clear()
{
    m_processes.clear();
    m_byPid.clear();
    m_executableBytes = 0;
}

const ProcessTree::Process *ProcessTree::process(quint64 number) const
{
    const auto found = m_processes.find(number);
    return found == m_processes.end() ? nullptr : &found->second;
}

const ProcessTree::Process *ProcessTree::find(quint32 pid, quint64 time) const
{
    const auto holders = m_byPid.constFind(pid);
    if (holders == m_byPid.constEnd()) {
        return nullptr;
    }
    const auto holder = std::find_if(holders->crbegin(), holders->crend(),
                                     [time](const Process *process) { return process->firstSeen <= time; });
    return holder == holders->crend() ? nullptr : *holder;
}

std::vector<ProcessTree::Process> ProcessTree::parents(quint32 pid, quint64 time) const
{
    std::vector<Process> found;
    const Process *child = find(pid, time);
    while (child != nullptr && (child = process(child->parent)) != nullptr) {
        found.push_back(*child);
    }
    return found;
}

QHash<quint64, std::vector<quint64>> ProcessTree::children() const
{
    QHash<quint64, std::vector<quint64>> found;
    for (const auto &[number, process] : m_processes) {
        found[process.parent].push_back(number);
    }
    return found;
}

std::vector<quint64> ProcessTree::subtree(quint64 number) const
{
    if (process(number) == nullptr) {
        return {};
    }
    const QHash<quint64, std::vector<quint64>> all = children();
    std::vector<quint64> found = {number};
    for (std::size_t at = 0; at < found.size(); ++at) {
        const auto below = all.constFind(found[at]);
        if (below != all.constEnd()) {
            found.insert(found.end(), below->begin(), below->end());
        }
    }
    return found;
}

std::optional<std::string> ProcessTree::filterOf(quint64 number) const
{
    std::vector<quint32> pids;
    std::vector<quint32> running;
    for (const quint64 member : subtree(number)) {
        const Process &process = m_processes.at(member);
        pids.push_back(process.pid);
        if (!process.ended) {
            running.push_back(process.pid);
        }
    }
    if (pids.empty()) {
        return std::nullopt;
    }
    for (std::vector<quint32> *const list : {&pids, &running}) {
        std::sort(list->begin(), list->end());
        list->erase(std::unique(list->begin(), list->end()), list->end());
    }
    if (running.empty()) {
        return printed(oneOf(filter::Field::Pid, pids));
    }
    filter::Node either;
    either.kind = filter::Node::Kind::Or;
    either.children = {oneOf(filter::Field::Pid, pids), oneOf(filter::Field::Ppid, running)};
    return printed(std::move(either));
}

bool ProcessTree::isTooLarge(std::size_t eighths) const
{
    return m_processes.size() > m_most / 8 * eighths || m_executableBytes > mostExecutableBytes / 8 * eighths;
}

/// More than there have to be, so that the search is paid by the many events until the next time.
void ProcessTree::forgetSome()
{
    using Leaf = std::tuple<bool, quint64, quint64>; // running, seen last, number
    const auto leafOf = [](const Process &process) {
        return Leaf(!process.ended, process.lastSeen, process.number);
    };
    std::vector<Leaf> found;
    found.reserve(m_processes.size());
    for (const auto &[number, process] : m_processes) {
        if (process.childCount == 0) {
            found.push_back(leafOf(process));
        }
    }
    std::priority_queue<Leaf, std::vector<Leaf>, std::greater<>> leaves(std::greater<>(), std::move(found));
    while (isTooLarge(7) && !leaves.empty()) {
        const quint64 number = std::get<2>(leaves.top());
        leaves.pop();
        const auto parent = m_processes.find(m_processes.at(number).parent);
        forget(number);
        if (parent != m_processes.end() && --parent->second.childCount == 0) {
            leaves.push(leafOf(parent->second));
        }
    }
}

void ProcessTree::forget(quint64 number)
{
    const auto gone = m_processes.find(number);
    setExecutable(gone->second, {});
    const auto holders = m_byPid.find(gone->second.pid);
    holders->erase(std::remove(holders->begin(), holders->end(), &gone->second), holders->end());
    if (holders->empty()) {
        m_byPid.erase(holders);
    }
    m_processes.erase(gone);
}

} // namespace lunaris
