// SPDX-License-Identifier: MIT
#include "tests/integration/TestSystem.h"

#include "dbus/BusConnection.h"
#include "dbus/MonitorEvent.h"
#include "dbus/Names.h"
#include "tests/OwnApplication.h"
#include "tests/fakes/EndWithParent.h"
#include "tests/integration/Accounting.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusReply>
#include <QFile>
#include <QFileInfo>
#include <QTest>
#include <grp.h>
#include <pwd.h>
#include <unistd.h>

using namespace lunaris;

namespace
{

constexpr int patience = 30'000; // milliseconds; only a broken program takes that long

bool waitForLine(QProcess &process, const QByteArray &text)
{
    QByteArray seen;
    while (!seen.contains(text)) {
        if (!process.waitForReadyRead(patience)) {
            qWarning("Waited in vain for \"%s\"; it said: %s", text.constData(), seen.constData());
            return false;
        }
        seen += process.readAllStandardError();
    }
    return true;
}

} // namespace

TestUser TestUser::named(const char *name)
{
    const passwd *entry = getpwnam(name);
    Q_ASSERT(entry);
    return {entry->pw_uid, entry->pw_gid};
}

QString TestSystem::directory()
{
    return qEnvironmentVariable("LUNARIS_TEST_DIR");
}

QString TestSystem::applicationOf(const QString &executable)
{
    const std::string named = lunaris::ownApplication();
    return named.empty() ? executable : QString::fromStdString(named);
}

QString TestSystem::busAddress()
{
    return qEnvironmentVariable("DBUS_SYSTEM_BUS_ADDRESS");
}

QString TestSystem::reachable(const QString &program)
{
    if (!program.startsWith(u'/')) {
        return program;
    }
    const QString copy = directory() + u'/' + QFileInfo(program).fileName();
    if (!QFileInfo::exists(copy)) {
        QFile::copy(program, copy);
        QFile::setPermissions(copy, QFile::Permissions::fromInt(0x7755));
    }
    return copy;
}

std::unique_ptr<QProcess> TestSystem::program(const QString &path, const QStringList &arguments,
                                              const TestUser &user)
{
    auto process = std::make_unique<QProcess>();
    process->setProgram(user.uid == 0 ? path : reachable(path));
    process->setArguments(arguments);
    process->setChildProcessModifier([user] {
        if (user.uid != 0 && (setgroups(0, nullptr) != 0 || setgid(user.gid) != 0 || setuid(user.uid) != 0)) {
            _exit(127);
        }
        lunaris::test::endWithParent();
    });
    return process;
}

TestSystem::Run TestSystem::run(const QString &path, const QStringList &arguments, const TestUser &user)
{
    Run run;
    run.process = program(path, arguments, user);
    run.process->start();
    if (!run.process->waitForStarted()) {
        return run;
    }
    run.pid = run.process->processId();
    if (QTest::qWaitFor([&run] { return run.process->state() == QProcess::NotRunning; }, patience)) {
        run.status = run.process->exitStatus() == QProcess::NormalExit ? run.process->exitCode() : -1;
    }
    return run;
}

TestSystem::Outcome TestSystem::call(const TestUser &user, const QString &method,
                                     const QStringList &arguments)
{
    const Run gdbus =
        run(QStringLiteral("gdbus"),
            QStringList{QStringLiteral("call"), QStringLiteral("--address"), busAddress(),
                        QStringLiteral("--dest"), lunaris::dbus::serviceName, QStringLiteral("--object-path"),
                        lunaris::dbus::objectPath, QStringLiteral("--method"),
                        QStringLiteral("%1.%2").arg(lunaris::dbus::interfaceName, method)} +
                arguments,
            user);
    return {gdbus.status, gdbus.process->readAllStandardOutput(), gdbus.process->readAllStandardError()};
}

std::unique_ptr<QProcess> TestSystem::startBus()
{
    auto bus = program(QStringLiteral(CTL_PROGRAM),
                       {QStringLiteral("bus"), QStringLiteral("serve"), QStringLiteral("--producer-socket"),
                        producerSocket(), QStringLiteral("--consumer-socket"), consumerSocket()});
    bus->setReadChannel(QProcess::StandardError);
    bus->start();
    return waitForLine(*bus, "Serving") ? std::move(bus) : nullptr;
}

std::unique_ptr<QProcess> TestSystem::startHelper(const QStringList &moreArguments)
{
    auto helper = program(QStringLiteral(HELPER_PROGRAM),
                          QStringList{QStringLiteral("--bus"), busAddress(),
                                      QStringLiteral("--producer-socket"), producerSocket()} +
                              moreArguments);
    helper->setReadChannel(QProcess::StandardError);
    helper->start();
    return waitForLine(*helper, "State: running") ? std::move(helper) : nullptr;
}

QString TestSystem::configuration(const QByteArray &toml)
{
    QFile file(directory() + QStringLiteral("/kernel-monitor.toml"));
    const bool isWritten = file.open(QIODevice::WriteOnly) && file.write(toml) == toml.size();
    return isWritten ? file.fileName() : QString();
}

QString TestSystem::imbalance()
{
    registerDBusTypes();
    const QDBusConnection bus = connectToBus(busAddress());
    const auto call = [&bus](const char *member, const QVariantList &arguments = {}) {
        QDBusMessage message = QDBusMessage::createMethodCall(dbus::serviceName, dbus::objectPath,
                                                              dbus::interfaceName, QLatin1String(member));
        message.setArguments(arguments);
        return bus.call(message);
    };
    const QDBusMessage paused = call("Pause", {QString(dbus::scope::all), quint64(0)});
    if (paused.type() != QDBusMessage::ReplyMessage) {
        return paused.errorMessage();
    }
    // The totals are up to a second old.
    QString imbalance;
    static_cast<void>(QTest::qWaitFor(
        [&] {
            const QDBusReply<Statistics> totals = call("GetStatistics");
            imbalance = totals.isValid() ? imbalanceOf(totals.value()) : totals.error().message();
            return imbalance.isEmpty();
        },
        patience));
    return imbalance;
}

int TestSystem::stop(QProcess &process)
{
    process.terminate();
    if (!process.waitForFinished(patience)) {
        process.kill();
        process.waitForFinished();
        return -1;
    }
    return process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
}
