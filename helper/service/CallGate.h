// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_CALLGATE_H
#define LUNARIS_HELPER_SERVICE_CALLGATE_H

#include "helper/service/Authority.h"
#include "helper/service/ErrorReply.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QtGlobal>
#include <functional>

namespace lunaris
{

/// Who calls, by the bus daemon's word.
struct Caller {
    quint32 uid = 0;
    quint32 pid = 0;
};

/// Lets calls through whose callers may, and answers the others with an error and a sentence that says what
/// to do. The calls' own replies must be delayed. D-Bus thread.
class CallGate : public QObject
{
    Q_OBJECT

public:
    /// `authority` must outlive it.
    CallGate(const QDBusConnection &bus, Authority &authority);

    /// `allowed` is called later, or not at all. Whether a person may be asked is the caller's flag.
    void authorize(const QDBusMessage &call, QLatin1String action, const std::function<void()> &allowed);

    /// The same, and tells who it is.
    void admit(const QDBusMessage &call, QLatin1String action,
               const std::function<void(const Caller &)> &allowed);

    /// For what a caller gets more of than others: one of both is called later. Nobody is asked for a
    /// password.
    void choose(const QDBusMessage &call, QLatin1String action, const std::function<void()> &allowed,
                const std::function<void()> &otherwise);

    void refuse(const QDBusMessage &call, QLatin1String error, const QString &sentence);

    /// Whether somebody waits for the authority's word, or a person is being asked for a password.
    bool isAsking() const { return m_questions > 0; }

    /// Answers a call when it is done or refused.
    Answer answerTo(const QDBusMessage &call);

Q_SIGNALS:
    void isAskingChanged();

private:
    void ask(const QDBusMessage &call, QLatin1String action, bool interactive, const Authority::Done &done);
    void refuse(const QDBusMessage &call, QLatin1String action, Refusal why);
    void identify(const QDBusMessage &call, const std::function<void(const Caller &)> &known);

    QDBusConnection m_bus;
    Authority &m_authority;
    qsizetype m_questions = 0;
};

} // namespace lunaris

#endif
