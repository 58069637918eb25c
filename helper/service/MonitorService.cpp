// SPDX-License-Identifier: MIT
#include "helper/service/MonitorService.h"

#include "KernelMonitorAdaptor.h"
#include "dbus/Names.h"
#include "helper/service/LatencyStatistics.h"
#include "helper/timing/Clocks.h"

#include <QDBusError>
#include <QDBusMetaType>
#include <QLoggingCategory>
#include <utility>
#include <variant>
#include <vector>

namespace lunaris
{

Q_LOGGING_CATEGORY(logService, "lunaris.kernel.service")

namespace
{

constexpr qint64 statisticsLifetime = 1000; // milliseconds

} // namespace

MonitorService::MonitorService(const QDBusConnection &bus, EventRing &ring, Authority &authority,
                               RulesControl &rules, PauseControl &pauses, const QString &kernelRelease,
                               std::function<Statistics()> totals)
    : m_bus(bus)
    , m_gate(bus, authority)
    , m_signals(bus)
    , m_rules(rules)
    , m_pauses(pauses)
    , m_kernelRelease(kernelRelease)
    , m_totals(std::move(totals))
    , m_subscriptions(ring, m_signals)
    , m_revocation(authority, m_subscriptions)
    , m_state{CaptureState::Kind::Unavailable, dbus::reason::starting, QString()}
    , m_stateSince(wallTime() / 1000)
    , m_told(state(), stateReason())
{
    registerDBusTypes();
    new KernelMonitorAdaptor(this);
    m_callers.setConnection(bus);
    m_callers.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
    connect(&m_callers, &QDBusServiceWatcher::serviceUnregistered, this, [this](const QString &caller) {
        m_callers.removeWatchedService(caller);
        m_subscriptions.removeOwner(caller);
    });
    connect(&m_rules, &RulesControl::windowChanged, this, [this](uint milliseconds) {
        m_signals.propertiesChanged({{QStringLiteral("DeduplicationMilliseconds"), milliseconds}});
    });
    connect(&m_pauses, &PauseControl::isSavedChanged, this, &MonitorService::tellState);
    connect(&m_gate, &CallGate::isAskingChanged, this, &MonitorService::isNeededChanged);
    connect(&m_subscriptions, &Subscriptions::countChanged, this, &MonitorService::isNeededChanged);
    connect(&m_subscriptions, &Subscriptions::ended, this,
            [this](const QString &owner, quint64 id, const QString &reason) {
                m_signals.subscriptionEnded(owner, id, reason);
            });
}

bool MonitorService::takeName()
{
    if (!m_bus.registerObject(dbus::objectPath, this, QDBusConnection::ExportAdaptors) ||
        !m_bus.registerService(dbus::serviceName)) {
        qCCritical(logService, "The name %s cannot be taken on the bus: %ls", dbus::serviceName.data(),
                   qUtf16Printable(m_bus.lastError().isValid()
                                       ? m_bus.lastError().message()
                                       : QStringLiteral("another helper has it already")));
        return false;
    }
    m_bus.connect(QString(), QStringLiteral("/org/freedesktop/DBus/Local"),
                  QStringLiteral("org.freedesktop.DBus.Local"), QStringLiteral("Disconnected"), this,
                  SIGNAL(busLost()));
    return true;
}

QString MonitorService::state() const
{
    switch (m_state.kind) {
    case CaptureState::Kind::Running:
        return stateReason().isEmpty() ? dbus::state::running : dbus::state::degraded;
    case CaptureState::Kind::Paused:
        return dbus::state::paused;
    case CaptureState::Kind::Unavailable:
        break;
    }
    return dbus::state::unavailable;
}

QString MonitorService::stateReason() const
{
    const bool works = m_state.kind == CaptureState::Kind::Paused || m_state.reason.isEmpty();
    return works && !m_pauses.isSaved() ? dbus::reason::stateNotSaved : m_state.reason;
}

QString MonitorService::captureMethod() const
{
    return m_state.kind == CaptureState::Kind::Running ? m_state.method : QString();
}

// ---- subscriptions

qulonglong MonitorService::Subscribe(const QVariantMap &options)
{
    auto parsed = SubscribeRequest::parse(options);
    if (const auto *const refusal = std::get_if<ErrorReply>(&parsed)) {
        refuse(refusal->error, refusal->sentence);
        return 0;
    }
    const auto request = std::get<SubscribeRequest>(std::move(parsed));
    setDelayedReply(true);
    const QDBusMessage call = message();
    // Watched from now on: a caller that leaves while polkit thinks must not get a subscription.
    m_callers.addWatchedService(call.service());
    m_gate.admit(call, request.everyone ? dbus::action::watchAll : dbus::action::watchOwn,
                 [this, call, request](const Caller &caller) { subscribe(call, request, caller); });
    return 0;
}

void MonitorService::subscribe(const QDBusMessage &call, const SubscribeRequest &request,
                               const Caller &caller)
{
    if (!m_callers.watchedServices().contains(call.service())) {
        return; // left in the meantime
    }
    std::unique_ptr<EventFilter> filter;
    if (!request.filter.isEmpty()) {
        // Not before it is clear that they may: a regular expression's automaton takes time to build.
        filter::Result<filter::Program> program = filter::Program::compile(request.filter);
        if (const auto *const error = std::get_if<filter::Error>(&program)) {
            m_gate.refuse(call, dbus::error::invalidFilter, QString::fromStdString(error->message()));
            return;
        }
        filter = std::make_unique<EventFilter>(std::get<filter::Program>(std::move(program)));
    }
    const EventScope scope{caller.uid, request.everyone, caller.pid, request.types};
    const std::optional<quint64> id = m_subscriptions.add(call.service(), scope, caller.uid, request.backlog,
                                                          std::move(filter), request.maximumRate);
    if (!id) {
        m_gate.refuse(
            call, dbus::error::limitExceeded,
            QStringLiteral("There are too many subscriptions (%1 for each user, %2 in all); end one first.")
                .arg(Subscriptions::maximumPerUid)
                .arg(Subscriptions::maximum));
        return;
    }
    m_bus.send(call.createReply(*id));
}

void MonitorService::Acknowledge(qulonglong id, qulonglong sequence)
{
    reply(m_subscriptions.acknowledge(message().service(), id, sequence));
}

void MonitorService::Unsubscribe(qulonglong id)
{
    reply(m_subscriptions.remove(message().service(), id));
}

void MonitorService::reply(Subscriptions::Outcome outcome)
{
    switch (outcome) {
    case Subscriptions::Outcome::Done:
        break;
    case Subscriptions::Outcome::NoSuchSubscription:
        refuse(
            dbus::error::noSuchSubscription,
            QStringLiteral("You have no subscription with this number; it may have ended. Subscribe again."));
        break;
    case Subscriptions::Outcome::NeverSent:
        refuse(dbus::error::invalidArgument,
               QStringLiteral(
                   "No event with this sequence number was sent yet; acknowledge what you received."));
        break;
    }
}

// ---- pause and resume

void MonitorService::withScope(
    const QString &scope, const std::function<void(PauseControl::Scope, quint32 uid, const Answer &)> &action)
{
    const bool everyone = scope == dbus::scope::all;
    if (!everyone && scope != dbus::scope::own) {
        refuse(dbus::error::invalidArgument, QStringLiteral("The scope must be \"own\" or \"all\"."));
        return;
    }
    setDelayedReply(true);
    const QDBusMessage call = message();
    m_gate.admit(call, everyone ? dbus::action::pauseAll : dbus::action::pauseOwn,
                 [this, call, everyone, action](const Caller &caller) {
                     action(everyone ? PauseControl::Scope::All : PauseControl::Scope::Own, caller.uid,
                            m_gate.answerTo(call));
                 });
}

void MonitorService::Pause(const QString &scope, qulonglong seconds)
{
    withScope(scope, [this, seconds](PauseControl::Scope whose, quint32 uid, const Answer &answer) {
        m_pauses.pause(whose, uid, seconds, answer);
    });
}

void MonitorService::Resume(const QString &scope)
{
    withScope(scope, [this](PauseControl::Scope whose, quint32 uid, const Answer &answer) {
        m_pauses.resume(whose, uid, answer);
    });
}

bool MonitorService::GetPause(qulonglong &, bool &, qulonglong &, uint &)
{
    setDelayedReply(true);
    const QDBusMessage call = message();
    m_gate.admit(call, dbus::action::watchOwn, [this, call](const Caller &caller) {
        const PauseStatus status = m_pauses.statusFor(caller.uid);
        m_bus.send(
            call.createReply({status.own, status.ownUntil, status.all, status.allUntil, status.allBy}));
    });
    return false;
}

void MonitorService::onStateChanged(const CaptureState &state)
{
    m_state = state;
    tellState();
    Q_EMIT isNeededChanged();
}

void MonitorService::tellState()
{
    const std::pair told(state(), stateReason());
    if (std::exchange(m_told, told) != told) {
        m_stateSince = wallTime() / 1000;
    }
    qCInfo(logService, "State: %ls %ls", qUtf16Printable(told.first), qUtf16Printable(told.second));
    m_signals.propertiesChanged({{QStringLiteral("State"), told.first},
                                 {QStringLiteral("StateReason"), told.second},
                                 {QStringLiteral("StateSince"), stateSince()},
                                 {QStringLiteral("PausedUntil"), pausedUntil()},
                                 {QStringLiteral("CaptureMethod"), captureMethod()}});
}

void MonitorService::onBusConnectedChanged(bool connected)
{
    m_busConnected = connected;
    m_signals.propertiesChanged({{QStringLiteral("BusConnected"), connected}});
}

// ---- rules

CountedRuleList MonitorService::GetRules()
{
    setDelayedReply(true);
    const QDBusMessage call = message();
    m_gate.authorize(call, dbus::action::watchOwn, [this, call] {
        const auto read = [this, call](RulesControl::Hits hits) {
            m_rules.read(hits, [this, call](const CountedRuleList &rules) {
                m_bus.send(call.createReply(QVariant::fromValue(rules)));
            });
        };
        // Never with a password: the rules themselves are not worth one.
        m_gate.choose(
            call, dbus::action::watchAll, [read] { read(RulesControl::Hits::Shown); },
            [read] { read(RulesControl::Hits::Hidden); });
    });
    return {};
}

void MonitorService::SetRules(const MonitorRuleList &rules)
{
    auto parsed = RulesControl::parse(rules);
    if (const auto *const refusal = std::get_if<ErrorReply>(&parsed)) {
        refuse(refusal->error, refusal->sentence);
        return;
    }
    setDelayedReply(true);
    const QDBusMessage call = message();
    m_gate.authorize(call, dbus::action::configure,
                     [this, call, wanted = std::get<std::vector<PathRule>>(std::move(parsed))] {
                         m_rules.setRules(wanted, m_gate.answerTo(call));
                     });
}

void MonitorService::ResetRules()
{
    setDelayedReply(true);
    const QDBusMessage call = message();
    m_gate.authorize(call, dbus::action::configure,
                     [this, call] { m_rules.resetRules(m_gate.answerTo(call)); });
}

void MonitorService::SetDeduplication(uint milliseconds)
{
    setDelayedReply(true);
    const QDBusMessage call = message();
    m_gate.authorize(call, dbus::action::configure,
                     [this, call, milliseconds] { m_rules.setWindow(milliseconds, m_gate.answerTo(call)); });
}

// ---- statistics

Statistics MonitorService::GetStatistics()
{
    const QDBusMessage call = message();
    if (m_subscriptions.hasOwner(call.service())) {
        // Allowed to watch already. Windows ask every second, and polkit opens files to answer.
        return statistics();
    }
    setDelayedReply(true);
    m_gate.authorize(call, dbus::action::watchOwn,
                     [this, call] { m_bus.send(call.createReply(QVariant::fromValue(statistics()))); });
    return {};
}

Statistics MonitorService::statistics()
{
    // Once a second: finer totals would tell a patient caller when others work.
    if (!m_statisticsAge.isValid() || m_statisticsAge.hasExpired(statisticsLifetime)) {
        m_statistics = m_totals();
        m_statistics.insert(QStringLiteral("subscriptions"), static_cast<quint64>(m_subscriptions.count()));
        addLatency(QLatin1String("subscribers"), m_subscriptions.delay(), m_statistics);
        m_statisticsAge.start();
    }
    return m_statistics;
}

void MonitorService::refuse(QLatin1String error, const QString &sentence)
{
    sendErrorReply(error, sentence);
}

} // namespace lunaris
