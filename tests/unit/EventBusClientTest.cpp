// SPDX-License-Identifier: MIT
#include "helper/bus/EventBusClient.h"
#include "helper/timing/Clocks.h"
#include "tests/unit/RawBus.h"
#include "tests/unit/SampleEvent.h"

#include <QDir>
#include <QElapsedTimer>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

std::vector<std::uint32_t> range(std::uint32_t first, std::uint32_t end)
{
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t number = first; number < end; ++number) {
        numbers.push_back(number);
    }
    return numbers;
}

/// A client, its bus, and a place for the socket between them.
struct Rig {
    explicit Rig(std::optional<uid_t> owner = geteuid(), const QString &below = {},
                 std::size_t queueBytes = std::size_t{64} * 1024 * 1024)
        : path(directory.filePath(below.isEmpty() ? QStringLiteral("bus.sock")
                                                  : below + QStringLiteral("/bus.sock")))
        , bus(path)
        , client({path, owner, queueBytes, "session-1"})
        , connected(&client, &EventBusClient::connectedChanged)
        , drained(&client, &EventBusClient::drained)
    {
    }

    void produce(std::uint32_t count, std::size_t pathSize = 100)
    {
        SampleEvent sample;
        sample.subject = "/" + std::string(pathSize - 1, 'p');
        for (; count > 0; --count) {
            sample.fields.flags = produced++;
            client.event(sample.event());
        }
        client.flush();
    }

    bool addsUp() const
    {
        const EventBusCounters &counters = client.counters();
        return counters.delivered.value() + counters.queued.value() + counters.droppedInQueue.value() ==
               produced;
    }

    QTemporaryDir directory;
    const QString path;
    RawBus bus;
    EventBusClient client;
    QSignalSpy connected;
    QSignalSpy drained;
    std::uint32_t produced = 0;
};

} // namespace

class EventBusClientTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void delivers();
    void whatCameBeforeTheBusIsDelivered();
    void aSocketThatAppearsIsFoundAtOnce();
    void aDirectoryThatAppearsIsFound();
    void aStaleSocketIsNoObstacle();
    void aBusThatNeverReadsCostsABoundedQueue();
    void aBusThatReadsInCrumbs();
    void deliveriesAreTimed();
    void aBusThatHangsUpInMidFrame_data();
    void aBusThatHangsUpInMidFrame();
    void aBusThatTalksIsIgnored();
    void aRestartedBusIsFoundAgain();
    void aStrangersSocketGetsNothing();
    void strangersAreWarnedOfEvenAfterSilence();
    void theOwnerIsTrusted();
    void drainWithoutBusEndsAtOnce();
    void drainEndsWhenAllIsDelivered();
    void drainEndsByItsLimit();
    void drainEndsWhenTheBusHangsUp();
};

void EventBusClientTest::delivers()
{
    Rig rig;
    rig.bus.listen();
    rig.client.start();
    QCOMPARE(rig.connected.count(), 1);
    QCOMPARE(rig.connected.first().at(0).toBool(), true);
    QCOMPARE(rig.connected.first().at(1).toLongLong(), qint64{getpid()});
    rig.produce(1000);
    QTRY_COMPARE(rig.bus.events(), range(0, 1000));
    QVERIFY(rig.bus.isIntact());
    QCOMPARE(rig.client.counters().delivered.value(), 1000U);
    QCOMPARE(rig.client.counters().queued.value(), 0U);
    QCOMPARE(rig.client.counters().droppedInQueue.value(), 0U);
}

void EventBusClientTest::deliveriesAreTimed()
{
    Rig rig;
    SampleEvent sample;
    sample.fields.kernelTime = bootTime() - 3'000'000'000; // three seconds in the kernel's ring
    rig.client.event(sample.event());
    sample.fields.kernelTime = 0; // says nothing
    rig.client.event(sample.event());
    QVERIFY(rig.client.counters().queuedBytes.value() > 100);
    QCOMPARE(rig.client.counters().queueCapacity.value(), 64U * 1024 * 1024);
    rig.client.start();
    QCOMPARE(rig.client.counters().delay.summary().count, 0U);
    rig.bus.listen();
    QTRY_COMPARE(rig.client.counters().delivered.value(), 2U);
    const LatencyHistogram::Summary summary = rig.client.counters().delay.summary();
    QCOMPARE(summary.count, 1U);
    QVERIFY(summary.max >= 3'000'000 && summary.max < 60'000'000);
    QCOMPARE(rig.client.counters().queuedBytes.value(), 0U);
}

void EventBusClientTest::whatCameBeforeTheBusIsDelivered()
{
    Rig rig;
    rig.produce(10); // before start()
    rig.client.start();
    rig.produce(10);
    QCOMPARE(rig.client.counters().queued.value(), 20U);
    rig.bus.listen();
    QTRY_COMPARE(rig.bus.events(), range(0, 20));
}

void EventBusClientTest::aSocketThatAppearsIsFoundAtOnce()
{
    Rig rig;
    rig.client.start();
    rig.produce(3);
    // By now the pause between two tries is more than a second.
    QVERIFY(!QTest::qWaitFor([&] { return rig.connected.count() > 0; }, 1600));
    rig.bus.listen();
    QTRY_COMPARE_WITH_TIMEOUT(rig.connected.count(), 1, 700);
    QTRY_COMPARE(rig.bus.events(), range(0, 3));
}

void EventBusClientTest::aDirectoryThatAppearsIsFound()
{
    Rig rig(geteuid(), QStringLiteral("a/b"));
    rig.client.start();
    rig.produce(3);
    QVERIFY(!QTest::qWaitFor([&] { return rig.connected.count() > 0; }, 1600));
    QVERIFY(QDir().mkpath(rig.directory.filePath(QStringLiteral("a/b"))));
    QCoreApplication::processEvents(); // the watch moves on to the new directory
    rig.bus.listen();
    QTRY_COMPARE_WITH_TIMEOUT(rig.connected.count(), 1, 700);
    QTRY_COMPARE(rig.bus.events(), range(0, 3));
}

void EventBusClientTest::aStaleSocketIsNoObstacle()
{
    Rig rig;
    rig.bus.leaveStaleFile();
    rig.client.start();
    rig.produce(3);
    QCOMPARE(rig.connected.count(), 0);
    rig.bus.listen();
    QTRY_COMPARE(rig.bus.events(), range(0, 3));
}

void EventBusClientTest::aBusThatNeverReadsCostsABoundedQueue()
{
    constexpr std::size_t queueBytes = std::size_t{1} * 1024 * 1024;
    Rig rig(geteuid(), {}, queueBytes);
    rig.bus.setReading(false);
    rig.bus.listen();
    rig.client.start();
    QTRY_COMPARE(rig.bus.connections().size(), std::size_t{1});
    for (int round = 0; round < 50; ++round) {
        rig.produce(100, 1000);
        QVERIFY(rig.addsUp());
        QCoreApplication::processEvents();
    }
    const EventBusCounters &counters = rig.client.counters();
    QVERIFY(counters.droppedInQueue.value() > 1000);
    QVERIFY(counters.queued.value() * 1000 < queueBytes);

    // What it got and what is queued is all it ever gets, in order, the newest last.
    rig.bus.setReading(true);
    QTRY_COMPARE(counters.queued.value(), 0U);
    QTRY_COMPARE(rig.bus.events().size(), std::size_t{counters.delivered.value()});
    QVERIFY(rig.addsUp());
    const auto events = rig.bus.events();
    QVERIFY(rig.bus.isIntact());
    QCOMPARE(events.front(), 0U);
    QCOMPARE(events.back(), 4999U);
    QVERIFY(std::adjacent_find(events.begin(), events.end(), std::greater_equal<>()) == events.end());
}

void EventBusClientTest::aBusThatReadsInCrumbs()
{
    Rig rig;
    rig.bus.setPortion(1);
    rig.bus.listen();
    rig.client.start();
    rig.produce(50);
    QTRY_COMPARE_WITH_TIMEOUT(rig.bus.events(), range(0, 50), 20'000);
    rig.bus.setPortion(SIZE_MAX);
    rig.produce(2000, 1000); // more than the socket holds
    QTRY_COMPARE_WITH_TIMEOUT(rig.bus.events(), range(0, 2050), 20'000);
    QVERIFY(rig.bus.isIntact());
}

void EventBusClientTest::aBusThatHangsUpInMidFrame_data()
{
    QTest::addColumn<int>("after");
    for (const int after : {1, 3, 4, 5, 200, 5000, 70'001, 300'000}) {
        QTest::addRow("after %d bytes", after) << after;
    }
}

void EventBusClientTest::aBusThatHangsUpInMidFrame()
{
    QFETCH(int, after);
    constexpr std::uint32_t total = 2000;
    Rig rig;
    rig.bus.hangUpAfter(std::size_t(after));
    rig.bus.listen();
    rig.client.start();
    std::uint64_t deliveredThen = 0;
    connect(&rig.client, &EventBusClient::connectedChanged, this, [&](bool connected) {
        if (!connected) {
            deliveredThen = rig.client.counters().delivered.value();
        }
    });
    rig.produce(total, 1000); // far more than fits the socket, so a frame is cut
    QTRY_COMPARE(rig.bus.connections().size(), std::size_t{2});
    QTRY_COMPARE(rig.client.counters().queued.value(), 0U);
    QVERIFY(rig.addsUp());
    QCOMPARE(rig.client.counters().droppedInQueue.value(), 0U);
    QTRY_VERIFY(!rig.bus.connections().back().events.empty() &&
                rig.bus.connections().back().events.back() == total - 1);
    QVERIFY(rig.bus.isIntact());
    // The first frame that was not written whole is the first of the next connection, and nothing is missing.
    QVERIFY(deliveredThen > 0 && deliveredThen < total);
    QCOMPARE(rig.bus.connections().back().events, range(static_cast<std::uint32_t>(deliveredThen), total));
}

void EventBusClientTest::aBusThatTalksIsIgnored()
{
    Rig rig;
    rig.bus.listen();
    rig.client.start();
    QTRY_COMPARE(rig.bus.connections().size(), std::size_t{1});
    rig.bus.say(QByteArray(5000, 'x'));
    rig.produce(10);
    QTRY_COMPARE(rig.bus.events(), range(0, 10));
    QCOMPARE(rig.connected.count(), 1);
}

void EventBusClientTest::aRestartedBusIsFoundAgain()
{
    Rig rig;
    rig.bus.listen();
    rig.client.start();
    rig.produce(5);
    QTRY_COMPARE(rig.bus.events(), range(0, 5));
    rig.bus.stop();
    QTRY_COMPARE(rig.connected.count(), 2);
    QCOMPARE(rig.connected.last().at(0).toBool(), false);
    QCOMPARE(rig.connected.last().at(1).toLongLong(), qint64{0});
    rig.produce(5);
    QCOMPARE(rig.client.counters().queued.value(), 5U);
    rig.bus.listen();
    QTRY_COMPARE(rig.bus.events(), range(0, 10));
    QCOMPARE(rig.connected.count(), 3);
}

void EventBusClientTest::aStrangersSocketGetsNothing()
{
    Rig rig(std::nullopt);
    rig.bus.listen(ordinaryUser());
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("belongs to uid %1").arg(ordinaryUser())));
    rig.client.start();
    rig.produce(10);
    // It is tried again, and refused again.
    QTRY_VERIFY(rig.bus.connections().size() >= 3);
    QCOMPARE(rig.connected.count(), 0);
    for (const RawBus::Connection &connection : rig.bus.connections()) {
        QCOMPARE(connection.bytes, std::size_t{0});
    }
    QCOMPARE(rig.client.counters().queued.value(), 10U);
}

void EventBusClientTest::strangersAreWarnedOfEvenAfterSilence()
{
    Rig rig(std::nullopt);
    rig.client.start(); // nobody there, which is said once
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("belongs to uid %1").arg(ordinaryUser())));
    rig.bus.listen(ordinaryUser());
    QTRY_VERIFY(rig.bus.connections().size() >= 3);
    QCOMPARE(rig.connected.count(), 0);
}

void EventBusClientTest::theOwnerIsTrusted()
{
    Rig rig(ordinaryUser());
    rig.bus.listen(ordinaryUser());
    rig.client.start();
    rig.produce(10);
    QTRY_COMPARE(rig.bus.events(), range(0, 10));
}

void EventBusClientTest::drainWithoutBusEndsAtOnce()
{
    Rig rig;
    rig.client.start();
    rig.produce(10);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("^10 events could not be delivered")));
    rig.client.drain(60s);
    QCOMPARE(rig.drained.count(), 1);
    QCOMPARE(rig.client.counters().queued.value(), 10U);
}

void EventBusClientTest::drainEndsWhenAllIsDelivered()
{
    Rig rig;
    rig.bus.setReading(false);
    rig.bus.listen();
    rig.client.start();
    rig.produce(2000, 1000);
    QVERIFY(rig.client.counters().queued.value() > 0);
    rig.client.drain(60s);
    QCOMPARE(rig.drained.count(), 0);
    rig.bus.setReading(true);
    QTRY_COMPARE(rig.drained.count(), 1);
    QCOMPARE(rig.client.counters().delivered.value(), 2000U);
    QTRY_COMPARE(rig.bus.events().size(), std::size_t{2000});

    // With nothing queued there is nothing to wait for.
    rig.client.drain(60s);
    QCOMPARE(rig.drained.count(), 2);
}

void EventBusClientTest::drainEndsByItsLimit()
{
    Rig rig;
    rig.bus.setReading(false);
    rig.bus.listen();
    rig.client.start();
    rig.produce(2000, 1000);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("events could not be delivered")));
    QElapsedTimer clock;
    clock.start();
    rig.client.drain(300ms);
    QTRY_COMPARE(rig.drained.count(), 1);
    QVERIFY(clock.elapsed() >= 280);
    QVERIFY(rig.addsUp());
}

void EventBusClientTest::drainEndsWhenTheBusHangsUp()
{
    Rig rig;
    rig.bus.setReading(false);
    rig.bus.listen();
    rig.client.start();
    QTRY_COMPARE(rig.bus.connections().size(), std::size_t{1});
    rig.produce(2000, 1000);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("events could not be delivered")));
    rig.client.drain(60s);
    QCOMPARE(rig.drained.count(), 0);
    rig.bus.stop();
    QTRY_COMPARE(rig.drained.count(), 1);
    QVERIFY(rig.addsUp());
}

QTEST_GUILESS_MAIN(EventBusClientTest)
#include "EventBusClientTest.moc"
