// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_FAKES_ENDWITHPARENT_H
#define LUNARIS_TESTS_FAKES_ENDWITHPARENT_H

#include <QProcess>
#include <csignal>
#include <sys/prctl.h>

namespace lunaris::test
{

/// For a child process, behind whatever makes it another user (which takes it back): it gets SIGTERM when
/// its parent ends. On a thread that lasts as long as the test (PR_SET_PDEATHSIG is about threads).
inline void endWithParent()
{
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
}

/// A program that a test starts ends with it, also where the test crashes: what it left would hold the pipe
/// that whoever runs the test reads to its end. To be called before start().
inline void endWithParent(QProcess &process)
{
    process.setChildProcessModifier([] { endWithParent(); });
}

} // namespace lunaris::test

#endif
