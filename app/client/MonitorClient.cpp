// SPDX-License-Identifier: MIT
#include "app/client/MonitorClient.h"

#include "KernelMonitorProxy.h"
#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <algorithm>
#include <chrono>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

constexpr std::chrono::milliseconds firstRetry = 500ms;
constexpr std::chrono::milliseconds longestRetry = 30s;

/// Why the bus could not bring the helper, by the bus's own names of errors.
QString whyMissing(const QDBusError &error)
{
    switch (error.type()) {
    case QDBusError::ServiceUnknown:
        return MonitorClient::tr(
            "The helper is not installed, or this bus does not know how to start it; install "
            "the package lunaris-kernel-monitor. It is tried again by itself.");
    case QDBusError::AccessDenied:
        return MonitorClient::tr("This bus does not let the helper be talked to (%1); install the package "
                                 "lunaris-kernel-monitor, which brings the bus's policy.")
            .arg(error.message());
    default:
        return MonitorClient::tr(
                   "The helper could not be started (%1); journalctl -u lunaris-kernel-helper says "
                   "why. It is tried again by itself.")
            .arg(error.message());
    }
}

} // namespace

MonitorClient::MonitorClient(const QDBusConnection &bus, const Options &options, QObject *parent)
    : QObject(parent), m_bus(bus), m_calls(bus), m_options(options), m_backoff(firstRetry)
{
    m_retryTimer.setSingleShot(true);
    connect(&m_retryTimer, &QTimer::timeout, this, &MonitorClient::subscribe);
}

MonitorClient::~MonitorClient()
{
    if (m_subscription != 0) {
        m_calls.send(QStringLiteral("Unsubscribe"), {m_subscription});
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

    m_bus.connect(QString(), QStringLiteral("/org/freedesktop/DBus/Local"),
                  QStringLiteral("org.freedesktop.DBus.Local"), QStringLiteral("Disconnected"), this,
                  SLOT(onBusGone()));

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

void MonitorClient::setScope(const QString &scope)
{
    if (scope == m_options.scope) {
        return;
    }
    m_options.scope = scope;
    if (m_subscription != 0) {
        m_calls.send(QStringLiteral("Unsubscribe"), {std::exchange(m_subscription, 0)});
    }
    m_early.clear();
    if (m_proxy) {
        setStatus(Status::Connecting);
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
    m_calls.call(QStringLiteral("Subscribe"), {options}, m_options.mayAsk ? Ask::MayAsk : Ask::Never,
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
    } else if (HelperCalls::isFromHelper(error)) {
        setStatus(Status::Refused, error.message());
    } else {
        setStatus(Status::HelperMissing, whyMissing(error));
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

void MonitorClient::onBusGone()
{
    ++m_attempt; // no answer counts any more
    m_subscription = 0;
    m_subscribing = false;
    m_proxy.reset();
    m_retryTimer.stop();
    m_properties.clear();
    setStatus(Status::NoBus, tr("The D-Bus has gone away; open this window anew when it is back."));
}

void MonitorClient::onSubscriptionEnded(qulonglong id, const QString &reason)
{
    if (id != m_subscription) {
        return;
    }
    m_subscription = 0;
    if (reason == dbus::ended::notAuthorized) {
        setStatus(Status::NotAuthorized, tr("You may not watch this any more, and the helper has ended the "
                                            "watch; ask an administrator of this machine."));
    } else {
        setStatus(Status::Refused, tr("The helper has ended this watch (%1); try again.").arg(reason));
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
        m_calls.send(QStringLiteral("Acknowledge"), {batch.id, batch.events.constLast().sequence});
    }
}

void MonitorClient::fetchProperties()
{
    const quint64 attempt = m_attempt;
    m_calls.fetchProperties([this, attempt](const QDBusPendingCallWatcher &finished) {
        const QDBusPendingReply<QVariantMap> reply = finished;
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
    if (state == dbus::state::running || state == dbus::state::degraded) {
        setStatus(Status::Watching, dbus::explainReason(stateReason()));
    } else if (state == dbus::state::paused) {
        QStringList sentences{dbus::explainReason(dbus::reason::paused)};
        if (stateReason() != dbus::reason::paused) {
            sentences.append(dbus::explainReason(stateReason()));
        }
        setStatus(Status::Paused, sentences.join(u' '));
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
    m_calls.call(QStringLiteral("GetPause"), {}, Ask::Never, [this](const QDBusPendingCallWatcher &finished) {
        const QDBusPendingReply<bool, qulonglong, bool, qulonglong, uint> reply = finished;
        if (!reply.isError()) {
            Q_EMIT pauseReceived({reply.argumentAt<0>(), reply.argumentAt<1>(), reply.argumentAt<2>(),
                                  reply.argumentAt<3>(), reply.argumentAt<4>()});
        }
    });
}

void MonitorClient::requestRules()
{
    m_calls.call(QStringLiteral("GetRules"), {}, Ask::Never, [this](const QDBusPendingCallWatcher &finished) {
        const QDBusPendingReply<CountedRuleList> reply = finished;
        if (!reply.isError()) {
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
    m_calls.call(method, arguments, Ask::MayAsk, [this, method](const QDBusPendingCallWatcher &reply) {
        if (reply.isError()) {
            Q_EMIT commandFailed(reply.error().message(), method);
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
    m_calls.call(QStringLiteral("GetStatistics"), {}, Ask::Never,
                 [this](const QDBusPendingCallWatcher &finished) {
                     const QDBusPendingReply<Statistics> reply = finished;
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

} // namespace lunaris
