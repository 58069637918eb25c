// SPDX-License-Identifier: MIT
#include "helper/service/PolkitAuthority.h"

#include "helper/service/PolkitTypes.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QLoggingCategory>
#include <algorithm>
#include <utility>

namespace lunaris
{

Q_LOGGING_CATEGORY(logAuthority, "lunaris.kernel.authority")

namespace
{

constexpr quint32 allowUserInteraction = 1;

const QString polkitService = QStringLiteral("org.freedesktop.PolicyKit1");
const QString polkitPath = QStringLiteral("/org/freedesktop/PolicyKit1/Authority");
const QString polkitInterface = QStringLiteral("org.freedesktop.PolicyKit1.Authority");

QDBusMessage polkitCall(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message = QDBusMessage::createMethodCall(polkitService, polkitPath, polkitInterface, method);
    message.setArguments(arguments);
    return message;
}

QString cancellationOf(quint64 id)
{
    return QStringLiteral("lunaris-%1").arg(id);
}

Verdict verdictOf(const QDBusPendingCallWatcher &answer)
{
    const QDBusPendingReply<PolkitResult> reply = answer;
    if (reply.isError()) {
        qCWarning(logAuthority, "polkit gave no answer, so the answer is no: %ls",
                  qUtf16Printable(reply.error().message()));
        return Verdict::refused(Refusal::Denied);
    }
    const PolkitResult result = reply.value();
    if (result.isAuthorized && result.isChallenge) {
        qCWarning(logAuthority, "polkit said yes and no at once, so the answer is no.");
        return Verdict::refused(Refusal::Denied);
    }
    if (result.isAuthorized) {
        return Verdict::allowed();
    }
    return Verdict::refused(result.isChallenge ? Refusal::NeedsAuthentication : Refusal::Denied);
}

} // namespace

PolkitAuthority::PolkitAuthority(const QDBusConnection &bus, const Patience &patience)
    : m_bus(bus), m_patience(patience)
{
    registerPolkitTypes();
    m_callers.setConnection(bus);
    m_callers.setWatchMode(QDBusServiceWatcher::WatchForUnregistration);
    connect(&m_callers, &QDBusServiceWatcher::serviceUnregistered, this, &PolkitAuthority::onCallerGone);

    m_bus.connect(polkitService, polkitPath, polkitInterface, QStringLiteral("Changed"), this,
                  SIGNAL(changed()));
    // A polkit that was restarted may have other rules, and does not say so.
    m_polkit.setConnection(bus);
    m_polkit.setWatchMode(QDBusServiceWatcher::WatchForRegistration);
    m_polkit.addWatchedService(polkitService);
    connect(&m_polkit, &QDBusServiceWatcher::serviceRegistered, this, &PolkitAuthority::changed);
}

void PolkitAuthority::check(const QString &caller, const QString &action, bool interactive, const Done &done)
{
    const auto same = std::find_if(m_questions.begin(), m_questions.end(), [&](const auto &entry) {
        const Question &question = entry.second;
        return !question.ours && question.caller == caller && question.action == action &&
               question.interactive == interactive;
    });
    if (same == m_questions.end()) {
        add({caller, action, interactive, false, {}, false, {done}});
        return;
    }
    if (same->second.waiting.size() < waitingForOne) {
        same->second.waiting.push_back(done);
        return;
    }
    QMetaObject::invokeMethod(
        this, [done] { static_cast<void>(done(Verdict::refused(Refusal::TooManyQuestions))); },
        Qt::QueuedConnection);
}

void PolkitAuthority::checkAgain(const QString &caller, const QString &action, const Done &done)
{
    add({caller, action, false, true, {}, false, {done}});
}

void PolkitAuthority::add(Question question)
{
    const Id id = ++m_lastId;
    const QString caller = question.caller;
    m_questions.emplace(id, std::move(question));
    // Before the bus is asked who it is: who has left by then is unknown to it, who leaves later is told.
    m_callers.addWatchedService(caller);
    QDBusMessage whose = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("/org/freedesktop/DBus"),
        QStringLiteral("org.freedesktop.DBus"), QStringLiteral("GetConnectionUnixUser"));
    whose << caller;
    whenFinished(m_bus.asyncCall(whose, static_cast<int>(m_patience.withPolkit.count())), id,
                 &PolkitAuthority::onCaller);
}

template<typename Method>
void PolkitAuthority::whenFinished(const QDBusPendingCall &call, Id id, Method method)
{
    auto *watcher = new QDBusPendingCallWatcher(call, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this, id, method](QDBusPendingCallWatcher *finished) {
                finished->deleteLater();
                if (m_questions.count(id) != 0) { // else withdrawn in the meantime
                    (this->*method)(id, *finished);
                }
            });
}

void PolkitAuthority::onCaller(Id id, const QDBusPendingCallWatcher &answer)
{
    const QDBusPendingReply<quint32> uid = answer;
    if (uid.isError()) {
        decide(id, Verdict::refused(Refusal::Denied));
        return;
    }
    Question &question = m_questions.at(id);
    if (!question.ours && questionsOf(uid.value()) >= questionsPerUid) {
        decide(id, Verdict::refused(Refusal::TooManyQuestions));
        return;
    }
    question.uid = uid.value();
    ask(id);
}

std::ptrdiff_t PolkitAuthority::questionsOf(quint32 uid) const
{
    return std::count_if(m_questions.cbegin(), m_questions.cend(),
                         [uid](const auto &entry) { return entry.second.uid == uid && !entry.second.ours; });
}

void PolkitAuthority::ask(Id id)
{
    Question &question = m_questions.at(id);
    question.isAsked = true;
    const PolkitSubject subject{QStringLiteral("system-bus-name"),
                                {{QStringLiteral("name"), question.caller}}};
    const QDBusMessage message =
        polkitCall(QStringLiteral("CheckAuthorization"),
                   {QVariant::fromValue(subject), question.action, QVariant::fromValue(PolkitDetails{}),
                    question.interactive ? allowUserInteraction : 0U, cancellationOf(id)});
    const auto limit = question.interactive ? m_patience.withPeople : m_patience.withPolkit;
    whenFinished(m_bus.asyncCall(message, static_cast<int>(limit.count())), id, &PolkitAuthority::onAnswer);
}

void PolkitAuthority::onAnswer(Id id, const QDBusPendingCallWatcher &answer)
{
    if (answer.isError()) {
        withdraw(id); // a time-out leaves the question, and a dialog, standing
    }
    decide(id, verdictOf(answer));
}

void PolkitAuthority::onCallerGone(const QString &caller)
{
    std::vector<Id> ids;
    for (const auto &[id, question] : m_questions) {
        if (question.caller == caller) {
            ids.push_back(id);
        }
    }
    for (const Id id : ids) {
        if (m_questions.at(id).isAsked) {
            withdraw(id);
        }
        decide(id, Verdict::refused(Refusal::Denied));
    }
    m_callers.removeWatchedService(caller);
}

void PolkitAuthority::decide(Id id, Verdict verdict)
{
    const auto found = m_questions.find(id);
    const Question question = std::move(found->second);
    m_questions.erase(found);
    const bool asksOn = std::any_of(m_questions.cbegin(), m_questions.cend(), [&question](const auto &entry) {
        return entry.second.caller == question.caller;
    });
    if (!asksOn) {
        m_callers.removeWatchedService(question.caller);
    }
    for (const Done &done : question.waiting) {
        static_cast<void>(done(verdict));
    }
}

void PolkitAuthority::withdraw(Id id)
{
    QDBusMessage message = polkitCall(QStringLiteral("CancelCheckAuthorization"), {cancellationOf(id)});
    message.setAutoStartService(false); // where there is none, there is nothing to withdraw
    m_bus.send(message);
}

} // namespace lunaris
