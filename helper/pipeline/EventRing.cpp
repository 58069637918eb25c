// SPDX-License-Identifier: MIT
#include "helper/pipeline/EventRing.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace lunaris
{

namespace
{

constexpr std::size_t remembered = 65'536;

/// Events looked at under one lock: the capture thread waits no longer than this takes.
constexpr EventRing::Position slice = 64;
constexpr EventRing::Position traceSlice = 4096;

} // namespace

EventRing::EventRing(std::size_t maximumEvents, std::size_t maximumBytes)
    : m_events(maximumEvents), m_texts(maximumBytes), m_traces(remembered)
{
}

void EventRing::event(const Event &event)
{
    const std::scoped_lock lock(m_mutex);
    const std::size_t size =
        std::max<std::size_t>(event.comm.size() + event.application.size() + event.subject.size(), 1);
    if (size > m_texts.size()) {
        return; // cannot be: a path is at most 4 096 bytes
    }
    if (m_end - m_oldest == m_events.size()) {
        ++m_oldest;
    }
    const std::size_t offset = makeRoom(size);

    Stored &stored = m_events[m_end % m_events.size()];
    stored.event = event;
    stored.offset = offset;
    stored.commSize = static_cast<std::uint32_t>(event.comm.size());
    stored.applicationSize = static_cast<std::uint32_t>(event.application.size());
    stored.subjectSize = static_cast<std::uint32_t>(event.subject.size());
    char *text = m_texts.data() + offset;
    for (const std::string_view piece : {event.comm, event.application, event.subject}) {
        text = std::copy(piece.begin(), piece.end(), text);
    }
    m_traces[m_end % remembered] = {event.uid, event.pid, event.privileged, event.type};
    m_textsEnd = offset + size;
    ++m_end;
    m_fresh = true;
}

/// Finds `size` contiguous bytes behind the newest texts, or at the start, and forgets the events
/// that lie there. They lie in the order of age, so the ones in the way are always the oldest.
std::size_t EventRing::makeRoom(std::size_t size)
{
    std::size_t begin = m_textsEnd;
    if (begin + size > m_texts.size()) {
        while (m_oldest < m_end && m_events[m_oldest % m_events.size()].offset >= begin) {
            ++m_oldest;
        }
        begin = 0;
    }
    while (m_oldest < m_end) {
        const Stored &oldest = m_events[m_oldest % m_events.size()];
        if (oldest.offset >= begin + size || oldest.offset + oldest.size() <= begin) {
            break;
        }
        ++m_oldest;
    }
    return begin;
}

void EventRing::flush()
{
    {
        const std::scoped_lock lock(m_mutex);
        if (!std::exchange(m_fresh, false) || !std::exchange(m_wanted, false)) {
            return;
        }
    }
    m_notifier();
}

void EventRing::requestNotification()
{
    const std::scoped_lock lock(m_mutex);
    m_wanted = true;
}

EventRing::Position EventRing::oldest() const
{
    const std::scoped_lock lock(m_mutex);
    return m_oldest;
}

EventRing::Position EventRing::end() const
{
    const std::scoped_lock lock(m_mutex);
    return m_end;
}

EventRing::Position EventRing::read(Position from, const EventScope &scope,
                                    const std::function<bool(Position, const Event &)> &visit) const
{
    const std::scoped_lock lock(m_mutex);
    if (from < m_oldest) {
        return from;
    }
    Position position = from;
    const Position stop = std::min(m_end, position + slice);
    for (; position < stop; ++position) {
        const Stored &stored = m_events[position % m_events.size()];
        Event event = stored.event;
        if (!scope.covers(event.type, event.uid, event.pid, event.privileged)) {
            continue;
        }
        const char *text = m_texts.data() + stored.offset;
        event.comm = {text, stored.commSize};
        event.application = {text + stored.commSize, stored.applicationSize};
        event.subject = {text + stored.commSize + stored.applicationSize, stored.subjectSize};
        if (!visit(position, event)) {
            break;
        }
    }
    return position;
}

std::uint64_t EventRing::skipOverwritten(Position &from, const EventScope &scope) const
{
    std::uint64_t skipped = 0;
    for (;;) {
        const std::scoped_lock lock(m_mutex);
        if (from >= m_oldest) {
            return skipped;
        }
        const Position firstTrace = m_end > remembered ? m_end - remembered : 0;
        if (from < firstTrace) {
            const Position next = std::min(firstTrace, m_oldest);
            skipped += scope.everyone ? next - from : 0;
            from = next;
        }
        skipped += passTraces(from, std::min(m_oldest, from + traceSlice), scope);
    }
}

std::uint64_t EventRing::skip(Position &from, Position to, const EventScope &scope) const
{
    std::uint64_t skipped = 0;
    for (;;) {
        skipped += skipOverwritten(from, scope);
        const std::scoped_lock lock(m_mutex);
        if (from >= m_oldest) { // nothing was overwritten since
            const Position stop = std::min(to, m_end);
            if (from >= stop) {
                return skipped;
            }
            skipped += passTraces(from, std::min(stop, from + traceSlice), scope);
        }
    }
}

/// How many of them are in scope; the caller has the lock.
std::uint64_t EventRing::passTraces(Position &from, Position stop, const EventScope &scope) const
{
    std::uint64_t covered = 0;
    for (; from < stop; ++from) {
        const Trace &trace = m_traces[from % remembered];
        covered += scope.covers(trace.type, trace.uid, trace.pid, trace.privileged) ? 1 : 0;
    }
    return covered;
}

EventRing::Position EventRing::positionBefore(std::uint64_t events, const EventScope &scope) const
{
    const std::scoped_lock lock(m_mutex);
    const Position oldest = std::max(m_oldest, m_end > remembered ? m_end - remembered : 0);
    Position position = m_end;
    while (position > oldest && events > 0) {
        --position;
        const Trace &trace = m_traces[position % remembered];
        events -= scope.covers(trace.type, trace.uid, trace.pid, trace.privileged) ? 1 : 0;
    }
    return position;
}

} // namespace lunaris
