// SPDX-License-Identifier: MIT
#include "app/gui/ProcessTreeModel.h"

#include "app/format/DisplayText.h"
#include "app/models/EventWords.h"
#include "app/models/PathText.h"

#include <QStringList>
#include <algorithm>
#include <utility>

namespace lunaris
{

namespace
{

using Process = ProcessTree::Process;

} // namespace

ProcessTreeModel::ProcessTreeModel(const ProcessTree *tree, QObject *parent)
    : PacedListModel(parent), m_tree(tree)
{
}

/// One without a number for a row whose process has been forgotten since the rows were arranged.
const Process &ProcessTreeModel::processAt(int row) const
{
    static const Process none;
    const Process *const process = row < 0 || row >= total() ? nullptr : m_tree->process(item(row));
    return process == nullptr ? none : *process;
}

QVariant ProcessTreeModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Process &process = processAt(index.row());
    const Place place = m_places.value(process.number);
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return nameOf(process);
    case PidRole:
        return process.pid;
    case OwnerRole:
        return process.seen ? m_users.name(process.uid) : QString();
    case DepthRole:
        return place.depth;
    case ParentalRole:
        return place.parental;
    case OpenRole:
        return !m_choice.closed.contains(process.number);
    case EventsRole:
        return static_cast<double>(process.totals.events);
    case EventsBelowRole:
        return static_cast<double>(place.eventsBelow);
    case BytesRole:
        return process.totals.bytes == 0
                   ? QString()
                   : m_locale.formattedDataSize(static_cast<qint64>(process.totals.bytes));
    case EndedRole:
        return process.ended;
    case Qt::ToolTipRole:
    case DetailRole:
        return detail(process);
    case SpokenRole:
        return spoken(process, place);
    default:
        return {};
    }
}

QHash<int, QByteArray> ProcessTreeModel::roleNames() const
{
    return {{NameRole, "name"},         {PidRole, "pid"},
            {OwnerRole, "owner"},       {DepthRole, "depth"},
            {ParentalRole, "parental"}, {OpenRole, "open"},
            {EventsRole, "events"},     {EventsBelowRole, "eventsBelow"},
            {BytesRole, "bytes"},       {EndedRole, "ended"},
            {DetailRole, "detail"},     {SpokenRole, "spoken"}};
}

QString ProcessTreeModel::spoken(const Process &process, const Place &place) const
{
    QStringList parts = {nameOf(process), tr("process %1").arg(process.pid),
                         tr("level %L1").arg(place.depth + 1), tr("%L1 events").arg(process.totals.events)};
    if (process.ended) {
        parts.append(tr("ended"));
    }
    if (place.parental && m_choice.closed.contains(process.number)) {
        parts.append(tr("closed"));
    }
    return parts.join(QStringLiteral(", "));
}

QString ProcessTreeModel::detail(const Process &process) const
{
    QStringList lines;
    if (!process.executable.isEmpty()) {
        lines.append(PathText::whole(process.executable, 0));
    }
    if (!process.application.isEmpty()) {
        lines.append(printable(process.application));
    }
    if (!process.seen) {
        lines.append(tr("Known only as the parent of others: it has done nothing since this window opened."));
    } else {
        lines.append(tr("Seen from %1 to %2").arg(clockText(process.firstSeen), clockText(process.lastSeen)));
    }
    if (process.ended) {
        lines.append(process.exitKnown ? tr("Ended: %1").arg(EventWords::exitOf(process.exitCode))
                                       : tr("Ended unseen"));
    }
    return lines.join(QLatin1Char('\n'));
}

void ProcessTreeModel::setSearch(const QString &text)
{
    if (text != m_choice.search) {
        m_choice.search = text;
        arrangeNow();
        Q_EMIT choiceChanged();
    }
}

void ProcessTreeModel::setShowEnded(bool show)
{
    if (show != m_choice.ended) {
        m_choice.ended = show;
        arrangeNow();
        Q_EMIT choiceChanged();
    }
}

bool ProcessTreeModel::isOpen(int row) const
{
    const quint64 number = processAt(row).number;
    return m_places.value(number).parental && !m_choice.closed.contains(number);
}

void ProcessTreeModel::toggle(int row)
{
    const quint64 number = processAt(row).number;
    if (number != 0 && m_places.value(number).parental) {
        if (!m_choice.closed.remove(number)) {
            m_choice.closed.insert(number);
        }
        arrangeNow();
    }
}

int ProcessTreeModel::rowAbove(int row) const
{
    const int depth = m_places.value(processAt(row).number).depth;
    for (int above = std::min(row, total()) - 1; above >= 0; --above) {
        if (m_places.value(item(above)).depth < depth) {
            return above;
        }
    }
    return -1;
}

QString ProcessTreeModel::filterOf(int row) const
{
    return QString::fromStdString(m_tree->filterOf(processAt(row).number).value_or(std::string()));
}

QString ProcessTreeModel::nameOf(int row) const
{
    return nameOf(processAt(row));
}

QString ProcessTreeModel::nameOf(const Process &process)
{
    return process.comm.isEmpty() ? tr("(unknown)") : printable(process.comm);
}

QString ProcessTreeModel::counted() const
{
    return tr("%L1 of %L2 processes").arg(total()).arg(m_tree->processes().size());
}

void ProcessTreeModel::arrange(BackgroundTask &task)
{
    std::vector<Process> processes;
    processes.reserve(m_tree->processes().size());
    for (const auto &[number, process] : m_tree->processes()) {
        processes.push_back(process);
    }
    // The forgotten ones need no memory.
    erase_if(m_choice.closed, [this](quint64 number) { return m_tree->process(number) == nullptr; });
    task.start([processes = std::move(processes), choice = m_choice](
                   const BackgroundTask::Course &course) { return outlined(processes, choice, course); },
               [this](ProcessOutline outline) { take(std::move(outline)); });
}

void ProcessTreeModel::take(ProcessOutline outline)
{
    m_places = std::move(outline.places);
    showRows(outline.numbers);
}

} // namespace lunaris
