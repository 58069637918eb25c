// SPDX-License-Identifier: MIT
#include "process/TerminationSignal.h"

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

namespace lunaris
{

namespace
{

sigset_t watched()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
}

int openSignals()
{
    TerminationSignal::block();
    const sigset_t signals = watched();
    return signalfd(-1, &signals, SFD_NONBLOCK | SFD_CLOEXEC);
}

} // namespace

void TerminationSignal::block()
{
    const sigset_t signals = watched();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

TerminationSignal::TerminationSignal() : m_fd(openSignals()), m_notifier(m_fd, QSocketNotifier::Read)
{
    connect(&m_notifier, &QSocketNotifier::activated, this, [this] {
        signalfd_siginfo info{};
        if (read(m_fd, &info, sizeof(info)) == sizeof(info)) {
            Q_EMIT received();
        }
    });
}

TerminationSignal::~TerminationSignal()
{
    m_notifier.setEnabled(false);
    close(m_fd);
}

} // namespace lunaris
