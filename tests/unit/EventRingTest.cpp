// SPDX-License-Identifier: MIT
#include "helper/pipeline/EventRing.h"
#include "tests/unit/SampleEvent.h"

#include <QTest>
#include <deque>
#include <random>
#include <thread>

using namespace lunaris;

namespace
{

constexpr EventScope everyone{0, true, 0};

std::vector<SampleEvent> readAll(const EventRing &ring, EventRing::Position from,
                                 const EventScope &scope = everyone)
{
    std::vector<SampleEvent> events;
    for (;;) {
        const EventRing::Position before = from;
        from = ring.read(from, scope, [&events](EventRing::Position, const Event &event) {
            events.push_back(
                {std::string(event.comm), std::string(event.application), std::string(event.subject), event});
            return true;
        });
        if (from == before) {
            return events;
        }
    }
}

SampleEvent numbered(std::uint32_t number, std::uint32_t uid = 1000)
{
    SampleEvent sample;
    sample.subject = "/" + std::to_string(number);
    sample.fields.flags = number;
    sample.fields.uid = uid;
    sample.fields.privileged = uid == 0;
    return sample;
}

void add(EventRing &ring, const SampleEvent &sample)
{
    ring.event(sample.event());
}

bool same(const SampleEvent &left, const SampleEvent &right)
{
    return left.comm == right.comm && left.application == right.application &&
           left.subject == right.subject && left.fields.flags == right.fields.flags &&
           left.fields.uid == right.fields.uid;
}

} // namespace

class EventRingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldComesBack();
    void textsSurviveTheWrapAround_data();
    void textsSurviveTheWrapAround();
    void eventsWithoutTextDisturbNobody();
    void scopes_data();
    void scopes();
    void aVisitorThatStopsGetsTheSameEventAgain();
    void overwrittenPositionsReadNothing();
    void skippedAreCountedPerScope();
    void skippedBeyondMemoryAreCountedForEveryone();
    void positionBeforeCountsTheScope();
    void theNotifierIsCalledOncePerRequest();
    void aWriterAndAReader();
};

void EventRingTest::everyFieldComesBack()
{
    EventRing ring(4, 1024);
    SampleEvent sample;
    sample.fields.attributes = 5;
    sample.comm = "c\xff";
    add(ring, sample);
    const auto events = readAll(ring, 0);
    QCOMPARE(events.size(), std::size_t{1});
    const Event &event = events.front().fields;
    QCOMPARE(events.front().comm, std::string("c\xff"));
    QCOMPARE(events.front().application, sample.application);
    QCOMPARE(events.front().subject, sample.subject);
    QVERIFY(event.id == sample.fields.id);
    QCOMPARE(event.timestamp, sample.fields.timestamp);
    QCOMPARE(event.pid, 1234U);
    QCOMPARE(event.parentPid, 77U);
    QCOMPARE(event.cgroup, std::uint64_t{4711});
    QCOMPARE(event.mode, 0100644U);
    QCOMPARE(event.value, std::int64_t{3});
    QCOMPARE(event.attributes, 5U);
}

void EventRingTest::textsSurviveTheWrapAround_data()
{
    QTest::addColumn<int>("events");
    QTest::addColumn<int>("bytes");
    for (const int events : {1, 2, 5, 64, 1000}) {
        for (const int bytes : {40, 97, 256, 5000}) {
            QTest::addRow("%d events, %d bytes", events, bytes) << events << bytes;
        }
    }
}

void EventRingTest::textsSurviveTheWrapAround()
{
    QFETCH(int, events);
    QFETCH(int, bytes);
    EventRing ring{std::size_t(events), std::size_t(bytes)};
    std::mt19937 random(static_cast<unsigned int>(events * bytes));
    std::deque<SampleEvent> all;
    EventRing::Position first = 0;
    const auto text = [&random](unsigned int most) {
        return std::string(random() % (most + 1), static_cast<char>('a' + random() % 26));
    };
    for (std::uint32_t round = 0; round < 5000; ++round) {
        SampleEvent sample = numbered(round);
        sample.comm = text(8);
        sample.application = text(8);
        sample.subject = "/" + text(22);
        add(ring, sample);
        all.push_back(sample);
        QCOMPARE(ring.end(), EventRing::Position{round + 1});
        QVERIFY(ring.oldest() < ring.end()); // the newest is always there
        for (; first < ring.oldest(); ++first) {
            all.pop_front();
        }
        QVERIFY(all.size() <= std::size_t(events));
        std::size_t held = 0;
        const auto read = readAll(ring, first);
        QCOMPARE(read.size(), all.size());
        for (std::size_t index = 0; index < read.size(); ++index) {
            QVERIFY(same(read[index], all[index]));
            held += read[index].comm.size() + read[index].application.size() + read[index].subject.size();
        }
        QVERIFY(held <= std::size_t(bytes));
    }
}

void EventRingTest::eventsWithoutTextDisturbNobody()
{
    EventRing ring(100, 100);
    SampleEvent empty;
    empty.comm = empty.application = empty.subject = "";
    SampleEvent full;
    full.comm = full.application = "";
    std::mt19937 random(2);
    std::deque<SampleEvent> all;
    EventRing::Position first = 0;
    for (int round = 0; round < 2000; ++round) {
        full.subject = std::string(1 + random() % 40, static_cast<char>('a' + round % 26));
        const SampleEvent &sample = random() % 3 == 0 ? empty : full;
        add(ring, sample);
        all.push_back(sample);
        for (; first < ring.oldest(); ++first) {
            all.pop_front();
        }
        const auto read = readAll(ring, first);
        QCOMPARE(read.size(), all.size());
        for (std::size_t index = 0; index < read.size(); ++index) {
            QCOMPARE(read[index].subject, all[index].subject);
        }
    }
}

void EventRingTest::scopes_data()
{
    QTest::addColumn<quint32>("uid");
    QTest::addColumn<bool>("all");
    QTest::addColumn<quint32>("skippedPid");
    QTest::addColumn<bool>("setUid");
    QTest::addColumn<bool>("rootsOwn");
    QTest::addColumn<bool>("usersOwn");
    // Three events: of a set-uid program of uid 1000, of root, of uid 1000; all of pid 1234.
    QTest::newRow("the user") << 1000U << false << 0U << false << false << true;
    QTest::newRow("another user") << 1001U << false << 0U << false << false << false;
    QTest::newRow("root's own") << 0U << false << 0U << false << true << false;
    QTest::newRow("everyone") << 1001U << true << 0U << true << true << true;
    QTest::newRow("everyone but the own process") << 1001U << true << 1234U << false << false << false;
    QTest::newRow("the user's own process") << 1000U << false << 1234U << false << false << false;
    QTest::newRow("root's own process") << 0U << false << 1234U << false << false << false;
}

void EventRingTest::scopes()
{
    QFETCH(quint32, uid);
    QFETCH(bool, all);
    QFETCH(quint32, skippedPid);
    QFETCH(bool, setUid);
    QFETCH(bool, rootsOwn);
    QFETCH(bool, usersOwn);
    EventRing ring(10, 1000);
    SampleEvent privileged = numbered(1);
    privileged.fields.privileged = true;
    add(ring, privileged);
    add(ring, numbered(2, 0));
    add(ring, numbered(3));
    std::vector<std::uint32_t> expected;
    for (const auto &[number, seen] :
         {std::pair{1U, setUid}, std::pair{2U, rootsOwn}, std::pair{3U, usersOwn}}) {
        if (seen) {
            expected.push_back(number);
        }
    }
    std::vector<std::uint32_t> seen;
    for (const SampleEvent &sample : readAll(ring, 0, {uid, all, skippedPid})) {
        seen.push_back(sample.fields.flags);
    }
    QCOMPARE(seen, expected);
}

void EventRingTest::aVisitorThatStopsGetsTheSameEventAgain()
{
    EventRing ring(10, 1000);
    for (std::uint32_t number = 0; number < 5; ++number) {
        add(ring, numbered(number));
    }
    const EventRing::Position stopped =
        ring.read(0, everyone, [](EventRing::Position position, const Event &event) {
            return position == event.flags && event.flags < 2;
        });
    QCOMPARE(stopped, EventRing::Position{2});
    QCOMPARE(readAll(ring, stopped).front().fields.flags, 2U);
    QCOMPARE(ring.read(stopped, everyone, [](EventRing::Position, const Event &) { return false; }), stopped);
}

void EventRingTest::overwrittenPositionsReadNothing()
{
    EventRing ring(4, 1000);
    for (std::uint32_t number = 0; number < 10; ++number) {
        add(ring, numbered(number));
    }
    QCOMPARE(ring.oldest(), EventRing::Position{6});
    QCOMPARE(readAll(ring, 5).size(), std::size_t{0});
    QCOMPARE(ring.read(5, everyone, [](EventRing::Position, const Event &) { return true; }),
             EventRing::Position{5});
    QCOMPARE(readAll(ring, 6).size(), std::size_t{4});
    QCOMPARE(readAll(ring, 10).size(), std::size_t{0});
}

void EventRingTest::skippedAreCountedPerScope()
{
    EventRing ring(100, 100'000);
    std::mt19937 random(5);
    const std::vector<EventScope> scopes = {{1000, false, 0}, {1001, false, 0},    {0, false, 0},
                                            {0, true, 0},     {1000, false, 1234}, {0, true, 7}};
    std::vector<std::uint64_t> covered(scopes.size());
    // More than the traces of one lock, fewer than are remembered.
    for (std::uint32_t number = 0; number < 20'100; ++number) {
        SampleEvent sample = numbered(number, std::vector<std::uint32_t>{0, 1000, 1001}[random() % 3]);
        sample.fields.privileged = sample.fields.uid == 0 || random() % 4 == 0;
        sample.fields.pid = random() % 2 == 0 ? 1234 : 7;
        add(ring, sample);
        for (std::size_t index = 0; number < 20'000 && index < scopes.size(); ++index) {
            covered[index] += scopes[index].covers(sample.fields.type, sample.fields.uid, sample.fields.pid,
                                                   sample.fields.privileged)
                                  ? 1
                                  : 0;
        }
    }
    for (std::size_t index = 0; index < scopes.size(); ++index) {
        EventRing::Position position = 0;
        QCOMPARE(ring.skipOverwritten(position, scopes[index]), covered[index]);
        QCOMPARE(position, EventRing::Position{20'000});
        QCOMPARE(ring.skipOverwritten(position, scopes[index]), std::uint64_t{0});
    }
}

void EventRingTest::skippedBeyondMemoryAreCountedForEveryone()
{
    EventRing ring(10, 1000);
    constexpr std::uint32_t total = 200'000;
    for (std::uint32_t number = 0; number < total; ++number) {
        add(ring, numbered(number));
    }
    EventRing::Position position = 0;
    QCOMPARE(ring.skipOverwritten(position, everyone), std::uint64_t{total - 10});
    QCOMPARE(position, EventRing::Position{total - 10});
    // What is forgotten cannot be attributed: at least it is never too many.
    position = 0;
    QCOMPARE(ring.skipOverwritten(position, {1000, false, 0}), std::uint64_t{65'536 - 10});
    QCOMPARE(position, EventRing::Position{total - 10});
    position = 0;
    QCOMPARE(ring.skipOverwritten(position, {1001, false, 0}), std::uint64_t{0});
}

void EventRingTest::positionBeforeCountsTheScope()
{
    EventRing ring(100, 100'000);
    QCOMPARE(ring.positionBefore(5, everyone), EventRing::Position{0});
    for (std::uint32_t number = 0; number < 250; ++number) {
        add(ring, numbered(number, number % 2 == 0 ? 1000 : 1001));
    }
    QCOMPARE(ring.positionBefore(0, everyone), EventRing::Position{250});
    QCOMPARE(ring.positionBefore(5, everyone), EventRing::Position{245});
    QCOMPARE(ring.positionBefore(5, {1000, false, 0}), EventRing::Position{240});
    QCOMPARE(readAll(ring, ring.positionBefore(5, {1001, false, 0}), {1001, false, 0}).size(),
             std::size_t{5});
    QCOMPARE(ring.positionBefore(UINT32_MAX, everyone), EventRing::Position{150});
    QCOMPARE(ring.positionBefore(51, {1000, false, 0}), EventRing::Position{150});
    QCOMPARE(ring.positionBefore(1, {42, false, 0}), EventRing::Position{150});
}

void EventRingTest::theNotifierIsCalledOncePerRequest()
{
    EventRing ring(10, 1000);
    int calls = 0;
    ring.setNotifier([&calls] { ++calls; });
    add(ring, numbered(1));
    ring.flush();
    QCOMPARE(calls, 0); // nobody asked
    ring.requestNotification();
    ring.flush();
    QCOMPARE(calls, 0); // nothing is new
    add(ring, numbered(2));
    QCOMPARE(calls, 0); // not before the batch is over
    ring.flush();
    QCOMPARE(calls, 1);
    add(ring, numbered(3));
    ring.flush();
    QCOMPARE(calls, 1); // once is once
    ring.requestNotification();
    ring.requestNotification();
    add(ring, numbered(4));
    ring.flush();
    ring.flush();
    QCOMPARE(calls, 2);
}

void EventRingTest::aWriterAndAReader()
{
    constexpr std::uint32_t total = 200'000;
    EventRing ring(500, 8000);
    std::thread writer([&ring] {
        for (std::uint32_t number = 0; number < total; ++number) {
            SampleEvent sample = numbered(number);
            sample.comm = std::string(number % 16, static_cast<char>('a' + number % 26));
            add(ring, sample);
        }
    });
    EventRing::Position position = 0;
    std::uint64_t seen = 0;
    std::uint64_t skipped = 0;
    std::uint32_t next = 0;
    bool consistent = true;
    while (position < total) {
        skipped += ring.skipOverwritten(position, everyone);
        position = ring.read(position, everyone, [&](EventRing::Position, const Event &event) {
            consistent =
                consistent && event.flags >= next && event.subject == "/" + std::to_string(event.flags) &&
                event.comm == std::string(event.flags % 16, static_cast<char>('a' + event.flags % 26));
            next = event.flags + 1;
            ++seen;
            return true;
        });
    }
    writer.join();
    QVERIFY(consistent);
    QCOMPARE(next, total);
    QCOMPARE(seen + skipped, std::uint64_t{total});
}

QTEST_GUILESS_MAIN(EventRingTest)
#include "EventRingTest.moc"
