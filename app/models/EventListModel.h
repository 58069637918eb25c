// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_EVENTLISTMODEL_H
#define LUNARIS_APP_MODELS_EVENTLISTMODEL_H

#include "app/models/StringPool.h"
#include "app/models/UserNames.h"
#include "dbus/MonitorEvent.h"

#include <QAbstractTableModel>
#include <deque>

namespace lunaris
{

/// The latest events, oldest first, one row each; beyond capacity() the oldest rows go.
///
/// Rows are numbered from 1 in the order of arrival and keep their number for ever: the row at
/// index r has the number firstNumber() + r.
///
/// While frozen the rows stand still: what arrives waits aside, under the same bound, and comes in
/// as one batch when the view thaws. Belongs to the thread that made it.
class EventListModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, ProgramColumn, PidColumn, UserColumn, PathColumn, ColumnCount };

    /// Answered for every column of a row, so that a list delegate needs one index only.
    enum Role {
        NumberRole = Qt::UserRole + 1, ///< quint64, the row's number
        TimeRole,                      ///< local wall clock, HH:mm:ss.zzz
        ProgramRole,                   ///< comm of the process
        PidRole,                       ///< quint32
        OwnerRole,                     ///< login name, or the uid where it has none
        PathRole,                      ///< directory and file name in one
        DirectoryRole,                 ///< the path up to and including its last slash
        FileNameRole,                  ///< the path after its last slash
        DeletedRole,                   ///< bool: the file had no name any more
        DetailRole,                    ///< the path and what is special about it, for a tool tip
    };

    static constexpr qsizetype defaultCapacity = 200'000;

    explicit EventListModel(QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Adds events behind the last row, or to those that wait while frozen.
    void append(const MonitorEventList &events);

    /// Removes every row and what waits; numbering goes on.
    void clear();

    qsizetype capacity() const { return m_capacity; }

    /// At least 1; too many rows go at once.
    void setCapacity(qsizetype rows);

    bool isFrozen() const { return m_frozen; }
    void setFrozen(bool frozen);

    /// Events that came since the view froze, also those that have been pushed out again.
    quint64 pendingCount() const { return m_pending.size() + m_pendingLost; }

    quint64 firstNumber() const { return m_firstNumber; }

    /// One more than the number of the last row.
    quint64 endNumber() const { return m_firstNumber + m_rows.size(); }

Q_SIGNALS:
    /// Once after every change of the rows, when all of it is done.
    void rowsChanged();

    void frozenChanged();
    void pendingCountChanged();

private:
    struct Row {
        quint64 time; // microseconds since the epoch
        QByteArray path;
        StringPool::Handle program;
        StringPool::Handle type;
        quint32 pid;
        quint32 uid;
        quint32 attributes;
    };

    Row store(const MonitorEvent &event);
    void dropFront(std::deque<Row> &rows, std::size_t count);
    void dropFirstRows(std::size_t count);
    void trimPending();
    void publish();
    QVariant cell(const Row &row, int column) const;

    StringPool m_strings;
    UserNames m_users;
    std::deque<Row> m_rows;
    std::deque<Row> m_pending;
    qsizetype m_capacity = defaultCapacity;
    quint64 m_firstNumber = 1;
    quint64 m_pendingLost = 0; // pushed out of m_pending
    bool m_frozen = false;
};

} // namespace lunaris

#endif
