// SPDX-License-Identifier: MIT
#include "app/client/MonitorClient.h"

#include "app/client/WatchStatus.h"

#include <QDBusPendingReply>
#include <optional>
#include <utility>

namespace lunaris
{

MonitorClient::MonitorClient(const QDBusConnection &bus, const Options &options, QObject *parent)
    : HelperRequests(bus, parent), m_bus(bus), m_options(options)
{
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &MonitorClient::subscribe);
    if (!m_options.busToReturnTo.isEmpty()) {
        m_busReturn = std::make_unique<BusReturn>(m_options.busToReturnTo);
        connect(m_busReturn.get(), &BusReturn::returned, this, &MonitorClient::onBusReturned);
    }
}

MonitorClient::~MonitorClient()
{
    if (m_subscription != 0) {
        calls().send(QStringLiteral("Unsubscribe"), {m_subscription});
    }
}

void MonitorClient::start()
{
    registerDBusTypes();
    if (m_bus.isConnected()) {
        listen();
        subscribe();
        return;
    }
    const QString error = m_bus.lastError().message();
    awaitBus(
        m_busReturn
            ? tr("There is no D-Bus to talk over (%1); start the system bus. It is tried again by itself.")
                  .arg(error)
            : tr("There is no D-Bus to talk over (%1); start the system bus and try again.").arg(error));
}

void MonitorClient::listen()
{
    m_signals = std::make_unique<HelperSignals>(m_bus);
    connect(m_signals.get(), &HelperSignals::batchReceived, this, &MonitorClient::onBatch);
    connect(m_signals.get(), &HelperSignals::batchSpoiled, this, &MonitorClient::onSpoiled);
    connect(m_signals.get(), &HelperSignals::subscriptionEnded, this, &MonitorClient::onSubscriptionEnded);
    connect(m_signals.get(), &HelperSignals::propertiesChanged, this, [this](const QVariantMap &changed) {
        if (m_subscription != 0) {
            updateFromProperties(changed);
        }
    });
    connect(m_signals.get(), &HelperSignals::helperWent, this, &MonitorClient::onHelperGone);
    // Somebody else started it: no need to wait for the next try.
    connect(m_signals.get(), &HelperSignals::helperCame, this, [this] {
        if (m_status == Status::HelperMissing) {
            retry();
        }
    });
    // Queued, because it is the end of the sender.
    connect(m_signals.get(), &HelperSignals::busWent, this, &MonitorClient::onBusGone, Qt::QueuedConnection);
}

void MonitorClient::retry()
{
    if (m_signals && m_subscription == 0 && !m_subscribing) {
        subscribe();
    } else if (!m_signals && m_busReturn) {
        m_busReturn->hurry();
    }
}

void MonitorClient::setScope(const QString &scope)
{
    if (scope == m_options.scope) {
        return;
    }
    m_options.scope = scope;
    if (m_subscription != 0) {
        calls().send(QStringLiteral("Unsubscribe"), {std::exchange(m_subscription, 0)});
    }
    m_early.clear();
    m_spoiled = 0;
    if (m_signals) {
        setStatus(Status::Connecting);
        subscribe();
    }
}

void MonitorClient::subscribe()
{
    m_retryTimer.stop();
    m_subscribing = true;
    // No flicker while it is tried again and again.
    if (m_status != Status::HelperMissing && m_spoiled < 2) {
        setStatus(Status::Connecting);
    }
    QVariantMap options = {
        {QStringLiteral("scope"), m_options.scope},
        // What came before the events that were of no use has been received.
        {QStringLiteral("backlog"), m_spoiled == 0 ? m_options.backlog : 0U},
    };
    if (!m_options.types.isEmpty()) {
        options.insert(QStringLiteral("types"), m_options.types);
    }
    if (!m_options.filter.isEmpty()) {
        options.insert(QStringLiteral("filter"), m_options.filter);
    }
    const quint64 attempt = ++m_attempt;
    calls().call(QStringLiteral("Subscribe"), {options},
                 m_options.mayAsk ? HelperCalls::Ask::MayAsk : HelperCalls::Ask::Never,
                 [this, attempt](const QDBusPendingCallWatcher &reply) {
                     if (attempt == m_attempt) {
                         onSubscribed(reply);
                     }
                 });
}

void MonitorClient::onSubscribed(const QDBusPendingCallWatcher &call)
{
    m_subscribing = false;
    const QDBusPendingReply<qulonglong> reply = call;
    if (reply.isError()) {
        m_early.clear();
        fail(reply.error());
        return;
    }
    m_subscription = reply.value();
    m_order = {};
    m_backoff.reset();
    fetchProperties();
    for (const EventBatch &batch : std::exchange(m_early, {})) {
        deliver(batch);
    }
}

void MonitorClient::fail(const QDBusError &error)
{
    const WatchStatus refused = statusOfRefusal(error);
    setStatus(refused.status, refused.problem);
    if (refused.status == Status::HelperMissing) {
        m_retryTimer.start(m_backoff.next());
    }
}

void MonitorClient::onHelperGone()
{
    const bool wasSubscribed = m_subscription != 0;
    m_subscription = 0;
    m_spoiled = 0; // another one may come
    m_properties.clear();
    Q_EMIT propertiesChanged();
    if (wasSubscribed) {
        setStatus(Status::HelperMissing, tr("The helper has stopped; it is being started again."));
        m_retryTimer.start(m_backoff.next());
    }
}

void MonitorClient::onBusGone()
{
    awaitBus(m_busReturn ? tr("The D-Bus has gone away; it is connected to again as soon as it is back.")
                         : tr("The D-Bus has gone away; start this anew when it is back."));
}

void MonitorClient::awaitBus(const QString &problem)
{
    ++m_attempt; // no answer counts any more
    m_subscription = 0;
    m_subscribing = false;
    m_early.clear();
    m_spoiled = 0;
    m_retryTimer.stop();
    m_signals.reset();
    m_properties.clear();
    setStatus(Status::NoBus, problem);
    Q_EMIT propertiesChanged();
    if (m_busReturn) {
        m_busReturn->wait();
    }
}

void MonitorClient::onBusReturned(const QDBusConnection &bus)
{
    m_bus = bus;
    setBus(bus);
    listen();
    subscribe();
}

void MonitorClient::onSubscriptionEnded(quint64 id, const QString &reason)
{
    if (id == 0 || id != m_subscription) {
        return;
    }
    m_subscription = 0;
    const WatchStatus ended = statusOfEnd(reason);
    setStatus(ended.status, ended.problem);
}

void MonitorClient::onBatch(const EventBatch &batch)
{
    if (m_subscribing) {
        m_early.push_back(batch);
    } else {
        deliver(batch);
    }
}

void MonitorClient::deliver(const EventBatch &batch)
{
    if (m_subscription == 0 || batch.id != m_subscription) {
        return;
    }
    const std::optional<quint64> missing = m_order.take(batch);
    if (!missing) {
        onSpoiled(batch.id);
        return;
    }
    m_spoiled = 0;
    m_spoiledBackoff.reset();
    Q_EMIT eventsReceived(batch.events, *missing);
    if (!batch.events.isEmpty() && m_subscription == batch.id) {
        calls().send(QStringLiteral("Acknowledge"), {batch.id, batch.events.constLast().sequence});
    }
}

/// Nobody knows what was in it, nor which numbers come next, and it cannot be acknowledged: a new
/// subscription begins clean. At once, but not for ever.
void MonitorClient::onSpoiled(quint64 id)
{
    if (m_subscription == 0 || (id != 0 && id != m_subscription)) {
        return;
    }
    calls().send(QStringLiteral("Unsubscribe"), {std::exchange(m_subscription, 0)});
    if (++m_spoiled == 1) {
        subscribe();
        return;
    }
    setStatus(Status::Refused,
              tr("The helper sends events that this program cannot read; see that both are of "
                 "the same version. It is tried again by itself."));
    m_retryTimer.start(m_spoiledBackoff.next());
}

void MonitorClient::fetchProperties()
{
    const quint64 attempt = m_attempt;
    calls().fetchProperties([this, attempt](const QDBusPendingCallWatcher &finished) {
        const QDBusPendingReply<QVariantMap> reply = finished;
        if (attempt == m_attempt && m_subscription != 0 && !reply.isError()) {
            updateFromProperties(reply.value());
        }
    });
}

void MonitorClient::updateFromProperties(const QVariantMap &properties)
{
    m_properties.update(properties);
    if (const std::optional<WatchStatus> now = statusOfHelper(m_properties)) {
        setStatus(now->status, now->problem);
        Q_EMIT propertiesChanged();
    }
}

QString MonitorClient::problem() const
{
    return m_problem;
}

bool MonitorClient::isSubscribed() const
{
    return m_status == Status::Watching || m_status == Status::Paused || m_status == Status::Unavailable;
}

void MonitorClient::setStatus(Status status, const QString &problem)
{
    if (status == m_status && problem == m_problem) {
        return;
    }
    m_status = status;
    m_problem = problem;
    Q_EMIT statusChanged();
}

} // namespace lunaris
