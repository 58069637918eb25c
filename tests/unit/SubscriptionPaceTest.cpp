// SPDX-License-Identifier: MIT
//
// How fast a subscription is fed, what happens when nobody eats, and that every event is accounted for.
#include "tests/unit/SubscriptionRig.h"

#include <QTest>
#include <QTimer>
#include <random>

using namespace lunaris;

namespace
{

using Outcome = Subscriptions::Outcome;

const QString me = QStringLiteral(":1.1");

/// A coarse timer may fire a twentieth early.
constexpr qint64 shortestGap = 47;

} // namespace

class SubscriptionPaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void batchesKeepTheirDistance();
    void atMostFourAreUnacknowledged();
    void acknowledgingIsCumulative();
    void aStalledOneHoldsUpNobody();
    void sequencesExplainEveryEvent();
    void emptyBatchesTellOfDropsOnceASecond();
    void dropsAreToldThoughNothingFollows();
    void othersEventsAreNoDrops();
    void acknowledgingAnEmptyBatchIsAllowed();
    void aRateIsKept_data();
    void aRateIsKept();
    void aRateLeavesTheBacklogAlone();
};

void SubscriptionPaceTest::batchesKeepTheirDistance()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribeReader();
    QTimer source;
    connect(&source, &QTimer::timeout, [&rig] { rig.produce(20); });
    source.start(1);
    QTRY_VERIFY(rig.publisher.batches(id).size() >= 10);
    source.stop();
    const auto &batches = rig.publisher.batches(id);
    for (std::size_t index = 1; index < batches.size(); ++index) {
        const qint64 gap = batches[index].at - batches[index - 1].at;
        QVERIFY2(gap >= shortestGap, QByteArray::number(gap));
    }
}

void SubscriptionPaceTest::atMostFourAreUnacknowledged()
{
    SubscriptionRig rig;
    const quint64 stalled = rig.subscribe(me);
    const quint64 reader = rig.subscribeReader();
    rig.produce(9000);
    QTRY_COMPARE(rig.publisher.events(reader), std::size_t{9000});
    QCOMPARE(rig.publisher.batches(stalled).size(), std::size_t{4});
    QCOMPARE(rig.publisher.events(stalled), std::size_t{4000});

    QCOMPARE(rig.subscriptions.acknowledge(me, stalled, 4000), Outcome::Done);
    QTRY_COMPARE(rig.publisher.events(stalled), std::size_t{8000});
    QCOMPARE(rig.subscriptions.acknowledge(me, stalled, 8000), Outcome::Done);
    QTRY_COMPARE(rig.publisher.events(stalled), std::size_t{9000});
    QCOMPARE(rig.publisher.dropped(stalled), std::size_t{0});
}

void SubscriptionPaceTest::acknowledgingIsCumulative()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribe(me);
    const quint64 fence = rig.subscribeReader();
    rig.produce(9500);
    QTRY_COMPARE(rig.publisher.events(fence), std::size_t{9500});
    QCOMPARE(rig.publisher.batches(id).size(), std::size_t{4});

    const auto fenceOnce = [&] {
        const std::size_t before = rig.publisher.events(fence);
        rig.produce(1);
        return QTest::qWaitFor([&] { return rig.publisher.events(fence) == before + 1; });
    };
    // The middle of a batch acknowledges nothing of it.
    rig.subscriptions.acknowledge(me, id, 999);
    QVERIFY(fenceOnce());
    QCOMPARE(rig.publisher.batches(id).size(), std::size_t{4});
    // One batch makes room for one.
    rig.subscriptions.acknowledge(me, id, 1000);
    QVERIFY(fenceOnce());
    QVERIFY(fenceOnce());
    QCOMPARE(rig.publisher.batches(id).size(), std::size_t{5});
    // The third one's end covers the second.
    rig.subscriptions.acknowledge(me, id, 3500);
    QTRY_COMPARE(rig.publisher.batches(id).size(), std::size_t{7});
    QVERIFY(fenceOnce());
    QVERIFY(fenceOnce());
    QCOMPARE(rig.publisher.batches(id).size(), std::size_t{7});
}

void SubscriptionPaceTest::aStalledOneHoldsUpNobody()
{
    SubscriptionRig rig;
    for (int index = 0; index < 7; ++index) {
        rig.subscribe(me);
    }
    const quint64 reader = rig.subscribeReader();
    for (int round = 1; round <= 15; ++round) {
        rig.produce(1000);
        QTRY_COMPARE(rig.publisher.events(reader), std::size_t(round) * 1000);
    }
    QCOMPARE(rig.publisher.dropped(reader), std::size_t{0});
    QCOMPARE(rig.subscriptions.count(), 8); // they stay
}

void SubscriptionPaceTest::sequencesExplainEveryEvent()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribe(me);
    const quint64 fence = rig.subscribeReader();
    std::mt19937 random(17);
    quint64 total = 0;
    const auto produce = [&](int count) {
        rig.produce(count);
        total += quint64(count);
    };
    // More than the ring holds, with acknowledgements that come late or in part.
    for (int round = 0; round < 25; ++round) {
        produce(static_cast<int>(random() % 8000));
        rig.produce(static_cast<int>(random() % 100), 1001);
        if (random() % 2 == 0) {
            QTRY_COMPARE(rig.publisher.lastSequence(fence), total);
        }
        if (random() % 3 == 0) {
            rig.subscriptions.acknowledge(me, id, random() % (rig.publisher.lastSequence(id) + 1));
        }
    }
    rig.publisher.acknowledgeFor(id);
    rig.subscriptions.acknowledge(me, id, rig.publisher.lastSequence(id));
    produce(1);
    QTRY_COMPARE(rig.publisher.lastSequence(id), total); // nothing in scope is unexplained

    quint64 sequence = 0;
    qint64 flags = -1;
    for (const FakePublisher::Batch &batch : rig.publisher.batches(id)) {
        sequence += batch.dropped;
        for (const MonitorEvent &event : batch.events) {
            QCOMPARE(event.sequence, ++sequence);
            QCOMPARE(event.uid, 1000U);
            QVERIFY(qint64{event.flags} > flags);
            flags = event.flags;
        }
    }
    QCOMPARE(sequence, total);
    QCOMPARE(flags, qint64{rig.produced - 1});
    QVERIFY(rig.publisher.dropped(id) > 0);
}

void SubscriptionPaceTest::emptyBatchesTellOfDropsOnceASecond()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribe(me);
    QTimer source;
    connect(&source, &QTimer::timeout, [&rig] { rig.produce(3000); });
    source.start(20);
    QTRY_VERIFY_WITH_TIMEOUT(rig.publisher.batches(id).size() >= 7, 20'000); // four full ones, three empty
    source.stop();
    qint64 last = 0;
    const auto &batches = rig.publisher.batches(id);
    for (std::size_t index = 4; index < batches.size(); ++index) {
        QVERIFY(batches[index].events.isEmpty());
        QVERIFY(batches[index].dropped > 0);
        QVERIFY2(index == 4 || batches[index].at - last >= 1000,
                 QByteArray::number(batches[index].at - last));
        last = batches[index].at;
    }
}

void SubscriptionPaceTest::dropsAreToldThoughNothingFollows()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribe(me);
    const quint64 fence = rig.subscribeReader();
    rig.produce(10'000);
    QTRY_COMPARE(rig.publisher.batches(id).size(), std::size_t{4});
    QTRY_COMPARE(rig.publisher.events(fence), std::size_t{10'000});
    rig.produce(7000); // 1 000 of the 6 000 that wait are overwritten
    QTRY_COMPARE(rig.publisher.dropped(id), std::size_t{3000});
    QTRY_COMPARE(rig.publisher.events(fence), std::size_t{17'000});
    rig.produce(5000);
    QTRY_COMPARE(rig.publisher.events(fence), std::size_t{22'000});
    // From here on the machine is still; what was dropped within the second must be told all the same.
    QTRY_COMPARE(rig.publisher.dropped(id), std::size_t{8000});
}

void SubscriptionPaceTest::othersEventsAreNoDrops()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribeReader();
    rig.produce(30'000, 1001);
    rig.produce(30'000, 0);
    rig.produce(1);
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{1});
    QCOMPARE(rig.publisher.dropped(id), std::size_t{0});
    QCOMPARE(rig.publisher.batches(id).front().events.first().sequence, quint64{1});
}

void SubscriptionPaceTest::acknowledgingAnEmptyBatchIsAllowed()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribe(me);
    const quint64 fence = rig.subscribeReader();
    rig.produce(10'000);
    QTRY_COMPARE(rig.publisher.batches(id).size(), std::size_t{4});
    QTRY_COMPARE(rig.publisher.events(fence), std::size_t{10'000});
    rig.produce(10'000);
    QTRY_COMPARE(rig.publisher.dropped(id), std::size_t{6000});
    // The last sequence number is one that was only ever dropped.
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 10'001), Outcome::NeverSent);
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 10'000), Outcome::Done);
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{8000});
    QCOMPARE(rig.publisher.batches(id).back().events.last().sequence, quint64{14'000});
}

void SubscriptionPaceTest::aRateIsKept_data()
{
    QTest::addColumn<quint32>("rate");
    for (const quint32 rate : {7U, 1500U}) {
        QTest::addRow("%u", rate) << rate;
    }
}

void SubscriptionPaceTest::aRateIsKept()
{
    QFETCH(quint32, rate);
    std::chrono::nanoseconds now{};
    SubscriptionRig rig([&now] { return now; });
    const quint64 id = *rig.subscriptions.add(me, {1000, false, 0}, 1000, 0, nullptr, rate);
    rig.publisher.acknowledgeFor(id);
    quint64 inScope = 0;
    const auto produce = [&] {
        rig.produce(3000);
        rig.produce(5, 1001); // somebody else's are no drops
        inScope += 3000;
        QTRY_VERIFY(rig.publisher.lastSequence(id) == inScope && rig.subscriptions.areCaughtUp());
    };
    produce();
    QCOMPARE(rig.publisher.events(id), std::size_t{rate}); // a second's worth at once
    produce();
    QCOMPARE(rig.publisher.events(id), std::size_t{rate}); // nothing before time has passed
    now += std::chrono::hours(1);
    produce();
    QCOMPARE(rig.publisher.events(id), std::size_t{2} * rate); // no more than a second's is saved up
    now += std::chrono::seconds(1);
    produce();
    QCOMPARE(rig.publisher.events(id), std::size_t{3} * rate);
    quint64 last = 0;
    for (const FakePublisher::Batch &batch : rig.publisher.batches(id)) {
        last += batch.dropped;
        for (const MonitorEvent &event : batch.events) {
            QCOMPARE(event.sequence, ++last);
        }
    }
}

void SubscriptionPaceTest::aRateLeavesTheBacklogAlone()
{
    std::chrono::nanoseconds now{};
    SubscriptionRig rig([&now] { return now; });
    rig.produce(2500);
    const quint64 id = *rig.subscriptions.add(me, {1000, false, 0}, 1000, 2500, nullptr, 10);
    rig.publisher.acknowledgeFor(id);
    rig.produce(100);
    QTRY_COMPARE(rig.publisher.lastSequence(id), quint64(2600));
    QCOMPARE(rig.publisher.events(id), std::size_t{2510});
    QCOMPARE(rig.publisher.dropped(id), std::size_t{90});
}

QTEST_GUILESS_MAIN(SubscriptionPaceTest)
#include "SubscriptionPaceTest.moc"
