// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_POLKITAUTHORITY_H
#define LUNARIS_HELPER_SERVICE_POLKITAUTHORITY_H

#include "helper/service/Authority.h"

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QHash>
#include <QObject>

class QDBusPendingCallWatcher;

namespace lunaris
{

/// polkit, asked over the bus that we serve, with the caller's unique bus name as the subject: polkit
/// finds out itself who that is. The only class that speaks polkit.
///
/// https://www.freedesktop.org/software/polkit/docs/latest/eggdbus-interface-org.freedesktop.PolicyKit1.Authority.html
class PolkitAuthority final : public QObject, public Authority
{
    Q_OBJECT

public:
    explicit PolkitAuthority(const QDBusConnection &bus);

    /// Gives up, and withdraws the question, after 5 s (interactive: 5 min) or when the caller leaves.
    void check(const QString &caller, const QString &action, bool interactive,
               const std::function<void(Verdict)> &done) override;

private:
    struct Question {
        QString caller;
        QString cancellation;
        std::function<void(Verdict)> done;
    };

    void onAnswer(QDBusPendingCallWatcher *call);
    void onCallerGone(const QString &caller);
    void withdraw(const QString &cancellation);

    QDBusConnection m_bus;
    QDBusServiceWatcher m_callers;
    QHash<QDBusPendingCallWatcher *, Question> m_questions;
    quint64 m_asked = 0;
};

} // namespace lunaris

#endif
