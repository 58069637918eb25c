// SPDX-License-Identifier: MIT
#include "tests/fakes/EndWithParent.h"
#include "tests/fakes/FakeHelper.h"
#include "tests/fakes/PrivateBus.h"
#include "tests/fakes/ScriptPlayer.h"

#include "app/client/MonitorClient.h"
#include "dbus/StateReason.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

using namespace lunaris;
using Status = MonitorClient::Status;

/// The scripts of the fake helper: what is read, what is refused, and what becomes of it on a bus.
class ScriptTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommand();
    void refused_data();
    void refused();
    void playsInProcess();
    void playsAsAProgram();
    void programRefusesAFaultyScript();
};

void ScriptTest::everyCommand()
{
    const auto parsed = test::Script::parse(QStringLiteral("# a whole life\n"
                                                           "appear\n"
                                                           "  await   subscription  # somebody\n"
                                                           "burst 10 3\nstream 100 40\ndropped 7\nskip 2\n"
                                                           "garbage disorder\nanswers wrong\n"
                                                           "state degraded TypesMissing\n"
                                                           "pause all 1000 60\npause own\npause none\n"
                                                           "refuse commands NotAuthorized \"Not # you.\"\n"
                                                           "allow commands\nend NotAuthorized\n"
                                                           "statistics seen 12\nwait 5\n"
                                                           "await acknowledgement\nvanish\nquit\n"));
    const auto *const complaint = std::get_if<QString>(&parsed);
    QVERIFY2(complaint == nullptr, complaint == nullptr ? "" : qPrintable(*complaint));
    const auto *const script = std::get_if<test::Script>(&parsed);
    using Command = test::Script::Command;
    const std::vector<test::Script::Step> &steps = script->steps();
    QCOMPARE(steps.size(), 20U);
    QVERIFY(steps.front().command == Command::Appear);
    QVERIFY(steps[2].command == Command::Burst && steps[2].first == 10 && steps[2].second == 3);
    QVERIFY(steps[8].command == Command::State && steps[8].other == QLatin1String("TypesMissing"));
    QVERIFY(steps[9].command == Command::PauseAll && steps[9].first == 1000 && steps[9].second == 60);
    QCOMPARE(steps[12].text, QStringLiteral("Not # you."));
    QVERIFY(steps.back().command == Command::Quit);
}

void ScriptTest::refused_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char *text, const char *sentence) {
        QTest::newRow(text) << QString::fromUtf8(text) << QString::fromUtf8(sentence);
    };
    row("appear\n\nbrust 3", "line 3: there is no command “brust”; the commands are quit, appear");
    row("burst", "line 1: how many is missing");
    row("burst many", "line 1: how many must be a number up to 1000000, not “many”");
    row("burst 1000001", "line 1: how many must be a number up to 1000000, not “1000001”");
    row("burst -1", "line 1: how many must be");
    row("burst 1 2 3", "line 1: “3” is too much");
    row("stream 5 0", "line 1: none a second never ends");
    row("# one\ngarbage nice", "line 2: the kind must be one of no-arguments, ");
    row("pause me", "line 1: whose pause must be one of all, own, none, not “me”");
    row("await godot", "line 1: what to await must be one of");
    row("refuse subscribe Never \"No.\"", "line 1: the error must be one of NotAuthorized");
    row("refuse subscribe NotAuthorized \"No.", "line 1: a quotation mark is missing");
    row("wait 600001", "line 1: the time in milliseconds must be");
    row("appear now", "line 1: “now” is too much");
    row("quit now", "line 1: “now” is too much");
}

void ScriptTest::refused()
{
    QFETCH(QString, text);
    QFETCH(QString, sentence);
    const auto parsed = test::Script::parse(text);
    const auto *const complaint = std::get_if<QString>(&parsed);
    QVERIFY(complaint != nullptr);
    QVERIFY2(complaint->startsWith(sentence), qPrintable(*complaint));
}

void ScriptTest::playsInProcess()
{
    test::PrivateBus bus;
    QVERIFY2(!bus.address().isEmpty(), "dbus-daemon did not start; apt install dbus-daemon");
    test::FakeHelper helper(bus.connect());
    const auto parsed = test::Script::parse(QStringLiteral("appear\nawait subscription\nburst 1500 4\n"
                                                           "await acknowledgement\nstream 40 400\n"
                                                           "await acknowledgement\nend Moon\n"));
    test::ScriptPlayer player(&helper, std::get<test::Script>(parsed));
    const QSignalSpy finished(&player, &test::ScriptPlayer::finished);
    MonitorClient client(bus.connect(), {QString(dbus::scope::own), 0});
    qsizetype received = 0;
    quint64 missing = 0;
    connect(&client, &MonitorClient::eventsReceived, this,
            [&](const MonitorEventList &events, quint64 dropped) {
                received += events.size();
                missing += dropped;
            });
    client.start();
    QTRY_COMPARE(client.status(), Status::HelperMissing);
    QCOMPARE(received, 0);
    player.play();
    QTRY_COMPARE(client.status(), Status::Refused);
    QCOMPARE(received, 1540);
    QCOMPARE(missing, 4U);
    QCOMPARE(finished.size(), 1);
}

void ScriptTest::playsAsAProgram()
{
    test::PrivateBus bus;
    QVERIFY2(!bus.address().isEmpty(), "dbus-daemon did not start; apt install dbus-daemon");
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("appear\nawait subscription\nburst 5\nstate unavailable LockedDown\nawait acknowledgement\n"
               "wait 1\nquit\n");
    file.close();
    MonitorClient client(bus.connect(), {QString(dbus::scope::own), 0});
    qsizetype received = 0;
    bool locked = false;
    connect(&client, &MonitorClient::eventsReceived, this,
            [&](const MonitorEventList &events) { received += events.size(); });
    connect(&client, &MonitorClient::statusChanged, this,
            [&] { locked = locked || client.properties().stateReason() == dbus::reason::lockedDown; });
    client.start();
    QProcess program;
    test::endWithParent(program);
    program.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    program.start(QStringLiteral(LUNARIS_FAKE_HELPER),
                  {QStringLiteral("--bus"), bus.address(), QStringLiteral("--script"), file.fileName()});
    QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 20'000);
    QCOMPARE(program.exitCode(), 0);
    QCOMPARE(received, 5);
    QVERIFY(locked);
    QTRY_COMPARE(client.status(), Status::HelperMissing);
}

void ScriptTest::programRefusesAFaultyScript()
{
    QTemporaryFile file;
    QVERIFY(file.open());
    file.write("appear\nbrust 5\n");
    file.close();
    QProcess program;
    test::endWithParent(program);
    program.start(QStringLiteral(LUNARIS_FAKE_HELPER),
                  {QStringLiteral("--bus"), QStringLiteral("unix:path=/nowhere"), QStringLiteral("--script"),
                   file.fileName()});
    QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 20'000);
    QCOMPARE(program.exitCode(), 2);
    const QByteArray said = program.readAllStandardError();
    QVERIFY2(said.contains("line 2: there is no command"), said.constData());
}

QTEST_GUILESS_MAIN(ScriptTest)
#include "ScriptTest.moc"
