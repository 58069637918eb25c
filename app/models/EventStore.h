// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_EVENTSTORE_H
#define LUNARIS_APP_MODELS_EVENTSTORE_H

#include "app/models/EventRows.h"

#include <QObject>
#include <deque>
#include <optional>

namespace lunaris
{

/// The latest events and the gaps between them, each under a number: 1, 2, … in the order of arrival, for
/// ever. Beyond maximumRows() or maximumBytes() the oldest go. Belongs to the thread that made it; copies of
/// rows() may go elsewhere.
class EventStore : public QObject
{
    Q_OBJECT

public:
    static constexpr quint64 defaultMaximumRows = 1'000'000;
    static constexpr qsizetype defaultMaximumBytes = qsizetype{300} * 1024 * 1024;

    explicit EventStore(QObject *parent = nullptr) : QObject(parent) {}

    /// Adds a gap, if `dropped` events are missing before them, and the events.
    void append(const MonitorEventList &events, quint64 dropped = 0);

    /// Marks that for a while nobody was listening. `time` in microseconds since the epoch.
    void appendConnectionLost(quint64 time);

    /// Forgets all rows; numbering goes on.
    void clear();

    const EventRows &rows() const { return m_rows; }

    /// A whole event; nothing if the number is gone, is a gap's, or never was.
    std::optional<MonitorEvent> event(quint64 number) const;

    /// The numbers of the gaps in rows(), in order.
    const std::deque<quint64> &gaps() const { return m_gaps; }

    /// The time of the first row since the beginning or clear(), however long ago it went; 0 before.
    quint64 startTime() const { return m_startTime; }

    /// Memory held, in bytes.
    qsizetype bytes() const;

    quint64 maximumRows() const { return m_maximumRows; }
    qsizetype maximumBytes() const { return m_maximumBytes; }
    /// At least 1; too many rows go at once.
    void setMaximumRows(quint64 rows);
    /// The newest chunk of rows is always kept.
    void setMaximumBytes(qsizetype bytes);

Q_SIGNALS:
    /// Once after every change of the rows, when all of it is done. Rows come at the end and go at the
    /// front only: who keeps the end that was seen last knows what is new.
    void changed();

private:
    EventChunk &chunk();
    void appendGap(EventChunk::Kind kind, quint64 time, quint64 count);
    void added(const EventChunk &chunk);
    void evict();
    void dropFirstChunk();

    EventRows m_rows;
    std::shared_ptr<EventChunk> m_last; // of m_rows, to be written to
    qsizetype m_fullBytes = 0;          // of all chunks but the last
    std::deque<quint64> m_gaps;
    quint64 m_startTime = 0;
    quint64 m_lastTime = 0;
    quint64 m_maximumRows = defaultMaximumRows;
    qsizetype m_maximumBytes = defaultMaximumBytes;
};

} // namespace lunaris

#endif
