// SPDX-License-Identifier: MIT
//
// Rules and deduplication changed at run time, on the real kernel: when they hold, who may, and what is
// left of them after a restart.
#include "app/client/MonitorClient.h"
#include "dbus/BusConnection.h"
#include "dbus/Names.h"
#include "dbus/rules/PathRules.h"
#include "tests/integration/TestSystem.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <memory>

using namespace lunaris;

namespace
{

const QString home = QStringLiteral("/home/tester");
constexpr int patience = 20'000;

const QString exclude = dbus::rule::exclude;
const QString include = dbus::rule::include;

QString rulesFile()
{
    return TestSystem::directory() + QStringLiteral("/state/rules.json");
}

MonitorRuleList defaults()
{
    MonitorRuleList rules;
    for (const PathRule &rule : PathRules::defaults()) {
        const bool includes = rule.action == PathRule::Action::Include;
        rules.append({QByteArray::fromStdString(rule.prefix), includes ? include : exclude});
    }
    return rules;
}

} // namespace

class RulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();

    void atFirstThereAreTheBuiltInRules();
    void aRuleHoldsWhenTheReplyIsThere();
    void nothingIsLostWhileRulesChange();
    void hitsAreShownToWhoWatchesEverybody();
    void theWindowHoldsWhenTheReplyIsThere();
    void oneWrongRuleChangesNothing();
    void methodsAreRefusedToOthers_data();
    void methodsAreRefusedToOthers();
    void changesSurviveARestart();
    void aDamagedFileIsSaidSoOnce();

private:
    void startHelper();
    void stopHelper();
    void watch();
    void command(const std::function<void()> &ask);
    CountedRuleList rules();
    MonitorRuleList plainRules();
    /// Opens the files as alex, in this order, by one process.
    void open(const QStringList &names);
    QStringList opened(const QString &folder) const;
    /// What was opened before has arrived.
    void passFence();

    std::unique_ptr<QProcess> m_helper;
    std::unique_ptr<MonitorClient> m_client;
    QStringList m_paths;
    int m_fences = 0;
    const TestUser m_alex = TestUser::named("alex");
    const TestUser m_mallory = TestUser::named("mallory");
};

void RulesTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    for (const char *folder : {"/a", "/b", "/many", "/fences"}) {
        QVERIFY(QDir().mkpath(home + QLatin1String(folder)));
        for (int number = 1; number <= 1000; ++number) {
            QFile file(home + QLatin1String(folder) + QStringLiteral("/%1").arg(number));
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.setPermissions(QFile::ReadOwner | QFile::ReadOther);
        }
    }
    startHelper();
}

void RulesTest::cleanupTestCase()
{
    stopHelper();
}

void RulesTest::init()
{
    m_paths.clear();
}

void RulesTest::startHelper()
{
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
    watch();
}

void RulesTest::watch()
{
    m_client = std::make_unique<MonitorClient>(
        connectToBus(TestSystem::busAddress()),
        MonitorClient::Options{dbus::scope::all, 0, {dbus::type::fileOpened}});
    connect(m_client.get(), &MonitorClient::eventsReceived, this, [this](const MonitorEventList &events) {
        for (const MonitorEvent &event : events) {
            if (event.subject.startsWith(home.toUtf8())) {
                m_paths += QString::fromUtf8(event.subject);
            }
        }
    });
    m_client->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_client->status(), MonitorClient::Status::Watching, patience);
}

void RulesTest::stopHelper()
{
    m_client.reset();
    QVERIFY(m_helper);
    QCOMPARE(TestSystem::stop(*m_helper), 0);
}

void RulesTest::command(const std::function<void()> &ask)
{
    QSignalSpy done(m_client.get(), &MonitorClient::commandDone);
    QSignalSpy failed(m_client.get(), &MonitorClient::commandFailed);
    ask();
    QTRY_VERIFY_WITH_TIMEOUT(!done.isEmpty() || !failed.isEmpty(), patience);
    QVERIFY2(failed.isEmpty(), qPrintable(failed.value(0).value(0).toString()));
}

CountedRuleList RulesTest::rules()
{
    CountedRuleList found;
    QSignalSpy received(m_client.get(), &MonitorClient::rulesReceived);
    m_client->requestRules();
    if (QTest::qWaitFor([&received] { return !received.isEmpty(); }, patience)) {
        found = received.first().first().value<CountedRuleList>();
    }
    return found;
}

MonitorRuleList RulesTest::plainRules()
{
    MonitorRuleList plain;
    for (const CountedRule &rule : rules()) {
        plain.append({rule.prefix, rule.action});
    }
    return plain;
}

void RulesTest::open(const QStringList &names)
{
    QString script;
    for (const QString &name : names) {
        script += QStringLiteral(": < %1/%2\n").arg(home, name);
    }
    const auto shell = TestSystem::program(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), script}, m_alex);
    shell->setProgram(QStringLiteral("/bin/sh"));
    shell->start();
    QTRY_COMPARE_WITH_TIMEOUT(shell->state(), QProcess::NotRunning, patience);
    QCOMPARE(shell->exitCode(), 0);
}

QStringList RulesTest::opened(const QString &folder) const
{
    return m_paths.filter(home + u'/' + folder + u'/');
}

void RulesTest::passFence()
{
    const QString fence = QStringLiteral("fences/%1").arg(++m_fences);
    open({fence});
    QTRY_VERIFY_WITH_TIMEOUT(m_paths.contains(home + u'/' + fence), patience);
}

void RulesTest::atFirstThereAreTheBuiltInRules()
{
    QVERIFY(plainRules() == defaults());
    QTRY_COMPARE_WITH_TIMEOUT(m_client->properties().deduplicationMilliseconds(), 100U, patience);
}

void RulesTest::aRuleHoldsWhenTheReplyIsThere()
{
    const QByteArray a = home.toUtf8() + "/a/";
    command([&] { m_client->setRules({{a, exclude}, {a + "2", include}}); });
    open({QStringLiteral("a/1"), QStringLiteral("a/2"), QStringLiteral("b/1")});
    passFence();
    QCOMPARE(opened(QStringLiteral("a")), QStringList{home + QStringLiteral("/a/2")});
    QCOMPARE(opened(QStringLiteral("b")).size(), 1);

    command([&] { m_client->setRules({}); });
    open({QStringLiteral("a/3")});
    passFence();
    QCOMPARE(opened(QStringLiteral("a")).size(), 2);

    command([this] { m_client->resetRules(); });
    QVERIFY(plainRules() == defaults());
}

void RulesTest::nothingIsLostWhileRulesChange()
{
    QStringList names;
    for (int number = 1; number <= 1000; ++number) {
        names += QStringLiteral("many/%1").arg(number);
    }
    int changes = 0;
    QSignalSpy failed(m_client.get(), &MonitorClient::commandFailed);
    const auto change = [&] {
        MonitorRuleList rules = defaults();
        rules.append({home.toUtf8() + "/round/" + QByteArray::number(++changes), exclude});
        m_client->setRules(rules);
    };
    const auto next = connect(m_client.get(), &MonitorClient::commandDone, this, change);
    change();
    open(names);
    QTRY_VERIFY_WITH_TIMEOUT(changes > 10, patience);
    disconnect(next);
    passFence();
    QStringList arrived = opened(QStringLiteral("many"));
    QCOMPARE(arrived.size(), 1000);
    QCOMPARE(arrived.removeDuplicates(), 0);
    QVERIFY(failed.isEmpty());
    command([this] { m_client->resetRules(); });
}

void RulesTest::hitsAreShownToWhoWatchesEverybody()
{
    const QByteArray prefix = home.toUtf8() + "/a/";
    command([&] { m_client->setRules({{prefix, exclude}, {prefix + "9", include}}); });
    open({QStringLiteral("a/7"), QStringLiteral("a/8"), QStringLiteral("a/9")});
    passFence();
    // A rule that stays keeps its hits.
    command([&] { m_client->setRules({{prefix + "9", include}, {prefix, exclude}, {"/new", exclude}}); });
    open({QStringLiteral("a/6")});
    passFence();
    QVERIFY(rules() ==
            (CountedRuleList{{prefix + "9", include, 1}, {prefix, exclude, 3}, {"/new", exclude, 0}}));

    const TestSystem::Outcome outcome = TestSystem::call(m_alex, QStringLiteral("GetRules"));
    QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.out.count("uint64 0"), 1); // gdbus writes a type once
    QVERIFY2(outcome.out.contains("'exclude', 0"), outcome.out.constData());
    QVERIFY2(!outcome.out.contains(", 3)"), outcome.out.constData());
    command([this] { m_client->resetRules(); });
}

void RulesTest::theWindowHoldsWhenTheReplyIsThere()
{
    const QStringList twice = {QStringLiteral("b/5"), QStringLiteral("b/5")};
    command([this] { m_client->setDeduplication(0); });
    QTRY_COMPARE_WITH_TIMEOUT(m_client->properties().deduplicationMilliseconds(), 0U, patience);
    open(twice);
    passFence();
    QCOMPARE(opened(QStringLiteral("b")).size(), 2);

    command([this] { m_client->setDeduplication(600'000); });
    QTRY_COMPARE_WITH_TIMEOUT(m_client->properties().deduplicationMilliseconds(), 600'000U, patience);
    open(twice);
    passFence();
    QCOMPARE(opened(QStringLiteral("b")).size(), 3);
    command([this] { m_client->setDeduplication(100); });
}

void RulesTest::oneWrongRuleChangesNothing()
{
    QSignalSpy failed(m_client.get(), &MonitorClient::commandFailed);
    m_client->setRules({{"/good/", exclude}, {"wrong", exclude}});
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, patience);
    QVERIFY(failed.first().first().toString().contains(QStringLiteral("rule 2")));
    QVERIFY(plainRules() == defaults());
    // As a client without types of ours would be wrong.
    for (const char *wrong : {"[('/a', 'exclude')]", "[([byte 0x2f], 'keep')]", "'rules'"}) {
        const auto outcome = TestSystem::call({}, QStringLiteral("SetRules"), {QString::fromLatin1(wrong)});
        QVERIFY(outcome.status != 0);
    }
    QVERIFY(plainRules() == defaults());
}

void RulesTest::methodsAreRefusedToOthers_data()
{
    QTest::addColumn<TestUser>("user");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QStringList>("arguments");
    const QStringList rule{QStringLiteral("[([byte 0x2f], 'exclude')]")};
    QTest::newRow("GetRules, mallory") << m_mallory << QStringLiteral("GetRules") << QStringList{};
    for (const auto &[name, user] : {std::pair("alex", m_alex), std::pair("mallory", m_mallory)}) {
        QTest::addRow("SetRules, %s", name) << user << QStringLiteral("SetRules") << rule;
        QTest::addRow("ResetRules, %s", name) << user << QStringLiteral("ResetRules") << QStringList{};
        QTest::addRow("SetDeduplication, %s", name)
            << user << QStringLiteral("SetDeduplication") << QStringList{QStringLiteral("0")};
    }
}

void RulesTest::methodsAreRefusedToOthers()
{
    QFETCH(TestUser, user);
    QFETCH(QString, method);
    QFETCH(QStringList, arguments);
    const TestSystem::Outcome outcome = TestSystem::call(user, method, arguments);
    QVERIFY2(outcome.isRefused(dbus::error::notAuthorized), outcome.error.constData());
    QVERIFY(plainRules() == defaults());
    QCOMPARE(m_client->properties().deduplicationMilliseconds(), 100U);
}

void RulesTest::changesSurviveARestart()
{
    const MonitorRuleList wanted = {{home.toUtf8() + "/a/", exclude}, {"/odd/\xff\n%41", include}};
    command([&] { m_client->setRules(wanted); });
    command([this] { m_client->setDeduplication(250); });
    QCOMPARE(QFile::permissions(rulesFile()) & QFile::Permissions::fromInt(0x0fff),
             QFile::permissions(rulesFile()) & QFile::Permissions::fromInt(0x0600));
    stopHelper();
    startHelper();
    QVERIFY(plainRules() == wanted);
    QTRY_COMPARE_WITH_TIMEOUT(m_client->properties().deduplicationMilliseconds(), 250U, patience);
    open({QStringLiteral("a/1"), QStringLiteral("b/1")});
    passFence();
    QVERIFY(opened(QStringLiteral("a")).isEmpty());
    QCOMPARE(opened(QStringLiteral("b")).size(), 1);
    command([this] { m_client->resetRules(); });
    stopHelper();
    startHelper();
    QVERIFY(plainRules() == defaults());
    command([this] { m_client->setDeduplication(100); });
}

void RulesTest::aDamagedFileIsSaidSoOnce()
{
    command([this] { m_client->setRules({{"/only/", exclude}}); });
    stopHelper();
    QFile file(rulesFile());
    QVERIFY(file.resize(file.size() - 4));
    // Started by hand: what it says is wanted here.
    m_helper = TestSystem::program(QStringLiteral(HELPER_PROGRAM),
                                   {QStringLiteral("--bus"), TestSystem::busAddress(),
                                    QStringLiteral("--producer-socket"), TestSystem::producerSocket()});
    m_helper->start();
    QByteArray log;
    connect(m_helper.get(), &QProcess::readyReadStandardError, this,
            [&] { log += m_helper->readAllStandardError(); });
    QTRY_VERIFY_WITH_TIMEOUT(log.contains("State: running"), patience);
    watch();
    QVERIFY(plainRules() == defaults());
    QCOMPARE(log.count("rules.json"), 1);
    m_helper->disconnect(this);
}

QTEST_GUILESS_MAIN(RulesTest)

#include "RulesTest.moc"
