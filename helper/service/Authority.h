// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_AUTHORITY_H
#define LUNARIS_HELPER_SERVICE_AUTHORITY_H

#include "helper/service/Verdict.h"

#include <QObject>
#include <QString>
#include <functional>

namespace lunaris
{

/// Decides whether a caller may do something. Lives on the D-Bus thread.
class Authority : public QObject
{
    Q_OBJECT

public:
    using Done = std::function<Verdict::Heeded(Verdict)>;

    /// Asks for a caller, without blocking; `done` is called exactly once, later, on the same thread.
    /// `caller` is a unique bus name; `interactive`: the caller allowed that a person is asked for a
    /// password. Any failure on the way is a refusal.
    virtual void check(const QString &caller, const QString &action, bool interactive, const Done &done) = 0;

    /// Asks again, of our own accord, about what was allowed before. Nobody is asked for a password, and it
    /// does not count as a question of the caller's.
    virtual void checkAgain(const QString &caller, const QString &action, const Done &done) = 0;

Q_SIGNALS:
    /// What was allowed may not be any more; or the other way round.
    void changed();
};

/// For a bus on which nobody can be told apart from anybody, such as a session bus: always no.
class RefusingAuthority final : public Authority
{
    Q_OBJECT

public:
    void check(const QString &caller, const QString &action, bool interactive, const Done &done) override;
    void checkAgain(const QString &caller, const QString &action, const Done &done) override;
};

} // namespace lunaris

#endif
