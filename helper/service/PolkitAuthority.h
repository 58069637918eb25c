// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_POLKITAUTHORITY_H
#define LUNARIS_HELPER_SERVICE_POLKITAUTHORITY_H

#include "helper/service/Authority.h"

#include <QDBusConnection>
#include <QDBusPendingCall>
#include <QDBusServiceWatcher>
#include <QString>
#include <chrono>
#include <map>
#include <optional>
#include <vector>

class QDBusPendingCallWatcher;

namespace lunaris
{

/// polkit, asked over the bus that we serve, with the caller's unique bus name as the subject: polkit
/// finds out itself who that is. The only class that speaks polkit.
///
/// Whatever is not a plain yes is a refusal: no polkit, no answer in time, an answer of another shape. A
/// question that nobody waits for any more is withdrawn, so that no dialog is left standing.
///
/// https://www.freedesktop.org/software/polkit/docs/latest/eggdbus-interface-org.freedesktop.PolicyKit1.Authority.html
class PolkitAuthority final : public Authority
{
    Q_OBJECT

public:
    /// How long an answer may take.
    struct Patience {
        std::chrono::milliseconds withPolkit = std::chrono::seconds(5);
        std::chrono::milliseconds withPeople = std::chrono::minutes(5);
    };

    /// Of a user's, asked and not decided.
    static constexpr int questionsPerUid = 4;

    /// Who may wait for the same answer; a caller that asks on without waiting does not grow us.
    static constexpr std::size_t waitingForOne = 64;

    explicit PolkitAuthority(const QDBusConnection &bus) : PolkitAuthority(bus, Patience()) {}
    PolkitAuthority(const QDBusConnection &bus, const Patience &patience);

    /// The same question of the same caller is asked once: all who wait get the one answer.
    void check(const QString &caller, const QString &action, bool interactive, const Done &done) override;
    void checkAgain(const QString &caller, const QString &action, const Done &done) override;

    /// What is asked and not decided.
    std::size_t undecided() const { return m_questions.size(); }

private:
    struct Question {
        QString caller;
        QString action;
        bool interactive = false;
        bool ours = false;          // of our own accord
        std::optional<quint32> uid; // the caller's, once the bus has said it
        bool isAsked = false;       // of polkit
        std::vector<Done> waiting;
    };
    using Id = quint64;

    void add(Question question);
    void onCaller(Id id, const QDBusPendingCallWatcher &answer);
    void ask(Id id);
    void onAnswer(Id id, const QDBusPendingCallWatcher &answer);
    void onCallerGone(const QString &caller);
    void decide(Id id, Verdict verdict);
    void withdraw(Id id);
    std::ptrdiff_t questionsOf(quint32 uid) const;

    template<typename Method>
    void whenFinished(const QDBusPendingCall &call, Id id, Method method);

    QDBusConnection m_bus;
    const Patience m_patience;
    QDBusServiceWatcher m_callers;
    QDBusServiceWatcher m_polkit;
    std::map<Id, Question> m_questions;
    Id m_lastId = 0;
};

} // namespace lunaris

#endif
