// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_SUBSCRIPTIONS_H
#define LUNARIS_HELPER_SERVICE_SUBSCRIPTIONS_H

#include "dbus/MonitorEvent.h"
#include "helper/pipeline/EventRing.h"
#include "helper/service/EventSlice.h"
#include "helper/service/Subscription.h"
#include "helper/timing/LatencyHistogram.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QTimer>
#include <chrono>
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

/// Everyone who listens. Serves them in turns, each with at most one batch in 50 ms: who is too slow, or
/// filters too slowly, loses events of their own, and is told how many.
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

    using Clock = Subscription::Clock;
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

    /// How long new events took from the kernel until they were sent. From any thread.
    const LatencyHistogram &delay() const { return m_delay; }

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
    struct Entry {
        QString owner;
        quint32 uid = 0;
        Subscription subscription;
    };

    void tellChanges();
    void round();
    Entry *find(const QString &owner, quint64 id);

    EventRing &m_ring;
    EventPublisher &m_publisher;
    const Clock m_clock;
    EventSlice m_slice;
    LatencyHistogram m_delay;
    std::map<quint64, Entry> m_subscriptions;
    EventTypes m_wantedTypes; // as told last
    qsizetype m_count = 0;    // as told last
    quint64 m_lastId = 0;
    QTimer m_timer;
    QElapsedTimer m_sinceRound;
};

} // namespace lunaris

#endif
