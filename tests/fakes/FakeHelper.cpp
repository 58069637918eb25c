// SPDX-License-Identifier: MIT
#include "tests/fakes/FakeHelper.h"

#include "KernelMonitorAdaptor.h"
#include "dbus/StateReason.h"

#include <QDBusMessage>
#include <QDateTime>
#include <algorithm>
#include <unistd.h>
#include <utility>

namespace lunaris::test
{

namespace
{

constexpr qsizetype eventsPerBatch = 1000;
constexpr std::size_t credits = 4;

/// Microseconds since the epoch.
qulonglong wallTime()
{
    return static_cast<qulonglong>(QDateTime::currentMSecsSinceEpoch()) * 1000;
}

} // namespace

FakeHelper::FakeHelper(const QDBusConnection &bus, QObject *parent)
    : MonitorObject(parent), m_bus(bus), m_stateSince(wallTime())
{
    registerDBusTypes();
    new KernelMonitorAdaptor(this);
}

bool FakeHelper::appear()
{
    return m_bus.registerObject(dbus::objectPath, this, QDBusConnection::ExportAdaptors) &&
           m_bus.registerService(dbus::serviceName);
}

void FakeHelper::vanish()
{
    m_subscriptions.clear();
    m_bus.unregisterObject(dbus::objectPath);
    m_bus.unregisterService(dbus::serviceName);
}

QString FakeHelper::captureMethod() const
{
    return m_state == dbus::state::running ? QStringLiteral("tracepoint") : QString();
}

void FakeHelper::send(const MonitorEventList &events, quint64 dropped)
{
    for (auto &[id, subscription] : m_subscriptions) {
        queue(subscription, events, dropped);
        pump(id, subscription);
    }
}

void FakeHelper::queue(Subscription &subscription, const MonitorEventList &events, quint64 dropped)
{
    qsizetype from = 0;
    do {
        Batch batch{dropped, events.mid(from, eventsPerBatch)};
        subscription.lastSequence += std::exchange(dropped, 0);
        for (MonitorEvent &event : batch.events) {
            event.sequence = ++subscription.lastSequence;
        }
        subscription.waitingEvents += batch.events.size();
        subscription.waiting.push_back(batch);
        from += eventsPerBatch;
    } while (from < events.size());
    if (m_mostWaiting) {
        dropOldest(subscription);
    }
}

void FakeHelper::dropOldest(Subscription &subscription) const
{
    auto &waiting = subscription.waiting;
    while (waiting.size() > 1 && subscription.waitingEvents > *m_mostWaiting) {
        const Batch oldest = std::move(waiting.front());
        waiting.pop_front();
        subscription.waitingEvents -= oldest.events.size();
        waiting.front().dropped += oldest.dropped + static_cast<quint64>(oldest.events.size());
    }
}

void FakeHelper::pump(quint64 id, Subscription &subscription)
{
    while (!subscription.waiting.empty() && subscription.unacknowledged.size() < credits) {
        const Batch &batch = subscription.waiting.front();
        signalTo(subscription.owner, QStringLiteral("Events"),
                 {id, batch.dropped, QVariant::fromValue(batch.events)});
        if (!batch.events.isEmpty()) {
            subscription.lastSent = batch.events.constLast().sequence;
            subscription.unacknowledged.push_back(subscription.lastSent);
        }
        subscription.waitingEvents -= batch.events.size();
        subscription.waiting.pop_front();
    }
}

void FakeHelper::setState(const QString &state, const QString &reason)
{
    m_state = state;
    m_stateReason = reason;
    m_stateSince = wallTime();
    announce({{QStringLiteral("State"), state},
              {QStringLiteral("StateReason"), reason},
              {QStringLiteral("StateSince"), m_stateSince},
              {QStringLiteral("PausedUntil"), pausedUntil()},
              {QStringLiteral("CaptureMethod"), captureMethod()}});
}

void FakeHelper::skipNumbers(quint64 count)
{
    for (auto &[id, subscription] : m_subscriptions) {
        subscription.lastSequence += count;
    }
}

void FakeHelper::signalSubscribers(const QString &name, const Arguments &arguments)
{
    for (const auto &[id, subscription] : m_subscriptions) {
        signalTo(subscription.owner, name, arguments(id, subscription.lastSequence + 1));
    }
}

bool FakeHelper::isAllAcknowledged() const
{
    return std::all_of(m_subscriptions.begin(), m_subscriptions.end(), [](const auto &entry) {
        return entry.second.waiting.empty() && entry.second.unacknowledged.empty();
    });
}

void FakeHelper::announce(const QVariantMap &values)
{
    announceAs({QString(dbus::interfaceName), values, QStringList()});
}

void FakeHelper::announceAs(const QVariantList &arguments)
{
    QDBusMessage changed =
        QDBusMessage::createSignal(dbus::objectPath, QStringLiteral("org.freedesktop.DBus.Properties"),
                                   QStringLiteral("PropertiesChanged"));
    changed.setArguments(arguments);
    m_bus.send(changed);
}

void FakeHelper::endSubscriptions(const QString &reason)
{
    for (const auto &[id, subscription] : std::exchange(m_subscriptions, {})) {
        signalTo(subscription.owner, QStringLiteral("SubscriptionEnded"), {id, reason});
    }
}

void FakeHelper::signalTo(const QString &owner, const QString &name, const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createTargetedSignal(owner, dbus::objectPath, dbus::interfaceName, name);
    message.setArguments(arguments);
    m_bus.send(message);
}

bool FakeHelper::refuse(const Refusal &refusal)
{
    if (refusal.name.isEmpty()) {
        return false;
    }
    sendErrorReply(refusal.name, refusal.sentence);
    return true;
}

/// In the place of what is returned.
void FakeHelper::answerWrongly()
{
    if (m_answersWrong) {
        setDelayedReply(true);
        m_bus.send(message().createReply(
            QVariantMap{{QStringLiteral("seen"), QStringLiteral("many")}, {QStringLiteral("lost"), -1}}));
    }
}

FakeHelper::Subscription *FakeHelper::owned(quint64 id)
{
    const auto found = m_subscriptions.find(id);
    if (found == m_subscriptions.end() || found->second.owner != message().service()) {
        sendErrorReply(dbus::error::noSuchSubscription,
                       QStringLiteral("There is no such subscription of yours."));
        return nullptr;
    }
    return &found->second;
}

qulonglong FakeHelper::Subscribe(const QVariantMap &options)
{
    m_subscribeCalls.push_back(options);
    if (refuse(m_subscribeRefusal)) {
        return 0;
    }
    const quint64 id = ++m_lastId;
    Subscription &subscription = m_subscriptions[id];
    subscription.owner = message().service();
    setDelayedReply(true);
    m_bus.send(message().createReply(id));
    if (!m_backlog.isEmpty()) {
        queue(subscription, std::exchange(m_backlog, {}), 0);
        pump(id, subscription);
    }
    Q_EMIT subscribed();
    return id;
}

void FakeHelper::Acknowledge(qulonglong id, qulonglong sequence)
{
    m_acknowledgements.push_back({id, sequence});
    Subscription *const subscription = owned(id);
    if (subscription == nullptr) {
        return;
    }
    if (sequence > subscription->lastSent) {
        sendErrorReply(dbus::error::invalidArgument, QStringLiteral("That number was never sent."));
        return;
    }
    auto &open = subscription->unacknowledged;
    while (!open.empty() && open.front() <= sequence) {
        open.pop_front();
    }
    pump(id, *subscription);
    Q_EMIT acknowledged();
}

void FakeHelper::Unsubscribe(qulonglong id)
{
    if (owned(id) != nullptr) {
        m_subscriptions.erase(id);
    }
}

void FakeHelper::Pause(const QString &scope, qulonglong seconds)
{
    m_pauseCalls.push_back({scope, seconds});
    if (refuse(m_commandRefusal)) {
        return;
    }
    const quint64 until =
        seconds == 0 ? 0
                     : (static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) + seconds * 1000) * 1000;
    if (scope == dbus::scope::all) {
        m_pause.all = true;
        m_pause.allUntil = until;
        m_pause.allBy = getuid();
        setState(dbus::state::paused, dbus::reason::paused);
    } else {
        m_pause.own = true;
        m_pause.ownUntil = until;
    }
}

void FakeHelper::Resume(const QString &scope)
{
    m_resumeCalls.push_back(scope);
    if (refuse(m_commandRefusal)) {
        return;
    }
    if (scope == dbus::scope::all) {
        m_pause = {m_pause.own, m_pause.ownUntil};
        setState(dbus::state::running, dbus::reason::none);
    } else {
        m_pause.own = false;
        m_pause.ownUntil = 0;
    }
}

bool FakeHelper::GetPause(qulonglong &ownUntil, bool &all, qulonglong &allUntil, uint &allBy)
{
    answerWrongly();
    ownUntil = m_pause.ownUntil;
    all = m_pause.all;
    allUntil = m_pause.allUntil;
    allBy = m_pause.allBy;
    return m_pause.own;
}

CountedRuleList FakeHelper::GetRules()
{
    answerWrongly();
    return m_rules;
}

void FakeHelper::SetRules(const MonitorRuleList &rules)
{
    if (refuse(m_commandRefusal)) {
        return;
    }
    m_rules.clear();
    for (const MonitorRule &rule : rules) {
        m_rules.append({rule.prefix, rule.action, 0});
    }
}

void FakeHelper::ResetRules()
{
    if (!refuse(m_commandRefusal)) {
        m_rules.clear();
    }
}

void FakeHelper::SetDeduplication(uint milliseconds)
{
    if (!refuse(m_commandRefusal)) {
        m_deduplication = milliseconds;
        announce({{QStringLiteral("DeduplicationMilliseconds"), milliseconds}});
    }
}

Statistics FakeHelper::GetStatistics()
{
    ++m_statisticsCalls;
    answerWrongly();
    return m_statistics;
}

} // namespace lunaris::test
