// SPDX-License-Identifier: MIT
#include "helper/service/MonitorService.h"

#include "KernelMonitorAdaptor.h"
#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QDBusError>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
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

/// Nothing when it is of another type.
std::optional<quint32> numberIn(const QVariant &value)
{
    return value.metaType() == QMetaType::fromType<quint32>() ? std::optional(value.value<quint32>())
                                                              : std::nullopt;
}

} // namespace

MonitorService::MonitorService(const QDBusConnection &bus, EventRing &ring, Authority &authority,
                               RulesControl &rules, PauseControl &pauses, const QString &kernelRelease,
                               std::function<Statistics()> totals)
    : m_bus(bus)
    , m_authority(authority)
    , m_rules(rules)
    , m_pauses(pauses)
    , m_kernelRelease(kernelRelease)
    , m_totals(std::move(totals))
    , m_subscriptions(ring, *this)
    , m_revocation(authority, m_subscriptions)
    , m_state{CaptureState::Kind::Unavailable, dbus::reason::starting, QString()}
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
        announce({{QStringLiteral("DeduplicationMilliseconds"), milliseconds}});
    });
    connect(&m_subscriptions, &Subscriptions::ended, this, &MonitorService::onSubscriptionEnded);
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
        return dbus::state::running;
    case CaptureState::Kind::Paused:
        return dbus::state::paused;
    case CaptureState::Kind::Unavailable:
        break;
    }
    return dbus::state::unavailable;
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
    authorize(
        call, request.everyone ? dbus::action::watchAll : dbus::action::watchOwn, [this, call, request] {
            identify(call, [this, call, request](const Caller &caller) { subscribe(call, request, caller); });
        });
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
            refuse(call, dbus::error::invalidFilter, QString::fromStdString(error->message()));
            return;
        }
        filter = std::make_unique<EventFilter>(std::get<filter::Program>(std::move(program)));
    }
    const EventScope scope{caller.uid, request.everyone, caller.pid, request.types};
    const std::optional<quint64> id = m_subscriptions.add(call.service(), scope, caller.uid, request.backlog,
                                                          std::move(filter), request.maximumRate);
    if (!id) {
        refuse(
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

void MonitorService::publish(const QString &owner, quint64 id, quint64 dropped,
                             const MonitorEventList &events)
{
    QDBusMessage batch = QDBusMessage::createTargetedSignal(owner, dbus::objectPath, dbus::interfaceName,
                                                            QStringLiteral("Events"));
    batch << id << dropped << QVariant::fromValue(events);
    m_bus.send(batch);
}

void MonitorService::onSubscriptionEnded(const QString &owner, quint64 id, const QString &reason)
{
    QDBusMessage farewell = QDBusMessage::createTargetedSignal(owner, dbus::objectPath, dbus::interfaceName,
                                                               QStringLiteral("SubscriptionEnded"));
    farewell << id << reason;
    m_bus.send(farewell);
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
    authorize(call, everyone ? dbus::action::pauseAll : dbus::action::pauseOwn,
              [this, call, everyone, action] {
                  identify(call, [this, call, everyone, action](const Caller &caller) {
                      action(everyone ? PauseControl::Scope::All : PauseControl::Scope::Own, caller.uid,
                             answerTo(call));
                  });
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
    authorize(call, dbus::action::watchOwn, [this, call] {
        identify(call, [this, call](const Caller &caller) {
            const PauseStatus status = m_pauses.statusFor(caller.uid);
            m_bus.send(
                call.createReply({status.own, status.ownUntil, status.all, status.allUntil, status.allBy}));
        });
    });
    return false;
}

void MonitorService::onStateChanged(const CaptureState &state)
{
    m_state = state;
    qCInfo(logService, "State: %ls %ls", qUtf16Printable(this->state()), qUtf16Printable(state.reason));
    announce({{QStringLiteral("State"), this->state()},
              {QStringLiteral("StateReason"), state.reason},
              {QStringLiteral("PausedUntil"), pausedUntil()},
              {QStringLiteral("CaptureMethod"), captureMethod()}});
}

void MonitorService::onBusConnectedChanged(bool connected)
{
    m_busConnected = connected;
    announce({{QStringLiteral("BusConnected"), connected}});
}

void MonitorService::announce(const QVariantMap &changed)
{
    QDBusMessage signal =
        QDBusMessage::createSignal(dbus::objectPath, QStringLiteral("org.freedesktop.DBus.Properties"),
                                   QStringLiteral("PropertiesChanged"));
    signal << QString(dbus::interfaceName) << changed << QStringList();
    m_bus.send(signal);
}

// ---- rules

CountedRuleList MonitorService::GetRules()
{
    setDelayedReply(true);
    const QDBusMessage call = message();
    authorize(call, dbus::action::watchOwn, [this, call] {
        // Never with a password: the rules themselves are not worth one.
        m_authority.check(call.service(), dbus::action::watchAll, false, [this, call](Verdict verdict) {
            const auto read = [this, call](RulesControl::Hits hits) {
                m_rules.read(hits, [this, call](const CountedRuleList &rules) {
                    m_bus.send(call.createReply(QVariant::fromValue(rules)));
                });
            };
            return std::move(verdict).heed([&read] { read(RulesControl::Hits::Shown); },
                                           [&read](Refusal) { read(RulesControl::Hits::Hidden); });
        });
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
    authorize(call, dbus::action::configure,
              [this, call, wanted = std::get<std::vector<PathRule>>(std::move(parsed))] {
                  m_rules.setRules(wanted, answerTo(call));
              });
}

void MonitorService::ResetRules()
{
    setDelayedReply(true);
    const QDBusMessage call = message();
    authorize(call, dbus::action::configure, [this, call] { m_rules.resetRules(answerTo(call)); });
}

void MonitorService::SetDeduplication(uint milliseconds)
{
    setDelayedReply(true);
    const QDBusMessage call = message();
    authorize(call, dbus::action::configure,
              [this, call, milliseconds] { m_rules.setWindow(milliseconds, answerTo(call)); });
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
    authorize(call, dbus::action::watchOwn,
              [this, call] { m_bus.send(call.createReply(QVariant::fromValue(statistics()))); });
    return {};
}

Statistics MonitorService::statistics()
{
    // Once a second: finer totals would tell a patient caller when others work.
    if (!m_statisticsAge.isValid() || m_statisticsAge.hasExpired(statisticsLifetime)) {
        m_statistics = m_totals();
        m_statistics.insert(QStringLiteral("subscriptions"), static_cast<quint64>(m_subscriptions.count()));
        m_statisticsAge.start();
    }
    return m_statistics;
}

// ---- who may

void MonitorService::authorize(const QDBusMessage &call, QLatin1String action,
                               const std::function<void()> &allowed)
{
    const bool interactive = call.isInteractiveAuthorizationAllowed();
    m_authority.check(call.service(), action, interactive, [this, call, action, allowed](Verdict verdict) {
        return std::move(verdict).heed(allowed, [&](Refusal why) { refuse(call, action, why); });
    });
}

void MonitorService::refuse(const QDBusMessage &call, QLatin1String action, Refusal why)
{
    switch (why) {
    case Refusal::NeedsAuthentication:
        refuse(
            call, dbus::error::notAuthorized,
            QStringLiteral("A password is needed (%1), and nothing in your session can ask for it; start a "
                           "polkit agent, or run this as an administrator.")
                .arg(action));
        return;
    case Refusal::TooManyQuestions:
        refuse(
            call, dbus::error::limitExceeded,
            QStringLiteral("Too many of your requests (%1) wait for an answer already; wait for them first.")
                .arg(action));
        return;
    case Refusal::Denied:
        break;
    }
    refuse(call, dbus::error::notAuthorized,
           QStringLiteral("You are not allowed to do this (%1); ask an administrator of this machine.")
               .arg(action));
}

void MonitorService::identify(const QDBusMessage &call, const std::function<void(const Caller &)> &known)
{
    QDBusMessage question = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetConnectionCredentials"));
    question << call.service();
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, call, known](QDBusPendingCallWatcher *finished) {
                finished->deleteLater();
                const QDBusPendingReply<QVariantMap> credentials = *finished;
                const QVariantMap facts = credentials.isError() ? QVariantMap() : credentials.value();
                const std::optional<quint32> uid = numberIn(facts.value(QStringLiteral("UnixUserID")));
                const std::optional<quint32> pid = numberIn(facts.value(QStringLiteral("ProcessID")));
                if (!uid || !pid) {
                    refuse(call, dbus::error::notAuthorized,
                           QStringLiteral("The bus could not say who you are; try again."));
                    return;
                }
                known({*uid, *pid});
            });
}

Answer MonitorService::answerTo(const QDBusMessage &call)
{
    return [this, call](const std::optional<ErrorReply> &refusal) {
        if (refusal) {
            refuse(call, refusal->error, refusal->sentence);
        } else {
            m_bus.send(call.createReply());
        }
    };
}

void MonitorService::refuse(QLatin1String error, const QString &sentence)
{
    sendErrorReply(error, sentence);
}

void MonitorService::refuse(const QDBusMessage &call, QLatin1String error, const QString &sentence)
{
    m_bus.send(call.createErrorReply(error, sentence));
}

} // namespace lunaris
