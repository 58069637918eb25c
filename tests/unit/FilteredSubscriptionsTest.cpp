// SPDX-License-Identifier: MIT
//
// Subscriptions with a filter: what comes, what it may cost, and that it is never more than the scope shows.
#include "tests/unit/SubscriptionRig.h"

#include <QTest>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

const QString me = QStringLiteral(":1.1");
constexpr qint64 shortestGap = 47; // of two batches: a coarse timer may fire a twentieth early

std::unique_ptr<EventFilter> filterOf(const char *text)
{
    filter::Result<filter::Program> program =
        filter::Program::compile(std::get<filter::Expression>(filter::parse(text)));
    return std::make_unique<EventFilter>(std::get<filter::Program>(std::move(program)));
}

QByteArrayList subjectsOf(const std::vector<FakePublisher::Batch> &batches)
{
    QByteArrayList subjects;
    for (const FakePublisher::Batch &batch : batches) {
        for (const MonitorEvent &event : batch.events) {
            subjects.append(event.subject);
        }
    }
    return subjects;
}

} // namespace

class FilteredSubscriptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatPassesIsSent();
    void neverMoreThanTheScope_data();
    void neverMoreThanTheScope();
    void itLooksAtWhatIsSent();
    void theBacklogIsLookedThrough();
    void whatIsKeptBackIsNoDrop();
    void fullBatchesGoOnWhereTheyEnded();
    void aSlowFilterHoldsUpNobody();
    void whatIsOverdrawnIsMadeUpFor();
};

void FilteredSubscriptionsTest::whatPassesIsSent()
{
    SubscriptionRig rig;
    const quint64 id =
        rig.subscriptions.add(me, {1000, false, 0}, 1000, 0, filterOf("ext == txt and not name == b.txt"))
            .value_or(0);
    SampleEvent sample;
    for (const char *subject : {"/a.txt", "/b.txt", "/c.pdf", "/d.txt"}) {
        sample.subject = subject;
        rig.ring.event(sample.event());
    }
    rig.ring.flush();
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{2});
    const auto &batches = rig.publisher.batches(id);
    QCOMPARE(subjectsOf(batches), (QByteArrayList{"/a.txt", "/d.txt"}));
    quint64 number = 0;
    for (const auto &batch : batches) { // one or two, as time went by
        for (const MonitorEvent &event : batch.events) {
            QCOMPARE(event.sequence, ++number);
        }
    }
    QCOMPARE(rig.publisher.dropped(id), std::size_t{0});
}

void FilteredSubscriptionsTest::neverMoreThanTheScope_data()
{
    QTest::addColumn<QByteArray>("filter");
    QTest::newRow("everything") << QByteArray("");
    QTest::newRow("others") << QByteArray("uid == 0 or uid == 1001 or uid == 1000");
    QTest::newRow("a lack") << QByteArray("not age == 1");
    QTest::newRow("a word") << QByteArray("/");
}

void FilteredSubscriptionsTest::neverMoreThanTheScope()
{
    QFETCH(QByteArray, filter);
    SubscriptionRig rig;
    const quint64 id =
        rig.subscriptions.add(me, {1000, false, 99}, 1000, 0, filterOf(filter.constData())).value_or(0);
    SampleEvent sample;
    const auto add = [&](const char *subject, quint32 uid, bool privileged, quint32 pid, EventType type) {
        sample.subject = subject;
        sample.fields.uid = uid;
        sample.fields.privileged = privileged;
        sample.fields.pid = pid;
        sample.fields.type = type;
        rig.ring.event(sample.event());
    };
    add("/others", 1001, false, 1, EventType::FileOpened);
    add("/root's", 0, true, 1, EventType::FileOpened);
    add("/of a set-uid program", 1000, true, 1, EventType::FileOpened);
    add("/of the subscriber", 1000, false, 99, EventType::FileOpened);
    add("/of another type", 1000, false, 1, EventType::FileOpenFailed);
    add("/mine", 1000, false, 1, EventType::FileOpened);
    rig.ring.flush();
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{1});
    QCOMPARE(subjectsOf(rig.publisher.batches(id)), QByteArrayList{"/mine"});
}

void FilteredSubscriptionsTest::itLooksAtWhatIsSent()
{
    // A client that filters for what it was sent finds it again, be it UTF-8 or not.
    SubscriptionRig rig;
    const quint64 id = rig.subscriptions
                           .add(me, {1000, false, 0}, 1000, 0,
                                filterOf("comm == \"\\\\xff\" and app == \"\\\\xfe\" and path == \"/\\xfd\""))
                           .value_or(0);
    SampleEvent sample;
    sample.comm = "\xff";
    sample.application = "\xfe";
    sample.subject = "/\xfd";
    rig.ring.event(sample.event());
    rig.ring.flush();
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{1});
    const MonitorEvent sent = rig.publisher.batches(id).front().events.first();
    QCOMPARE(sent.comm, QStringLiteral("\\xff"));
    QCOMPARE(sent.application, QStringLiteral("\\xfe"));
    QCOMPARE(sent.subject, QByteArray("/\xfd"));
}

void FilteredSubscriptionsTest::theBacklogIsLookedThrough()
{
    SubscriptionRig rig;
    rig.produce(100); // numbered in their flags
    const quint64 id =
        rig.subscriptions.add(me, {1000, false, 0}, 1000, 10, filterOf("flags in {5, 95}")).value_or(0);
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{1});
    QCOMPARE(rig.publisher.batches(id).front().events.first().flags, 95U);
}

void FilteredSubscriptionsTest::whatIsKeptBackIsNoDrop()
{
    SubscriptionRig rig([] { return 0ns; }); // as fast a filter as need be
    const quint64 nothing =
        rig.subscriptions.add(me, {1000, false, 0}, 1000, 0, filterOf("pid == 1")).value_or(0);
    const quint64 fence = rig.subscribeReader();
    // Three times what the ring holds: who keeps a position too far back loses events.
    for (int round = 1; round <= 30; ++round) {
        rig.produce(1000);
        QTRY_COMPARE(rig.publisher.events(fence), std::size_t(round) * 1000);
    }
    rig.subscriptions.remove(QStringLiteral(":1.2"), fence);
    QCOMPARE(rig.publisher.batches(nothing).size(), std::size_t{0});
}

void FilteredSubscriptionsTest::fullBatchesGoOnWhereTheyEnded()
{
    SubscriptionRig rig;
    const quint64 id =
        rig.subscriptions.add(me, {1000, false, 0}, 1000, 0, filterOf("not flags has 1")).value_or(0);
    rig.publisher.acknowledgeFor(id);
    rig.produce(8000);
    // Of the access modes 0, 1, 2, 3 all but one.
    QTRY_COMPARE(rig.publisher.events(id), std::size_t{6000});
    quint32 expected = 0;
    for (const FakePublisher::Batch &batch : rig.publisher.batches(id)) {
        QVERIFY(batch.events.size() <= 1000);
        for (const MonitorEvent &event : batch.events) {
            expected += expected % 4 == 1 ? 1 : 0;
            QCOMPARE(event.flags, expected++);
        }
    }
}

void FilteredSubscriptionsTest::aSlowFilterHoldsUpNobody()
{
    // Each look at the clock is 1 ms later than the one before: two events a round.
    std::chrono::nanoseconds now{};
    SubscriptionRig rig([&now] { return now += 1ms; });
    const quint64 slow =
        rig.subscriptions.add(me, {1000, false, 0}, 1000, 0, filterOf("pid == 1234")).value_or(0);
    const quint64 reader = rig.subscribeReader();
    rig.produce(20);
    QTRY_COMPARE(rig.publisher.events(reader), std::size_t{20});
    QCOMPARE(rig.publisher.batches(reader).size(), std::size_t{1});
    QVERIFY(rig.publisher.events(slow) <= 4);
    rig.publisher.acknowledgeFor(slow);
    rig.subscriptions.acknowledge(me, slow, rig.publisher.lastSequence(slow));
    QTRY_COMPARE(rig.publisher.events(slow), std::size_t{20});
    QCOMPARE(rig.publisher.dropped(slow), std::size_t{0});
    QVERIFY(rig.publisher.batches(slow).size() >= 6);
}

void FilteredSubscriptionsTest::whatIsOverdrawnIsMadeUpFor()
{
    // One event takes as long as five rounds may.
    std::chrono::nanoseconds now{};
    SubscriptionRig rig([&now] { return now += 5ms; });
    const quint64 slow =
        rig.subscriptions.add(me, {1000, false, 0}, 1000, 0, filterOf("pid == 1234")).value_or(0);
    rig.publisher.acknowledgeFor(slow);
    rig.produce(3);
    QTRY_COMPARE(rig.publisher.events(slow), std::size_t{3});
    const auto &batches = rig.publisher.batches(slow);
    QCOMPARE(batches.size(), std::size_t{3});
    for (std::size_t index = 1; index < batches.size(); ++index) {
        const qint64 gap = batches[index].at - batches[index - 1].at;
        QVERIFY2(gap >= 4 * shortestGap, QByteArray::number(gap));
    }
}

QTEST_GUILESS_MAIN(FilteredSubscriptionsTest)
#include "FilteredSubscriptionsTest.moc"
