// SPDX-License-Identifier: MIT
//
// What the running helper may, whoever started it, and that it can do its work with that.
#include "dbus/MonitorRule.h"
#include "dbus/Names.h"
#include "tests/integration/TestClient.h"
#include "tests/integration/TestSystem.h"

#include <QDir>
#include <QFile>
#include <QProcessEnvironment>
#include <QTest>
#include <linux/capability.h>
#include <memory>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace lunaris;

namespace
{

constexpr int patience = 30'000;

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Of a line "NAME:	VALUE".
QByteArray valueIn(const QByteArray &status, const char *name)
{
    for (const QByteArray &line : status.split('\n')) {
        if (line.startsWith(QByteArray(name) + ':')) {
            return line.mid(line.indexOf(':') + 1).trimmed();
        }
    }
    return {};
}

constexpr quint64 bit(int capability)
{
    return quint64(1) << capability;
}

/// With one more on kernels that let nobody else attach to tracepoints.
quint64 keptCapabilities()
{
    QFile file(QStringLiteral("/proc/sys/kernel/perf_event_paranoid"));
    const bool needsAdmin = file.open(QIODevice::ReadOnly) && file.readAll().trimmed().toInt() > 2;
    return bit(CAP_BPF) | bit(CAP_PERFMON) | bit(CAP_SYS_PTRACE) | (needsAdmin ? bit(CAP_SYS_ADMIN) : 0);
}

} // namespace

class HomeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void everyThreadHasTheLeastItNeeds();
    void coreDumpsAreOff();
    void othersVariablesDoNothing();
    void allOfItWorksAllTheSame();
    void rulesAndPausesCanBeChanged();
    void andItHasNotMoreAfterwards();

private:
    QString procPath(const QString &file) const
    {
        return QStringLiteral("/proc/%1/%2").arg(m_helper->processId()).arg(file);
    }
    void openAndWait(TestClient &client, const QByteArray &name);

    std::unique_ptr<QProcess> m_helper;
    QByteArray m_messages;
    const TestUser m_alex = TestUser::named("alex");
};

void HomeTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    // The helper inherits from us what no service manager would give it.
    umask(0);
    const rlimit everything{RLIM_INFINITY, RLIM_INFINITY};
    QCOMPARE(setrlimit(RLIMIT_CORE, &everything), 0);
    qputenv("QDBUS_DEBUG", "1");
    qputenv("QT_LOGGING_RULES", "*.debug=true");
    m_helper = TestSystem::startHelper();
    qunsetenv("QDBUS_DEBUG");
    qunsetenv("QT_LOGGING_RULES");
    umask(022);
    QVERIFY(m_helper);
}

void HomeTest::cleanupTestCase()
{
    if (m_helper) {
        QCOMPARE(TestSystem::stop(*m_helper), 0);
    }
}

void HomeTest::everyThreadHasTheLeastItNeeds()
{
    const QStringList threads =
        QDir(procPath(QStringLiteral("task"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    QVERIFY2(threads.size() >= 2, "there should be the capture thread, too");
    for (const QString &thread : threads) {
        const QByteArray status = contentsOf(procPath(QStringLiteral("task/%1/status").arg(thread)));
        const auto capabilities = [&status](const char *set) {
            return valueIn(status, set).toULongLong(nullptr, 16);
        };
        QCOMPARE(capabilities("CapEff"), keptCapabilities());
        QCOMPARE(capabilities("CapPrm"), keptCapabilities());
        QCOMPARE(capabilities("CapInh"), quint64(0));
        QCOMPARE(capabilities("CapAmb"), quint64(0));
        QCOMPARE(capabilities("CapBnd"), quint64(0));
        QCOMPARE(valueIn(status, "NoNewPrivs"), QByteArray("1"));
        QCOMPARE(valueIn(status, "Umask"), QByteArray("0077"));
    }
}

void HomeTest::coreDumpsAreOff()
{
    const QByteArray limits = contentsOf(procPath(QStringLiteral("limits"))).simplified();
    QVERIFY2(limits.contains("Max core file size 0 0"), limits.constData());
}

void HomeTest::othersVariablesDoNothing()
{
    m_messages += m_helper->readAllStandardError();
    QVERIFY2(!m_messages.contains("QDBus"), m_messages.constData());
    QVERIFY2(!m_messages.contains("qt."), m_messages.constData());
}

void HomeTest::openAndWait(TestClient &client, const QByteArray &name)
{
    client.events.clear();
    const auto opener =
        TestSystem::program(QStringLiteral(OPENER_PROGRAM),
                            {QStringLiteral("many"),
                             QStringLiteral("/home/alex/") + QString::fromLatin1(name), QStringLiteral("5")},
                            m_alex);
    opener->start();
    QTRY_COMPARE_WITH_TIMEOUT(client.eventsBelow("/home/alex/" + name), qsizetype(5), patience);
    // The test's mount namespace is not the machine's, which init tells to who has CAP_SYS_PTRACE, unless it
    // is closed even to root.
    struct stat machine {
    };
    if (stat("/proc/1/ns/mnt", &machine) == 0) {
        struct stat own {
        };
        QCOMPARE(stat("/proc/self/ns/mnt", &own), 0);
        QCOMPARE((client.events.constFirst().attributes & quint32(ForeignMountNamespace)) != 0,
                 own.st_ino != machine.st_ino);
    }
}

void HomeTest::allOfItWorksAllTheSame()
{
    TestClient root(0);
    const QVariantMap everyone{{QStringLiteral("scope"), QStringLiteral("all")},
                               {QStringLiteral("filter"), QStringLiteral("path startswith /home/alex/")}};
    const quint64 first = root.subscribe(everyone);
    QVERIFY(first != 0);
    openAndWait(root, "before");
    const QString all = dbus::scope::all;
    for (int time = 0; time < 2; ++time) { // detached, attached, and who runs read again
        QCOMPARE(root.call(QStringLiteral("Pause"), {all, quint64(0)}).type(), QDBusMessage::ReplyMessage);
        QCOMPARE(root.call(QStringLiteral("Resume"), {all}).type(), QDBusMessage::ReplyMessage);
        openAndWait(root, "resumed" + QByteArray::number(time));
    }
    // Another group of programs, attached because somebody wants it.
    QVariantMap failed = everyone;
    failed[QStringLiteral("types")] = QStringList{QString(dbus::type::fileOpenFailed)};
    QVERIFY(root.subscribe(failed) != 0);
    root.events.clear();
    const auto isSeen = [&root, this] {
        // Attached some time after the reply: until then it is tried again.
        const auto opener =
            TestSystem::program(QStringLiteral(OPENER_PROGRAM),
                                {QStringLiteral("open"), QStringLiteral("/home/alex/missing")}, m_alex);
        opener->start();
        return opener->waitForFinished(patience) && root.eventsBelow("/home/alex/missing") > 0;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isSeen(), patience);
}

void HomeTest::rulesAndPausesCanBeChanged()
{
    TestClient root(0);
    QVERIFY(root.subscribe({{QStringLiteral("scope"), QStringLiteral("all")},
                            {QStringLiteral("filter"), QStringLiteral("path startswith /home/alex/")}}) != 0);
    const QByteArray folder = "/home/alex/left-out/";
    QVERIFY(QDir().mkpath(QFile::decodeName(folder)) &&
            chown(folder.constData(), m_alex.uid, m_alex.gid) == 0);
    const MonitorRuleList rules{{folder, dbus::rule::exclude}};
    const auto isDone = [&root](const char *method, const QVariantList &arguments) {
        return root.call(QString::fromLatin1(method), arguments).type() == QDBusMessage::ReplyMessage;
    };
    QVERIFY(isDone("SetRules", {QVariant::fromValue(rules)}));
    QVERIFY(isDone("SetDeduplication", {0U}));
    QVERIFY(isDone("Pause", {QString(dbus::scope::own), quint64(0)}));
    for (const char *file : {"rules.json", "pauses.json"}) {
        struct stat facts {
        };
        const QByteArray path = QFile::encodeName(TestSystem::directory()) + "/state/" + file;
        QVERIFY2(stat(path.constData(), &facts) == 0 && (facts.st_mode & 0777) == 0600, path.constData());
    }
    const auto opener =
        TestSystem::program(QStringLiteral(OPENER_PROGRAM),
                            {QStringLiteral("many"), QFile::decodeName(folder), QStringLiteral("5")}, m_alex);
    opener->start();
    QVERIFY(opener->waitForFinished(patience));
    openAndWait(root, "kept"); // behind these
    QCOMPARE(root.eventsBelow(folder), qsizetype(0));
    QVERIFY(isDone("Resume", {QString(dbus::scope::own)}));
    QVERIFY(isDone("ResetRules", {}));
}

void HomeTest::andItHasNotMoreAfterwards()
{
    everyThreadHasTheLeastItNeeds();
}

QTEST_GUILESS_MAIN(HomeTest)

#include "HomeTest.moc"
