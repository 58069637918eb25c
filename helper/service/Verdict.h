// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_VERDICT_H
#define LUNARIS_HELPER_SERVICE_VERDICT_H

#include <utility>

namespace lunaris
{

/// Why something may not happen.
enum class Refusal {
    Denied,
    NeedsAuthentication, ///< a password would help, but the caller did not allow asking, or nobody can ask
    TooManyQuestions,    ///< the caller's user has too many undecided questions; nobody was asked
};

/// What the authority said. Whoever gets one has to heed it: the answer comes out through heed() only, which
/// takes what is to happen in both cases, and the receipt it gives is what an Authority wants back. A
/// callback that forgets the verdict, or one of the cases, does not compile.
class [[nodiscard]] Verdict
{
public:
    /// The proof that a verdict was looked at.
    class [[nodiscard]] Heeded
    {
        friend class Verdict;
        explicit Heeded() = default;
    };

    static Verdict allowed() { return Verdict(true, Refusal::Denied); }
    static Verdict refused(Refusal why) { return Verdict(false, why); }

    Verdict(const Verdict &) = default;
    Verdict &operator=(const Verdict &) = delete;

    /// Calls exactly one: `allowed()`, or `refused(Refusal)`.
    template<typename Allowed, typename Refused>
    Heeded heed(Allowed &&allowed, Refused &&refused) &&
    {
        if (m_isAllowed) {
            std::forward<Allowed>(allowed)();
        } else {
            std::forward<Refused>(refused)(m_refusal);
        }
        return Heeded();
    }

private:
    Verdict(bool isAllowed, Refusal refusal) : m_isAllowed(isAllowed), m_refusal(refusal) {}

    const bool m_isAllowed;
    const Refusal m_refusal;
};

} // namespace lunaris

#endif
