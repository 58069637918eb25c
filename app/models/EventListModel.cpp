// SPDX-License-Identifier: MIT
#include "app/models/EventListModel.h"

#include "app/models/PathText.h"

#include <QDateTime>
#include <algorithm>
#include <iterator>

namespace lunaris
{

namespace
{

QString timeText(quint64 microseconds)
{
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(microseconds / 1000))
        .toString(QStringLiteral("HH:mm:ss.zzz"));
}

} // namespace

EventListModel::EventListModel(QObject *parent) : QAbstractTableModel(parent) {}

int EventListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int EventListModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant EventListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Row &row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return cell(row, index.column());
    case NumberRole:
        return m_firstNumber + static_cast<quint64>(index.row());
    case TimeRole:
        return timeText(row.time);
    case ProgramRole:
        return m_strings.text(row.program);
    case PidRole:
        return row.pid;
    case OwnerRole:
        return m_users.name(row.uid);
    case PathRole:
        return PathText::whole(row.path, row.attributes);
    case DirectoryRole:
        return PathText::directory(row.path, row.attributes);
    case FileNameRole:
        return PathText::fileName(row.path, row.attributes);
    case DeletedRole:
        return (row.attributes & DeletedFile) != 0;
    case Qt::ToolTipRole:
    case DetailRole:
        return PathText::detail(row.path, row.attributes);
    default:
        return {};
    }
}

QVariant EventListModel::cell(const Row &row, int column) const
{
    switch (column) {
    case TimeColumn:
        return timeText(row.time);
    case ProgramColumn:
        return m_strings.text(row.program);
    case PidColumn:
        return row.pid;
    case UserColumn:
        return m_users.name(row.uid);
    case PathColumn:
        return PathText::whole(row.path, row.attributes);
    default:
        return {};
    }
}

QVariant EventListModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole) {
        return {};
    }
    if (orientation == Qt::Vertical) {
        return m_firstNumber + static_cast<quint64>(section);
    }
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case ProgramColumn:
        return tr("Program");
    case PidColumn:
        return tr("PID");
    case UserColumn:
        return tr("User");
    case PathColumn:
        return tr("Path");
    default:
        return {};
    }
}

QHash<int, QByteArray> EventListModel::roleNames() const
{
    return {
        {NumberRole, "number"},       {TimeRole, "time"},
        {ProgramRole, "program"},     {PidRole, "pid"},
        {OwnerRole, "owner"},         {PathRole, "path"},
        {DirectoryRole, "directory"}, {FileNameRole, "fileName"},
        {DeletedRole, "deleted"},     {DetailRole, "detail"},
    };
}

void EventListModel::append(const MonitorEventList &events)
{
    if (events.isEmpty()) {
        return;
    }
    std::transform(events.cbegin(), events.cend(), std::back_inserter(m_pending),
                   [this](const MonitorEvent &event) { return store(event); });
    trimPending();
    if (m_frozen) {
        Q_EMIT pendingCountChanged();
    } else {
        publish();
    }
}

/// Moves what waits behind the rows.
void EventListModel::publish()
{
    if (m_pending.empty()) {
        return;
    }
    const std::size_t total = m_rows.size() + m_pending.size();
    const auto most = static_cast<std::size_t>(m_capacity);
    if (m_pendingLost > 0) {
        dropFirstRows(m_rows.size()); // older than what was pushed out: keeping them would leave a gap
    } else if (total > most) {
        dropFirstRows(total - most);
    }
    m_firstNumber += m_pendingLost;
    m_pendingLost = 0;

    const auto first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(m_pending.size()) - 1);
    std::move(m_pending.begin(), m_pending.end(), std::back_inserter(m_rows));
    m_pending.clear();
    endInsertRows();
    Q_EMIT rowsChanged();
}

void EventListModel::clear()
{
    dropFirstRows(m_rows.size());
    m_firstNumber += pendingCount();
    m_pendingLost = 0;
    dropFront(m_pending, m_pending.size());
    Q_EMIT pendingCountChanged();
    Q_EMIT rowsChanged();
}

void EventListModel::setCapacity(qsizetype rows)
{
    m_capacity = std::max<qsizetype>(rows, 1);
    trimPending();
    const auto most = static_cast<std::size_t>(m_capacity);
    if (m_rows.size() > most) {
        dropFirstRows(m_rows.size() - most);
        Q_EMIT rowsChanged();
    }
}

void EventListModel::setFrozen(bool frozen)
{
    if (frozen == m_frozen) {
        return;
    }
    m_frozen = frozen;
    if (!frozen) {
        publish();
    }
    Q_EMIT pendingCountChanged();
    Q_EMIT frozenChanged();
}

EventListModel::Row EventListModel::store(const MonitorEvent &event)
{
    return {
        event.time, event.subject,   m_strings.acquire(event.comm), m_strings.acquire(event.type), event.pid,
        event.uid,  event.attributes};
}

void EventListModel::dropFront(std::deque<Row> &rows, std::size_t count)
{
    const auto end = rows.begin() + static_cast<std::ptrdiff_t>(count);
    for (auto row = rows.begin(); row != end; ++row) {
        m_strings.release(row->program);
        m_strings.release(row->type);
    }
    rows.erase(rows.begin(), end);
}

void EventListModel::dropFirstRows(std::size_t count)
{
    count = std::min(count, m_rows.size());
    if (count == 0) {
        return;
    }
    beginRemoveRows({}, 0, static_cast<int>(count) - 1);
    dropFront(m_rows, count);
    m_firstNumber += count;
    endRemoveRows();
}

void EventListModel::trimPending()
{
    const auto most = static_cast<std::size_t>(m_capacity);
    if (m_pending.size() > most) {
        m_pendingLost += m_pending.size() - most;
        dropFront(m_pending, m_pending.size() - most);
    }
}

} // namespace lunaris
