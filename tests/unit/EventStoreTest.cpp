// SPDX-License-Identifier: MIT
#include "app/models/EventStore.h"

#include "tests/fakes/PlausibleEvents.h"
#include "tests/unit/ClientEvents.h"

#include <QSignalSpy>
#include <QTest>
#include <random>
#include <thread>

using namespace lunaris;

class EventStoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void givesBackWhatCame();
    void oldestRowsGo();
    void isBoundedByBytes();
    void numbersGoOnAfterClear();
    void marksGaps();
    void copiesKeepTheirRows();
    void isReadWhileItIsWritten();
    void keepsLongTexts();
    void survivesAnything();
};

namespace
{

MonitorEventList numbered(quint64 first, quint64 count)
{
    MonitorEvent event = test::openedHosts();
    MonitorEventList events;
    for (quint64 number = first; number < first + count; ++number) {
        event.subject = '/' + QByteArray::number(number);
        events.append(event);
    }
    return events;
}

std::string_view expected(std::string &room, quint64 number)
{
    room = '/' + std::to_string(number);
    return room;
}

} // namespace

void EventStoreTest::givesBackWhatCame()
{
    MonitorEventList events = test::oneOfEachType();
    for (const auto &[bytes, text] : test::hostileNames()) {
        events.append(test::clientEvent("file.opened", bytes, 3));
    }
    events.append(MonitorEvent());
    MonitorEvent extreme = test::openedHosts();
    extreme.sequence = extreme.time = extreme.cgroup = ~quint64{0};
    extreme.pid = extreme.parentPid = extreme.uid = extreme.flags = extreme.mode = extreme.attributes =
        ~quint32{0};
    extreme.value = std::numeric_limits<qint64>::min();
    extreme.comm = QStringLiteral("Grüße 🙂");
    events.append(extreme);

    EventStore store;
    QSignalSpy changed(&store, &EventStore::changed);
    store.append(events);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(store.rows().count(), static_cast<quint64>(events.size()));
    for (qsizetype index = 0; index < events.size(); ++index) {
        QCOMPARE(store.event(static_cast<quint64>(index) + 1), events[index]);
    }
    QVERIFY(!store.event(0));
    QVERIFY(!store.event(store.rows().end()));

    const auto members = store.rows().at(1).members();
    QCOMPARE(members.subject, std::string_view("/etc/hosts"));
    QCOMPARE(members.application, std::string_view("org.example.Reader"));
    QCOMPARE(members.parentPid, 77U);
}

void EventStoreTest::oldestRowsGo()
{
    EventStore store;
    store.setMaximumRows(20'000);
    for (quint64 first = 1; first < 100'000; first += 777) {
        store.append(numbered(first, 777));
    }
    QCOMPARE(store.rows().count(), 20'000U);
    std::string room;
    for (quint64 number = store.rows().first(); number < store.rows().end(); ++number) {
        QCOMPARE(store.rows().at(number).number(), number);
        QCOMPARE(store.rows().at(number).subject(), expected(room, number));
    }
    QVERIFY(!store.event(store.rows().first() - 1));
    store.setMaximumRows(0);
    QCOMPARE(store.rows().count(), 1U);
}

void EventStoreTest::isBoundedByBytes()
{
    constexpr qsizetype most = 16 * 1024 * 1024;
    EventStore store;
    store.setMaximumBytes(most);
    MonitorEvent event = test::openedHosts();
    for (int batch = 0; batch < 60; ++batch) {
        MonitorEventList events;
        for (int index = 0; index < 1000; ++index) {
            event.subject = '/' + QByteArray(1000, 'x') + QByteArray::number(batch * 1000 + index);
            events.append(event);
        }
        store.append(events);
        QVERIFY(store.bytes() <= most);
    }
    // What is held is told: a thousand bytes of name in each row at least.
    QVERIFY(store.rows().count() < 16'000);
    QVERIFY(store.bytes() > static_cast<qsizetype>(store.rows().count()) * 1000);
    QCOMPARE(store.rows().end(), 60'001U);

    store.setMaximumBytes(0); // the chunk that is written to stays
    QVERIFY(store.rows().count() >= 1);
    QVERIFY(store.rows().count() <= EventChunk::capacity);
}

void EventStoreTest::numbersGoOnAfterClear()
{
    EventStore store;
    store.append(numbered(1, 10'000));
    store.clear();
    QCOMPARE(store.rows().count(), 0U);
    QCOMPARE(store.rows().first(), 10'001U);
    QCOMPARE(store.bytes(), 0);
    store.append(numbered(10'001, 5));
    std::string room;
    QCOMPARE(store.rows().at(10'003).subject(), expected(room, 10'003));
}

void EventStoreTest::marksGaps()
{
    EventStore store;
    store.append(numbered(1, 2));
    store.append({}, 7);
    store.append(numbered(4, 1), 9);
    store.appendConnectionLost(99);
    QCOMPARE(store.rows().count(), 6U);
    QCOMPARE(store.rows().eventCount(), 3U);
    QCOMPARE(store.gaps(), (std::deque<quint64>{3, 4, 6}));
    QCOMPARE(store.rows().at(3).kind(), EventChunk::Kind::Dropped);
    QCOMPARE(store.rows().at(3).value(), 7);
    QCOMPARE(store.rows().at(4).value(), 9);
    QCOMPARE(store.rows().at(6).kind(), EventChunk::Kind::ConnectionLost);
    QCOMPARE(store.rows().at(6).time(), 99U);
    QVERIFY(!store.event(3));
    QVERIFY(store.event(5));
    store.setMaximumRows(2);
    QCOMPARE(store.gaps(), (std::deque<quint64>{6}));
    QCOMPARE(store.rows().eventCount(), 1U);
    store.clear();
    QCOMPARE(store.rows().eventCount(), 0U);
}

void EventStoreTest::copiesKeepTheirRows()
{
    EventStore store;
    store.append(numbered(1, 9000));
    const EventRows copy = store.rows();
    store.setMaximumRows(10);
    store.append(numbered(9001, 30'000));
    store.clear();
    QCOMPARE(copy.count(), 9000U);
    std::string room;
    for (quint64 number = copy.first(); number < copy.end(); ++number) {
        QCOMPARE(copy.at(number).subject(), expected(room, number));
    }
}

/// Best under the thread sanitizer, which sees a race also when it goes well.
void EventStoreTest::isReadWhileItIsWritten()
{
    EventStore store;
    store.setMaximumRows(30'000);
    for (int round = 0; round < 20; ++round) {
        store.append(numbered(store.rows().end(), 3000));
        quint64 wrong = 0;
        std::thread reader([&wrong, rows = store.rows()] {
            std::string room;
            for (quint64 number = rows.first(); number < rows.end(); ++number) {
                wrong += rows.at(number).subject() == expected(room, number) ? 0 : 1;
            }
        });
        store.append(numbered(store.rows().end(), 5000));
        reader.join();
        QCOMPARE(wrong, 0U);
    }
}

void EventStoreTest::keepsLongTexts()
{
    EventStore store;
    MonitorEvent event = test::openedHosts();
    for (const qsizetype size : {0, 1, 4096, 8 * 1024, 32 * 1024, 200 * 1024}) {
        event.subject = QByteArray(size, 'p');
        event.comm = QString(size, QLatin1Char('c'));
        store.append({event});
        QCOMPARE(store.event(store.rows().end() - 1), event);
    }
}

void EventStoreTest::survivesAnything()
{
    EventStore store;
    test::PlausibleEvents source(5);
    std::mt19937 random(5);
    std::deque<std::optional<MonitorEvent>> all; // nothing for a gap; its first is number 1
    for (int step = 0; step < 400; ++step) {
        switch (random() % 8) {
        case 0:
            store.setMaximumRows(random() % 40'000);
            break;
        case 1:
            store.setMaximumBytes(static_cast<qsizetype>(random() % 20'000'000));
            break;
        case 2:
            store.appendConnectionLost(1);
            all.emplace_back();
            break;
        default:
            const MonitorEventList events = source.make(random() % 1500, 1'700'000'000'000'000);
            const quint64 dropped = random() % 4 == 0 ? 3 : 0;
            if (dropped > 0) {
                all.emplace_back();
            }
            all.insert(all.end(), events.begin(), events.end());
            store.append(events, dropped);
        }
        QCOMPARE(store.rows().end(), all.size() + 1);
        for (const quint64 number : {store.rows().first(), store.rows().end() - 1,
                                     store.rows().first() + store.rows().count() / 2}) {
            if (store.rows().contains(number)) {
                QCOMPARE(store.event(number), all[number - 1]);
            }
        }
        QVERIFY(store.rows().count() <= store.maximumRows());
    }
}

QTEST_GUILESS_MAIN(EventStoreTest)
#include "EventStoreTest.moc"
