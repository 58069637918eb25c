// SPDX-License-Identifier: MIT
#include "helper/service/Subscriptions.h"

#include "helper/timing/Clocks.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

constexpr std::chrono::milliseconds interval = 50ms;

} // namespace

Subscriptions::Subscriptions(EventRing &ring, EventPublisher &publisher, Clock clock)
    : m_ring(ring), m_publisher(publisher), m_clock(std::move(clock))
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Subscriptions::round);
}

std::optional<quint64> Subscriptions::add(const QString &owner, const EventScope &scope, quint32 uid,
                                          quint32 backlog, std::unique_ptr<EventFilter> filter,
                                          quint32 maximumRate)
{
    const auto ofUid = std::count_if(m_subscriptions.cbegin(), m_subscriptions.cend(),
                                     [uid](const auto &entry) { return entry.second.uid == uid; });
    if (count() >= maximum || ofUid >= maximumPerUid) {
        return std::nullopt;
    }
    Subscription subscription(m_ring, m_clock, {scope, backlog, std::move(filter), maximumRate});
    m_subscriptions.emplace(++m_lastId, Entry{owner, uid, std::move(subscription)});
    tellChanges();
    wake();
    return m_lastId;
}

Subscriptions::Entry *Subscriptions::find(const QString &owner, quint64 id)
{
    const auto found = m_subscriptions.find(id);
    return found != m_subscriptions.end() && found->second.owner == owner ? &found->second : nullptr;
}

Subscriptions::Outcome Subscriptions::acknowledge(const QString &owner, quint64 id, quint64 sequence)
{
    Entry *entry = find(owner, id);
    if (!entry) {
        return Outcome::NoSuchSubscription;
    }
    if (!entry->subscription.acknowledge(sequence)) {
        return Outcome::NeverSent;
    }
    wake();
    return Outcome::Done;
}

Subscriptions::Outcome Subscriptions::remove(const QString &owner, quint64 id)
{
    if (!find(owner, id)) {
        return Outcome::NoSuchSubscription;
    }
    m_subscriptions.erase(id);
    tellChanges();
    return Outcome::Done;
}

void Subscriptions::removeOwner(const QString &owner)
{
    std::erase_if(m_subscriptions, [&owner](const auto &entry) { return entry.second.owner == owner; });
    tellChanges();
}

std::vector<Subscriptions::Right> Subscriptions::rightsInUse() const
{
    std::vector<Right> rights;
    for (const auto &[id, entry] : m_subscriptions) {
        const Right right{entry.owner, entry.subscription.scope().everyone};
        if (std::find(rights.begin(), rights.end(), right) == rights.end()) {
            rights.push_back(right);
        }
    }
    return rights;
}

void Subscriptions::endAll(const Right &right, const QString &reason)
{
    std::vector<quint64> ids;
    for (const auto &[id, entry] : m_subscriptions) {
        if (right == Right{entry.owner, entry.subscription.scope().everyone}) {
            ids.push_back(id);
        }
    }
    for (const quint64 id : ids) {
        m_subscriptions.erase(id);
        Q_EMIT ended(right.owner, id, reason);
    }
    tellChanges();
}

EventTypes Subscriptions::wantedTypes() const
{
    EventTypes types;
    for (const auto &[id, entry] : m_subscriptions) {
        types = types | entry.subscription.scope().types;
    }
    return types;
}

void Subscriptions::tellChanges()
{
    const EventTypes types = wantedTypes();
    if (types != m_wantedTypes) {
        m_wantedTypes = types;
        Q_EMIT wantedTypesChanged(types);
    }
    if (count() != m_count) {
        m_count = count();
        Q_EMIT countChanged(m_count);
    }
}

bool Subscriptions::hasOwner(const QString &owner) const
{
    return std::any_of(m_subscriptions.cbegin(), m_subscriptions.cend(),
                       [&owner](const auto &entry) { return entry.second.owner == owner; });
}

void Subscriptions::wake()
{
    const auto passed = m_sinceRound.isValid() ? std::chrono::milliseconds(m_sinceRound.elapsed()) : interval;
    const auto delay = std::max(interval - passed, 0ms);
    if (!m_timer.isActive() || m_timer.remainingTimeAsDuration() > delay) {
        m_timer.start(delay);
    }
}

void Subscriptions::round()
{
    if (m_subscriptions.empty()) {
        return; // and nobody asks to be told: the capture thread never wakes us in vain
    }
    m_sinceRound.start();
    for (auto &[id, entry] : m_subscriptions) {
        if (const auto batch = entry.subscription.next(m_slice)) {
            m_publisher.publish(entry.owner, id, batch->dropped, batch->events);
            m_delay.add(batch->kernelTimes, bootTime());
        }
    }
    // Asking comes before looking: what arrives in between is found by one or the other.
    m_ring.requestNotification();
    const EventRing::Position end = m_ring.end();
    const bool more = std::any_of(m_subscriptions.cbegin(), m_subscriptions.cend(),
                                  [&](const auto &entry) { return entry.second.subscription.hasMore(end); });
    const bool untold = std::any_of(m_subscriptions.cbegin(), m_subscriptions.cend(),
                                    [](const auto &entry) { return entry.second.subscription.hasUntold(); });
    if (more) {
        wake();
    } else if (untold) {
        m_timer.start(Subscription::emptyBatchInterval); // nothing else may ever happen
    }
}

bool Subscriptions::areCaughtUp() const
{
    const EventRing::Position end = m_ring.end();
    return std::all_of(m_subscriptions.cbegin(), m_subscriptions.cend(),
                       [end](const auto &entry) { return entry.second.subscription.isCaughtUp(end); });
}

std::chrono::nanoseconds Subscriptions::steadyTime()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace lunaris
