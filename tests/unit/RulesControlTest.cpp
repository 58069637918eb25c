// SPDX-License-Identifier: MIT
#include "helper/service/RulesControl.h"

#include "dbus/Names.h"
#include "tests/unit/FakeCapture.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

const QString exclude = dbus::rule::exclude;
const QString include = dbus::rule::include;

const FilterSettings configured{{{"/configured/", PathRule::Action::Exclude}}, 100ms};

/// How a change ended.
struct Outcome {
    int answers = 0;
    QString error;
    QString sentence;

    Answer take()
    {
        return [this](const std::optional<ErrorReply> &refusal) {
            ++answers;
            error = refusal ? QString(refusal->error) : QString();
            sentence = refusal ? refusal->sentence : QString();
        };
    }
};

std::vector<std::string> prefixesOf(const FilterSettings &settings)
{
    std::vector<std::string> prefixes;
    for (const PathRule &rule : settings.rules) {
        prefixes.push_back((rule.action == PathRule::Action::Include ? "+" : "-") + rule.prefix);
    }
    return prefixes;
}

using Prefixes = std::vector<std::string>;

} // namespace

class RulesControlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aChangeIsInForceAndOnTheDisk();
    void whatWasNotChangedComesFromTheConfiguration();
    void resetGoesBackToTheConfiguration();
    void anEmptyListIsNotAReset();
    void allOrNothing_data();
    void allOrNothing();
    void theWindowHasALimit();
    void theWindowIsAnnounced();
    void changesAreCarriedOutOneByOne();
    void tooManyWait();
    void aFilterThatFailsChangesNothing();
    void aDiskThatFailsChangesNothing();
    void hitsAreShownToWhoMaySeeThem();
    void aDamagedFileIsNotUsed_data();
    void aDamagedFileIsNotUsed();

private:
    StateFile file() const { return {m_directory->path(), QStringLiteral("rules.json")}; }
    /// As a helper that starts.
    void start();
    void set(const MonitorRuleList &rules, const Answer &answer);
    void change(const MonitorRuleList &rules);
    void plant(const QByteArray &content);

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<FakeCapture> m_capture;
    std::unique_ptr<RulesControl> m_rules;
    Outcome m_outcome;
};

void RulesControlTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    start();
}

void RulesControlTest::start()
{
    const SavedFilter saved = SavedFilter::load(file());
    m_capture = std::make_unique<FakeCapture>();
    m_capture->filter = saved.over(configured);
    m_rules = std::make_unique<RulesControl>(configured, saved, *m_capture, file());
    m_outcome = {};
}

void RulesControlTest::change(const MonitorRuleList &rules)
{
    set(rules, m_outcome.take());
    m_capture->work();
}

void RulesControlTest::set(const MonitorRuleList &rules, const Answer &answer)
{
    const auto parsed = RulesControl::parse(rules);
    if (const auto *const refusal = std::get_if<ErrorReply>(&parsed)) {
        answer(*refusal);
    } else {
        m_rules->setRules(std::get<std::vector<PathRule>>(parsed), answer);
    }
}

void RulesControlTest::plant(const QByteArray &content)
{
    QFile planted(file().path());
    QVERIFY(planted.open(QIODevice::WriteOnly));
    planted.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    QCOMPARE(planted.write(content), content.size());
}

void RulesControlTest::aChangeIsInForceAndOnTheDisk()
{
    const MonitorRuleList rules = {
        {"/srv/", exclude}, {"/srv/kept/", include}, {QByteArray("/bytes/\xff\x01 %41\"\n"), exclude}};
    const Prefixes wanted = {"-/srv/", "+/srv/kept/", "-/bytes/\xff\x01 %41\"\n"};
    set(rules, m_outcome.take());
    QCOMPARE(m_outcome.answers, 0); // not before it is true
    m_capture->work();
    QCOMPARE(m_outcome.answers, 1);
    QCOMPARE(m_outcome.error, QString());
    QCOMPARE(prefixesOf(m_capture->filter), wanted);
    QCOMPARE(prefixesOf(m_rules->settings()), wanted);
    start();
    QCOMPARE(prefixesOf(m_capture->filter), wanted);
    QCOMPARE(prefixesOf(m_rules->settings()), wanted);
}

void RulesControlTest::whatWasNotChangedComesFromTheConfiguration()
{
    m_rules->setWindow(2500, m_outcome.take());
    m_capture->work();
    QCOMPARE(m_outcome.answers, 1);
    start();
    QCOMPARE(m_rules->windowMilliseconds(), 2500U);
    QCOMPARE(prefixesOf(m_rules->settings()), Prefixes{"-/configured/"});
    change({{"/a", exclude}});
    QVERIFY(m_capture->filter.window == 2500ms);
    start();
    QCOMPARE(m_rules->windowMilliseconds(), 2500U);
    QCOMPARE(prefixesOf(m_rules->settings()), Prefixes{"-/a"});
}

void RulesControlTest::resetGoesBackToTheConfiguration()
{
    change({{"/a", exclude}});
    m_rules->resetRules(m_outcome.take());
    m_capture->work();
    QCOMPARE(m_outcome.answers, 2);
    QCOMPARE(prefixesOf(m_capture->filter), Prefixes{"-/configured/"});
    start();
    QCOMPARE(prefixesOf(m_capture->filter), Prefixes{"-/configured/"});
}

void RulesControlTest::anEmptyListIsNotAReset()
{
    change({});
    QCOMPARE(prefixesOf(m_capture->filter), Prefixes{});
    start();
    QCOMPARE(prefixesOf(m_capture->filter), Prefixes{});
}

void RulesControlTest::allOrNothing_data()
{
    QTest::addColumn<MonitorRuleList>("rules");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("says");
    const QString invalid = dbus::error::invalidArgument;
    const QString limit = dbus::error::limitExceeded;
    const MonitorRule good{"/good/", exclude};
    QTest::newRow("relative") << MonitorRuleList{good, {"home", exclude}} << invalid << "rule 2";
    QTest::newRow("empty") << MonitorRuleList{{"", exclude}, good} << invalid << "rule 1";
    QTest::newRow("too long") << MonitorRuleList{good, {QByteArray(4097, '/'), exclude}} << invalid << "4096";
    QTest::newRow("NUL") << MonitorRuleList{good, {QByteArray("/a\0b", 4), exclude}} << invalid << "NUL";
    QTest::newRow("twice") << MonitorRuleList{good, {"/a", exclude}, {"/good/", include}} << invalid
                           << "1 and 3";
    QTest::newRow("no action") << MonitorRuleList{good, {"/a", QString()}} << invalid << "exclude";
    QTest::newRow("another action") << MonitorRuleList{good, {"/a", QStringLiteral("Exclude")}} << invalid
                                    << "exclude";
    MonitorRuleList many;
    for (int number = 0; number <= 10'000; ++number) {
        many.append({"/" + QByteArray::number(number), exclude});
    }
    QTest::newRow("too many") << many << limit << "10000";
    MonitorRuleList big;
    for (int number = 0; number < 300; ++number) {
        big.append({"/" + QByteArray::number(number) + QByteArray(4000, 'x'), exclude});
    }
    QTest::newRow("too much") << big << limit << "1048576";
}

void RulesControlTest::allOrNothing()
{
    QFETCH(MonitorRuleList, rules);
    QFETCH(QString, error);
    QFETCH(QString, says);
    change(rules);
    QCOMPARE(m_outcome.answers, 1);
    QCOMPARE(m_outcome.error, error);
    QVERIFY2(m_outcome.sentence.contains(says), qPrintable(m_outcome.sentence));
    QCOMPARE(prefixesOf(m_capture->filter), Prefixes{"-/configured/"});
    QVERIFY(!QFile::exists(file().path()));
}

void RulesControlTest::theWindowHasALimit()
{
    m_rules->setWindow(3'600'001, m_outcome.take());
    m_capture->work();
    QCOMPARE(m_outcome.error, QString(dbus::error::invalidArgument));
    QVERIFY(m_capture->filter.window == 100ms);
    for (const uint allowed : {3'600'000U, 0U}) {
        m_rules->setWindow(allowed, m_outcome.take());
        m_capture->work();
        QCOMPARE(m_outcome.error, QString());
        QVERIFY(m_capture->filter.window == std::chrono::milliseconds(allowed));
        start();
        QCOMPARE(m_rules->windowMilliseconds(), allowed);
    }
}

void RulesControlTest::theWindowIsAnnounced()
{
    QSignalSpy changed(m_rules.get(), &RulesControl::windowChanged);
    for (const uint milliseconds : {100U, 250U, 250U}) { // what is so already is no change
        m_rules->setWindow(milliseconds, m_outcome.take());
        m_capture->work();
    }
    change({});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().first().toUInt(), 250U);
}

void RulesControlTest::changesAreCarriedOutOneByOne()
{
    // Asked for before any is done: each builds on the one before, and none is lost.
    Outcome window;
    Outcome second;
    set({{"/a", exclude}}, m_outcome.take());
    m_rules->setWindow(7, window.take());
    set({{"/b", exclude}}, [&](const std::optional<ErrorReply> &refusal) {
        QVERIFY(!refusal);
        set({{"/c", exclude}}, second.take()); // in the midst of it
    });
    m_capture->work();
    QCOMPARE(m_outcome.answers, 1);
    QCOMPARE(window.answers, 1);
    QCOMPARE(second.answers, 1);
    QCOMPARE(prefixesOf(m_capture->filter), Prefixes{"-/c"});
    QVERIFY(m_capture->filter.window == 7ms);
}

void RulesControlTest::tooManyWait()
{
    for (std::size_t change = 0; change <= RulesControl::maximumWaiting; ++change) {
        m_rules->setWindow(static_cast<uint>(change), m_outcome.take());
    }
    QCOMPARE(m_outcome.answers, 0);
    m_rules->setWindow(5000, m_outcome.take());
    QCOMPARE(m_outcome.answers, 1);
    QCOMPARE(m_outcome.error, QString(dbus::error::limitExceeded));
    m_capture->work();
    QCOMPARE(m_outcome.answers, int(RulesControl::maximumWaiting) + 2);
    QCOMPARE(m_rules->windowMilliseconds(), uint(RulesControl::maximumWaiting));
}

void RulesControlTest::aFilterThatFailsChangesNothing()
{
    m_capture->problem = QStringLiteral("The kernel has no room.");
    change({{"/a", exclude}});
    QCOMPARE(m_outcome.error, QString(dbus::error::unavailable));
    QVERIFY(m_outcome.sentence.contains(QStringLiteral("no room")));
    QCOMPARE(prefixesOf(m_rules->settings()), Prefixes{"-/configured/"});
    QVERIFY(!QFile::exists(file().path()));
    m_capture->problem.clear();
    change({{"/a", exclude}});
    QCOMPARE(prefixesOf(m_capture->filter), Prefixes{"-/a"});
}

void RulesControlTest::aDiskThatFailsChangesNothing()
{
    QVERIFY(QDir().mkpath(file().path() + QStringLiteral("/in/the/way")));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("rules.json cannot be written")));
    change({{"/a", exclude}});
    QCOMPARE(m_outcome.answers, 1);
    QCOMPARE(m_outcome.error, QString(dbus::error::unavailable));
    QCOMPARE(prefixesOf(m_capture->filter), Prefixes{"-/configured/"});
    QCOMPARE(prefixesOf(m_rules->settings()), Prefixes{"-/configured/"});
    QVERIFY(QDir(file().path()).removeRecursively());
    change({{"/a", exclude}});
    QCOMPARE(m_outcome.error, QString());
    QCOMPARE(prefixesOf(m_capture->filter), Prefixes{"-/a"});
}

void RulesControlTest::hitsAreShownToWhoMaySeeThem()
{
    change({{"/four", include}, {"/a", exclude}});
    CountedRuleList rules;
    const auto take = [&rules](const CountedRuleList &found) { rules = found; };
    m_rules->read(RulesControl::Hits::Shown, take);
    m_capture->work();
    QVERIFY(rules == (CountedRuleList{{"/four", include, 5}, {"/a", exclude, 2}}));
    m_rules->read(RulesControl::Hits::Hidden, take);
    m_capture->work();
    QVERIFY(rules == (CountedRuleList{{"/four", include, 0}, {"/a", exclude, 0}}));
}

void RulesControlTest::aDamagedFileIsNotUsed_data()
{
    QTest::addColumn<QByteArray>("content");
    const QByteArray good = R"({"prefix": "/a", "action": "exclude"})";
    const auto rules = [](const QByteArray &list) {
        return R"({"version": 1, "deduplication_milliseconds": 7, "rules": [)" + list + "]}";
    };
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("no JSON") << QByteArray("rules");
    QTest::newRow("cut off") << rules(good).chopped(1);
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no version") << QByteArray(R"({"rules": []})");
    QTest::newRow("another version") << QByteArray(R"({"version": 2, "rules": []})");
    QTest::newRow("another key") << QByteArray(R"({"version": 1, "rule": []})");
    QTest::newRow("no list") << QByteArray(R"({"version": 1, "rules": {}})");
    QTest::newRow("a wrong rule") << rules(good + R"(, {"prefix": "b", "action": "exclude"})");
    QTest::newRow("a wrong action") << rules(good + R"(, {"prefix": "/b", "action": "keep"})");
    QTest::newRow("a rule with more") << rules(R"({"prefix": "/a", "action": "exclude", "hits": 3})");
    QTest::newRow("no prefix") << rules(R"({"action": "exclude"})");
    QTest::newRow("twice") << rules(good + ',' + good);
    QTest::newRow("NUL") << rules(R"({"prefix": "/a%00", "action": "exclude"})");
    QTest::newRow("a window of text")
        << QByteArray(R"({"version": 1, "rules": [], "deduplication_milliseconds": "7"})");
    QTest::newRow("a negative window")
        << QByteArray(R"({"version": 1, "rules": [], "deduplication_milliseconds": -1})");
    QTest::newRow("a long window") << QByteArray(
        R"({"version": 1, "rules": [], "deduplication_milliseconds": 3600001})");
}

void RulesControlTest::aDamagedFileIsNotUsed()
{
    QFETCH(QByteArray, content);
    plant(content);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("rules.json: its rules are not used")));
    start();
    QCOMPARE(prefixesOf(m_rules->settings()), Prefixes{"-/configured/"});
    QCOMPARE(m_rules->windowMilliseconds(), 100U);
    // The next change puts it right.
    change({{"/b", exclude}});
    start();
    QCOMPARE(prefixesOf(m_rules->settings()), Prefixes{"-/b"});
}

QTEST_GUILESS_MAIN(RulesControlTest)
#include "RulesControlTest.moc"
