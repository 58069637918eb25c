// SPDX-License-Identifier: MIT
#include "app/ctl/PasswordAgent.h"

#include <QCoreApplication>
#include <QString>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

namespace lunaris
{

namespace
{

constexpr int patience = 1000; // milliseconds

} // namespace

PasswordAgent::PasswordAgent()
{
    if (geteuid() == 0 || isatty(STDIN_FILENO) == 0) {
        return;
    }
    // The agent closes its end when it is registered: then the pipe is at its end for us.
    int ready[2];
    if (pipe2(ready, O_CLOEXEC) != 0) {
        return;
    }
    m_process.setProgram(QStringLiteral("pkttyagent"));
    QStringList arguments = {QStringLiteral("--process"), QString::number(QCoreApplication::applicationPid()),
                             QStringLiteral("--notify-fd"), QString::number(ready[1])};
    // In a login session the agent of the desktop goes first. Outside of one there is none, and polkit
    // 122 finds an agent that calls itself a fallback through the session only.
    if (qEnvironmentVariableIsSet("XDG_SESSION_ID")) {
        arguments.append(QStringLiteral("--fallback"));
    }
    m_process.setArguments(arguments);
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.setInputChannelMode(QProcess::ForwardedInputChannel);
    m_process.setChildProcessModifier([end = ready[1]] {
        fcntl(end, F_SETFD, 0);
        // Ours are blocked, and a blocked signal would stay so in it.
        sigset_t none;
        sigemptyset(&none);
        sigprocmask(SIG_SETMASK, &none, nullptr);
    });
    m_process.start();
    close(ready[1]);
    if (m_process.waitForStarted()) {
        pollfd end{ready[0], POLLIN, 0};
        poll(&end, 1, patience);
    }
    close(ready[0]);
}

PasswordAgent::~PasswordAgent()
{
    if (m_process.state() != QProcess::NotRunning) {
        m_process.terminate();
        m_process.waitForFinished();
    }
}

} // namespace lunaris
