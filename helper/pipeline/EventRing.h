// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_PIPELINE_EVENTRING_H
#define LUNARIS_HELPER_PIPELINE_EVENTRING_H

#include "helper/normalizer/Event.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

namespace lunaris
{

/// Whose events a reader may see.
struct EventScope {
    std::uint32_t uid = 0;
    bool everyone = false;        ///< of every uid, privileged ones too
    std::uint32_t skippedPid = 0; ///< the reader's own process: watching must not feed on itself
    EventTypes types = EventTypes::usual();

    bool covers(EventType type, std::uint32_t eventUid, std::uint32_t eventPid, bool privileged) const
    {
        // Everything of root's is privileged, and root's own scope is root's.
        return types.contains(type) && eventPid != skippedPid &&
               (everyone || (eventUid == uid && (!privileged || uid == 0)));
    }
};

/// The most recent events, in fixed memory, for any number of readers that each keep a position:
/// what a slow reader costs is its own events, never memory and never another's.
///
/// Thread-safe; events come from one thread. Positions count events since the start.
class EventRing final : public EventSink
{
public:
    using Position = std::uint64_t;

    EventRing(std::size_t maximumEvents, std::size_t maximumBytes);

    void event(const Event &event) override;
    void flush() override;

    /// Called on the capture thread when there are new events and readers asked to be told.
    /// To be set before the first event.
    void setNotifier(std::function<void()> notifier) { m_notifier = std::move(notifier); }

    /// Asks for one call of the notifier, at the next new event.
    void requestNotification();

    Position oldest() const;
    Position end() const;

    /// Where to start so as to get at most `events` recent ones in scope.
    Position positionBefore(std::uint64_t events, const EventScope &scope) const;

    /// Hands out events in scope from `from` on, until `visit` returns false or a slice of the ring
    /// is done; returns where to go on. Does nothing when `from` has been overwritten: see
    /// skipOverwritten(). The texts of an event are valid during the call only; the ring is locked,
    /// so `visit` copies and nothing more. It is told the event's position, too.
    Position read(Position from, const EventScope &scope,
                  const std::function<bool(Position, const Event &)> &visit) const;

    /// Moves `from` past what has been overwritten and returns how many events in scope that were. The
    /// ring remembers whose they were for 65 536 events; of older ones only scope `everyone` knows.
    std::uint64_t skipOverwritten(Position &from, const EventScope &scope) const;

    /// The same up to `to`, or the end: what is there is left out, too.
    std::uint64_t skip(Position &from, Position to, const EventScope &scope) const;

private:
    struct Stored {
        Event event; // its texts are set when it is read
        std::size_t offset = 0;
        std::uint32_t commSize = 0;
        std::uint32_t applicationSize = 0;
        std::uint32_t subjectSize = 0;

        /// Never 0: two events at one place could not be told apart when it is needed again.
        std::size_t size() const
        {
            return std::max<std::size_t>(std::size_t{commSize} + applicationSize + subjectSize, 1);
        }
    };

    /// What is remembered of events whose texts have been overwritten.
    struct Trace {
        std::uint32_t uid = 0;
        std::uint32_t pid = 0;
        bool privileged = false;
        EventType type = EventType::FileOpened;
    };

    std::size_t makeRoom(std::size_t size);
    std::uint64_t passTraces(Position &from, Position stop, const EventScope &scope) const;

    mutable std::mutex m_mutex;
    std::vector<Stored> m_events;
    std::vector<char> m_texts;
    std::vector<Trace> m_traces;
    Position m_oldest = 0;
    Position m_end = 0;
    std::size_t m_textsEnd = 0; // where the next event's texts go
    bool m_wanted = false;      // a reader waits for the notifier
    bool m_fresh = false;       // since the last flush
    std::function<void()> m_notifier;
};

} // namespace lunaris

#endif
