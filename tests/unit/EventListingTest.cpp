// SPDX-License-Identifier: MIT
#include "app/models/EventListing.h"

#include "tests/fakes/PlausibleEvents.h"
#include "tests/unit/ClientEvents.h"

#include <QDateTime>
#include <QSignalSpy>
#include <QTest>
#include <random>

using namespace lunaris;

class EventListingTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsEverything();
    void filters_data();
    void filters();
    void newRowsAreFiltered();
    void gapsPassEveryFilter();
    void aNewFilterEndsTheOneThatRuns();
    void oldRowsStayUntilTheFilterIsThrough();
    void agesOut();
    void freezes();
    void longFreezes();
    void sorts_data();
    void sorts();
    void sortingFreezes();
    void filtersWhatIsSorted();
    void clears();
    void survivesAnything();
};

namespace
{

EventFilter compiled(const char *text)
{
    return std::get<EventFilter>(EventFilter::compile(QString::fromUtf8(text)));
}

std::vector<quint64> numbers(const EventListing &listing)
{
    std::vector<quint64> all;
    for (quint64 index = 0; index < listing.count(); ++index) {
        all.push_back(listing.numberAt(index));
    }
    return all;
}

/// The numbers of the rows that pass, asked one by one.
std::vector<quint64> expected(const EventRows &rows, const EventFilter &filter)
{
    EventMatcher matcher(filter);
    std::vector<quint64> all;
    for (quint64 number = rows.first(); number < rows.end(); ++number) {
        if (matcher.passes(rows.at(number))) {
            all.push_back(number);
        }
    }
    return all;
}

MonitorEvent opened(const QByteArray &path, quint32 pid = 1)
{
    MonitorEvent event = test::openedHosts();
    event.subject = path;
    event.pid = pid;
    return event;
}

} // namespace

void EventListingTest::showsEverything()
{
    EventStore store;
    store.append({opened("/early")});
    EventListing listing(&store);
    QCOMPARE(numbers(listing), std::vector<quint64>{1});
    store.setMaximumRows(3);
    QSignalSpy changed(&listing, &EventListing::changed);
    store.append({opened("/a"), opened("/b"), opened("/c")});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(numbers(listing), (std::vector<quint64>{2, 3, 4}));
    QCOMPARE(listing.indexOf(1), 0U);
    QCOMPARE(listing.indexOf(3), 1U);
    QCOMPARE(listing.indexOf(9), 3U);
}

void EventListingTest::filters_data()
{
    QTest::addColumn<QString>("filter");
    QTest::newRow("nothing") << "";
    QTest::newRow("blanks") << "   ";
    QTest::newRow("a word") << "mozilla";
    QTest::newRow("three terms") << "comm == git and path contains /pack/ or ext == sqlite-wal";
    QTest::newRow("all") << "pid > 0";
    QTest::newRow("none") << "pid == 0";
    QTest::newRow("user") << "user == root";
    QTest::newRow("not user") << "not user == root";
}

void EventListingTest::filters()
{
    QFETCH(QString, filter);
    EventStore store;
    MonitorEventList events = test::PlausibleEvents(3).make(20'000, 1'700'000'000'000'000);
    for (qsizetype index = 0; index < events.size(); ++index) {
        events[index].uid = index % 3 == 0 ? 0 : 4711;
    }
    store.append(events);
    EventListing listing(&store);
    listing.setFilter(compiled(filter.toUtf8().constData()));
    QTRY_VERIFY(!listing.isSearching());
    const std::vector<quint64> wanted = expected(store.rows(), listing.filter());
    QCOMPARE(numbers(listing), wanted);
    QCOMPARE(listing.eventCount(), wanted.size());
    if (filter == QLatin1String("user == root")) {
        QVERIFY(!wanted.empty() && wanted.size() < 20'000);
    }
    listing.setFilter(EventFilter());
    QCOMPARE(listing.count(), 20'000U);
}

void EventListingTest::newRowsAreFiltered()
{
    EventStore store;
    EventListing listing(&store);
    listing.setFilter(compiled("pid == 2"));
    QTRY_VERIFY(!listing.isSearching());
    store.append({opened("/a", 2), opened("/b", 1)});
    store.append({opened("/c", 2)});
    QCOMPARE(numbers(listing), (std::vector<quint64>{1, 3}));
    QCOMPARE(listing.indexOf(2), 1U);
    store.setMaximumRows(2);
    QCOMPARE(numbers(listing), std::vector<quint64>{3});
    store.setMaximumRows(1);
    store.append({opened("/d", 1)});
    QCOMPARE(listing.count(), 0U);
}

void EventListingTest::gapsPassEveryFilter()
{
    EventStore store;
    EventListing listing(&store);
    store.append({opened("/a", 2), opened("/b", 1)}, 5);
    listing.setFilter(compiled("pid == 1"));
    QTRY_COMPARE(numbers(listing), (std::vector<quint64>{1, 3}));
    store.appendConnectionLost(1);
    QCOMPARE(listing.count(), 3U);
    QCOMPARE(listing.eventCount(), 1U);
}

void EventListingTest::aNewFilterEndsTheOneThatRuns()
{
    EventStore store;
    store.append(test::PlausibleEvents(3).make(200'000, 1'700'000'000'000'000));
    EventListing listing(&store);
    QSignalSpy changed(&listing, &EventListing::changed);
    for (const char *const typed : {"g", "gi", "git", "comm == git"}) {
        listing.setFilter(compiled(typed));
        QVERIFY(listing.isSearching());
    }
    QTRY_VERIFY(!listing.isSearching());
    QCOMPARE(changed.size(), 1); // none of the others came through
    QCOMPARE(numbers(listing), expected(store.rows(), listing.filter()));

    listing.setFilter(compiled("firefox"));
    listing.setFilter(EventFilter());
    QVERIFY(!listing.isSearching());
    QCOMPARE(listing.count(), 200'000U);
}

void EventListingTest::oldRowsStayUntilTheFilterIsThrough()
{
    EventStore store;
    store.append(test::PlausibleEvents(3).make(100'000, 1'700'000'000'000'000));
    EventListing listing(&store);
    listing.setFilter(compiled("pid == 2"));
    QCOMPARE(listing.count(), 100'000U);
    // Rows that come meanwhile are in neither too few nor too many times.
    store.append({opened("/a", 2), opened("/b", 1)});
    QCOMPARE(listing.count(), 100'002U);
    QTRY_VERIFY(!listing.isSearching());
    QCOMPARE(numbers(listing), std::vector<quint64>{100'001});
}

void EventListingTest::agesOut()
{
    const auto now = static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) * 1000;
    EventStore store;
    EventListing listing(&store);
    MonitorEvent young = opened("/young");
    young.time = now;
    MonitorEvent old = opened("/old");
    old.time = now - quint64{3'600'000'000};
    store.append({old, young});
    listing.setFilter(compiled("age > 60"));
    QTRY_COMPARE(numbers(listing), std::vector<quint64>{1});
    listing.setFilter(compiled("age < 1"));
    QTRY_COMPARE(numbers(listing), std::vector<quint64>{2});
    QTRY_COMPARE_WITH_TIMEOUT(listing.count(), 0U, 12'000); // without anybody's doing
}

void EventListingTest::freezes()
{
    EventStore store;
    EventListing listing(&store);
    store.setMaximumRows(5);
    store.append({opened("/a"), opened("/b")});
    QSignalSpy pending(&listing, &EventListing::pendingCountChanged);
    QSignalSpy changed(&listing, &EventListing::changed);
    listing.setFrozen(true);
    changed.clear();
    for (int round = 0; round < 10; ++round) {
        store.append({opened("/c")});
    }
    QCOMPARE(changed.size(), 0);
    QVERIFY(!pending.isEmpty());
    store.appendConnectionLost(1);
    QCOMPARE(listing.pendingCount(), 10U); // a gap is no event
    // Gone from the store, but not from in front of whoever reads them.
    QCOMPARE(numbers(listing), (std::vector<quint64>{1, 2}));
    QCOMPARE(listing.rows().at(2).subject(), std::string_view("/b"));

    listing.setFilter(compiled("path == /b"));
    QTRY_COMPARE(numbers(listing), std::vector<quint64>{2});
    listing.setFilter(EventFilter());
    listing.setFrozen(false);
    QCOMPARE(listing.pendingCount(), 0U);
    QCOMPARE(numbers(listing), (std::vector<quint64>{9, 10, 11, 12, 13}));
}

void EventListingTest::longFreezes()
{
    EventStore store;
    EventListing listing(&store);
    listing.setFilter(compiled("comm == git"));
    QTRY_VERIFY(!listing.isSearching());
    test::PlausibleEvents source(4);
    store.append(source.make(500, 1'700'000'000'000'000));
    listing.setFrozen(true);
    store.append(source.make(100'000, 1'700'000'000'000'000));
    listing.setFrozen(false);
    QVERIFY(listing.isSearching()); // too many to look at while somebody waits
    QTRY_VERIFY(!listing.isSearching());
    QCOMPARE(numbers(listing), expected(store.rows(), listing.filter()));
}

void EventListingTest::sorts_data()
{
    QTest::addColumn<int>("column");
    for (int column = 0; column < eventColumnCount; ++column) {
        QTest::addRow("%d", column) << column;
    }
}

void EventListingTest::sorts()
{
    QFETCH(int, column);
    EventStore store;
    MonitorEventList events = test::PlausibleEvents(6).make(50'000, 1'700'000'000'000'000);
    events += test::oneOfEachType();
    store.append(events, 3);
    EventListing listing(&store);
    std::vector<quint64> orders[2];
    for (const bool descending : {false, true}) {
        listing.setSorting(EventSorting{static_cast<EventColumn>(column), descending});
        QVERIFY(listing.isSearching());
        QTRY_VERIFY(!listing.isSearching());
        orders[descending ? 1 : 0] = numbers(listing);
    }
    // Each row once, in an order that the other one turns round but for what is alike.
    std::vector<quint64> all = orders[0];
    std::sort(all.begin(), all.end());
    QCOMPARE(all, expected(store.rows(), EventFilter()));
    const StoredEvent first = listing.rows().at(orders[0].front());
    const StoredEvent last = listing.rows().at(orders[1].front());
    switch (static_cast<EventColumn>(column)) {
    case EventColumn::Number:
        QCOMPARE(orders[0], all);
        QCOMPARE(last.number(), store.rows().end() - 1);
        break;
    case EventColumn::Path:
        for (std::size_t index = 1; index < orders[0].size(); ++index) {
            QVERIFY(listing.rows().at(orders[0][index - 1]).subject() <=
                    listing.rows().at(orders[0][index]).subject());
        }
        break;
    case EventColumn::Pid:
        QCOMPARE(first.pid(), 0U); // the gap
        QCOMPARE(last.pid(), 20755U);
        break;
    case EventColumn::Comm:
        QCOMPARE(last.comm(), std::string_view("tracker-miner-f"));
        break;
    case EventColumn::Application:
        QCOMPARE(last.comm(), std::string_view("tracker-miner-f"));
        QVERIFY(!first.isEvent());
        break;
    default:
        break;
    }
    QCOMPARE(listing.indexOf(orders[1][77]), 77U);
}

void EventListingTest::sortingFreezes()
{
    EventStore store;
    EventListing listing(&store);
    store.append({opened("/b"), opened("/a")});
    QSignalSpy sorting(&listing, &EventListing::sortingChanged);
    listing.setSorting(EventSorting{EventColumn::Path, false});
    QVERIFY(listing.isFrozen());
    QTRY_COMPARE(numbers(listing), (std::vector<quint64>{2, 1}));
    store.append({opened("/0")});
    QCOMPARE(listing.count(), 2U);
    listing.setSorting(std::nullopt);
    QCOMPARE(numbers(listing), (std::vector<quint64>{1, 2}));
    QVERIFY(listing.isFrozen());
    listing.setSorting(EventSorting{EventColumn::Path, true});
    listing.setFrozen(false);
    QVERIFY(!listing.sorting());
    QCOMPARE(numbers(listing), (std::vector<quint64>{1, 2, 3}));
    QVERIFY(!listing.isSearching());
    QCOMPARE(sorting.size(), 4);
}

void EventListingTest::filtersWhatIsSorted()
{
    EventStore store;
    EventListing listing(&store);
    store.append({opened("/b", 1), opened("/c", 2), opened("/a", 2)});
    listing.setSorting(EventSorting{EventColumn::Path, false});
    QTRY_COMPARE(numbers(listing), (std::vector<quint64>{3, 1, 2}));
    listing.setFilter(compiled("pid == 2"));
    QTRY_COMPARE(numbers(listing), (std::vector<quint64>{3, 2}));
    listing.setFilter(EventFilter());
    QTRY_COMPARE(numbers(listing), (std::vector<quint64>{3, 1, 2}));
}

void EventListingTest::clears()
{
    EventStore store;
    EventListing listing(&store);
    listing.setFilter(compiled("pid == 2"));
    QTRY_VERIFY(!listing.isSearching());
    store.append({opened("/a", 2)});
    listing.setFrozen(true);
    listing.clear();
    QCOMPARE(listing.count(), 0U);
    QCOMPARE(listing.pendingCount(), 0U);
    listing.setFrozen(false);
    store.append({opened("/b", 2)});
    QCOMPARE(numbers(listing), std::vector<quint64>{2});
}

void EventListingTest::survivesAnything()
{
    EventStore store;
    EventListing listing(&store);
    test::PlausibleEvents source(5);
    std::mt19937 random(8);
    const std::array filters = {"", "git", "pid > 4000", "user == root or ext == idx", "path contains zzz"};
    for (int step = 0; step < 2000; ++step) {
        switch (random() % 12) {
        case 0:
            store.setMaximumRows(random() % 30'000);
            break;
        case 1:
            listing.setFilter(compiled(filters[random() % filters.size()]));
            break;
        case 2:
            listing.setFrozen(random() % 3 == 0);
            break;
        case 3:
            listing.setSorting(EventSorting{static_cast<EventColumn>(random() % eventColumnCount), false});
            break;
        case 4:
            listing.setSorting(std::nullopt);
            break;
        case 5:
            QCoreApplication::processEvents();
            break;
        case 6:
            if (random() % 20 == 0) {
                listing.clear();
            }
            break;
        default:
            store.append(source.make(random() % 500, 1'700'000'000'000'000), random() % 3);
        }
        for (int probe = 0; probe < 3 && listing.count() > 0; ++probe) {
            const quint64 index = random() % listing.count();
            QVERIFY(listing.rows().contains(listing.numberAt(index)));
            QCOMPARE(listing.indexOf(listing.numberAt(index)), index);
        }
    }
    listing.setFrozen(false);
    listing.setFilter(compiled("git"));
    QTRY_VERIFY(!listing.isSearching());
    QCOMPARE(numbers(listing), expected(store.rows(), listing.filter()));
}

QTEST_GUILESS_MAIN(EventListingTest)
#include "EventListingTest.moc"
