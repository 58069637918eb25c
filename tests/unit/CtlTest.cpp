// SPDX-License-Identifier: MIT
//
// The terminal program against the fake helper: states that no real one has on demand, what it prints of
// them, and the status that it leaves with.
#include "dbus/Names.h"
#include "dbus/StateReason.h"
#include "tests/fakes/FakeHelper.h"
#include "tests/fakes/PrivateBus.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QRegularExpression>
#include <QTest>
#include <csignal>
#include <memory>

using namespace lunaris;

namespace
{

constexpr int patience = 20'000;

struct Outcome {
    int status = -1;
    QByteArray out;
    QByteArray error;
};

QStringList words(const char *line)
{
    return QString::fromUtf8(line).split(u' ', Qt::SkipEmptyParts);
}

QJsonObject object(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

Statistics someStatistics()
{
    return {{QStringLiteral("counting_since"), 1'771'677'296'000'000},
            {QStringLiteral("seen"), 5000},
            {QStringLiteral("filtered"), 4000},
            {QStringLiteral("lost"), 3},
            {QStringLiteral("lost.file.opened"), 3},
            {QStringLiteral("forwarded"), 997},
            {QStringLiteral("delivered"), 990},
            {QStringLiteral("queued"), 7},
            {QStringLiteral("queued_bytes"), 3 * 1024 * 1024},
            {QStringLiteral("queued_bytes_max"), 64 * 1024 * 1024},
            {QStringLiteral("latency.bus.count"), 990},
            {QStringLiteral("latency.bus.p50"), 850},
            {QStringLiteral("latency.bus.p99"), 12'345},
            {QStringLiteral("latency.bus.max"), 2'500'000}};
}

} // namespace

class CtlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void checkTellsOfEveryState_data();
    void checkTellsOfEveryState();
    void statusIsOneScreen();
    void statusWaitsForAHelperThatStarts();
    void statsAreAFunnel();
    void statsAsJson();
    void statsGoOn();
    void errorsBecomeTheStatus_data();
    void errorsBecomeTheStatus();
    void withoutAHelper_data();
    void withoutAHelper();
    void wrongUsage_data();
    void wrongUsage();
    void rulesAreListedAsTheyCanBeTyped();
    void rulesAreChanged_data();
    void rulesAreChanged();
    void aRuleThatIsNotThereCannotBeRemoved();
    void theRuleThatDecidesIsNamed_data();
    void theRuleThatDecidesIsNamed();
    void theWindowIsSaidAndSet();

private:
    Outcome run(const QStringList &arguments);

    std::unique_ptr<test::PrivateBus> m_bus;
    std::unique_ptr<test::FakeHelper> m_helper;
};

void CtlTest::init()
{
    m_bus = std::make_unique<test::PrivateBus>();
    QVERIFY2(!m_bus->address().isEmpty(), "dbus-daemon did not start; is it installed?");
    m_helper = std::make_unique<test::FakeHelper>(m_bus->connect());
    QVERIFY(m_helper->appear());
}

void CtlTest::cleanup()
{
    m_helper.reset();
    m_bus.reset();
}

/// `arguments` begin with the command; of two words where it has two.
Outcome CtlTest::run(const QStringList &arguments)
{
    QProcess program;
    program.start(QStringLiteral(CTL_PROGRAM),
                  arguments +
                      QStringList{QStringLiteral("--no-ask"), QStringLiteral("--bus"), m_bus->address()});
    // The helper answers from this event loop.
    if (!QTest::qWaitFor([&program] { return program.state() == QProcess::NotRunning; }, patience) ||
        program.exitStatus() != QProcess::NormalExit) {
        return {};
    }
    return {program.exitCode(), program.readAllStandardOutput(), program.readAllStandardError()};
}

void CtlTest::checkTellsOfEveryState_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<int>("status");
    QTest::newRow("running") << QString(dbus::state::running) << QString() << 0;
    QTest::newRow("paused") << QString(dbus::state::paused) << QString(dbus::reason::paused) << 0;
    for (const QLatin1String reason :
         {dbus::reason::kernelTooOld, dbus::reason::missingBtf, dbus::reason::missingTracefs,
          dbus::reason::missingCapability, dbus::reason::lockedDown, dbus::reason::programRejected}) {
        QTest::newRow(reason.data()) << QString(dbus::state::unavailable) << QString(reason) << 1;
    }
    QTest::newRow("a reason of tomorrow")
        << QString(dbus::state::unavailable) << QStringLiteral("NoTime") << 1;
}

void CtlTest::checkTellsOfEveryState()
{
    QFETCH(QString, state);
    QFETCH(QString, reason);
    QFETCH(int, status);
    m_helper->setState(state, reason);

    const Outcome plain = run(words("check"));
    QCOMPARE(plain.status, status);
    QVERIFY2(plain.out.contains("state      " + state.toUtf8()), plain.out.constData());
    QCOMPARE(plain.error.isEmpty(), reason.isEmpty());
    QVERIFY2(plain.error.contains(dbus::explainReason(reason).toUtf8()), plain.error.constData());

    const Outcome json = run(words("check --json"));
    QCOMPARE(json.status, status);
    QCOMPARE(json.out.count('\n'), 1);
    const QJsonObject report = object(json.out);
    QCOMPARE(report.keys(), words("bus_connected explanation helper kernel method ready reason state"));
    QCOMPARE(report.value(QStringLiteral("ready")).toBool(), status == 0);
    QCOMPARE(report.value(QStringLiteral("state")).toString(), state);
    QCOMPARE(report.value(QStringLiteral("reason")).toString(), reason);
    QCOMPARE(report.value(QStringLiteral("explanation")).toString(), dbus::explainReason(reason));
    QCOMPARE(report.value(QStringLiteral("bus_connected")), QJsonValue(true));
}

void CtlTest::statusIsOneScreen()
{
    m_helper->setStatistics(someStatistics());
    m_helper->setState(dbus::state::paused, dbus::reason::paused);
    PauseStatus pause;
    pause.own = true;
    pause.all = true;
    pause.allUntil = 1'771'677'296'000'000;
    pause.allBy = 4711;
    m_helper->setPause(pause);
    const Outcome outcome = run(words("status"));
    QCOMPARE(outcome.status, 0);
    for (const char *const form :
         {"^state +paused$", "^since +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d$",
          "^reason +Capture is paused", "^event bus +connected$",
          "^paused +for everybody, until 2026-02-21 [0-9:]{8}, by uid 4711$",
          "^paused +for you, until resumed$", "^seen +5000 +0\\.0/s$",
          "^from the kernel to the Event Bus +p50 850 us, p99 12\\.3 ms, max 2\\.5 s$"}) {
        const QRegularExpression line(QLatin1String(form), QRegularExpression::MultilineOption);
        QVERIFY2(line.match(QString::fromUtf8(outcome.out)).hasMatch(), form);
    }
    const QByteArrayList lines = outcome.out.trimmed().split('\n');
    QVERIFY2(lines.size() <= 24, outcome.out.constData());
    for (const QByteArray &line : lines) {
        QVERIFY2(line.size() <= 80 || line.startsWith("reason"), line.constData());
    }
}

void CtlTest::statusWaitsForAHelperThatStarts()
{
    m_helper->setState(dbus::state::unavailable, dbus::reason::starting);
    QProcess program;
    program.start(QStringLiteral(CTL_PROGRAM), words("status --bus") + QStringList{m_bus->address()});
    QVERIFY(!QTest::qWaitFor([&program] { return program.state() == QProcess::NotRunning; }, 1000));
    m_helper->setState(dbus::state::running, dbus::reason::none);
    QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, patience);
    QCOMPARE(program.exitCode(), 0);
    QVERIFY(program.readAllStandardOutput().contains("state      running"));
}

void CtlTest::statsAreAFunnel()
{
    m_helper->setStatistics(someStatistics());
    m_helper->setRules({{"/idle/", dbus::rule::exclude, 0},
                        {"/few/", dbus::rule::include, 2},
                        {"/many/\x1b[2J", dbus::rule::exclude, 3998}});
    const Outcome outcome = run(words("stats"));
    QCOMPARE(outcome.status, 0);
    QStringList found;
    for (const QByteArray &line : outcome.out.trimmed().split('\n')) {
        found.append(QString::fromUtf8(line.simplified()));
    }
    QVERIFY(found.takeLast().startsWith(QStringLiteral("counted since 2026-02-21 ")));
    QCOMPARE(found.join(u'\n'),
             QStringLiteral("seen 5000\n"
                            "left out by a path rule 4000\n"
                            "repetitions 0\n"
                            "withheld from the Event Bus 0\n"
                            "lost in the kernel 3\n"
                            "forwarded 997\n"
                            "delivered to the Event Bus 990\n"
                            "waiting in memory 7\n"
                            "memory for what waits 3.0 MiB of 64.0\n"
                            "from the kernel to the Event Bus p50 850 us, p99 12.3 ms, max 2.5 s\n"
                            "subscriptions 0\n"
                            "rules\n"
                            "exclude /many/\\x1b[2J 3998\n"
                            "include /few/ 2"));
}

void CtlTest::statsAsJson()
{
    m_helper->setStatistics(someStatistics());
    m_helper->setRules({{"/a\xff", dbus::rule::exclude, 5}});
    const Outcome outcome = run(words("stats --json"));
    QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.out.count('\n'), 1);
    QJsonObject line = object(outcome.out);
    const QJsonArray rules = line.take(QStringLiteral("rules")).toArray();
    QCOMPARE(line.keys(), QStringList(someStatistics().keys()));
    QCOMPARE(line.value(QStringLiteral("counting_since")).toInteger(), 1'771'677'296'000'000);
    QCOMPARE(rules.size(), 1);
    QCOMPARE(rules.at(0).toObject(),
             (QJsonObject{{QStringLiteral("action"), QStringLiteral("exclude")},
                          {QStringLiteral("hits"), 5},
                          {QStringLiteral("prefix"), QStringLiteral("/a\\xff")},
                          {QStringLiteral("prefix_base64"), QStringLiteral("L2H/")}}));
}

void CtlTest::statsGoOn()
{
    Statistics statistics = someStatistics();
    m_helper->setStatistics(statistics);
    QProcess program;
    program.start(QStringLiteral(CTL_PROGRAM),
                  words("stats --watch --json --bus") + QStringList{m_bus->address()});
    QByteArray output;
    const auto lines = [&] { return (output += program.readAllStandardOutput()).count('\n'); };
    QTRY_COMPARE_WITH_TIMEOUT(lines(), 1, patience);
    statistics[QStringLiteral("seen")] += 1'000'000;
    statistics[QStringLiteral("delivered")] = 1; // a helper that was started anew
    m_helper->setStatistics(statistics);
    QTRY_VERIFY_WITH_TIMEOUT(lines() >= 3, patience);
    QCOMPARE(::kill(static_cast<pid_t>(program.processId()), SIGINT), 0);
    QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, patience);
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);

    const QByteArrayList all = output.split('\n');
    QVERIFY(!object(all.at(0)).contains(QStringLiteral("rates")));
    const QJsonObject rates = object(all.at(1)).value(QStringLiteral("rates")).toObject();
    const double seen = rates.value(QStringLiteral("seen")).toDouble();
    QVERIFY2(seen > 100'000 && seen <= 1'100'000, QByteArray::number(seen));
    const double delivered = rates.value(QStringLiteral("delivered")).toDouble();
    QVERIFY2(delivered > 0.1 && delivered <= 1.1, QByteArray::number(delivered));
    const QJsonObject still = object(all.at(2)).value(QStringLiteral("rates")).toObject();
    QCOMPARE(still.value(QStringLiteral("seen")).toDouble(), 0.0);
}

void CtlTest::errorsBecomeTheStatus_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("status");
    for (const char *const line : {"pause", "resume", "rules add exclude /a", "rules reset", "dedup 5"}) {
        QTest::addRow("%s, not authorized", line)
            << QString::fromLatin1(line) << QString(dbus::error::notAuthorized) << 3;
        QTest::addRow("%s, limit", line)
            << QString::fromLatin1(line) << QString(dbus::error::limitExceeded) << 1;
        QTest::addRow("%s, invalid", line)
            << QString::fromLatin1(line) << QString(dbus::error::invalidArgument) << 1;
        QTest::addRow("%s, no answer", line)
            << QString::fromLatin1(line) << QStringLiteral("org.freedesktop.DBus.Error.NoReply") << 4;
    }
}

void CtlTest::errorsBecomeTheStatus()
{
    QFETCH(QString, line);
    QFETCH(QString, error);
    QFETCH(int, status);
    m_helper->refuseCommands({error, QStringLiteral("Because.")});
    const Outcome outcome = run(line.split(u' '));
    QCOMPARE(outcome.status, status);
    QVERIFY(outcome.out.isEmpty());
    QVERIFY2(outcome.error.startsWith("lunaris-kernel-ctl: ") && outcome.error.contains("Because.") &&
                 outcome.error.count('\n') == 1,
             outcome.error.constData());
}

void CtlTest::withoutAHelper_data()
{
    QTest::addColumn<QString>("line");
    for (const char *const line :
         {"status", "stats", "stats --json", "stats --watch", "check", "check --json", "pause", "resume own",
          "rules list", "rules add exclude /a", "rules remove /a", "rules reset", "rules test /a", "dedup",
          "dedup 5", "watch"}) {
        QTest::newRow(line) << QString::fromLatin1(line);
    }
}

void CtlTest::withoutAHelper()
{
    QFETCH(QString, line);
    m_helper->vanish();
    const Outcome gone = run(line.split(u' '));
    QCOMPARE(gone.status, 4);
    QVERIFY(gone.out.isEmpty());
    QVERIFY2(gone.error.startsWith("lunaris-kernel-ctl: ") && gone.error.count('\n') == 1,
             gone.error.constData());
    QProcess program; // nor a bus

    program.start(QStringLiteral(CTL_PROGRAM), line.split(u' ') + words("--bus unix:path=/nowhere/bus"));
    QVERIFY(program.waitForFinished(patience));
    QCOMPARE(program.exitCode(), 4);
}

void CtlTest::wrongUsage_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char *line, const char *complaint) {
        QTest::newRow(line) << QString::fromUtf8(line) << QString::fromUtf8(complaint);
    };
    row("rules", "after rules there must be one of: list, add, remove, reset, test");
    row("rules show", "after rules there must be one of");
    row("bus", "after bus there must be one of: serve, tail");
    row("rules add /a", "takes exclude or include, and a path");
    row("rules add keep /a", "takes exclude or include, and a path");
    row("rules add exclude a", "a rule's path must start with /");
    row("rules add exclude /a\\x00", "must not contain a NUL byte");
    row("rules add exclude /\xef\xbf\xbd", "to be written as \\xHH");
    row("rules remove", "takes the path of a rule");
    row("rules remove a", "a rule's path must start with /");
    row("rules test", "takes the path of a file");
    row("rules test a", "the path must start with /");
    row("rules list /a", "takes options only");
    row("rules reset now", "takes options only");
    row("dedup soon", "takes a number of milliseconds");
    row("dedup -1", "");
    row("dedup 1 2", "takes a number of milliseconds");
    row("pause mine", "pause takes all or own");
    row("pause --for 8d", "at most 7d");
    row("resume now", "resume takes all or own");
    row("status now", "takes options only");
    row("stats --watchh", "watchh");
    row("check --bus nonsense", "");
}

void CtlTest::wrongUsage()
{
    QFETCH(QString, line);
    QFETCH(QString, complaint);
    QProcess program;
    program.start(QStringLiteral(CTL_PROGRAM), line.split(u' '));
    QVERIFY(program.waitForFinished(patience));
    QCOMPARE(program.exitCode(), 2);
    const QByteArray said = program.readAllStandardError();
    QVERIFY2(said.contains(complaint.toUtf8()) && said.count('\n') == 1, said.constData());
    QVERIFY(program.readAllStandardOutput().isEmpty());
}

void CtlTest::rulesAreListedAsTheyCanBeTyped()
{
    const QByteArray hostile = "/a \x1b[2J\n\xff\xe2\x80\xae\\x41";
    m_helper->setRules({{hostile, dbus::rule::exclude, 12}, {"/run/media/", dbus::rule::include, 0}});
    const Outcome list = run(words("rules list"));
    QCOMPARE(list.status, 0);
    const QByteArray typed = "/a \\x1b[2J\\x0a\\xff\\xe2\\x80\\xae\\x5cx41";
    QCOMPARE(list.out, "ACTION          HITS  PATH\n"
                       "exclude           12  " +
                           typed +
                           "\n"
                           "include            0  /run/media/\n");

    const Outcome json = run(words("rules list --json"));
    const QByteArrayList lines = json.out.trimmed().split('\n');
    QCOMPARE(lines.size(), 2);
    QCOMPARE(QByteArray::fromBase64(
                 object(lines.at(0)).value(QStringLiteral("prefix_base64")).toString().toLatin1()),
             hostile);
    QCOMPARE(object(lines.at(1)), (QJsonObject{{QStringLiteral("action"), QStringLiteral("include")},
                                               {QStringLiteral("hits"), 0},
                                               {QStringLiteral("prefix"), QStringLiteral("/run/media/")}}));

    QCOMPARE(run(words("rules remove") + QStringList{QString::fromUtf8(typed)}).status, 0);
    QCOMPARE(m_helper->rules(), (CountedRuleList{{"/run/media/", dbus::rule::include, 0}}));
}

void CtlTest::rulesAreChanged_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<CountedRuleList>("expected");
    const QString exclude = dbus::rule::exclude;
    const QString include = dbus::rule::include;
    const auto row = [](const char *line, const CountedRuleList &expected) {
        QTest::newRow(line) << QString::fromUtf8(line) << expected;
    };
    row("rules add include /c/", {{"/a/", exclude, 0}, {"/b", include, 0}, {"/c/", include, 0}});
    row("rules add exclude /b", {{"/a/", exclude, 0}, {"/b", exclude, 0}});
    row("rules add exclude /a", {{"/a/", exclude, 0}, {"/b", include, 0}, {"/a", exclude, 0}});
    row("rules add exclude /\\xff\\x0a", {{"/a/", exclude, 0}, {"/b", include, 0}, {"/\xff\n", exclude, 0}});
    row("rules add exclude /grün", {{"/a/", exclude, 0}, {"/b", include, 0}, {"/grün", exclude, 0}});
    row("rules remove /a/", {{"/b", include, 0}});
    row("rules reset", {});
}

void CtlTest::rulesAreChanged()
{
    QFETCH(QString, line);
    QFETCH(CountedRuleList, expected);
    m_helper->setRules({{"/a/", dbus::rule::exclude, 5}, {"/b", dbus::rule::include, 6}});
    const Outcome outcome = run(line.split(u' '));
    QCOMPARE(outcome.status, 0);
    QVERIFY(outcome.out.isEmpty() && outcome.error.isEmpty());
    QCOMPARE(m_helper->rules(), expected);
}

void CtlTest::aRuleThatIsNotThereCannotBeRemoved()
{
    const CountedRuleList rules{{"/a/", dbus::rule::exclude, 5}};
    m_helper->setRules(rules);
    const Outcome other = run(words("rules remove /b"));
    QCOMPARE(other.status, 1);
    QVERIFY2(other.error.contains("no rule for /b; see: lunaris-kernel-ctl rules list"),
             other.error.constData());
    const Outcome similar = run(words("rules remove /a"));
    QCOMPARE(similar.status, 1);
    QVERIFY2(similar.error.contains("no rule for /a, but one for /a/"), similar.error.constData());
    QCOMPARE(m_helper->rules(), rules);
}

void CtlTest::theRuleThatDecidesIsNamed_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<bool>("reported");
    QTest::addColumn<QStringList>("matching");
    const auto row = [](const char *path, const char *said, bool reported, const char *matching) {
        QTest::newRow(path) << QString::fromUtf8(path) << QByteArray(said) << reported << words(matching);
    };
    row("/nowhere/a", "The file /nowhere/a is reported: no rule matches it.\n", true, "");
    row("/gone/a", "The file /gone/a is left out: exclude /gone/ decides, the one rule that matches it.\n",
        false, "/gone/");
    row("/gone/keep/a",
        "The file /gone/keep/a is reported: include /gone/keep decides, as it is the longest that matches "
        "it. "
        "Shorter:\n  exclude /gone/\n",
        true, "/gone/keep /gone/");
    row("/gone/", "The directory /gone is left out: exclude /gone/ decides, the one rule that matches it.\n",
        false, "/gone/");
    row("/gone", "The file /gone is reported: no rule matches it.\n", true, "");
    row("/proc", "The directory /proc is left out: exclude /proc/ decides, the one rule that matches it.\n",
        false, "/proc/");
    row("/proc/self/maps", "The file /proc/self/maps is left out: exclude /proc/ decides", false, "/proc/");
    row("/proc/self/exe", "It is a link, or behind one: events and rules know it as /", false, "/proc/");
    row("/\\x1b\\xff", "The file /\\x1b\\xff is reported: no rule matches it.\n", true, "");
}

void CtlTest::theRuleThatDecidesIsNamed()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, words);
    QFETCH(bool, reported);
    QFETCH(QStringList, matching);
    m_helper->setRules({{"/gone/", dbus::rule::exclude, 0},
                        {"/proc/", dbus::rule::exclude, 0},
                        {"/gone/keep", dbus::rule::include, 0}});
    const Outcome outcome = run(QStringList{QStringLiteral("rules"), QStringLiteral("test"), path});
    QCOMPARE(outcome.status, 0);
    QVERIFY2(outcome.out.contains(words), outcome.out.constData());
    const Outcome json =
        run(QStringList{QStringLiteral("rules"), QStringLiteral("test"), QStringLiteral("--json"), path});
    const QJsonObject answer = object(json.out);
    QCOMPARE(answer.keys(), (QStringList{QStringLiteral("directory"), QStringLiteral("matching"),
                                         QStringLiteral("path"), QStringLiteral("reported")}));
    QCOMPARE(answer.value(QStringLiteral("reported")), QJsonValue(reported));
    QStringList prefixes;
    for (const QJsonValue rule : answer.value(QStringLiteral("matching")).toArray()) {
        prefixes.append(rule.toObject().value(QStringLiteral("prefix")).toString());
    }
    QCOMPARE(prefixes, matching);
}

void CtlTest::theWindowIsSaidAndSet()
{
    QCOMPARE(run(words("dedup")).out, QByteArray("100\n"));
    const Outcome set = run(words("dedup 0"));
    QCOMPARE(set.status, 0);
    QVERIFY(set.out.isEmpty());
    QCOMPARE(m_helper->deduplicationMilliseconds(), 0U);
    QCOMPARE(run(words("dedup")).out, QByteArray("0\n"));
}

QTEST_GUILESS_MAIN(CtlTest)

#include "CtlTest.moc"
