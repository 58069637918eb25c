// SPDX-License-Identifier: MIT
#include "helper/service/Subscriptions.h"

#include "proto/Escape.h"

#include <QUtf8StringView>
#include <algorithm>
#include <chrono>
#include <utility>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

constexpr std::chrono::milliseconds interval = 50ms;
constexpr std::chrono::milliseconds emptyBatchInterval = 1s;
constexpr qsizetype batchEvents = 1000;
constexpr std::size_t batchBytes = std::size_t{256} * 1024;
constexpr std::size_t unacknowledgedBatches = 4;

/// For each subscription's filter in each round: 4 % of a processor.
constexpr std::chrono::nanoseconds filterTime = 2ms;

/// Numbers, lengths and padding of one event on the wire, rounded up.
constexpr std::size_t eventOverhead = 128;

QString toText(std::string_view bytes)
{
    return QString::fromStdString(proto::toUtf8(bytes));
}

/// The most bytes that toText() of it takes on the wire.
std::size_t textSize(std::string_view bytes)
{
    const bool valid = QUtf8StringView(bytes.data(), static_cast<qsizetype>(bytes.size())).isValidUtf8();
    return valid ? bytes.size() : 4 * bytes.size();
}

MonitorEvent toMonitorEvent(const Event &event)
{
    MonitorEvent out;
    out.time = static_cast<quint64>(event.timestamp);
    out.type = toText(nameOf(event.type));
    out.pid = event.pid;
    out.parentPid = event.parentPid;
    out.uid = event.uid;
    out.comm = toText(event.comm);
    out.application = toText(event.application);
    out.subject = QByteArray(event.subject.data(), static_cast<qsizetype>(event.subject.size()));
    out.flags = event.flags;
    out.mode = event.mode;
    out.value = event.value;
    out.attributes = event.attributes;
    out.cgroup = event.cgroup;
    return out;
}

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
    Subscription &subscription = m_subscriptions[++m_lastId];
    subscription.owner = owner;
    subscription.uid = uid;
    subscription.scope = scope;
    subscription.filter = std::move(filter);
    subscription.firstNew = m_ring.end();
    subscription.position = m_ring.positionBefore(backlog, scope);
    subscription.maximumRate = maximumRate;
    subscription.allowance = maximumRate;
    subscription.allowedAt = m_clock();
    tellChanges();
    wake();
    return m_lastId;
}

Subscriptions::Subscription *Subscriptions::find(const QString &owner, quint64 id)
{
    const auto found = m_subscriptions.find(id);
    return found != m_subscriptions.end() && found->second.owner == owner ? &found->second : nullptr;
}

Subscriptions::Outcome Subscriptions::acknowledge(const QString &owner, quint64 id, quint64 sequence)
{
    Subscription *subscription = find(owner, id);
    if (!subscription) {
        return Outcome::NoSuchSubscription;
    }
    if (sequence > subscription->lastSequence) {
        return Outcome::NeverSent;
    }
    auto &batches = subscription->unacknowledged;
    batches.erase(batches.begin(), std::upper_bound(batches.begin(), batches.end(), sequence));
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
    for (const auto &[id, subscription] : m_subscriptions) {
        const Right right{subscription.owner, subscription.scope.everyone};
        if (std::find(rights.begin(), rights.end(), right) == rights.end()) {
            rights.push_back(right);
        }
    }
    return rights;
}

void Subscriptions::endAll(const Right &right, const QString &reason)
{
    std::vector<quint64> ids;
    for (const auto &[id, subscription] : m_subscriptions) {
        if (right == Right{subscription.owner, subscription.scope.everyone}) {
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
    for (const auto &[id, subscription] : m_subscriptions) {
        types = types | subscription.scope.types;
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
    for (auto &[id, subscription] : m_subscriptions) {
        serve(id, subscription);
        if (isOverRate(subscription)) {
            // Comes after what was sent, and is told with the next batch.
            subscription.dropped += m_ring.skip(subscription.position, m_ring.end(), subscription.scope);
        }
    }
    // Asking comes before looking: what arrives in between is found by one or the other.
    m_ring.requestNotification();
    const EventRing::Position end = m_ring.end();
    const bool more = std::any_of(m_subscriptions.cbegin(), m_subscriptions.cend(), [&](const auto &entry) {
        return entry.second.position < end && !isStalled(entry.second);
    });
    const bool untold = std::any_of(m_subscriptions.cbegin(), m_subscriptions.cend(),
                                    [](const auto &entry) { return entry.second.dropped > 0; });
    if (more) {
        wake();
    } else if (untold) {
        m_timer.start(emptyBatchInterval); // nothing else may ever happen
    }
}

bool Subscriptions::areCaughtUp() const
{
    const EventRing::Position end = m_ring.end();
    return std::all_of(m_subscriptions.cbegin(), m_subscriptions.cend(), [end](const auto &entry) {
        const Subscription &subscription = entry.second;
        return subscription.position >= end && subscription.dropped == 0 &&
               subscription.unacknowledged.empty();
    });
}

bool Subscriptions::isStalled(const Subscription &subscription) const
{
    return subscription.unacknowledged.size() >= unacknowledgedBatches;
}

void Subscriptions::allow(Subscription &subscription) const
{
    if (subscription.maximumRate > 0) {
        const std::chrono::nanoseconds now = m_clock();
        const double seconds = std::chrono::duration<double>(now - subscription.allowedAt).count();
        const double most = subscription.maximumRate;
        subscription.allowance = std::min(subscription.allowance + seconds * most, most);
        subscription.allowedAt = now;
    }
}

bool Subscriptions::isOverRate(const Subscription &subscription)
{
    return subscription.maximumRate > 0 && subscription.allowance < 1 &&
           subscription.position >= subscription.firstNew;
}

void Subscriptions::serve(quint64 id, Subscription &subscription)
{
    subscription.dropped += m_ring.skipOverwritten(subscription.position, subscription.scope);
    allow(subscription);
    MonitorEventList batch = isStalled(subscription) ? MonitorEventList() : takeBatch(subscription);
    if (batch.isEmpty()) {
        QElapsedTimer &last = subscription.sinceEmptyBatch;
        if (subscription.dropped == 0 || (last.isValid() && !last.hasExpired(emptyBatchInterval.count()))) {
            return;
        }
        last.start();
    }
    const quint64 dropped = std::exchange(subscription.dropped, 0);
    subscription.lastSequence += dropped;
    for (MonitorEvent &event : batch) {
        event.sequence = ++subscription.lastSequence;
    }
    if (!batch.isEmpty()) {
        subscription.unacknowledged.push_back(subscription.lastSequence);
    }
    m_publisher.publish(subscription.owner, id, dropped, batch);
}

MonitorEventList Subscriptions::takeBatch(Subscription &subscription)
{
    return subscription.filter ? takeFiltered(subscription)
                               : takeUntil(subscription, std::chrono::nanoseconds::max());
}

/// A batch bounds what is sent; what a filter looks at and keeps back is bounded by time. One event may take
/// more than there is: then the next rounds are without this subscription until it is made up for.
MonitorEventList Subscriptions::takeFiltered(Subscription &subscription)
{
    if (subscription.overdrawn >= filterTime) {
        subscription.overdrawn -= filterTime;
        return {};
    }
    const std::chrono::nanoseconds start = m_clock();
    const std::chrono::nanoseconds allowed = filterTime - subscription.overdrawn;
    MonitorEventList batch = takeUntil(subscription, start + allowed);
    subscription.overdrawn = std::max(m_clock() - start - allowed, std::chrono::nanoseconds::zero());
    return batch;
}

MonitorEventList Subscriptions::takeUntil(Subscription &subscription, std::chrono::nanoseconds deadline)
{
    MonitorEventList batch;
    std::size_t bytes = 0;
    bool lookedAtOne = false; // however little time there is, it goes on
    EventRing::Position &position = subscription.position;
    for (;;) {
        m_slice.clear();
        const EventRing::Position next =
            m_ring.read(position, subscription.scope, [this](EventRing::Position at, const Event &event) {
                m_slice.append(at, event);
                return true;
            });
        // No step forward: the end, or overwritten while we were reading, which the next round counts.
        if (next == position) {
            return batch;
        }
        for (std::size_t index = 0; index < m_slice.size(); ++index) {
            const Event event = m_slice.event(index);
            position = m_slice.position(index);
            if (isOverRate(subscription)) {
                return batch;
            }
            if (subscription.filter) {
                if (std::exchange(lookedAtOne, true) && m_clock() >= deadline) {
                    return batch;
                }
                if (!subscription.filter->passes(event)) {
                    continue;
                }
            }
            const std::size_t size =
                eventOverhead + textSize(event.comm) + textSize(event.application) + event.subject.size();
            if (batch.size() == batchEvents || bytes + size > batchBytes) {
                return batch;
            }
            bytes += size;
            if (position >= subscription.firstNew) {
                subscription.allowance -= 1;
            }
            batch.append(toMonitorEvent(event));
        }
        position = next;
    }
}

std::chrono::nanoseconds Subscriptions::steadyTime()
{
    return std::chrono::steady_clock::now().time_since_epoch();
}

} // namespace lunaris
