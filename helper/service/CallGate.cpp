// SPDX-License-Identifier: MIT
#include "helper/service/CallGate.h"

#include "dbus/Names.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <optional>
#include <utility>

namespace lunaris
{

namespace
{

/// Nothing when it is of another type.
std::optional<quint32> numberIn(const QVariant &value)
{
    return value.metaType() == QMetaType::fromType<quint32>() ? std::optional(value.value<quint32>())
                                                              : std::nullopt;
}

} // namespace

CallGate::CallGate(const QDBusConnection &bus, Authority &authority) : m_bus(bus), m_authority(authority) {}

void CallGate::ask(const QDBusMessage &call, QLatin1String action, bool interactive,
                   const Authority::Done &done)
{
    if (++m_questions == 1) {
        Q_EMIT isAskingChanged();
    }
    m_authority.check(call.service(), action, interactive, [this, done](Verdict verdict) {
        Verdict::Heeded heeded = done(std::move(verdict));
        if (--m_questions == 0) {
            Q_EMIT isAskingChanged();
        }
        return heeded;
    });
}

void CallGate::authorize(const QDBusMessage &call, QLatin1String action, const std::function<void()> &allowed)
{
    ask(call, action, call.isInteractiveAuthorizationAllowed(),
        [this, call, action, allowed](Verdict verdict) {
            return std::move(verdict).heed(allowed, [&](Refusal why) { refuse(call, action, why); });
        });
}

void CallGate::admit(const QDBusMessage &call, QLatin1String action,
                     const std::function<void(const Caller &)> &allowed)
{
    authorize(call, action, [this, call, allowed] { identify(call, allowed); });
}

void CallGate::choose(const QDBusMessage &call, QLatin1String action, const std::function<void()> &allowed,
                      const std::function<void()> &otherwise)
{
    ask(call, action, false, [allowed, otherwise](Verdict verdict) {
        return std::move(verdict).heed(allowed, [&otherwise](Refusal) { otherwise(); });
    });
}

void CallGate::identify(const QDBusMessage &call, const std::function<void(const Caller &)> &known)
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

void CallGate::refuse(const QDBusMessage &call, QLatin1String action, Refusal why)
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

void CallGate::refuse(const QDBusMessage &call, QLatin1String error, const QString &sentence)
{
    m_bus.send(call.createErrorReply(error, sentence));
}

Answer CallGate::answerTo(const QDBusMessage &call)
{
    return [this, call](const std::optional<ErrorReply> &refusal) {
        if (refusal) {
            refuse(call, refusal->error, refusal->sentence);
        } else {
            m_bus.send(call.createReply());
        }
    };
}

} // namespace lunaris
