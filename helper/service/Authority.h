// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_AUTHORITY_H
#define LUNARIS_HELPER_SERVICE_AUTHORITY_H

#include <QString>
#include <functional>

namespace lunaris
{

/// What the authority said. Only Allowed lets anything happen.
enum class [[nodiscard]] Verdict{
    Denied,
    NeedsAuthentication, ///< a password would help, but the caller did not allow asking, or nobody can ask
    Allowed,
};

/// Decides whether a caller may do something.
class Authority
{
public:
    virtual ~Authority() = default;

    /// Asks, without blocking; `done` is called exactly once, later, on the same thread. `caller` is a
    /// unique bus name; `interactive`: the caller allowed that a person is asked for a password. Any
    /// failure on the way is Denied.
    virtual void check(const QString &caller, const QString &action, bool interactive,
                       const std::function<void(Verdict)> &done) = 0;
};

/// For a bus on which nobody can be told apart from anybody, such as a session bus: always no.
class RefusingAuthority final : public Authority
{
public:
    void check(const QString &caller, const QString &action, bool interactive,
               const std::function<void(Verdict)> &done) override;
};

} // namespace lunaris

#endif
