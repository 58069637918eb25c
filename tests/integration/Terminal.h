// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_INTEGRATION_TERMINAL_H
#define LUNARIS_TESTS_INTEGRATION_TERMINAL_H

#include "tests/integration/TestSystem.h"

#include <QProcessEnvironment>
#include <QTest>
#include <memory>

/// A terminal of its own, made by script(1), and in it a line of the shell's: "$CTL" is lunaris-kernel-ctl,
/// and
/// "$BUS" what its --bus takes.
class Terminal
{
public:
    explicit Terminal(const QString &line, const TestUser &user = {})
        : m_process(TestSystem::program(QStringLiteral("script"),
                                        {QStringLiteral("--quiet"), QStringLiteral("--return"),
                                         QStringLiteral("--command"), line, QStringLiteral("/dev/null")},
                                        user))
    {
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("CTL"), TestSystem::reachable(QStringLiteral(CTL_PROGRAM)));
        environment.insert(QStringLiteral("BUS"), TestSystem::busAddress());
        environment.insert(QStringLiteral("SHELL"), QStringLiteral("/bin/sh"));
        environment.insert(QStringLiteral("TERM"), QStringLiteral("xterm"));
        environment.remove(QStringLiteral("NO_COLOR"));
        m_process->setProcessEnvironment(environment);
        m_process->setProcessChannelMode(QProcess::MergedChannels);
        m_process->start();
    }

    bool says(const QByteArray &text)
    {
        return QTest::qWaitFor(
            [&] { return (m_screen += m_process->readAllStandardOutput()).contains(text); }, patience);
    }
    void type(const QByteArray &keys) { m_process->write(keys); }

    /// The exit status; -1 when it does not end.
    int end()
    {
        const bool ended =
            QTest::qWaitFor([this] { return m_process->state() == QProcess::NotRunning; }, patience);
        m_screen += m_process->readAllStandardOutput();
        return ended ? m_process->exitCode() : -1;
    }

    const QByteArray &screen() const { return m_screen; }

private:
    static constexpr int patience = 60'000;

    std::unique_ptr<QProcess> m_process;
    QByteArray m_screen;
};

#endif
