// SPDX-License-Identifier: MIT
//
// lunaris-kernel-ctl and the real helper: who is refused what, what it prints in a terminal and in a pipe,
// and how it ends.
#include "tests/integration/Terminal.h"
#include "dbus/Names.h"
#include "tests/integration/TestSystem.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <memory>

using namespace lunaris;

namespace
{

const QString home = QStringLiteral("/home/tester");
constexpr int patience = 20'000;

QStringList words(const char *line)
{
    return QString::fromLatin1(line).split(u' ', Qt::SkipEmptyParts);
}

QJsonObject object(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

} // namespace

class TerminalTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void checkSaysReady();
    void statusSaysWhatIsGoingOn();
    void statsHaveEveryKey();
    void pausesArePutOnAndEnded();
    void rulesDecideAtOnce();
    void theWindowIsSet();
    void othersAreRefused_data();
    void othersAreRefused();
    void colorsAreForTerminalsOnly_data();
    void colorsAreForTerminalsOnly();
    void itEnds_data();
    void itEnds();
    void aClosedPipeEndsIt_data();
    void aClosedPipeEndsIt();
    void withoutAHelperItSaysSo(); // the last one: it ends it

private:
    TestSystem::Outcome run(const QStringList &arguments, const TestUser &user = {});
    std::unique_ptr<QProcess> shell(const QString &script, const TestUser &user = {});
    void openOnce(const QString &name);

    std::unique_ptr<QProcess> m_bus;
    std::unique_ptr<QProcess> m_helper;
    const TestUser m_alex = TestUser::named("alex");
    const TestUser m_mallory = TestUser::named("mallory");
};

void TerminalTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    QVERIFY(QDir().mkpath(home));
    m_bus = TestSystem::startBus();
    QVERIFY(m_bus);
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
}

void TerminalTest::cleanupTestCase()
{
    for (auto *const process : {&m_helper, &m_bus}) {
        if (*process) {
            QCOMPARE(TestSystem::stop(**process), 0);
        }
    }
}

TestSystem::Outcome TerminalTest::run(const QStringList &arguments, const TestUser &user)
{
    const auto program =
        TestSystem::program(QStringLiteral(CTL_PROGRAM),
                            arguments + QStringList{QStringLiteral("--no-ask"), QStringLiteral("--bus"),
                                                    TestSystem::busAddress()},
                            user);
    program->start();
    if (!program->waitForFinished(patience) || program->exitStatus() != QProcess::NormalExit) {
        return {};
    }
    return {program->exitCode(), program->readAllStandardOutput(), program->readAllStandardError()};
}

/// "$1" is the program, "$2" the bus.
std::unique_ptr<QProcess> TerminalTest::shell(const QString &script, const TestUser &user)
{
    return TestSystem::program(QStringLiteral("/bin/sh"),
                               {QStringLiteral("-c"), script, QStringLiteral("sh"),
                                TestSystem::reachable(QStringLiteral(CTL_PROGRAM)), TestSystem::busAddress()},
                               user);
}

void TerminalTest::openOnce(const QString &name)
{
    QFile file(home + u'/' + name);
    QVERIFY(file.open(QIODevice::WriteOnly));
}

void TerminalTest::checkSaysReady()
{
    // Anybody may ask.
    for (const TestUser &user : {TestUser(), m_alex, m_mallory}) {
        const TestSystem::Outcome plain = run(words("check"), user);
        QCOMPARE(plain.status, 0);
        QVERIFY2(plain.out.contains("state      running\n") && plain.error.isEmpty(), plain.out.constData());
        const TestSystem::Outcome json = run(words("check --json"), user);
        QCOMPARE(json.status, 0);
        const QJsonObject report = object(json.out);
        QCOMPARE(report.keys(), words("bus_connected explanation helper kernel method ready reason state"));
        QCOMPARE(report.value(QStringLiteral("ready")), QJsonValue(true));
        QCOMPARE(report.value(QStringLiteral("reason")), QJsonValue(QString()));
        QVERIFY(words("tracepoint trampoline").contains(report.value(QStringLiteral("method")).toString()));
    }
}

void TerminalTest::statusSaysWhatIsGoingOn()
{
    QTRY_VERIFY_WITH_TIMEOUT(run(words("status")).out.contains("event bus  connected\n"), patience);
    for (const TestUser &user : {TestUser(), m_alex}) {
        const TestSystem::Outcome outcome = run(words("status"), user);
        QCOMPARE(outcome.status, 0);
        for (const char *const part : {"helper ", "kernel ", "state      running\n", "method     t",
                                       "since      20", "seen ", "/s\n", "forwarded "}) {
            QVERIFY2(outcome.out.contains(part), part);
        }
        QVERIFY2(outcome.out.count('\n') <= 24, outcome.out.constData());
    }
}

void TerminalTest::statsHaveEveryKey()
{
    openOnce(QStringLiteral("counted"));
    const QByteArray plain = run(words("stats")).out;
    QVERIFY2(plain.startsWith("seen ") && plain.contains("delivered to the Event Bus"), plain.constData());

    QJsonObject line;
    const auto value = [&line](const char *key) { return line.value(QLatin1String(key)).toInteger(-1); };
    QTRY_VERIFY_WITH_TIMEOUT((line = object(run(words("stats --json")).out), value("latency.bus.count") > 0),
                             patience);
    for (const char *const key : {"counting_since",
                                  "seen",
                                  "filtered",
                                  "duplicates",
                                  "withheld",
                                  "raced",
                                  "malformed",
                                  "lost",
                                  "skipped",
                                  "lost.file.opened",
                                  "lost_bytes",
                                  "forwarded",
                                  "recovered",
                                  "delivered",
                                  "queued",
                                  "queued_bytes",
                                  "queued_bytes_max",
                                  "spooled",
                                  "spooled_bytes",
                                  "spooled_bytes_max",
                                  "dropped",
                                  "dropped.queue",
                                  "dropped.spool",
                                  "spool_damaged",
                                  "subscriptions",
                                  "latency.bus.p50",
                                  "latency.bus.p99",
                                  "latency.bus.max",
                                  "latency.subscribers.count"}) {
        QVERIFY2(value(key) >= 0, key);
    }
    QVERIFY(value("seen") >= value("filtered") + value("duplicates"));
    // Opening /proc and libraries is what programs do.
    bool hit = false;
    for (const QJsonValue rule : line.value(QStringLiteral("rules")).toArray()) {
        hit = hit || rule.toObject().value(QStringLiteral("hits")).toInteger() > 0;
    }
    QVERIFY(hit);
}

void TerminalTest::pausesArePutOnAndEnded()
{
    QCOMPARE(run(words("pause own --for 15m"), m_alex).status, 0);
    const QByteArray own = run(words("status"), m_alex).out;
    QVERIFY2(own.contains("state      running") && own.contains("paused     for you, until 20"),
             own.constData());
    QVERIFY(!run(words("status")).out.contains("paused "));
    QCOMPARE(run(words("resume own"), m_alex).status, 0);
    QVERIFY(!run(words("status"), m_alex).out.contains("paused "));

    QCOMPARE(run(words("pause")).status, 0);
    const QByteArray all = run(words("status"), m_alex).out;
    QVERIFY2(all.contains("state      paused") && all.contains("reason     Capture is paused") &&
                 all.contains("paused     for everybody, until resumed, by uid 0"),
             all.constData());
    QCOMPARE(run(words("check")).status, 0); // it could
    QCOMPARE(run(words("resume")).status, 0);
    QVERIFY(run(words("status")).out.contains("state      running"));
}

void TerminalTest::rulesDecideAtOnce()
{
    const QByteArray before = run(words("rules list"), m_alex).out;
    QVERIFY2(before.contains("exclude            0  /proc/\n"), before.constData()); // not hers to know
    const auto reported = [this](const QString &name) {
        const QString path = home + u'/' + name;
        const auto watcher = TestSystem::program(
            QStringLiteral(CTL_PROGRAM),
            words("watch --scope all --count 1 --bus") +
                QStringList{TestSystem::busAddress(), QStringLiteral("path startswith %1").arg(path)});
        watcher->start();
        QByteArray said;
        const bool watches = QTest::qWaitFor(
            [&] { return (said += watcher->readAllStandardError()).contains("Watching"); }, patience);
        openOnce(name);
        openOnce(name + QStringLiteral("-end")); // of which no rule speaks
        const bool ended = watches && watcher->waitForFinished(patience);
        return ended && watcher->readAllStandardOutput().endsWith("/" + name.toUtf8() + '\n');
    };
    QVERIFY(reported(QStringLiteral("first")));
    QCOMPARE(run(words("rules add exclude /home/tester/\\x73econd")).status, 0);
    QVERIFY(!reported(QStringLiteral("second")));
    QVERIFY(run(words("rules test /home/tester/second"))
                .out.contains("is left out: exclude /home/tester/second"));
    QVERIFY(run(words("rules test /home/tester/second-end"), m_alex).out.contains("no rule matches it"));
    const QByteArray listed = run(words("rules list --json")).out.trimmed().split('\n').last();
    QCOMPARE(object(listed).value(QStringLiteral("prefix")).toString(),
             QStringLiteral("/home/tester/second"));
    QTRY_VERIFY_WITH_TIMEOUT(object(run(words("rules list --json")).out.trimmed().split('\n').last())
                                     .value(QStringLiteral("hits"))
                                     .toInteger() > 0,
                             patience);
    QCOMPARE(run(words("rules add include /home/tester/second")).status, 0);
    QVERIFY(run(words("rules test /home/tester/second")).out.contains("is reported: include"));
    QCOMPARE(run(words("rules remove /home/tester/second")).status, 0);
    QCOMPARE(run(words("rules list"), m_alex).out, before);
    QCOMPARE(run(words("rules remove /proc/")).status, 0);
    QCOMPARE(run(words("rules reset")).status, 0);
    QCOMPARE(run(words("rules list"), m_alex).out, before);
}

void TerminalTest::theWindowIsSet()
{
    QCOMPARE(run(words("dedup")).out, QByteArray("100\n"));
    QCOMPARE(run(words("dedup 250")).status, 0);
    QCOMPARE(run(words("dedup"), m_mallory).out, QByteArray("250\n"));
    const TestSystem::Outcome tooLong = run(words("dedup 3600001"));
    QCOMPARE(tooLong.status, 1);
    QVERIFY2(tooLong.error.contains("at most 3600000"), tooLong.error.constData());
    QCOMPARE(run(words("dedup 100")).status, 0);
}

void TerminalTest::othersAreRefused_data()
{
    QTest::addColumn<TestUser>("user");
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("action");
    const auto row = [](const char *name, const TestUser &user, const char *line, const char *action) {
        QTest::addRow("%s: %s", name, line)
            << user << QString::fromLatin1(line) << QString::fromLatin1(action);
    };
    for (const char *const line :
         {"status", "stats", "stats --json", "stats --watch", "rules list", "rules test /a", "watch"}) {
        row("mallory", m_mallory, line, "watch-own");
    }
    row("mallory", m_mallory, "watch --scope all", "watch-all");
    for (const char *const line : {"pause own", "resume own"}) {
        row("mallory", m_mallory, line, "pause-own");
    }
    for (const char *const line : {"pause", "pause all --for 1h", "resume"}) {
        row("alex", m_alex, line, "pause-all");
    }
    for (const char *const line : {"rules add exclude /a", "rules remove /proc/", "rules reset", "dedup 5"}) {
        row("alex", m_alex, line, "configure");
    }
    row("alex", m_alex, "watch --scope all", "watch-all");
}

void TerminalTest::othersAreRefused()
{
    QFETCH(TestUser, user);
    QFETCH(QString, line);
    QFETCH(QString, action);
    const TestSystem::Outcome outcome = run(line.split(u' '), user);
    QCOMPARE(outcome.status, 3);
    QVERIFY2(outcome.error.startsWith("lunaris-kernel-ctl: ") && outcome.error.count('\n') == 1 &&
                 outcome.error.contains("(org.lunaris.KernelMonitor1." + action.toLatin1() + ')'),
             outcome.error.constData());
}

void TerminalTest::colorsAreForTerminalsOnly_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<bool>("colored");
    QTest::newRow("terminal") << QString() << QString() << true;
    QTest::newRow("NO_COLOR") << QStringLiteral("NO_COLOR=1") << QString() << false;
    QTest::newRow("NO_COLOR, empty") << QStringLiteral("NO_COLOR=") << QString() << true;
    QTest::newRow("--no-color") << QString() << QStringLiteral("--no-color") << false;
    QTest::newRow("no terminal's name") << QStringLiteral("TERM=dumb") << QString() << false;
    QTest::newRow("pipe") << QString() << QStringLiteral("| cat") << false;
}

void TerminalTest::colorsAreForTerminalsOnly()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(bool, colored);
    // What root does here is root's own. Again and again: failures are captured some time after somebody
    // wants them.
    const QString seen = home + QStringLiteral("/seen");
    QFile::remove(seen);
    Terminal terminal(QStringLiteral("(until [ -e %2/seen ]; do cat %2/missing 2>/dev/null; done) & "
                                     "%1 \"$CTL\" watch --bus \"$BUS\" --format columns --count 1 "
                                     "--types file.open_failed 'path == %2/missing' %3")
                          .arg(before, home, after));
    const bool shown = terminal.says("1 events shown");
    QFile file(seen);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QVERIFY2(shown, terminal.screen().constData());
    QCOMPARE(terminal.end(), 0);
    const QByteArray &screen = terminal.screen();
    QVERIFY2(screen.contains("fail ENOENT"), screen.constData());
    QCOMPARE(screen.contains("\x1b[31mfail ENOENT"), colored);
    QCOMPARE(screen.contains('\x1b'), colored);
}

void TerminalTest::itEnds_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QByteArray>("begins");
    QTest::addColumn<QByteArray>("typed");
    QTest::addColumn<QByteArray>("farewell");
    const QString watch = QStringLiteral("watch 'name == nobody-opens-this'");
    QTest::newRow("watch, Ctrl-C") << watch << QByteArray("Watching") << QByteArray("\x03")
                                   << QByteArray("0 events shown, 0 dropped, ");
    QTest::newRow("watch, Ctrl-D") << watch << QByteArray("Watching") << QByteArray("\x04")
                                   << QByteArray("0 events shown, 0 dropped, ");
    QTest::newRow("stats, Ctrl-C") << QStringLiteral("stats --watch") << QByteArray("seen ")
                                   << QByteArray("\x03") << QByteArray("counted since");
}

void TerminalTest::itEnds()
{
    QFETCH(QString, command);
    QFETCH(QByteArray, begins);
    QFETCH(QByteArray, typed);
    QFETCH(QByteArray, farewell);
    Terminal terminal(QStringLiteral("exec \"$CTL\" %1 --bus \"$BUS\"").arg(command));
    QVERIFY2(terminal.says(begins), terminal.screen().constData());
    terminal.type(typed);
    QCOMPARE(terminal.end(), 0);
    QVERIFY2(terminal.screen().contains(farewell), terminal.screen().constData());
}

void TerminalTest::aClosedPipeEndsIt_data()
{
    QTest::addColumn<QString>("command");
    QTest::newRow("watch") << QStringLiteral("watch --scope all");
    QTest::newRow("watch, nothing to say") << QStringLiteral("watch name==nobody-opens-this");
    QTest::newRow("stats") << QStringLiteral("stats --watch");
    QTest::newRow("stats, JSON") << QStringLiteral("stats --watch --json");
    QTest::newRow("status") << QStringLiteral("status");
    QTest::newRow("rules") << QStringLiteral("rules list");
}

void TerminalTest::aClosedPipeEndsIt()
{
    QFETCH(QString, command);
    const auto process =
        shell(QStringLiteral("{ \"$1\" %1 --bus \"$2\"; echo \"status $?\" >&2; } | true").arg(command));
    process->start();
    QTRY_COMPARE_WITH_TIMEOUT(process->state(), QProcess::NotRunning, patience);
    const QByteArray said = process->readAllStandardError();
    QVERIFY2(said.endsWith("status 0\n"), said.constData());
}

void TerminalTest::withoutAHelperItSaysSo()
{
    QCOMPARE(TestSystem::stop(*m_helper), 0);
    m_helper.reset();
    for (const char *const line : {"status", "stats", "check", "pause", "rules list", "dedup", "watch"}) {
        const TestSystem::Outcome outcome = run(words(line));
        QCOMPARE(outcome.status, 4);
        QVERIFY2(outcome.error.count('\n') == 1 && outcome.out.isEmpty(), outcome.error.constData());
    }
}

QTEST_GUILESS_MAIN(TerminalTest)

#include "TerminalTest.moc"
