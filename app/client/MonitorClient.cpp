// SPDX-License-Identifier: MIT
#include "app/client/MonitorClient.h"

#include "KernelMonitorProxy.h"
#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <algorithm>
#include <chrono>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

// polkit may ask a person for a password: as long as the helper's own limit, and a little more.
constexpr std::chrono::milliseconds interactiveTimeout = 5min + 10s;

constexpr std::chrono::milliseconds firstRetry = 500ms;
constexpr std::chrono::milliseconds longestRetry = 30s;

QDBusMessage methodCall(const QString &interface, const QString &method, const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(dbus::serviceName, dbus::objectPath, interface, method);
    message.setArguments(arguments);
    return message;
}

/// The helper's own refusals are named in its contract; whatever else goes wrong between it and us
/// (no such service, activation failed, no reply, disconnected) means that there is no helper.
bool isFromHelper(const QDBusError &error)
{
    return error.name().startsWith(QLatin1String("org.lunaris.KernelMonitor1.Error."));
}

} // namespace

MonitorClient::MonitorClient(const QDBusConnection &bus, const Options &options, QObject *parent)
    : QObject(parent), m_bus(bus), m_options(options), m_backoff(firstRetry)
{
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &MonitorClient::subscribe);
}

MonitorClient::~MonitorClient()
{
    if (m_subscription != 0) {
        m_bus.send(methodCall(dbus::interfaceName, QStringLiteral("Unsubscribe"), {m_subscription}));
    }
}

void MonitorClient::start()
{
    registerDBusTypes();
    if (!m_bus.isConnected()) {
        setStatus(Status::NoBus,
                  tr("There is no D-Bus to talk over (%1); start the system bus and try again.")
                      .arg(m_bus.lastError().message()));
        return;
    }
    m_proxy = std::make_unique<KernelMonitorProxy>(dbus::serviceName, dbus::objectPath, m_bus);
    connect(m_proxy.get(), &KernelMonitorProxy::Events, this, &MonitorClient::onEvents);
    connect(m_proxy.get(), &KernelMonitorProxy::SubscriptionEnded, this, &MonitorClient::onSubscriptionEnded);
    m_bus.connect(dbus::serviceName, dbus::objectPath, QStringLiteral("org.freedesktop.DBus.Properties"),
                  QStringLiteral("PropertiesChanged"), this,
                  SLOT(onPropertiesChanged(QString, QVariantMap, QStringList)));

    auto *watcher = new QDBusServiceWatcher(
        dbus::serviceName, m_bus,
        QDBusServiceWatcher::WatchForRegistration | QDBusServiceWatcher::WatchForUnregistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, &MonitorClient::onHelperGone);
    // Somebody else started it: no need to wait for the next try.
    connect(watcher, &QDBusServiceWatcher::serviceRegistered, this, [this] {
        if (m_status == Status::HelperMissing) {
            retry();
        }
    });
    subscribe();
}

void MonitorClient::retry()
{
    if (m_proxy && m_subscription == 0 && !m_subscribing) {
        subscribe();
    }
}

void MonitorClient::subscribe()
{
    m_retryTimer.stop();
    m_subscribing = true;
    if (m_status != Status::HelperMissing) { // no flicker while it is tried again and again
        setStatus(Status::Connecting);
    }
    QVariantMap options = {
        {QStringLiteral("scope"), m_options.scope},
        {QStringLiteral("backlog"), m_options.backlog},
    };
    if (!m_options.types.isEmpty()) {
        options.insert(QStringLiteral("types"), m_options.types);
    }
    if (!m_options.filter.isEmpty()) {
        options.insert(QStringLiteral("filter"), m_options.filter);
    }
    const quint64 attempt = ++m_attempt;
    call(methodCall(dbus::interfaceName, QStringLiteral("Subscribe"), {options}),
         m_options.mayAsk ? Ask::MayAsk : Ask::Never, [this, attempt](QDBusPendingCallWatcher *reply) {
             if (attempt == m_attempt) {
                 onSubscribed(reply);
             }
         });
}

void MonitorClient::onSubscribed(QDBusPendingCallWatcher *call)
{
    m_subscribing = false;
    const QDBusPendingReply<qulonglong> reply = *call;
    if (reply.isError()) {
        m_early.clear();
        fail(reply.error());
        return;
    }
    m_subscription = reply.value();
    m_backoff = firstRetry;
    fetchProperties();
    for (const Batch &batch : std::exchange(m_early, {})) {
        deliver(batch);
    }
}

void MonitorClient::fail(const QDBusError &error)
{
    if (error.name() == dbus::error::notAuthorized) {
        setStatus(Status::NotAuthorized, error.message());
    } else if (isFromHelper(error)) {
        setStatus(Status::Refused, error.message());
    } else {
        setStatus(Status::HelperMissing,
                  tr("The helper does not run and could not be started (%1); it is tried again by itself.")
                      .arg(error.message()));
        retryLater();
    }
}

void MonitorClient::retryLater()
{
    m_retryTimer.start(m_backoff);
    m_backoff = std::min(m_backoff * 2, longestRetry);
}

void MonitorClient::onHelperGone()
{
    const bool wasSubscribed = std::exchange(m_subscription, 0) != 0;
    m_properties.clear();
    Q_EMIT propertiesChanged();
    if (wasSubscribed) {
        setStatus(Status::HelperMissing, tr("The helper has stopped; it is being started again."));
        retryLater();
    }
}

void MonitorClient::onSubscriptionEnded(qulonglong id, const QString &reason)
{
    if (id == m_subscription) {
        m_subscription = 0;
        setStatus(Status::NotAuthorized, tr("The helper has ended this watch: %1").arg(reason));
    }
}

void MonitorClient::onEvents(qulonglong id, qulonglong dropped, const MonitorEventList &events)
{
    const Batch batch{id, dropped, events};
    if (m_subscribing) {
        m_early.push_back(batch);
    } else {
        deliver(batch);
    }
}

void MonitorClient::deliver(const Batch &batch)
{
    if (batch.id != m_subscription) {
        return;
    }
    Q_EMIT eventsReceived(batch.events, batch.dropped);
    if (!batch.events.isEmpty() && m_subscription == batch.id) {
        m_bus.send(methodCall(dbus::interfaceName, QStringLiteral("Acknowledge"),
                              {batch.id, batch.events.constLast().sequence}));
    }
}

void MonitorClient::fetchProperties()
{
    const quint64 attempt = m_attempt;
    call(methodCall(QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("GetAll"),
                    {QString(dbus::interfaceName)}),
         Ask::Never, [this, attempt](QDBusPendingCallWatcher *watcher) {
             const QDBusPendingReply<QVariantMap> reply = *watcher;
             if (attempt == m_attempt && m_subscription != 0 && !reply.isError()) {
                 updateFromProperties(reply.value());
             }
         });
}

void MonitorClient::onPropertiesChanged(const QString &interface, const QVariantMap &changed,
                                        const QStringList &)
{
    if (interface == dbus::interfaceName && m_subscription != 0) {
        updateFromProperties(changed);
    }
}

void MonitorClient::updateFromProperties(const QVariantMap &properties)
{
    m_properties.insert(properties);
    const QString state = m_properties.value(QStringLiteral("State")).toString();
    if (state.isEmpty()) {
        return; // a change that overtook the first answer, which will hold everything
    }
    if (state == dbus::state::running) {
        setStatus(Status::Watching);
    } else if (state == dbus::state::paused) {
        setStatus(Status::Paused, dbus::explainReason(dbus::reason::paused));
    } else {
        setStatus(Status::Unavailable, dbus::explainReason(stateReason()));
    }
    Q_EMIT propertiesChanged();
}

void MonitorClient::pause(quint64 seconds)
{
    command(QStringLiteral("Pause"), {QString(dbus::scope::all), seconds});
}

void MonitorClient::resume()
{
    command(QStringLiteral("Resume"), {QString(dbus::scope::all)});
}

void MonitorClient::pauseOwn(quint64 seconds)
{
    command(QStringLiteral("Pause"), {QString(dbus::scope::own), seconds});
}

void MonitorClient::resumeOwn()
{
    command(QStringLiteral("Resume"), {QString(dbus::scope::own)});
}

void MonitorClient::requestPause()
{
    call(methodCall(dbus::interfaceName, QStringLiteral("GetPause"), {}), Ask::MayAsk,
         [this](QDBusPendingCallWatcher *watcher) {
             const QDBusPendingReply<bool, qulonglong, bool, qulonglong, uint> reply = *watcher;
             if (reply.isError()) {
                 Q_EMIT commandFailed(reply.error().message());
             } else {
                 Q_EMIT pauseReceived({reply.argumentAt<0>(), reply.argumentAt<1>(), reply.argumentAt<2>(),
                                       reply.argumentAt<3>(), reply.argumentAt<4>()});
             }
         });
}

void MonitorClient::requestRules()
{
    call(methodCall(dbus::interfaceName, QStringLiteral("GetRules"), {}), Ask::MayAsk,
         [this](QDBusPendingCallWatcher *watcher) {
             const QDBusPendingReply<CountedRuleList> reply = *watcher;
             if (reply.isError()) {
                 Q_EMIT commandFailed(reply.error().message());
             } else {
                 Q_EMIT rulesReceived(reply.value());
             }
         });
}

void MonitorClient::setRules(const MonitorRuleList &rules)
{
    command(QStringLiteral("SetRules"), {QVariant::fromValue(rules)});
}

void MonitorClient::resetRules()
{
    command(QStringLiteral("ResetRules"), {});
}

void MonitorClient::setDeduplication(uint milliseconds)
{
    command(QStringLiteral("SetDeduplication"), {milliseconds});
}

void MonitorClient::command(const QString &method, const QVariantList &arguments)
{
    call(methodCall(dbus::interfaceName, method, arguments), Ask::MayAsk,
         [this, method](QDBusPendingCallWatcher *reply) {
             if (reply->isError()) {
                 Q_EMIT commandFailed(reply->error().message());
             } else {
                 Q_EMIT commandDone(method);
             }
         });
}

void MonitorClient::requestStatistics()
{
    if (m_subscription == 0) {
        return;
    }
    call(methodCall(dbus::interfaceName, QStringLiteral("GetStatistics"), {}), Ask::Never,
         [this](QDBusPendingCallWatcher *watcher) {
             const QDBusPendingReply<Statistics> reply = *watcher;
             if (!reply.isError()) {
                 Q_EMIT statisticsReceived(reply.value());
             }
         });
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

void MonitorClient::call(QDBusMessage message, Ask ask,
                         const std::function<void(QDBusPendingCallWatcher *)> &done)
{
    message.setInteractiveAuthorizationAllowed(ask == Ask::MayAsk);
    const int timeout = ask == Ask::MayAsk ? static_cast<int>(interactiveTimeout.count()) : -1;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, timeout), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [done](QDBusPendingCallWatcher *finished) {
        done(finished);
        finished->deleteLater();
    });
}

} // namespace lunaris
