// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_EVENTROWS_H
#define LUNARIS_APP_MODELS_EVENTROWS_H

#include "app/models/EventChunk.h"

#include <deque>
#include <memory>
#include <vector>

namespace lunaris
{

/// Of rows, by StoredEvent::number().
using RowNumbers = std::vector<quint64>;

/// One row of an EventRows, which must outlive it.
class StoredEvent
{
public:
    StoredEvent(const EventChunk &chunk, quint32 row) : m_chunk(&chunk), m_row(row) {}

    quint64 number() const { return m_chunk->firstNumber() + m_row; }
    EventChunk::Kind kind() const { return m_chunk->kind(m_row); }
    bool isEvent() const { return kind() == EventChunk::Kind::Event; }
    quint64 time() const { return m_chunk->time(m_row); }
    /// The helper's number of the event; 0 of what is none.
    quint64 sequence() const { return m_chunk->sequence(m_row); }
    quint32 pid() const { return m_chunk->pid(m_row); }
    quint32 parentPid() const { return m_chunk->parentPid(m_row); }
    quint32 uid() const { return m_chunk->uid(m_row); }
    quint32 flags() const { return m_chunk->flags(m_row); }
    quint32 mode() const { return m_chunk->mode(m_row); }
    quint32 attributes() const { return m_chunk->attributes(m_row); }
    quint64 cgroup() const { return m_chunk->cgroup(m_row); }
    /// As in MonitorEvent; of EventChunk::Kind::Dropped how many.
    qint64 value() const { return m_chunk->value(m_row); }

    /// UTF-8, but for the subject, which is bytes. They live as long as the rows.
    std::string_view type() const { return m_chunk->type(m_row); }
    std::string_view comm() const { return m_chunk->comm(m_row); }
    std::string_view application() const { return m_chunk->application(m_row); }
    std::string_view subject() const { return m_chunk->subject(m_row); }

    filter::EventMembers members() const;

    /// All of it, as it came.
    MonitorEvent event() const;

private:
    const EventChunk *m_chunk;
    quint32 m_row;
};

/// Rows with consecutive numbers. A copy is cheap (it shares the chunks), keeps what it holds whatever
/// becomes of the original, and may be read on another thread.
class EventRows
{
public:
    quint64 first() const { return m_first; }
    /// One more than the number of the last row.
    quint64 end() const { return m_end; }
    quint64 count() const { return m_end - m_first; }
    /// Without the gaps.
    quint64 eventCount() const { return count() - m_gapCount; }
    /// Also those that came before the first row.
    quint64 eventsEver() const { return m_end - 1 - m_gapsEver; }
    bool contains(quint64 number) const { return number >= m_first && number < m_end; }

    /// The number must be one of these.
    StoredEvent at(quint64 number) const
    {
        const quint64 offset = number - m_chunks.front()->firstNumber();
        return {*m_chunks[offset / EventChunk::capacity],
                static_cast<quint32>(offset % EventChunk::capacity)};
    }

private:
    friend class EventStore;

    std::deque<std::shared_ptr<const EventChunk>> m_chunks; // all full, but for the last
    quint64 m_first = 1;
    quint64 m_end = 1;
    quint64 m_gapCount = 0;
    quint64 m_gapsEver = 0;
};

} // namespace lunaris

#endif
