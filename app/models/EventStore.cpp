// SPDX-License-Identifier: MIT
#include "app/models/EventStore.h"

#include <algorithm>

namespace lunaris
{

void EventStore::append(const MonitorEventList &events, quint64 dropped)
{
    if (dropped > 0) {
        // Its place is before the first event that came after it.
        appendGap(EventChunk::Kind::Dropped, events.isEmpty() ? m_lastTime : events.constFirst().time,
                  dropped);
    }
    for (const MonitorEvent &event : events) {
        EventChunk &last = chunk();
        last.append(event);
        m_lastTime = event.time;
        added(last);
    }
    if (dropped > 0 || !events.isEmpty()) {
        evict();
        Q_EMIT changed();
    }
}

void EventStore::appendConnectionLost(quint64 time)
{
    appendGap(EventChunk::Kind::ConnectionLost, time, 0);
    evict();
    Q_EMIT changed();
}

void EventStore::clear()
{
    m_rows.m_chunks.clear();
    m_rows.m_first = m_rows.m_end;
    m_last.reset();
    m_fullBytes = 0;
    m_gaps.clear();
    m_rows.m_gapCount = 0;
    m_startTime = 0;
    Q_EMIT changed();
}

std::optional<MonitorEvent> EventStore::event(quint64 number) const
{
    if (!m_rows.contains(number) || !m_rows.at(number).isEvent()) {
        return std::nullopt;
    }
    return m_rows.at(number).event();
}

qsizetype EventStore::bytes() const
{
    return m_fullBytes + (m_last ? m_last->bytes() : 0);
}

void EventStore::setMaximumRows(quint64 rows)
{
    m_maximumRows = std::max<quint64>(rows, 1);
    evict();
    Q_EMIT changed();
}

void EventStore::setMaximumBytes(qsizetype bytes)
{
    m_maximumBytes = bytes;
    evict();
    Q_EMIT changed();
}

EventChunk &EventStore::chunk()
{
    if (!m_last || m_last->isFull()) {
        if (m_last) {
            m_fullBytes += m_last->bytes();
        }
        // Not make_shared(): the columns are written row by row, so they need no zeros before.
        m_last = std::shared_ptr<EventChunk>(new EventChunk(m_rows.m_end));
        m_rows.m_chunks.push_back(m_last);
    }
    return *m_last;
}

void EventStore::appendGap(EventChunk::Kind kind, quint64 time, quint64 count)
{
    EventChunk &last = chunk();
    last.appendGap(kind, time, static_cast<qint64>(count));
    m_gaps.push_back(m_rows.m_end);
    ++m_rows.m_gapsEver;
    added(last);
}

void EventStore::added(const EventChunk &chunk)
{
    if (m_startTime == 0) {
        m_startTime = chunk.time(chunk.size() - 1);
    }
    ++m_rows.m_end;
}

void EventStore::evict()
{
    if (m_rows.count() > m_maximumRows) {
        m_rows.m_first = m_rows.m_end - m_maximumRows;
    }
    while (m_rows.m_chunks.size() > 1 &&
           (bytes() > m_maximumBytes ||
            m_rows.m_chunks.front()->firstNumber() + EventChunk::capacity <= m_rows.m_first)) {
        dropFirstChunk();
    }
    while (!m_gaps.empty() && m_gaps.front() < m_rows.m_first) {
        m_gaps.pop_front();
    }
    m_rows.m_gapCount = m_gaps.size();
}

void EventStore::dropFirstChunk()
{
    m_fullBytes -= m_rows.m_chunks.front()->bytes();
    m_rows.m_chunks.pop_front();
    m_rows.m_first = std::max(m_rows.m_first, m_rows.m_chunks.front()->firstNumber());
}

} // namespace lunaris
