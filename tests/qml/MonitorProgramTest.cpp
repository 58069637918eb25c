// SPDX-License-Identifier: MIT
#include "tests/fakes/EndWithParent.h"

#include <QFile>
#include <QProcess>
#include <QTest>
#include <csignal>

/// The installed program from the outside: its command line, and how it ends.
class MonitorProgramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void answersAndEnds_data();
    void answersAndEnds();
    void endsCleanly_data();
    void endsCleanly();
};

void MonitorProgramTest::answersAndEnds_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<QByteArray>("complaint");

    const auto words = [](const char *line) { return QString::fromLatin1(line).split(QLatin1Char(' ')); };
    QTest::newRow("version") << words("--version") << 0
                             << QByteArray("lunaris-kernel-monitor " LUNARIS_VERSION "\n") << QByteArray();
    QTest::newRow("help") << words("--help") << 0 << QByteArray("--scope") << QByteArray();
    QTest::newRow("unknown option") << words("--colour") << 2 << QByteArray() << QByteArray("colour");
    QTest::newRow("missing value") << words("--scope") << 2 << QByteArray() << QByteArray("scope");
    QTest::newRow("bad scope") << words("--scope mine") << 2 << QByteArray() << QByteArray("mine");
    QTest::newRow("bad bus") << words("--bus omni") << 2 << QByteArray() << QByteArray("omni");
    QTest::newRow("bad page") << words("--page attic") << 2 << QByteArray() << QByteArray("attic");
    QTest::newRow("no capture") << words("--capture /no/such/file") << 2 << QByteArray()
                                << QByteArray("/no/such/file");
    QTest::newRow("stray argument") << words("stray") << 2 << QByteArray() << QByteArray("stray");
}

void MonitorProgramTest::answersAndEnds()
{
    QFETCH(QStringList, arguments);
    QFETCH(int, status);
    QFETCH(QByteArray, output);
    QFETCH(QByteArray, complaint);

    QProcess program;
    lunaris::test::endWithParent(program);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("none there")); // no display needed
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(LUNARIS_MONITOR_PROGRAM), arguments);
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), status);
    QVERIFY(program.readAllStandardOutput().contains(output));
    const QByteArray said = program.readAllStandardError();
    QVERIFY(said.contains(complaint));
    QCOMPARE(said.count('\n'), complaint.isEmpty() ? 0 : 1);
}

void MonitorProgramTest::endsCleanly_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("interrupt") << SIGINT;
    QTest::newRow("terminate") << SIGTERM;
}

void MonitorProgramTest::endsCleanly()
{
    QFETCH(int, signal);
    QProcess program;
    lunaris::test::endWithParent(program);
    program.start(QStringLiteral(LUNARIS_MONITOR_PROGRAM),
                  {QStringLiteral("--bus"), QStringLiteral("unix:path=/nowhere/bus")});
    QVERIFY(program.waitForStarted());
    // A signal that comes before the program listens ends it too, but not as cleanly: wait until it
    // blocks the signal, which is the last thing before it opens its window.
    const auto blocked = [&program, signal] {
        QFile file(QStringLiteral("/proc/%1/status").arg(program.processId()));
        if (!file.open(QIODevice::ReadOnly)) {
            return false;
        }
        const QByteArray status = file.readAll();
        const qsizetype at = status.indexOf("SigBlk:\t");
        return at >= 0 && (status.mid(at + 8, 16).toULongLong(nullptr, 16) >> (signal - 1) & 1) != 0;
    };
    QTRY_VERIFY(blocked());
    QCOMPARE(::kill(static_cast<pid_t>(program.processId()), signal), 0);
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
}

QTEST_GUILESS_MAIN(MonitorProgramTest)
#include "MonitorProgramTest.moc"
