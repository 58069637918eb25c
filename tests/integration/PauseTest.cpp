// SPDX-License-Identifier: MIT
//
// Pauses on the real kernel: of one user and of everybody, by whom, and what is left of them after a restart.
#include "dbus/Names.h"
#include "tests/integration/BusConsumer.h"
#include "tests/integration/TestSystem.h"
#include "tests/integration/Watcher.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTest>
#include <memory>

using namespace lunaris;
using Status = MonitorClient::Status;

namespace
{

const QString home = QStringLiteral("/home/tester");
constexpr int patience = 20'000;
const QStringList own{dbus::scope::own};
const QStringList all{dbus::scope::all};

QStringList ownFor(int seconds)
{
    return {dbus::scope::own, QString::number(seconds)};
}

} // namespace

class PauseTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanupTestCase();

    void whoPausesIsLeftOutEverywhere();
    void whoStartedInThePauseIsKnownAfterwards();
    void nobodyIsPausedByAnother();
    void aPauseOfOneEndsByItself();
    void argumentsAreChecked_data();
    void argumentsAreChecked();
    void methodsAreRefusedToOthers_data();
    void methodsAreRefusedToOthers();
    void pausesSurviveARestart();
    void aPauseThatEndedMeanwhileIsOver();
    void everyStepIsLoggedOnce();

private:
    void startHelper(const char *state);
    void stopHelper();
    void watch(Status status);
    PauseStatus pauses();
    /// Opens a file and says by which process.
    qint64 open(const QString &name, const TestUser &user);
    QList<MonitorEvent> eventsOf(qint64 pid) const { return m_root->eventsOf(pid); }
    /// What root did before has arrived.
    void passFence();

    std::unique_ptr<QProcess> m_bus;
    std::unique_ptr<BusConsumer> m_consumer;
    std::unique_ptr<QProcess> m_helper;
    QByteArray m_log;
    std::unique_ptr<Watcher> m_root;
    const TestUser m_alex = TestUser::named("alex");
    const TestUser m_mallory = TestUser::named("mallory");
};

void PauseTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    QVERIFY(QDir().mkpath(home));
    for (const char *name : {"/letter", "/fence"}) {
        QFile file(home + QLatin1String(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.setPermissions(QFile::ReadOwner | QFile::ReadOther);
    }
    m_bus = TestSystem::startBus();
    QVERIFY(m_bus);
    m_consumer = std::make_unique<BusConsumer>(TestSystem::consumerSocket(), home.toStdString());
    QVERIFY(m_consumer->isConnected());
    startHelper("State: running");
    watch(Status::Watching);
}

void PauseTest::init()
{
    if (m_root) {
        m_root->events.clear();
    }
}

void PauseTest::cleanupTestCase()
{
    stopHelper();
    if (m_bus) {
        TestSystem::stop(*m_bus);
    }
}

void PauseTest::startHelper(const char *state)
{
    m_helper = TestSystem::program(QStringLiteral(HELPER_PROGRAM),
                                   {QStringLiteral("--bus"), TestSystem::busAddress(),
                                    QStringLiteral("--producer-socket"), TestSystem::producerSocket()});
    m_log.clear();
    connect(m_helper.get(), &QProcess::readyReadStandardError, this,
            [this] { m_log += m_helper->readAllStandardError(); });
    m_helper->start();
    QTRY_VERIFY2_WITH_TIMEOUT(m_log.contains(state), m_log.constData(), patience);
}

void PauseTest::stopHelper()
{
    m_root.reset();
    QVERIFY(m_helper);
    QCOMPARE(TestSystem::stop(*m_helper), 0);
}

void PauseTest::watch(Status status)
{
    m_root = std::make_unique<Watcher>();
    QVERIFY(m_root->reaches(status));
}

PauseStatus PauseTest::pauses()
{
    QSignalSpy received(&m_root->client, &MonitorClient::pauseReceived);
    m_root->client.requestPause();
    return QTest::qWaitFor([&received] { return !received.isEmpty(); }, patience)
               ? received.first().first().value<PauseStatus>()
               : PauseStatus{true, 1, true, 1, 1};
}

qint64 PauseTest::open(const QString &name, const TestUser &user)
{
    const TestSystem::Run opener =
        TestSystem::run(QStringLiteral(OPENER_PROGRAM), {QStringLiteral("open"), home + u'/' + name}, user);
    return opener.status == 0 ? opener.pid : 0;
}

void PauseTest::passFence()
{
    const qint64 pid = open(QStringLiteral("fence"), {});
    QVERIFY(pid > 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_root->sawEndOf(pid), patience);
}

void PauseTest::whoPausesIsLeftOutEverywhere()
{
    const qint64 before = open(QStringLiteral("letter"), m_alex);
    passFence();
    QVERIFY(!eventsOf(before).isEmpty());
    QCOMPARE(TestSystem::call(m_alex, QStringLiteral("Pause"), ownFor(0)).status, 0);
    const qint64 during = open(QStringLiteral("letter"), m_alex);
    const qint64 others = open(QStringLiteral("letter"), m_mallory);
    passFence();
    QVERIFY(during > 0);
    QVERIFY(eventsOf(during).isEmpty());
    QVERIFY(!eventsOf(others).isEmpty());
    QCOMPARE(m_root->client.status(), Status::Watching);

    const TestSystem::Outcome status = TestSystem::call(m_alex, QStringLiteral("GetPause"));
    QCOMPARE(status.out, QByteArray("(true, uint64 0, false, uint64 0, uint32 0)\n"));
    QVERIFY(pauses() == PauseStatus{}); // root's own

    // Nor is it among what a new subscriber gets of the past, nor on the Event Bus.
    const Watcher late({}, 10'000);
    const auto &backlog = late.events;
    const auto isOf = [](qint64 pid) {
        return [pid](const MonitorEvent &event) { return event.pid == pid; };
    };
    QTRY_VERIFY_WITH_TIMEOUT(std::any_of(backlog.begin(), backlog.end(), isOf(others)), patience);
    QVERIFY(std::any_of(backlog.begin(), backlog.end(), isOf(before)));
    QVERIFY(std::none_of(backlog.begin(), backlog.end(), isOf(during)));

    QCOMPARE(TestSystem::call(m_alex, QStringLiteral("Resume"), own).status, 0);
    const qint64 after = open(QStringLiteral("letter"), m_alex);
    passFence();
    QVERIFY(!eventsOf(after).isEmpty());
    QVERIFY(eventsOf(during).isEmpty());
    const std::string letter = (home + QStringLiteral("/letter")).toStdString();
    const auto onBus = [&](qint64 pid) {
        const auto seen = m_consumer->eventsOf(letter);
        return std::any_of(seen.begin(), seen.end(), [pid](const BusConsumer::Seen &each) {
            return each.event.pid() == static_cast<quint32>(pid);
        });
    };
    QTRY_VERIFY_WITH_TIMEOUT(onBus(after), patience);
    QVERIFY(onBus(before) && onBus(others) && !onBus(during));
}

void PauseTest::whoStartedInThePauseIsKnownAfterwards()
{
    QCOMPARE(TestSystem::call(m_alex, QStringLiteral("Pause"), ownFor(0)).status, 0);
    const auto opener =
        TestSystem::program(QStringLiteral(OPENER_PROGRAM),
                            {QStringLiteral("wait-then-open"), home + QStringLiteral("/letter")}, m_alex);
    opener->start();
    QVERIFY(opener->waitForStarted());
    const qint64 pid = opener->processId();
    passFence();
    QCOMPARE(TestSystem::call(m_alex, QStringLiteral("Resume"), own).status, 0);
    opener->write("\n");
    QTRY_COMPARE_WITH_TIMEOUT(opener->state(), QProcess::NotRunning, patience);
    passFence();
    const QList<MonitorEvent> events = eventsOf(pid);
    QVERIFY(!events.isEmpty());
    for (const MonitorEvent &event : events) {
        QVERIFY(event.type != dbus::type::processStarted);
        QCOMPARE(event.application, TestSystem::applicationOf(opener->program()));
    }
    QCOMPARE(events.constLast().subject, QFile::encodeName(opener->program()));
}

void PauseTest::nobodyIsPausedByAnother()
{
    QCOMPARE(TestSystem::call({}, QStringLiteral("Pause"), ownFor(0)).status, 0); // root for root
    const qint64 pid = open(QStringLiteral("letter"), m_alex);
    QTRY_VERIFY_WITH_TIMEOUT(!eventsOf(pid).isEmpty(), patience);
    QVERIFY(pauses() == (PauseStatus{true, 0, false, 0, 0}));
    QCOMPARE(TestSystem::call({}, QStringLiteral("Resume"), own).status, 0);
    passFence();
}

void PauseTest::aPauseOfOneEndsByItself()
{
    QCOMPARE(TestSystem::call(m_alex, QStringLiteral("Pause"), ownFor(1)).status, 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_log.contains("for itself is over"), patience);
    const qint64 pid = open(QStringLiteral("letter"), m_alex);
    QTRY_VERIFY_WITH_TIMEOUT(!eventsOf(pid).isEmpty(), patience);
}

void PauseTest::argumentsAreChecked_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("another scope") << QStringLiteral("Pause")
                                   << QStringList{QStringLiteral("mine"), QStringLiteral("0")};
    QTest::newRow("longer than a week") << QStringLiteral("Pause") << ownFor(604'801);
    QTest::newRow("longer than a week, of all")
        << QStringLiteral("Pause") << all + QStringList{QStringLiteral("604801")};
    QTest::newRow("Resume of another scope")
        << QStringLiteral("Resume") << QStringList{QStringLiteral("'' ")};
}

void PauseTest::argumentsAreChecked()
{
    QFETCH(QString, method);
    QFETCH(QStringList, arguments);
    const TestSystem::Outcome outcome = TestSystem::call({}, method, arguments);
    QVERIFY2(outcome.isRefused(dbus::error::invalidArgument), outcome.error.constData());
    QVERIFY(pauses() == PauseStatus{});
}

void PauseTest::methodsAreRefusedToOthers_data()
{
    QTest::addColumn<TestUser>("user");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("Pause own, mallory") << m_mallory << QStringLiteral("Pause") << ownFor(0);
    QTest::newRow("Resume own, mallory") << m_mallory << QStringLiteral("Resume") << own;
    QTest::newRow("GetPause, mallory") << m_mallory << QStringLiteral("GetPause") << QStringList{};
    for (const auto &[name, user] : {std::pair("alex", m_alex), std::pair("mallory", m_mallory)}) {
        QTest::addRow("Pause all, %s", name)
            << user << QStringLiteral("Pause") << all + QStringList{QStringLiteral("0")};
        QTest::addRow("Resume all, %s", name) << user << QStringLiteral("Resume") << all;
    }
}

void PauseTest::methodsAreRefusedToOthers()
{
    QFETCH(TestUser, user);
    QFETCH(QString, method);
    QFETCH(QStringList, arguments);
    const TestSystem::Outcome outcome = TestSystem::call(user, method, arguments);
    QVERIFY2(outcome.isRefused(dbus::error::notAuthorized), outcome.error.constData());
    QCOMPARE(m_root->client.status(), Status::Watching);
}

void PauseTest::pausesSurviveARestart()
{
    QCOMPARE(TestSystem::call(m_alex, QStringLiteral("Pause"), ownFor(0)).status, 0);
    const quint64 earliest = quint64(QDateTime::currentMSecsSinceEpoch()) * 1000 + 3600'000'000;
    m_root->client.pause(3600);
    QTRY_COMPARE_WITH_TIMEOUT(m_root->client.status(), Status::Paused, patience);
    const PauseStatus before = pauses();
    QVERIFY(before.all && before.allBy == 0 && before.allUntil >= earliest - 1000);
    QCOMPARE(m_root->client.properties().pausedUntil(), before.allUntil);
    stopHelper();

    startHelper("State: paused");
    QVERIFY(!m_log.contains("State: running"));
    watch(Status::Paused);
    QVERIFY(pauses() == before);
    QTRY_COMPARE_WITH_TIMEOUT(m_root->client.properties().pausedUntil(), before.allUntil, patience);
    m_root->client.resume();
    QTRY_COMPARE_WITH_TIMEOUT(m_root->client.status(), Status::Watching, patience);
    QTRY_COMPARE_WITH_TIMEOUT(m_root->client.properties().pausedUntil(), quint64(0), patience);
    const qint64 pid = open(QStringLiteral("letter"), m_alex);
    passFence();
    QVERIFY(eventsOf(pid).isEmpty()); // still for herself
    QCOMPARE(TestSystem::call(m_alex, QStringLiteral("Resume"), own).status, 0);
}

void PauseTest::aPauseThatEndedMeanwhileIsOver()
{
    m_root->client.pause(1);
    QTRY_COMPARE_WITH_TIMEOUT(m_root->client.status(), Status::Paused, patience);
    const quint64 until = m_root->client.properties().pausedUntil();
    stopHelper();
    QTRY_VERIFY_WITH_TIMEOUT(quint64(QDateTime::currentMSecsSinceEpoch()) * 1000 > until, patience);
    startHelper("State: running");
    watch(Status::Watching);
    QVERIFY(pauses() == PauseStatus{});
}

void PauseTest::everyStepIsLoggedOnce()
{
    m_log.clear();
    QCOMPARE(TestSystem::call(m_alex, QStringLiteral("Pause"), ownFor(60)).status, 0);
    QCOMPARE(TestSystem::call(m_alex, QStringLiteral("Resume"), own).status, 0);
    QCOMPARE(TestSystem::call({}, QStringLiteral("Pause"), all + QStringList{QStringLiteral("0")}).status, 0);
    QCOMPARE(TestSystem::call({}, QStringLiteral("Resume"), all).status, 0);
    QTRY_VERIFY_WITH_TIMEOUT(m_log.contains("Capture is resumed by uid 0."), patience);
    const QByteArray uid = QByteArray::number(m_alex.uid);
    QCOMPARE(m_log.count("Uid " + uid + " has paused for itself, until 2"), 1);
    QCOMPARE(m_log.count("Uid " + uid + " has resumed for itself."), 1);
    QCOMPARE(m_log.count("Capture is paused by uid 0, until it is resumed."), 1);
    QCOMPARE(m_log.count("Capture is resumed by uid 0."), 1);
    passFence();
}

QTEST_GUILESS_MAIN(PauseTest)

#include "PauseTest.moc"
