// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_PASSWORDAGENT_H
#define LUNARIS_APP_CTL_PASSWORDAGENT_H

#include <QProcess>

namespace lunaris
{

/// polkit's own text agent, pkttyagent(1), for as long as this object lives: asks for a password in the
/// terminal when no desktop would. Does nothing for root, who is never asked, and without a terminal.
class PasswordAgent
{
public:
    /// Returns when polkit knows the agent, or after a second if it could not be started.
    PasswordAgent();
    ~PasswordAgent();

    PasswordAgent(const PasswordAgent &) = delete;
    PasswordAgent &operator=(const PasswordAgent &) = delete;

private:
    QProcess m_process;
};

} // namespace lunaris

#endif
