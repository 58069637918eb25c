// SPDX-License-Identifier: MIT
#include "app/models/ProcessOutline.h"

#include "app/models/PathText.h"

namespace lunaris
{

namespace
{

using Process = ProcessTree::Process;

struct Node {
    const Process *process; // null above all
    std::size_t above;      // index of its parent
    ProcessOutline::Place place;
    bool shown;
};

bool isWanted(const Process &process, const ProcessChoice &choice)
{
    const QString &search = choice.search;
    return (choice.ended || !process.ended) &&
           (search.isEmpty() || process.comm.contains(search, Qt::CaseInsensitive) ||
            QString::number(process.pid).contains(search) ||
            PathText::whole(process.executable, 0).contains(search, Qt::CaseInsensitive));
}

/// Each before what is below it.
std::vector<Node> nodesOf(const std::vector<Process> &processes, const ProcessChoice &choice,
                          const BackgroundTask::Course &course)
{
    QHash<quint64, std::vector<const Process *>> children;
    for (const Process &process : processes) {
        children[process.parent].push_back(&process);
    }
    std::vector<Node> nodes;
    nodes.reserve(processes.size() + 1);
    std::vector<std::pair<const Process *, std::size_t>> waiting; // with the index of the parent
    const auto wait = [&](quint64 parent, std::size_t index) {
        const auto below = children.constFind(parent);
        if (below != children.constEnd()) {
            for (auto child = below->crbegin(); child != below->crend(); ++child) {
                waiting.emplace_back(*child, index);
            }
        }
    };
    nodes.push_back({nullptr, 0, {-1, false, 0}, false});
    wait(0, 0);
    while (!waiting.empty() && !course.isCancelled()) {
        const auto [process, above] = waiting.back();
        waiting.pop_back();
        nodes.push_back({process,
                         above,
                         {nodes[above].place.depth + 1, false, process->totals.events},
                         isWanted(*process, choice)});
        wait(process->number, nodes.size() - 1);
    }
    return nodes;
}

} // namespace

ProcessOutline outlined(const std::vector<Process> &processes, const ProcessChoice &choice,
                        const BackgroundTask::Course &course)
{
    std::vector<Node> nodes = nodesOf(processes, choice, course);
    for (std::size_t index = nodes.size() - 1; index > 0; --index) {
        Node &above = nodes[nodes[index].above];
        above.place.eventsBelow += nodes[index].place.eventsBelow;
        above.place.parental = above.place.parental || nodes[index].shown;
        above.shown = above.shown || nodes[index].shown;
    }
    ProcessOutline outline;
    std::vector<bool> open(nodes.size(), true); // it and all above it
    for (std::size_t index = 1; index < nodes.size(); ++index) {
        const Node &node = nodes[index];
        const quint64 number = node.process->number;
        if (node.shown && open[node.above]) {
            outline.numbers.push_back(number);
            outline.places.insert(number, node.place);
        }
        open[index] = open[node.above] && !choice.closed.contains(number);
    }
    return outline;
}

} // namespace lunaris
