// SPDX-License-Identifier: MIT
#include "helper/service/MonitorService.h"

#include "KernelMonitorAdaptor.h"
#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QDBusError>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDateTime>
#include <QLoggingCategory>
#include <chrono>
#include <utility>

namespace lunaris
{

Q_LOGGING_CATEGORY(logService, "lunaris.kernel.service")

using namespace std::chrono_literals;

namespace
{

constexpr std::chrono::seconds longestPause = 24h * 7;
constexpr qint64 statisticsLifetime = 1000; // milliseconds

template<typename Type>
bool take(const QVariant &value, Type &target)
{
    if (value.metaType() != QMetaType::fromType<Type>()) {
        return false;
    }
    target = value.value<Type>();
    return true;
}

/// Nothing when there is a name among them that is no type, or none at all.
std::optional<EventTypes> typesNamed(const QStringList &names)
{
    EventTypes types;
    for (const QString &name : names) {
        const std::optional<EventType> type = eventTypeOf(name.toStdString());
        if (!type) {
            return std::nullopt;
        }
        types = types.with(*type);
    }
    return types.isEmpty() ? std::nullopt : std::optional(types);
}

QString knownTypes()
{
    QStringList names;
    for (const EventType type : eventTypes) {
        names.append(QString::fromLatin1(nameOf(type).data()));
    }
    return names.join(QStringLiteral(", "));
}

} // namespace

MonitorService::MonitorService(const QDBusConnection &bus, EventRing &ring, Authority &authority,
                               const Facts &facts, std::function<Statistics()> totals)
    : m_bus(bus)
    , m_authority(authority)
    , m_facts(facts)
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
    connect(&m_subscriptions, &Subscriptions::ended, this, &MonitorService::onSubscriptionEnded);
    m_resumeTimer.setSingleShot(true);
    connect(&m_resumeTimer, &QTimer::timeout, this, [this] { resumeCapture(std::nullopt); });
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
    const std::optional<SubscribeOptions> parsed = parse(options);
    if (!parsed) {
        return 0;
    }
    setDelayedReply(true);
    const QDBusMessage call = message();
    // Watched from now on: a caller that leaves while polkit thinks must not get a subscription.
    m_callers.addWatchedService(call.service());
    authorize(call, parsed->everyone ? dbus::action::watchAll : dbus::action::watchOwn, [this, call, parsed] {
        identify(call, [this, call, parsed](const Caller &caller) { subscribe(call, *parsed, caller); });
    });
    return 0;
}

std::optional<MonitorService::SubscribeOptions> MonitorService::parse(const QVariantMap &options)
{
    SubscribeOptions parsed;
    for (auto option = options.cbegin(); option != options.cend(); ++option) {
        const QString &name = option.key();
        QString text;
        if (name == QLatin1String("scope")) {
            if (!take(option.value(), text) || (text != dbus::scope::own && text != dbus::scope::all)) {
                refuse(dbus::error::invalidArgument,
                       QStringLiteral("The option scope must be \"own\" or \"all\"."));
                return std::nullopt;
            }
            parsed.everyone = text == dbus::scope::all;
        } else if (name == QLatin1String("types")) {
            QStringList names;
            const std::optional<EventTypes> types =
                take(option.value(), names) ? typesNamed(names) : std::nullopt;
            if (!types) {
                refuse(dbus::error::invalidArgument,
                       QStringLiteral("The option types must list at least one of %1.").arg(knownTypes()));
                return std::nullopt;
            }
            parsed.types = *types;
        } else if (name == QLatin1String("filter")) {
            std::optional<filter::Expression> filter = parseFilter(option.value());
            if (!filter) {
                return std::nullopt;
            }
            parsed.filter = std::move(*filter);
        } else if (name == QLatin1String("backlog")) {
            if (!take(option.value(), parsed.backlog) || parsed.backlog > Subscriptions::maximumBacklog) {
                refuse(dbus::error::invalidArgument,
                       QStringLiteral("The option backlog must be a number (u) up to %1.")
                           .arg(Subscriptions::maximumBacklog));
                return std::nullopt;
            }
        } else {
            refuse(dbus::error::invalidArgument,
                   QStringLiteral(
                       "There is no option of that name; there are scope, types, filter and backlog."));
            return std::nullopt;
        }
    }
    return parsed;
}

std::optional<filter::Expression> MonitorService::parseFilter(const QVariant &option)
{
    QString text;
    if (!take(option, text)) {
        refuse(dbus::error::invalidFilter, QStringLiteral("The option filter must be a text (s)."));
        return std::nullopt;
    }
    filter::Result<filter::Expression> result = filter::parse(text.toStdString());
    const auto *error = std::get_if<filter::Error>(&result);
    std::optional<filter::Error> problem;
    if (error == nullptr) {
        problem = filter::problemInSubscription(std::get<filter::Expression>(result));
        error = problem ? &*problem : nullptr;
    }
    if (error != nullptr) {
        refuse(dbus::error::invalidFilter, QString::fromStdString(error->message()));
        return std::nullopt;
    }
    return std::get<filter::Expression>(std::move(result));
}

void MonitorService::subscribe(const QDBusMessage &call, const SubscribeOptions &options,
                               const Caller &caller)
{
    if (!m_callers.watchedServices().contains(call.service())) {
        return; // left in the meantime
    }
    std::unique_ptr<EventFilter> filter;
    if (!options.filter.isEmpty()) {
        // Not before it is clear that they may: a regular expression's automaton takes time to build.
        filter::Result<filter::Program> program = filter::Program::compile(options.filter);
        if (const auto *const error = std::get_if<filter::Error>(&program)) {
            refuse(call, dbus::error::invalidFilter, QString::fromStdString(error->message()));
            return;
        }
        filter = std::make_unique<EventFilter>(std::get<filter::Program>(std::move(program)));
    }
    const EventScope scope{caller.uid, options.everyone, caller.pid, options.types};
    const std::optional<quint64> id =
        m_subscriptions.add(call.service(), scope, caller.uid, options.backlog, std::move(filter));
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

bool MonitorService::acceptsScope(const QString &scope)
{
    if (scope == dbus::scope::all) {
        return true;
    }
    if (scope == dbus::scope::own) {
        refuse(dbus::error::unavailable,
               QStringLiteral("This version can pause for everyone only; use the scope \"all\"."));
    } else {
        refuse(dbus::error::invalidArgument, QStringLiteral("The scope must be \"own\" or \"all\"."));
    }
    return false;
}

void MonitorService::Pause(const QString &scope, qulonglong seconds)
{
    if (!acceptsScope(scope)) {
        return;
    }
    if (seconds > static_cast<qulonglong>(longestPause.count())) {
        refuse(dbus::error::invalidArgument,
               QStringLiteral("A pause lasts at most %1 seconds; 0 is until it is resumed.")
                   .arg(longestPause.count()));
        return;
    }
    setDelayedReply(true);
    const QDBusMessage call = message();
    authorize(call, dbus::action::pauseAll, [this, call, seconds] {
        m_resumeTimer.stop();
        m_pausedUntil = 0;
        if (seconds > 0) {
            m_resumeTimer.start(std::chrono::seconds(seconds));
            m_pausedUntil =
                static_cast<qulonglong>(QDateTime::currentMSecsSinceEpoch()) * 1000 + seconds * 1'000'000;
        }
        m_commands.emplace_back(call);
        Q_EMIT pauseRequested();
    });
}

void MonitorService::Resume(const QString &scope)
{
    if (!acceptsScope(scope)) {
        return;
    }
    setDelayedReply(true);
    const QDBusMessage call = message();
    authorize(call, dbus::action::pauseAll, [this, call] { resumeCapture(call); });
}

void MonitorService::start()
{
    resumeCapture(std::nullopt);
}

void MonitorService::resumeCapture(const std::optional<QDBusMessage> &call)
{
    m_resumeTimer.stop();
    m_pausedUntil = 0;
    m_commands.push_back(call);
    Q_EMIT startRequested();
}

void MonitorService::onStateChanged(const CaptureState &state)
{
    m_state = state;
    qCInfo(logService, "State: %ls %ls", qUtf16Printable(this->state()), qUtf16Printable(state.reason));
    announce({{QStringLiteral("State"), this->state()},
              {QStringLiteral("StateReason"), state.reason},
              {QStringLiteral("PausedUntil"), m_pausedUntil},
              {QStringLiteral("CaptureMethod"), captureMethod()}});

    if (m_commands.empty()) {
        return;
    }
    const std::optional<QDBusMessage> call = std::move(m_commands.front());
    m_commands.pop_front();
    if (!call) {
        return;
    }
    if (state.kind == CaptureState::Kind::Unavailable) {
        refuse(*call, dbus::error::unavailable, dbus::explainReason(state.reason));
    } else {
        m_bus.send(call->createReply());
    }
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
                Caller caller;
                if (credentials.isError() ||
                    !take(credentials.value().value(QStringLiteral("UnixUserID")), caller.uid) ||
                    !take(credentials.value().value(QStringLiteral("ProcessID")), caller.pid)) {
                    refuse(call, dbus::error::notAuthorized,
                           QStringLiteral("The bus could not say who you are; try again."));
                    return;
                }
                known(caller);
            });
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
