// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_SUBSCRIPTION_H
#define LUNARIS_HELPER_SERVICE_SUBSCRIPTION_H

#include "dbus/MonitorEvent.h"
#include "helper/pipeline/EventRing.h"
#include "helper/service/EventFilter.h"
#include "helper/service/EventSlice.h"

#include <QElapsedTimer>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace lunaris
{

/// One subscriber's place in the ring of recent events: what comes next for them, what they missed, and what
/// they did not acknowledge yet. A batch is at most 1 000 events and 256 KiB, 4 may be without
/// acknowledgement, and a filter has 2 ms for each. D-Bus thread.
class Subscription
{
public:
    static constexpr std::chrono::milliseconds emptyBatchInterval{1000};

    /// What time it is, by a clock that never goes back.
    using Clock = std::function<std::chrono::nanoseconds()>;

    struct Terms {
        EventScope scope;
        quint32 backlog = 0;                 ///< recent events in scope to begin with
        std::unique_ptr<EventFilter> filter; ///< asked about events in scope only; null passes everything
        quint32 maximumRate = 0;             ///< new events a second; 0: as many as there are
    };

    /// What is sent at once: events, numbered, and how many in scope were skipped before them.
    struct Batch {
        quint64 dropped = 0;
        MonitorEventList events;                ///< may be none
        std::vector<std::uint64_t> kernelTimes; ///< Event::kernelTime of the new ones among them
    };

    /// Both must outlive it.
    Subscription(EventRing &ring, const Clock &clock, Terms terms);

    const EventScope &scope() const { return m_scope; }

    /// What is to be sent now, if there is anything; it counts as sent. `room` is for its own use.
    std::optional<Batch> next(EventSlice &room);

    /// False for a number that was never sent.
    bool acknowledge(quint64 sequence);

    /// Whether there is something before `end` that may be sent as soon as it is our turn.
    bool hasMore(EventRing::Position end) const { return m_position < end && !isStalled(); }

    /// Whether there are drops that nobody has been told of.
    bool hasUntold() const { return m_dropped > 0; }

    /// Whether all before `end` was sent, and acknowledged.
    bool isCaughtUp(EventRing::Position end) const;

private:
    std::optional<Batch> take(EventSlice &room);
    void takeFiltered(EventSlice &room, Batch &batch);
    void takeUntil(EventSlice &room, std::chrono::nanoseconds deadline, Batch &batch);
    void allow();
    bool isOverRate() const;
    bool isStalled() const;

    EventRing &m_ring;
    const Clock &m_clock;
    const EventScope m_scope;
    std::unique_ptr<EventFilter> m_filter;
    std::chrono::nanoseconds m_overdrawn{}; // time that the filter took beyond what it had
    const EventRing::Position m_firstNew;   // the backlog ends here, and the rate counts from here on
    EventRing::Position m_position;
    const quint32 m_maximumRate;
    double m_allowance; // events that may be sent now; a second's worth at most
    std::chrono::nanoseconds m_allowedAt;
    quint64 m_lastSequence = 0;
    quint64 m_dropped = 0;                // since the last batch
    std::deque<quint64> m_unacknowledged; // last sequence number of each batch
    QElapsedTimer m_sinceEmptyBatch;
};

} // namespace lunaris

#endif
