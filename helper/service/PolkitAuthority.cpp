// SPDX-License-Identifier: MIT
#include "helper/service/PolkitAuthority.h"

#include <QDBusArgument>
#include <QDBusMessage>
#include <QDBusMetaType>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QLoggingCategory>
#include <QMap>
#include <QVariantMap>
#include <algorithm>
#include <chrono>
#include <utility>

namespace lunaris
{

Q_LOGGING_CATEGORY(logAuthority, "lunaris.kernel.authority")

using namespace std::chrono_literals;

using StringMap = QMap<QString, QString>;

/// (sa{sv})
struct PolkitSubject {
    QString kind;
    QVariantMap details;
};

/// (bba{ss})
struct PolkitResult {
    bool isAuthorized = false;
    bool isChallenge = false;
    StringMap details;
};

QDBusArgument &operator<<(QDBusArgument &argument, const PolkitSubject &subject)
{
    argument.beginStructure();
    argument << subject.kind << subject.details;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, PolkitSubject &subject)
{
    argument.beginStructure();
    argument >> subject.kind >> subject.details;
    argument.endStructure();
    return argument;
}

QDBusArgument &operator<<(QDBusArgument &argument, const PolkitResult &result)
{
    argument.beginStructure();
    argument << result.isAuthorized << result.isChallenge << result.details;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, PolkitResult &result)
{
    argument.beginStructure();
    argument >> result.isAuthorized >> result.isChallenge >> result.details;
    argument.endStructure();
    return argument;
}

} // namespace lunaris

Q_DECLARE_METATYPE(lunaris::PolkitSubject)
Q_DECLARE_METATYPE(lunaris::PolkitResult)

namespace lunaris
{

namespace
{

constexpr std::chrono::milliseconds patience = 5s;
constexpr std::chrono::milliseconds patienceWithPeople = 5min;
constexpr quint32 allowUserInteraction = 1;

QDBusMessage polkitCall(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.PolicyKit1"), QStringLiteral("/org/freedesktop/PolicyKit1/Authority"),
        QStringLiteral("org.freedesktop.PolicyKit1.Authority"), method);
    message.setArguments(arguments);
    return message;
}

Verdict verdictOf(const QDBusPendingCallWatcher &call)
{
    const QDBusPendingReply<PolkitResult> reply = call;
    if (reply.isError()) {
        qCWarning(logAuthority, "polkit gave no answer, so the answer is no: %ls",
                  qUtf16Printable(reply.error().message()));
        return Verdict::Denied;
    }
    const PolkitResult result = reply.value();
    if (result.isAuthorized) {
        return Verdict::Allowed;
    }
    return result.isChallenge ? Verdict::NeedsAuthentication : Verdict::Denied;
}

} // namespace

PolkitAuthority::PolkitAuthority(const QDBusConnection &bus) : m_bus(bus)
{
    qDBusRegisterMetaType<StringMap>();
    qDBusRegisterMetaType<PolkitSubject>();
    qDBusRegisterMetaType<PolkitResult>();
    m_callers.setConnection(bus);
    m_callers.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
    connect(&m_callers, &QDBusServiceWatcher::serviceUnregistered, this, &PolkitAuthority::onCallerGone);
}

void PolkitAuthority::check(const QString &caller, const QString &action, bool interactive,
                            const std::function<void(Verdict)> &done)
{
    const PolkitSubject subject{QStringLiteral("system-bus-name"), {{QStringLiteral("name"), caller}}};
    const QString cancellation = QStringLiteral("lunaris-%1").arg(++m_asked);
    const QDBusMessage question =
        polkitCall(QStringLiteral("CheckAuthorization"),
                   {QVariant::fromValue(subject), action, QVariant::fromValue(StringMap{}),
                    interactive ? allowUserInteraction : 0U, cancellation});

    m_callers.addWatchedService(caller);
    const auto limit = interactive ? patienceWithPeople : patience;
    auto *call =
        new QDBusPendingCallWatcher(m_bus.asyncCall(question, static_cast<int>(limit.count())), this);
    m_questions.insert(call, {caller, cancellation, done});
    connect(call, &QDBusPendingCallWatcher::finished, this, &PolkitAuthority::onAnswer);
}

void PolkitAuthority::onAnswer(QDBusPendingCallWatcher *call)
{
    call->deleteLater();
    const Question question = m_questions.take(call);
    if (!question.done) {
        return; // withdrawn already
    }
    const bool asksOn =
        std::any_of(m_questions.cbegin(), m_questions.cend(),
                    [&question](const Question &other) { return other.caller == question.caller; });
    if (!asksOn) {
        m_callers.removeWatchedService(question.caller);
    }
    if (call->isError()) {
        withdraw(question.cancellation); // a time-out leaves the question, and a dialog, standing
    }
    question.done(verdictOf(*call));
}

void PolkitAuthority::onCallerGone(const QString &caller)
{
    m_callers.removeWatchedService(caller);
    for (auto question = m_questions.begin(); question != m_questions.end();) {
        if (question->caller != caller) {
            ++question;
            continue;
        }
        const Question gone = *question;
        question = m_questions.erase(question);
        withdraw(gone.cancellation);
        gone.done(Verdict::Denied);
    }
}

void PolkitAuthority::withdraw(const QString &cancellation)
{
    m_bus.send(polkitCall(QStringLiteral("CancelCheckAuthorization"), {cancellation}));
}

} // namespace lunaris
