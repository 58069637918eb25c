// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_SUBSCRIPTIONS_H
#define LUNARIS_HELPER_SERVICE_SUBSCRIPTIONS_H

#include "dbus/MonitorEvent.h"
#include "helper/pipeline/EventRing.h"
#include "helper/service/EventFilter.h"
#include "helper/service/EventSlice.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>
#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace lunaris
{

/// Sends batches to subscribers.
class EventPublisher
{
public:
    virtual ~EventPublisher() = default;

    virtual void publish(const QString &owner, quint64 id, quint64 dropped,
                         const MonitorEventList &events) = 0;
};

/// Everyone who listens, each a position in the ring of recent events. Paces and limits what is sent:
/// a batch per 50 ms, 1 000 events and 256 KiB a batch, 4 batches without acknowledgement, and 2 ms of
/// each round for a filter. Who is too slow, or filters too slowly, loses events of their own, and is told
/// how many.
///
/// Lives on the D-Bus thread. Asks nobody whether a caller may: that was done before.
class Subscriptions : public QObject
{
    Q_OBJECT

public:
    static constexpr int maximum = 64;
    static constexpr int maximumPerUid = 8;
    static constexpr quint32 maximumBacklog = 10'000;

    enum class Outcome { Done, NoSuchSubscription, NeverSent };

    /// What time it is, by a clock that never goes back.
    using Clock = std::function<std::chrono::nanoseconds()>;
    static std::chrono::nanoseconds steadyTime();

    /// Both must outlive it.
    Subscriptions(EventRing &ring, EventPublisher &publisher, Clock clock = steadyTime);

    /// The new subscription's id, or nothing when a limit is reached. `owner` is a unique bus name; the
    /// scope's uid is the owner's. The filter, if there is one, is asked about events in scope only; the
    /// backlog is of these. Of new events at most `maximumRate` a second are handed out, 0: all. Nothing is
    /// published before control is back in the event loop.
    std::optional<quint64> add(const QString &owner, const EventScope &scope, quint32 uid, quint32 backlog,
                               std::unique_ptr<EventFilter> filter = nullptr, quint32 maximumRate = 0);

    Outcome acknowledge(const QString &owner, quint64 id, quint64 sequence);
    Outcome remove(const QString &owner, quint64 id);
    void removeOwner(const QString &owner);
    bool hasOwner(const QString &owner) const;

    /// By which a subscription is what it is: asked of the authority once for all that an owner has.
    struct Right {
        QString owner;
        bool everyone = false;

        bool operator==(const Right &) const = default;
    };
    std::vector<Right> rightsInUse() const;

    /// Ends what was subscribed to by this right, and tells with ended().
    void endAll(const Right &right, const QString &reason);

    /// What any of them wants.
    EventTypes wantedTypes() const;

    /// Whether everybody has what was theirs, and has said so.
    bool areCaughtUp() const;

    qsizetype count() const { return static_cast<qsizetype>(m_subscriptions.size()); }

Q_SIGNALS:
    void wantedTypesChanged(lunaris::EventTypes types);
    void countChanged(qsizetype subscriptions);

    /// By us, not by its owner.
    void ended(const QString &owner, quint64 id, const QString &reason);

public Q_SLOTS:
    /// There is something to do: new events, or room for them.
    void wake();

private:
    struct Subscription {
        QString owner;
        quint32 uid = 0;
        EventScope scope;
        std::unique_ptr<EventFilter> filter;  // null passes everything
        std::chrono::nanoseconds overdrawn{}; // time that its filter took beyond what it had
        EventRing::Position position = 0;
        EventRing::Position firstNew = 0; // the backlog ends here, and the rate counts from here on
        quint32 maximumRate = 0;          // events a second; 0: as many as there are
        double allowance = 0;             // events that may be sent now; a second's worth at most
        std::chrono::nanoseconds allowedAt{};
        quint64 lastSequence = 0;
        quint64 dropped = 0;                // since the last batch
        std::deque<quint64> unacknowledged; // last sequence number of each batch
        QElapsedTimer sinceEmptyBatch;
    };

    void tellChanges();
    void round();
    void serve(quint64 id, Subscription &subscription);
    MonitorEventList takeBatch(Subscription &subscription);
    MonitorEventList takeFiltered(Subscription &subscription);
    MonitorEventList takeUntil(Subscription &subscription, std::chrono::nanoseconds deadline);
    void allow(Subscription &subscription) const;
    static bool isOverRate(const Subscription &subscription);
    bool isStalled(const Subscription &subscription) const;
    Subscription *find(const QString &owner, quint64 id);

    EventRing &m_ring;
    EventPublisher &m_publisher;
    const Clock m_clock;
    EventSlice m_slice;
    std::map<quint64, Subscription> m_subscriptions;
    EventTypes m_wantedTypes; // as told last
    qsizetype m_count = 0;    // as told last
    quint64 m_lastId = 0;
    QTimer m_timer;
    QElapsedTimer m_sinceRound;
};

} // namespace lunaris

#endif
