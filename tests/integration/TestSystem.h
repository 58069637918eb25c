// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_INTEGRATION_TESTSYSTEM_H
#define LUNARIS_TESTS_INTEGRATION_TESTSYSTEM_H

#include <QByteArray>
#include <QMetaType>
#include <QProcess>
#include <QString>
#include <QStringList>
#include <memory>
#include <sys/types.h>

/// A user by name; with-private-system makes alex, who may watch and pause what is hers, and mallory, who
/// may not.
struct TestUser {
    uid_t uid = 0;
    gid_t gid = 0;

    static TestUser named(const char *name);
};

/// Starts the built programs on the private system that with-private-system has made.
class TestSystem
{
public:
    static QString directory();
    static QString busAddress();
    static QString producerSocket() { return directory() + QStringLiteral("/producer.sock"); }
    static QString consumerSocket() { return directory() + QStringLiteral("/consumer.sock"); }

    /// The build may lie where only its owner may look: a copy of a program of it that every user can run.
    static QString reachable(const QString &program);

    /// A program of the build, not started yet, running as `user`.
    static std::unique_ptr<QProcess> program(const QString &path, const QStringList &arguments,
                                             const TestUser &user = {});

    /// Runs one to its end, with the event loop: a subscriber that does not acknowledge misses events on a
    /// busy machine.
    struct Run {
        qint64 pid = 0;
        int status = -1; ///< -1 when it did not start, or did not end
        std::unique_ptr<QProcess> process;
    };
    static Run run(const QString &path, const QStringList &arguments, const TestUser &user = {});

    /// The application that the helper finds for a program which a test has started.
    static QString applicationOf(const QString &executable);

    /// Calls a method of the helper as `user` with arguments as gdbus(1) writes them, and waits; gdbus,
    /// because it prints the error's name, and knows nothing of ours.
    struct Outcome {
        int status = -1;
        QByteArray out;
        QByteArray error;

        bool isRefused(QLatin1String name) const { return status != 0 && error.contains(name.data()); }
    };
    static Outcome call(const TestUser &user, const QString &method, const QStringList &arguments = {});

    /// `bus serve`, listening; null when it did not start.
    static std::unique_ptr<QProcess> startBus();

    /// The helper, with its name on the bus and its programs attached; null when it did not start.
    static std::unique_ptr<QProcess> startHelper(const QStringList &moreArguments = {});

    /// A file for the option --config that holds this, in the place of the one before.
    static QString configuration(const QByteArray &toml);

    /// What does not add up in the statistics of the helper that runs, as root sees them; waits for what is
    /// on its way. Empty when all is well.
    static QString imbalance();

    /// Ends a program with SIGTERM and waits; its exit status, -1 if it crashed or had to be killed.
    static int stop(QProcess &process);
};

Q_DECLARE_METATYPE(TestUser)

#endif
