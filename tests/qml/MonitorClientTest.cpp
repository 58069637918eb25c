// SPDX-License-Identifier: MIT
#include "app/client/MonitorClient.h"

#include "dbus/Names.h"
#include "dbus/StateReason.h"
#include "tests/fakes/FakeHelper.h"
#include "tests/fakes/Garbage.h"
#include "tests/fakes/PlausibleEvents.h"
#include "tests/fakes/PrivateBus.h"

#include <QSignalSpy>
#include <QTest>
#include <memory>

using namespace lunaris;
using Status = MonitorClient::Status;
using Acknowledgement = test::FakeHelper::Acknowledgement;
using Garbage = test::Garbage;
using PauseCall = test::FakeHelper::PauseCall;

/// The client against a helper on a real bus.
class MonitorClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void subscribesAndEnds();
    void asksForItsFilter();
    void acknowledgesEveryBatch();
    void goesOnAfterItsCredits();
    void handsOnWhatWasDropped();
    void takesBatchesThatOvertakeTheReply();
    void comesBackWithTheHelper();
    void waitsForAHelper();
    void tellsWhenTheWatchIsEnded_data();
    void tellsWhenTheWatchIsEnded();
    void refusedSubscribe_data();
    void refusedSubscribe();
    void followsTheState_data();
    void followsTheState();
    void aPauseThatIsNotSavedIsSaidSo();
    void pausesAndResumes();
    void pausesForItself();
    void bringsThePauses();
    void tellsWhenACommandIsRefused();
    void bringsStatistics();
    void bringsRules();
    void changesRules();
    void changesTheDeduplication();
    void beginsAnewAfterSpoiledEvents_data();
    void beginsAnewAfterSpoiledEvents();
    void givesAHelperThatOnlySpoilsTime();
    void passesOnWhatIsOdd();
    void leavesAloneWhatIsNotItsOwn_data();
    void leavesAloneWhatIsNotItsOwn();
    void countsNumbersLeftOut();
    void statesNobodyKnows();
    void leavesWrongAnswersAlone();
    void noBus();
    void comesBackWithTheBus();
    void waitsForABus();

private:
    void watch();
    MonitorEventList events(qsizetype count) { return m_events.make(count, 1'700'000'000'000'000); }

    std::unique_ptr<test::PrivateBus> m_bus;
    std::unique_ptr<test::FakeHelper> m_helper;
    std::unique_ptr<MonitorClient> m_client;
    MonitorEventList m_received;
    quint64 m_dropped = 0;
    test::PlausibleEvents m_events{7};
};

void MonitorClientTest::init()
{
    m_bus = std::make_unique<test::PrivateBus>();
    QVERIFY2(!m_bus->address().isEmpty(), "dbus-daemon did not start; apt install dbus-daemon");
    m_helper = std::make_unique<test::FakeHelper>(m_bus->connect());
    m_client = std::make_unique<MonitorClient>(m_bus->connect(),
                                               MonitorClient::Options{QString(dbus::scope::own), 25});
    m_received.clear();
    m_dropped = 0;
    connect(m_client.get(), &MonitorClient::eventsReceived, this,
            [this](const MonitorEventList &events, quint64 dropped) {
                m_received += events;
                m_dropped += dropped;
            });
}

void MonitorClientTest::cleanup()
{
    m_client.reset();
    m_helper.reset();
    m_bus.reset();
}

void MonitorClientTest::watch()
{
    QVERIFY(m_helper->appear());
    m_client->start();
    QTRY_COMPARE(m_client->status(), Status::Watching);
}

void MonitorClientTest::subscribesAndEnds()
{
    watch();
    QCOMPARE(m_helper->subscribeCalls().size(), 1U);
    const QVariantMap options = m_helper->subscribeCalls().front();
    QCOMPARE(options.value(QStringLiteral("scope")).toString(), QStringLiteral("own"));
    QCOMPARE(options.value(QStringLiteral("backlog")).toUInt(), 25U);
    QVERIFY(!options.contains(QStringLiteral("filter")));
    QCOMPARE(m_client->properties().version(), QStringLiteral("0.0-fake"));
    QCOMPARE(m_client->properties().captureMethod(), QStringLiteral("tracepoint"));
    QVERIFY(m_client->properties().isBusConnected());
    QVERIFY(m_client->problem().isEmpty());

    m_client.reset();
    QTRY_COMPARE(m_helper->subscriptions(), 0U);
}

void MonitorClientTest::asksForItsFilter()
{
    const QString filter = QStringLiteral("uid == 1000 and name endswith .txt");
    m_client = std::make_unique<MonitorClient>(
        m_bus->connect(), MonitorClient::Options{QString(dbus::scope::own), 0, {}, filter});
    watch();
    QCOMPARE(m_helper->subscribeCalls().front().value(QStringLiteral("filter")), QVariant(filter));
    // It still does when it comes back.
    m_helper->vanish();
    QTRY_COMPARE(m_client->status(), Status::HelperMissing);
    QVERIFY(m_helper->appear());
    QTRY_COMPARE(m_client->status(), Status::Watching);
    QCOMPARE(m_helper->subscribeCalls().back().value(QStringLiteral("filter")), QVariant(filter));
}

void MonitorClientTest::acknowledgesEveryBatch()
{
    watch();
    const MonitorEventList sent = events(2500);
    m_helper->send(sent);
    QTRY_COMPARE(m_received.size(), 2500);
    for (qsizetype at = 0; at < sent.size(); ++at) {
        MonitorEvent expected = sent[at];
        expected.sequence = static_cast<quint64>(at) + 1;
        QVERIFY(m_received[at] == expected);
    }
    const quint64 id = m_helper->lastId();
    const std::vector<Acknowledgement> wanted = {{id, 1000}, {id, 2000}, {id, 2500}};
    QTRY_VERIFY(m_helper->acknowledgements() == wanted);
}

void MonitorClientTest::goesOnAfterItsCredits()
{
    watch();
    m_helper->send(events(12'345));
    QTRY_COMPARE(m_received.size(), 12'345);
    QTRY_COMPARE(m_helper->acknowledgements().size(), 13U);
}

void MonitorClientTest::handsOnWhatWasDropped()
{
    watch();
    m_helper->send(events(2));
    m_helper->send(events(3), 7);
    QTRY_COMPARE(m_received.size(), 5);
    QCOMPARE(m_dropped, 7U);
    QCOMPARE(m_received[2].sequence, 10U);
    QTRY_COMPARE(m_helper->acknowledgements().size(), 2U);

    // A batch of nothing but drops wants no acknowledgement; the next one shows that none was sent.
    m_helper->send({}, 4);
    QTRY_COMPARE(m_dropped, 11U);
    m_helper->send(events(1));
    QTRY_COMPARE(m_helper->acknowledgements().size(), 3U);
    QVERIFY(m_helper->acknowledgements().back() == (Acknowledgement{m_helper->lastId(), 17}));
}

void MonitorClientTest::takesBatchesThatOvertakeTheReply()
{
    m_helper->setBacklog(events(1200));
    watch();
    QTRY_COMPARE(m_received.size(), 1200);
    for (qsizetype at = 0; at < m_received.size(); ++at) {
        QCOMPARE(m_received[at].sequence, static_cast<quint64>(at) + 1);
    }
    QTRY_COMPARE(m_helper->acknowledgements().size(), 2U);
}

void MonitorClientTest::comesBackWithTheHelper()
{
    watch();
    m_helper->send(events(3));
    QTRY_COMPARE(m_received.size(), 3);

    m_helper->vanish();
    QTRY_COMPARE(m_client->status(), Status::HelperMissing);
    QVERIFY(!m_client->problem().isEmpty());
    QVERIFY(m_client->properties().version().isEmpty());

    QVERIFY(m_helper->appear());
    QTRY_COMPARE(m_client->status(), Status::Watching);
    QCOMPARE(m_helper->subscribeCalls().size(), 2U);
    m_helper->send(events(2));
    QTRY_COMPARE(m_received.size(), 5);
    QTRY_VERIFY(m_helper->acknowledgements().back() == (Acknowledgement{m_helper->lastId(), 2}));
}

void MonitorClientTest::waitsForAHelper()
{
    m_client->start();
    QTRY_COMPARE(m_client->status(), Status::HelperMissing);
    QVERIFY(m_helper->appear());
    QTRY_COMPARE(m_client->status(), Status::Watching);
}

void MonitorClientTest::tellsWhenTheWatchIsEnded_data()
{
    QTest::addColumn<QString>("reason");
    QTest::addColumn<Status>("status");
    QTest::addColumn<QString>("word");
    QTest::newRow("withdrawn") << QString(dbus::ended::notAuthorized) << Status::NotAuthorized
                               << QStringLiteral("administrator");
    QTest::newRow("something new") << QStringLiteral("MoonPhase") << Status::Refused
                                   << QStringLiteral("MoonPhase");
}

void MonitorClientTest::tellsWhenTheWatchIsEnded()
{
    QFETCH(QString, reason);
    QFETCH(Status, status);
    QFETCH(QString, word);
    watch();
    m_helper->endSubscriptions(reason);
    QTRY_COMPARE(m_client->status(), status);
    QVERIFY2(m_client->problem().contains(word), qPrintable(m_client->problem()));
    m_client->retry();
    QTRY_COMPARE(m_client->status(), Status::Watching);
}

void MonitorClientTest::refusedSubscribe_data()
{
    QTest::addColumn<QString>("error");
    QTest::addColumn<Status>("status");
    QTest::newRow("not authorized") << QString(dbus::error::notAuthorized) << Status::NotAuthorized;
    QTest::newRow("too many") << QString(dbus::error::limitExceeded) << Status::Refused;
}

void MonitorClientTest::refusedSubscribe()
{
    QFETCH(QString, error);
    QFETCH(Status, status);
    m_helper->refuseSubscribe({error, QStringLiteral("Ask somebody else.")});
    QVERIFY(m_helper->appear());
    m_client->start();
    QTRY_COMPARE(m_client->status(), status);
    QCOMPARE(m_client->problem(), QStringLiteral("Ask somebody else."));

    m_helper->refuseSubscribe({});
    m_client->retry();
    QTRY_COMPARE(m_client->status(), Status::Watching);
}

void MonitorClientTest::followsTheState_data()
{
    QTest::addColumn<QString>("state");
    QTest::addColumn<QString>("reason");
    QTest::addColumn<Status>("status");
    QTest::newRow("paused") << QString(dbus::state::paused) << QString(dbus::reason::paused)
                            << Status::Paused;
    QTest::newRow("no tracefs") << QString(dbus::state::unavailable) << QString(dbus::reason::missingTracefs)
                                << Status::Unavailable;
    QTest::newRow("something new") << QString(dbus::state::unavailable) << QStringLiteral("MoonPhase")
                                   << Status::Unavailable;
    QTest::newRow("types missing") << QString(dbus::state::degraded) << QString(dbus::reason::typesMissing)
                                   << Status::Watching;
}

void MonitorClientTest::followsTheState()
{
    QFETCH(QString, state);
    QFETCH(QString, reason);
    QFETCH(Status, status);
    watch();
    m_helper->setState(state, reason);
    QTRY_COMPARE(m_client->properties().stateReason(), reason);
    QCOMPARE(m_client->status(), status);
    QCOMPARE(m_client->problem(), dbus::explainReason(reason));
    m_helper->setState(dbus::state::running, dbus::reason::none);
    QTRY_COMPARE(m_client->problem(), QString());
    QCOMPARE(m_client->status(), Status::Watching);
}

void MonitorClientTest::aPauseThatIsNotSavedIsSaidSo()
{
    watch();
    m_helper->setState(dbus::state::paused, dbus::reason::stateNotSaved);
    QTRY_COMPARE(m_client->status(), Status::Paused);
    QCOMPARE(m_client->problem(), dbus::explainReason(dbus::reason::paused) + u' ' +
                                      dbus::explainReason(dbus::reason::stateNotSaved));
}

void MonitorClientTest::pausesAndResumes()
{
    watch();
    m_client->pause(90);
    QTRY_COMPARE(m_client->status(), Status::Paused);
    QVERIFY(m_helper->pauseCalls() == std::vector<PauseCall>({{QStringLiteral("all"), 90}}));
    m_client->resume();
    QTRY_COMPARE(m_client->status(), Status::Watching);
    QVERIFY(m_helper->resumeCalls() == std::vector<QString>({QStringLiteral("all")}));
}

void MonitorClientTest::pausesForItself()
{
    watch();
    QSignalSpy done(m_client.get(), &MonitorClient::commandDone);
    m_client->pauseOwn(90);
    m_client->resumeOwn();
    QTRY_COMPARE(done.size(), 2);
    QVERIFY(m_helper->pauseCalls() == std::vector<PauseCall>({{QStringLiteral("own"), 90}}));
    QVERIFY(m_helper->resumeCalls() == std::vector<QString>({QStringLiteral("own")}));
    QCOMPARE(m_client->status(), Status::Watching);
}

void MonitorClientTest::bringsThePauses()
{
    watch();
    const PauseStatus status{true, 1ULL << 50, true, 1ULL << 51, 4'000'000'000};
    m_helper->setPause(status);
    PauseStatus received;
    connect(m_client.get(), &MonitorClient::pauseReceived, this,
            [&received](const PauseStatus &value) { received = value; });
    m_client->requestPause();
    QTRY_VERIFY(received == status);
}

void MonitorClientTest::tellsWhenACommandIsRefused()
{
    watch();
    QSignalSpy failed(m_client.get(), &MonitorClient::commandFailed);
    m_helper->refuseCommands({QString(dbus::error::notAuthorized), QStringLiteral("Not you.")});
    m_client->pause(0);
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().toString(), QStringLiteral("Not you."));
    QCOMPARE(m_client->status(), Status::Watching);
}

void MonitorClientTest::bringsStatistics()
{
    watch();
    const Statistics statistics = {{QStringLiteral("seen"), 12}, {QStringLiteral("lost"), 1ULL << 40}};
    m_helper->setStatistics(statistics);
    Statistics received;
    connect(m_client.get(), &MonitorClient::statisticsReceived, this,
            [&received](const Statistics &values) { received = values; });
    m_client->requestStatistics();
    QTRY_VERIFY(received == statistics);
}

void MonitorClientTest::bringsRules()
{
    watch();
    const CountedRuleList rules = {{QByteArray("/srv/\xff/"), QString(dbus::rule::exclude), 1ULL << 40},
                                   {QByteArray("/srv/\xff/kept"), QString(dbus::rule::include), 0}};
    m_helper->setRules(rules);
    CountedRuleList received;
    connect(m_client.get(), &MonitorClient::rulesReceived, this,
            [&received](const CountedRuleList &values) { received = values; });
    m_client->requestRules();
    QTRY_VERIFY(received == rules);
}

void MonitorClientTest::changesRules()
{
    watch();
    QSignalSpy done(m_client.get(), &MonitorClient::commandDone);
    QSignalSpy failed(m_client.get(), &MonitorClient::commandFailed);
    m_client->setRules({{QByteArray("/a\xfe/"), QString(dbus::rule::exclude)},
                        {QByteArray("/a\xfe/b"), QString(dbus::rule::include)}});
    QTRY_COMPARE(done.size(), 1);
    const CountedRuleList wanted = {{QByteArray("/a\xfe/"), QString(dbus::rule::exclude), 0},
                                    {QByteArray("/a\xfe/b"), QString(dbus::rule::include), 0}};
    QVERIFY(m_helper->rules() == wanted);

    m_helper->refuseCommands({QString(dbus::error::invalidArgument), QStringLiteral("Not this one.")});
    m_client->setRules({});
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().toString(), QStringLiteral("Not this one."));
    QVERIFY(m_helper->rules() == wanted);

    m_helper->refuseCommands({});
    m_client->resetRules();
    QTRY_COMPARE(done.size(), 2);
    QCOMPARE(done.last().first().toString(), QStringLiteral("ResetRules"));
    QVERIFY(m_helper->rules().isEmpty());
}

void MonitorClientTest::changesTheDeduplication()
{
    watch();
    QTRY_COMPARE(m_client->properties().deduplicationMilliseconds(), 100U);
    m_client->setDeduplication(2500);
    QTRY_COMPARE(m_client->properties().deduplicationMilliseconds(), 2500U);
}

void MonitorClientTest::beginsAnewAfterSpoiledEvents_data()
{
    QTest::addColumn<Garbage>("garbage");
    for (int kind = 0; kind <= static_cast<int>(Garbage::HugeText); ++kind) {
        QTest::newRow(qPrintable(test::garbageNames().at(kind))) << static_cast<Garbage>(kind);
    }
}

void MonitorClientTest::beginsAnewAfterSpoiledEvents()
{
    QFETCH(Garbage, garbage);
    watch();
    m_helper->send(events(3));
    QTRY_COMPARE(m_received.size(), 3);
    QSignalSpy changes(m_client.get(), &MonitorClient::statusChanged);
    test::send(*m_helper, garbage);
    QTRY_COMPARE(m_helper->timesSubscribed(), 2);
    QTRY_COMPARE(m_client->status(), Status::Watching);
    QCOMPARE(changes.size(), 2); // not unnoticed
    QCOMPARE(m_helper->subscriptions(), 1U);
    // What came before is not asked for again.
    QCOMPARE(m_helper->subscribeCalls().back().value(QStringLiteral("backlog")).toUInt(), 0U);
    m_helper->send(events(2));
    QTRY_COMPARE(m_received.size(), 5);
    QCOMPARE(m_dropped, 0U);
    QTRY_VERIFY(m_helper->isAllAcknowledged());
}

void MonitorClientTest::givesAHelperThatOnlySpoilsTime()
{
    watch();
    test::send(*m_helper, Garbage::OtherEvents);
    QTRY_COMPARE(m_helper->timesSubscribed(), 2);
    QTRY_COMPARE(m_client->status(), Status::Watching);
    test::send(*m_helper, Garbage::OtherEvents);
    QTRY_COMPARE(m_client->status(), Status::Refused);
    QVERIFY2(m_client->problem().contains(QStringLiteral("same version")), qPrintable(m_client->problem()));
    QCOMPARE(m_helper->timesSubscribed(), 2);
    QTRY_COMPARE(m_client->status(), Status::Watching); // by itself
    m_helper->send(events(1));
    QTRY_COMPARE(m_received.size(), 1);
    // All is well again: the next is a first one.
    test::send(*m_helper, Garbage::OtherEvents);
    QTRY_COMPARE(m_helper->timesSubscribed(), 4);
    QTRY_COMPARE(m_client->status(), Status::Watching);
}

void MonitorClientTest::passesOnWhatIsOdd()
{
    watch();
    test::send(*m_helper, Garbage::OddEvents);
    QTRY_COMPARE(m_received.size(), 3);
    QCOMPARE(m_received[0].type, QStringLiteral("moon.phase"));
    QVERIFY(m_received[2].subject.contains('\0'));
    QCOMPARE(m_helper->timesSubscribed(), 1);
}

void MonitorClientTest::leavesAloneWhatIsNotItsOwn_data()
{
    QTest::addColumn<Garbage>("garbage");
    QTest::newRow("another watch") << Garbage::OtherWatch;
    QTest::newRow("an end of other arguments") << Garbage::Ended;
    QTest::newRow("properties") << Garbage::Properties;
}

void MonitorClientTest::leavesAloneWhatIsNotItsOwn()
{
    QFETCH(Garbage, garbage);
    watch();
    test::send(*m_helper, garbage);
    m_helper->send(events(2)); // when they are here, the garbage was
    QTRY_COMPARE(m_received.size(), 2);
    QCOMPARE(m_dropped, 0U);
    QCOMPARE(m_client->status(), Status::Watching);
    QCOMPARE(m_client->problem(), QString());
    QCOMPARE(m_client->properties().state(), QString(dbus::state::running));
    QVERIFY(m_client->properties().isBusConnected());
    QVERIFY(m_client->properties().stateSince() > 0);
    QCOMPARE(m_helper->timesSubscribed(), 1);
}

void MonitorClientTest::countsNumbersLeftOut()
{
    watch();
    m_helper->send(events(1));
    m_helper->skipNumbers(7);
    m_helper->send(events(2), 3);
    QTRY_COMPARE(m_received.size(), 3);
    QCOMPARE(m_dropped, 10U);
    QCOMPARE(m_helper->timesSubscribed(), 1);
}

void MonitorClientTest::statesNobodyKnows()
{
    watch();
    m_helper->setState(QStringLiteral("moonlit"), {});
    QTRY_COMPARE(m_client->status(), Status::Unavailable);
    QVERIFY2(m_client->problem().contains(QStringLiteral("moonlit")), qPrintable(m_client->problem()));
}

void MonitorClientTest::leavesWrongAnswersAlone()
{
    watch();
    QSignalSpy statistics(m_client.get(), &MonitorClient::statisticsReceived);
    QSignalSpy rules(m_client.get(), &MonitorClient::rulesReceived);
    QSignalSpy pause(m_client.get(), &MonitorClient::pauseReceived);
    m_helper->setAnswersWrong(true);
    m_client->requestStatistics();
    m_client->requestRules();
    m_client->requestPause();
    QTRY_COMPARE(m_helper->statisticsCalls(), 1);
    m_helper->send(events(1));
    QTRY_COMPARE(m_received.size(), 1);
    QCOMPARE(statistics.size() + rules.size() + pause.size(), 0);
    m_helper->setAnswersWrong(false);
    m_client->requestStatistics();
    m_client->requestRules();
    m_client->requestPause();
    QTRY_COMPARE(statistics.size() + rules.size() + pause.size(), 3);
}

void MonitorClientTest::comesBackWithTheBus()
{
    MonitorClient::Options options{QString(dbus::scope::own), 0};
    options.busToReturnTo = m_bus->address();
    m_client = std::make_unique<MonitorClient>(m_bus->connect(), options);
    connect(m_client.get(), &MonitorClient::eventsReceived, this,
            [this](const MonitorEventList &events) { m_received += events; });
    watch();
    for (int time = 1; time <= 2; ++time) {
        m_bus->stop();
        QTRY_COMPARE(m_client->status(), Status::NoBus);
        QVERIFY2(m_client->problem().contains(QStringLiteral("as soon as it is back")),
                 qPrintable(m_client->problem()));
        QVERIFY(m_client->properties().version().isEmpty());

        m_bus->start();
        m_helper = std::make_unique<test::FakeHelper>(m_bus->connect());
        QVERIFY(m_helper->appear());
        QTRY_COMPARE_WITH_TIMEOUT(m_client->status(), Status::Watching, 10'000);
        m_helper->send(events(3));
        QTRY_COMPARE(m_received.size(), 3 * time);
        QTRY_VERIFY(m_helper->isAllAcknowledged());
    }
}

void MonitorClientTest::waitsForABus()
{
    m_bus->stop();
    MonitorClient::Options options{QString(dbus::scope::own), 0};
    options.busToReturnTo = m_bus->address();
    m_client = std::make_unique<MonitorClient>(m_bus->connect(), options);
    m_client->start();
    QCOMPARE(m_client->status(), Status::NoBus);
    m_bus->start();
    m_client->retry(); // at once; what is there then is another matter
    QTRY_VERIFY(m_client->status() != Status::NoBus);
    m_helper = std::make_unique<test::FakeHelper>(m_bus->connect());
    QVERIFY(m_helper->appear());
    QTRY_COMPARE(m_client->status(), Status::Watching);
}

void MonitorClientTest::noBus()
{
    MonitorClient client(
        QDBusConnection::connectToBus(QStringLiteral("unix:path=/nowhere/bus"), QStringLiteral("nowhere")),
        {QString(dbus::scope::own), 0});
    client.start();
    QCOMPARE(client.status(), Status::NoBus);
    QVERIFY(!client.problem().isEmpty());
}

QTEST_GUILESS_MAIN(MonitorClientTest)
#include "MonitorClientTest.moc"
