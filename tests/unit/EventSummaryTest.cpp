// SPDX-License-Identifier: MIT
#include "app/models/EventSummary.h"

#include "dbus/filter/Program.h"
#include "tests/unit/ClientEvents.h"

#include <QMap>
#include <QTest>
#include <algorithm>
#include <optional>
#include <random>

using namespace lunaris;
using namespace lunaris::test;
using Grouping = EventSummary::Grouping;

class EventSummaryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsInFiveWays();
    void filesAreOnlyOfFileEvents();
    void filterPassesTheGroup_data();
    void filterPassesTheGroup();
    void clears();
    void boundedAndTheSumIsExact();
    void largeGroupsStayExact();
    void boundedByBytesToo();
    void sameAsAMap();
};

namespace
{

Totals totalsOf(const EventSummary &summary, Grouping grouping, const QByteArray &value)
{
    for (const GroupTable::Group &group : summary.table(grouping).groups()) {
        if (EventSummary::value(grouping, group.key) == value) {
            return group.totals;
        }
    }
    return {};
}

quint64 sumOf(const GroupTable &table)
{
    quint64 sum = table.others().events;
    for (const GroupTable::Group &group : table.groups()) {
        sum += group.totals.events;
    }
    return sum;
}

std::optional<GroupTable::Group> find(const GroupTable &table, const QByteArray &key)
{
    const std::vector<GroupTable::Group> &groups = table.groups();
    const auto found =
        std::find_if(groups.begin(), groups.end(), [&key](const auto &group) { return group.key == key; });
    return found == groups.end() ? std::nullopt : std::optional(*found);
}

/// No number twice.
bool areNumbered(const GroupTable &table)
{
    const std::vector<GroupTable::Group> &groups = table.groups();
    return std::adjacent_find(groups.begin(), groups.end(), [](const auto &one, const auto &next) {
               return one.number >= next.number;
           }) == groups.end();
}

MonitorEvent at(MonitorEvent event, quint64 time)
{
    event.time = time;
    return event;
}

} // namespace

void EventSummaryTest::countsInFiveWays()
{
    EventSummary summary;
    MonitorEvent other = at(clientEvent("file.written", "/home/alex/notes", 4096), 30);
    other.application = QStringLiteral("größer");
    other.uid = 0;
    summary.add({at(openedHosts(), 10), at(openedHosts(), 20), other});

    const Totals hosts = totalsOf(summary, Grouping::File, "/etc/hosts");
    QCOMPARE(hosts.events, 2U);
    QCOMPARE(hosts.bytes, 0U);
    QCOMPARE(hosts.first, 10U);
    QCOMPARE(hosts.last, 20U);
    QCOMPARE(totalsOf(summary, Grouping::Folder, "/etc").events, 2U);
    QCOMPARE(totalsOf(summary, Grouping::Folder, "/home/alex").bytes, 4096U);
    QCOMPARE(totalsOf(summary, Grouping::Application, "org.example.Reader").events, 2U);
    QCOMPARE(totalsOf(summary, Grouping::Application, "größer").bytes, 4096U);
    QCOMPARE(totalsOf(summary, Grouping::User, "1000").events, 2U);
    QCOMPARE(totalsOf(summary, Grouping::User, "0").events, 1U);
    QCOMPARE(totalsOf(summary, Grouping::Operation, "file.opened").events, 2U);
    QCOMPARE(totalsOf(summary, Grouping::Operation, "file.written").last, 30U);
    QCOMPARE(summary.totals().events, 3U);
    QCOMPARE(summary.totals().bytes, 4096U);
}

void EventSummaryTest::filesAreOnlyOfFileEvents()
{
    EventSummary summary;
    summary.add(oneOfEachType());
    QCOMPARE(summary.table(Grouping::File).size(), 3);
    QCOMPARE(summary.table(Grouping::Folder).size(), 2); // /etc twice
    QCOMPARE(summary.table(Grouping::Operation).size(), 7);

    MonitorEvent unreadable = openedHosts();
    unreadable.attributes = UnreadableName;
    unreadable.subject = "?";
    summary.add({unreadable, clientEvent("file.opened", "", 3), clientEvent("file.opened", "/", 3),
                 clientEvent("file.opened", "/vmlinuz", 3), clientEvent("file.opened", "end of a path", 3)});
    QCOMPARE(summary.table(Grouping::File).size(), 6);
    QCOMPARE(totalsOf(summary, Grouping::Folder, "/").events, 2U);
    QCOMPARE(totalsOf(summary, Grouping::Folder, "").events, 1U);
}

void EventSummaryTest::filterPassesTheGroup_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::newRow("plain") << QByteArray("/home/alex/notes.txt");
    QTest::newRow("root") << QByteArray("/vmlinuz");
    QTest::newRow("quotes") << QByteArray("/home/alex/a \"b\"\\/and or not");
    for (const auto &[name, text] : hostileNames()) {
        QTest::addRow("%s", text.constData()) << "/tmp/" + name + "/" + name;
    }
}

void EventSummaryTest::filterPassesTheGroup()
{
    QFETCH(QByteArray, path);
    MonitorEvent event = openedHosts();
    event.subject = path;
    event.application = QStringLiteral("my \"app\" ü");
    EventSummary summary;
    summary.add({event});
    for (const Grouping grouping :
         {Grouping::Application, Grouping::Folder, Grouping::File, Grouping::User, Grouping::Operation}) {
        QCOMPARE(summary.table(grouping).size(), 1);
        const auto text = EventSummary::filterOf(grouping, summary.table(grouping).groups().front().key);
        QVERIFY(text);
        const auto parsed = filter::parse(*text);
        QVERIFY2(std::holds_alternative<filter::Expression>(parsed), text->c_str());
        const auto program = filter::Program::compile(std::get<filter::Expression>(parsed));
        const auto passes = [&program](const QByteArray &subject, std::uint32_t uid, const char *type,
                                       const std::string &application) {
            filter::EventMembers members;
            members.type = type;
            members.uid = uid;
            members.application = application;
            members.subject = {subject.constData(), static_cast<std::size_t>(subject.size())};
            return std::get<filter::Program>(program).passes(filter::EventView(members));
        };
        QVERIFY2(passes(path, 1000, "file.opened", "my \"app\" ü"), text->c_str());
        QVERIFY2(!passes("/elsewhere/b", 7, "file.written", "another"), text->c_str());
    }
}

void EventSummaryTest::clears()
{
    EventSummary summary;
    summary.add(oneOfEachType());
    const quint64 last = summary.table(Grouping::File).groups().back().number;
    summary.clear();
    QCOMPARE(summary.totals().events, 0U);
    QCOMPARE(summary.table(Grouping::File).size(), 0);
    summary.add({openedHosts()});
    QVERIFY(summary.table(Grouping::File).groups().front().number > last); // it is another group
    QCOMPARE(totalsOf(summary, Grouping::File, "/etc/hosts").events, 1U);
}

void EventSummaryTest::boundedAndTheSumIsExact()
{
    GroupTable table(1000, 1'000'000);
    for (quint64 number = 0; number < 50'000; ++number) {
        table.add(QByteArray::number(number % 7000), 1, number + 1);
        QVERIFY(table.size() <= 1000);
    }
    QCOMPARE(sumOf(table), 50'000U);
    QVERIFY(table.others().events > 0);
    QCOMPARE(table.others().first, 1U);
    QVERIFY(areNumbered(table));
    QVERIFY(table.groups().back().number > 1000);
}

void EventSummaryTest::largeGroupsStayExact()
{
    GroupTable table(100, 1'000'000);
    for (quint64 number = 0; number < 20'000; ++number) {
        table.add("large", 2, number + 1);
        table.add(QByteArray::number(number), 1, number + 1);
    }
    const auto large = find(table, "large");
    QVERIFY(large);
    QCOMPARE(large->number, 1U);
    QCOMPARE(large->totals.events, 20'000U);
    QCOMPARE(large->totals.bytes, 40'000U);
    QCOMPARE(large->totals.first, 1U);
    QVERIFY(find(table, "19999")); // the newest of the small ones
}

void EventSummaryTest::boundedByBytesToo()
{
    GroupTable table(1000, 100'000);
    for (int number = 0; number < 1000; ++number) {
        table.add(QByteArray(4000, 'x') + QByteArray::number(number), 0, 1);
        QVERIFY(table.size() <= 25);
    }
    QCOMPARE(sumOf(table), 1000U);
    table.add(QByteArray(200'000, 'y'), 0, 1); // alone larger than all that is allowed
    QCOMPARE(sumOf(table), 1001U);
}

void EventSummaryTest::sameAsAMap()
{
    GroupTable table(5000, 1'000'000);
    QMap<QByteArray, quint64> expected;
    std::mt19937 random(5);
    for (int step = 0; step < 100'000; ++step) {
        const QByteArray key =
            QByteArray::number(random() % 4000).repeated(1 + static_cast<int>(random() % 2));
        table.add(key, 0, 1);
        ++expected[key];
    }
    for (const GroupTable::Group &group : table.groups()) {
        if (table.others().events == 0) {
            QCOMPARE(group.totals.events, expected.value(group.key));
        } else {
            QVERIFY(group.totals.events <= expected.value(group.key));
        }
    }
    QVERIFY(areNumbered(table));
    QCOMPARE(sumOf(table), 100'000U);
}

QTEST_GUILESS_MAIN(EventSummaryTest)
#include "EventSummaryTest.moc"
