// SPDX-License-Identifier: MIT
//
// Who may do what with a subscription, and what a batch looks like; how they are paced is
// SubscriptionPaceTest's.
#include "helper/timing/Clocks.h"
#include "tests/unit/SubscriptionRig.h"

#include <QTest>

using namespace lunaris;

namespace
{

using Outcome = Subscriptions::Outcome;

const QString me = QStringLiteral(":1.1");
const QString stranger = QStringLiteral(":1.99");

/// What libdbus writes for an array of (ttsuuussayuuxut), by the rules of the D-Bus specification.
std::size_t wireSize(const MonitorEventList &events)
{
    std::size_t size = 0;
    const auto align = [&size](std::size_t to) { size = (size + to - 1) / to * to; };
    const auto number = [&](std::size_t bytes) {
        align(bytes);
        size += bytes;
    };
    const auto string = [&](const QString &text) {
        number(4);
        size += std::size_t(text.toUtf8().size()) + 1;
    };
    for (const MonitorEvent &event : events) {
        align(8);
        number(8);
        number(8);
        string(event.type);
        number(4);
        number(4);
        number(4);
        string(event.comm);
        string(event.application);
        number(4);
        size += std::size_t(event.subject.size());
        number(4);
        number(4);
        number(8);
        number(4);
        number(8);
    }
    return size;
}

} // namespace

class SubscriptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldIsSent();
    void textsAreEscapedAndPathsAreNot();
    void nothingIsSentBeforeTheEventLoop();
    void theBacklogComesFirst();
    void theBacklogIsOfTheScope();
    void newEventsAreTimed();
    void onlyTheOwnerMayAcknowledge();
    void neverSentIsRefused();
    void onlyTheOwnerMayRemove();
    void aRemovedOneIsSentNothing();
    void ownersLeaveWithAllOfTheirs();
    void caughtUpIsWhoHasAcknowledgedEverything();
    void limits();
    void idsAreNeverReused();
    void batchesAreBounded_data();
    void batchesAreBounded();
};

void SubscriptionsTest::everyFieldIsSent()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribe();
    SampleEvent sample;
    sample.fields.attributes = CreatedFile | DeletedFile;
    rig.ring.event(sample.event());
    rig.ring.flush();
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{1});
    const FakePublisher::Batch &batch = rig.publisher.batches(id).front();
    QCOMPARE(batch.owner, me);
    QCOMPARE(batch.dropped, quint64{0});
    MonitorEvent expected;
    expected.sequence = 1;
    expected.time = 1'771'677'296'000'001;
    expected.type = QStringLiteral("file.opened");
    expected.pid = 1234;
    expected.parentPid = 77;
    expected.uid = 1000;
    expected.comm = QStringLiteral("cat");
    expected.application = QStringLiteral("org.example.Reader");
    expected.subject = "/home/tester/notes.txt";
    expected.flags = 0x8000;
    expected.mode = 0100644;
    expected.value = 3;
    expected.attributes = 18;
    expected.cgroup = 4711;
    QVERIFY(batch.events.first() == expected);
}

void SubscriptionsTest::textsAreEscapedAndPathsAreNot()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribe();
    SampleEvent sample;
    sample.comm = "a\xff";
    sample.application = "\xed\xa0\x80";
    sample.subject = "/\xff\xfe";
    rig.ring.event(sample.event());
    rig.ring.flush();
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{1});
    const MonitorEvent sent = rig.publisher.batches(id).front().events.first();
    QCOMPARE(sent.comm, QStringLiteral("a\\xff"));
    QCOMPARE(sent.application, QStringLiteral("\\xed\\xa0\\x80"));
    QCOMPARE(sent.subject, QByteArray("/\xff\xfe"));
}

void SubscriptionsTest::nothingIsSentBeforeTheEventLoop()
{
    SubscriptionRig rig;
    rig.produce(100);
    const quint64 id = rig.subscribe(me, 1000, 100);
    rig.produce(100);
    QVERIFY(rig.publisher.isSilent()); // Subscribe's reply comes first
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{200});
    rig.publisher.subscriptions->acknowledge(me, id, 200);
    const std::size_t batches = rig.publisher.batches(id).size();
    rig.produce(1);
    QCOMPARE(rig.publisher.batches(id).size(), batches);
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{201});
}

void SubscriptionsTest::theBacklogComesFirst()
{
    SubscriptionRig rig;
    rig.produce(5);
    const quint64 id = rig.subscribe(me, 1000, 3);
    rig.produce(2);
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{5});
    quint32 number = 2;
    quint64 sequence = 1;
    for (const FakePublisher::Batch &batch : rig.publisher.batches(id)) {
        QCOMPARE(batch.dropped, quint64{0});
        for (const MonitorEvent &event : batch.events) {
            QCOMPARE(event.flags, number++);
            QCOMPARE(event.sequence, sequence++);
        }
    }
}

void SubscriptionsTest::newEventsAreTimed()
{
    SubscriptionRig rig;
    SampleEvent sample;
    const auto produce = [&](std::uint64_t kernelTime) {
        sample.fields.kernelTime = kernelTime;
        rig.ring.event(sample.event());
        rig.ring.flush();
    };
    produce(bootTime() - 9'000'000'000); // of the backlog
    const quint64 id = rig.subscribe(me, 1000, 10);
    produce(bootTime() - 2'000'000'000);
    produce(0); // says nothing
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{3});
    const LatencyHistogram::Summary summary = rig.subscriptions.delay().summary();
    QCOMPARE(summary.count, 1U);
    QVERIFY(summary.max >= 2'000'000 && summary.max < 9'000'000);
}

void SubscriptionsTest::theBacklogIsOfTheScope()
{
    SubscriptionRig rig;
    for (int round = 0; round < 10; ++round) {
        rig.produce(1, 1000);
        rig.produce(100, 1001);
        rig.produce(1, 0);
    }
    const quint64 mine = rig.subscribe(me, 1000, 4);
    const quint64 none = rig.subscribe(stranger, 42, 10'000);
    const quint64 roots = rig.subscribe(QStringLiteral(":1.0"), 0, 10'000);
    QTRY_COMPARE(rig.publisher.events(mine), std::size_t{4});
    QTRY_COMPARE(rig.publisher.events(roots), std::size_t{10});
    QCOMPARE(rig.publisher.events(none), std::size_t{0});
    for (const MonitorEvent &event : rig.publisher.batches(mine).front().events) {
        QCOMPARE(event.uid, 1000U);
    }
}

void SubscriptionsTest::onlyTheOwnerMayAcknowledge()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribe();
    rig.produce(3);
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{3});
    QCOMPARE(rig.subscriptions.acknowledge(stranger, id, 1), Outcome::NoSuchSubscription);
    QCOMPARE(rig.subscriptions.acknowledge(QString(), id, 1), Outcome::NoSuchSubscription);
    QCOMPARE(rig.subscriptions.acknowledge(me, id + 1, 1), Outcome::NoSuchSubscription);
    QCOMPARE(rig.subscriptions.acknowledge(me, 0, 1), Outcome::NoSuchSubscription);
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 1), Outcome::Done);
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 3), Outcome::Done);
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 3), Outcome::Done); // again
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 1), Outcome::Done); // and late
}

void SubscriptionsTest::neverSentIsRefused()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribe();
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 0), Outcome::Done);
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 1), Outcome::NeverSent);
    rig.produce(3);
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 1), Outcome::NeverSent); // made, not sent
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{3});
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 4), Outcome::NeverSent);
    QCOMPARE(rig.subscriptions.acknowledge(me, id, UINT64_MAX), Outcome::NeverSent);
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 3), Outcome::Done);
}

void SubscriptionsTest::onlyTheOwnerMayRemove()
{
    SubscriptionRig rig;
    const quint64 id = rig.subscribe();
    QCOMPARE(rig.subscriptions.remove(stranger, id), Outcome::NoSuchSubscription);
    QCOMPARE(rig.subscriptions.count(), 1);
    QCOMPARE(rig.subscriptions.remove(me, id), Outcome::Done);
    QCOMPARE(rig.subscriptions.remove(me, id), Outcome::NoSuchSubscription);
    QCOMPARE(rig.subscriptions.count(), 0);
}

void SubscriptionsTest::aRemovedOneIsSentNothing()
{
    SubscriptionRig rig;
    rig.produce(10);
    const quint64 gone = rig.subscribe(me, 1000, 10);
    const quint64 fence = rig.subscribe(stranger, 1000, 10);
    rig.subscriptions.remove(me, gone);
    QTRY_COMPARE(rig.publisher.events(fence), std::size_t{10});
    QCOMPARE(rig.publisher.events(gone), std::size_t{0});
}

void SubscriptionsTest::ownersLeaveWithAllOfTheirs()
{
    SubscriptionRig rig;
    rig.subscribe(me);
    rig.subscribe(me);
    const quint64 other = rig.subscribe(stranger);
    rig.subscriptions.removeOwner(me);
    QCOMPARE(rig.subscriptions.count(), 1);
    rig.subscriptions.removeOwner(QStringLiteral(":1.12345"));
    QCOMPARE(rig.subscriptions.count(), 1);
    rig.produce(1);
    QTRY_COMPARE(rig.publisher.events(other), std::size_t{1});
}

void SubscriptionsTest::caughtUpIsWhoHasAcknowledgedEverything()
{
    SubscriptionRig rig;
    QVERIFY(rig.subscriptions.areCaughtUp());
    const quint64 reader = rig.subscribeReader();
    QVERIFY(rig.subscriptions.areCaughtUp());
    rig.produce(5000);
    QVERIFY(!rig.subscriptions.areCaughtUp());
    QTRY_VERIFY(rig.subscriptions.areCaughtUp());
    QCOMPARE(rig.publisher.events(reader), std::size_t{5000});

    const quint64 id = rig.subscribe();
    rig.produce(1);
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{1});
    QVERIFY(!rig.subscriptions.areCaughtUp());
    QCOMPARE(rig.subscriptions.acknowledge(me, id, 1), Subscriptions::Outcome::Done);
    QTRY_VERIFY(rig.subscriptions.areCaughtUp());

    // Nothing of another uid's is theirs.
    rig.produce(10, 1001);
    QTRY_VERIFY(rig.subscriptions.areCaughtUp());
}

void SubscriptionsTest::limits()
{
    SubscriptionRig rig;
    for (quint32 uid = 0; uid < 8; ++uid) {
        for (int index = 0; index < 8; ++index) {
            // The limit is the user's, however many connections they make.
            QVERIFY(rig.subscribe(QStringLiteral(":1.%1").arg(uid * 8 + quint32(index)), uid) != 0);
        }
        QCOMPARE(rig.subscribe(me, uid), quint64{0});
    }
    QCOMPARE(rig.subscriptions.count(), 64);
    QCOMPARE(rig.subscribe(me, 4242), quint64{0});
    rig.subscriptions.removeOwner(QStringLiteral(":1.7"));
    QCOMPARE(rig.subscribe(me, 1), quint64{0}); // their own eight are still there
    QVERIFY(rig.subscribe(me, 4242) != 0);
}

void SubscriptionsTest::idsAreNeverReused()
{
    SubscriptionRig rig;
    quint64 last = 0;
    for (int round = 0; round < 100; ++round) {
        const quint64 id = rig.subscribe();
        QVERIFY(id > last);
        last = id;
        rig.subscriptions.remove(me, id);
    }
}

void SubscriptionsTest::batchesAreBounded_data()
{
    QTest::addColumn<int>("pathSize");
    QTest::addColumn<QByteArray>("comm");
    QTest::newRow("short paths") << 10 << QByteArray("cat");
    QTest::newRow("about 256 bytes an event") << 130 << QByteArray("cat");
    QTest::newRow("the longest paths") << 4096 << QByteArray("cat");
    // Each such byte is four on the wire, in the comm and again in the application id.
    QTest::newRow("comms that grow") << 100 << QByteArray(15, '\xff');
    QTest::newRow("comms that do not") << 100 << QByteArray("\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9");
}

void SubscriptionsTest::batchesAreBounded()
{
    QFETCH(int, pathSize);
    QFETCH(QByteArray, comm);
    constexpr int total = 1900;
    SubscriptionRig rig;
    const quint64 id = rig.subscribeReader();
    SampleEvent sample;
    sample.comm = sample.application = comm.toStdString();
    sample.subject = "/" + std::string(std::size_t(pathSize) - 1, 'p');
    for (int number = 0; number < total; ++number) {
        rig.ring.event(sample.event());
    }
    rig.ring.flush();
    QTRY_COMPARE_WITH_TIMEOUT(rig.publisher.events(id) + rig.publisher.dropped(id), std::size_t{total},
                              20'000);
    std::size_t largest = 0;
    for (const FakePublisher::Batch &batch : rig.publisher.batches(id)) {
        QVERIFY(batch.events.size() <= 1000);
        QVERIFY2(wireSize(batch.events) <= 256 * 1024,
                 QByteArray::number(qulonglong(wireSize(batch.events))));
        largest = std::max(largest, wireSize(batch.events));
    }
    // Nor are they small for no reason.
    QVERIFY(rig.publisher.batches(id).front().events.size() == 1000 || largest > 150 * 1024);
}

QTEST_GUILESS_MAIN(SubscriptionsTest)
#include "SubscriptionsTest.moc"
