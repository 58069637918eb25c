// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_ASUSER_H
#define LUNARIS_TESTS_UNIT_ASUSER_H

#include <QtGlobal>
#include <sys/types.h>
#include <unistd.h>

namespace lunaris
{

inline constexpr uid_t nobody = 65534;

/// Acts as another user as long as it lives; only root can. The kernel notes the credentials of a
/// Unix socket (SO_PEERCRED) when it listens and when it connects, so no process of that user's is needed.
class AsUser
{
public:
    explicit AsUser(uid_t uid) : m_before(geteuid())
    {
        if (seteuid(uid) != 0) {
            qFatal("the test cannot become uid %u", uid);
        }
    }

    ~AsUser()
    {
        if (seteuid(m_before) != 0) {
            qFatal("the test cannot become itself again");
        }
    }

    Q_DISABLE_COPY_MOVE(AsUser)

private:
    const uid_t m_before;
};

/// A user that is not root: nobody for root, else whoever runs the test.
inline uid_t ordinaryUser()
{
    return geteuid() == 0 ? nobody : geteuid();
}

} // namespace lunaris

#endif
