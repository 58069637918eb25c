// SPDX-License-Identifier: MIT
#include "app/gui/EventColumns.h"
#include "app/gui/HighlightRules.h"
#include "app/gui/SavedFilters.h"
#include "app/models/EventStore.h"
#include "tests/qml/SettingsFile.h"
#include "tests/unit/ClientEvents.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <random>

using namespace lunaris;

/// What a person may change about the table and finds again at the next start.
class TableSettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columnsFillTheWidth();
    void columnsGiveWay();
    void columnsGrowWithTheLetters();
    void columnsGiveWayToLetters();
    void columnsAreHiddenMovedAndResized();
    void columnsOfABrokenFile_data();
    void columnsOfABrokenFile();
    void columnsSurviveAnything();
    void highlightsDecideInOrder();
    void highlightsAreKept();
    void wrongHighlightsSaySo();
    void savedFilters();
};

namespace
{

constexpr auto tested = QAbstractItemModelTester::FailureReportingMode::QtTest;

QStringList keys(const EventColumns &columns)
{
    QStringList keys;
    for (int row = 0; row < columns.rowCount(); ++row) {
        keys.append(columns.index(row).data(EventColumns::KeyRole).toString());
    }
    return keys;
}

double x(const EventColumns &columns, int row)
{
    return columns.index(row).data(EventColumns::XRole).toDouble();
}

double width(const EventColumns &columns, int row)
{
    return columns.index(row).data(EventColumns::WidthRole).toDouble();
}

} // namespace

void TableSettingsTest::columnsFillTheWidth()
{
    test::SettingsFile file;
    EventColumns columns(file.settings());
    const QAbstractItemModelTester tester(&columns, tested);
    for (const double available : {800.0, 1280.0, 2560.0}) {
        columns.setAvailable(available);
        const int last = columns.rowCount() - 1;
        QCOMPARE(x(columns, last) + width(columns, last) + EventColumns::margin, available);
        const auto path = static_cast<int>(keys(columns).indexOf(QStringLiteral("path")));
        QVERIFY(width(columns, path) >= 260);
        QCOMPARE(columns.pathX(), x(columns, path));
        for (int row = 0; row <= last; ++row) {
            QCOMPARE(columns.indexAt(x(columns, row) + 1), row);
        }
        QCOMPARE(columns.indexAt(-1), -1);
    }
}

void TableSettingsTest::columnsGiveWay()
{
    test::SettingsFile file;
    EventColumns columns(file.settings());
    columns.setAvailable(2000);
    const QStringList all = keys(columns);
    QVERIFY(all.contains(QStringLiteral("flags")) && all.contains(QStringLiteral("number")));
    columns.setAvailable(800);
    const QStringList some = keys(columns);
    QVERIFY(!some.contains(QStringLiteral("flags")));
    for (const char *key : {"time", "application", "operation", "path", "result"}) {
        QVERIFY2(some.contains(QLatin1String(key)), key);
    }
    columns.setAvailable(2000); // nobody hid them
    QCOMPARE(keys(columns), all);
}

void TableSettingsTest::columnsGrowWithTheLetters()
{
    test::SettingsFile file;
    EventColumns columns(file.settings());
    const QAbstractItemModelTester tester(&columns, tested);
    columns.setAvailable(2000);
    const QStringList all = keys(columns);
    std::vector<double> usual;
    for (int row = 0; row < columns.rowCount(); ++row) {
        usual.push_back(width(columns, row));
    }
    columns.setLetters(1.5);
    QCOMPARE(keys(columns), all);
    const auto path = static_cast<int>(all.indexOf(QStringLiteral("path")));
    for (int row = 0; row < columns.rowCount(); ++row) {
        if (row != path) {
            QCOMPARE(width(columns, row), usual[static_cast<std::size_t>(row)] * 1.5);
        }
    }
    // What a person sets is what is to be seen, and means the same to smaller letters.
    columns.resize(1, 180);
    QCOMPARE(width(columns, 1), 180.0);
    columns.setLetters(1);
    QCOMPARE(width(columns, 1), 120.0);
    columns.setLetters(0);
    columns.setLetters(std::nan(""));
    QCOMPARE(columns.letters(), 1.0);

    // Nothing is pushed out of a narrow window, and the path can still be told from others.
    columns.reset();
    columns.setLetters(3);
    for (const double available : {800.0, 900.0, 1280.0}) {
        columns.setAvailable(available);
        const int last = columns.rowCount() - 1;
        QCOMPARE(x(columns, last) + width(columns, last) + EventColumns::margin, available);
        QVERIFY(width(columns, static_cast<int>(keys(columns).indexOf(QStringLiteral("path")))) >= 259.9);
    }
}

/// In each of many narrow columns all would be cut off: fewer of them can be read.
void TableSettingsTest::columnsGiveWayToLetters()
{
    test::SettingsFile file;
    EventColumns columns(file.settings());
    const QAbstractItemModelTester tester(&columns, tested);
    columns.setAvailable(800);
    const QStringList usual = keys(columns);
    QVERIFY(usual.contains(QStringLiteral("time")) && usual.contains(QStringLiteral("result")));
    columns.setLetters(1.25);
    QCOMPARE(keys(columns), usual);
    columns.setLetters(1.5);
    QStringList fewer = usual;
    fewer.removeAll(QStringLiteral("time"));
    QCOMPARE(keys(columns), fewer);
    columns.setLetters(2);
    fewer.removeAll(QStringLiteral("result"));
    QCOMPARE(keys(columns), fewer);
    QCOMPARE(width(columns, 0), 248.0); // all that the letters ask for
    columns.setAvailable(1600);
    QVERIFY(keys(columns).contains(QStringLiteral("time")) &&
            keys(columns).contains(QStringLiteral("result")));

    // Smaller letters would be no help to a window this narrow.
    columns.setLetters(1);
    columns.setAvailable(200);
    QCOMPARE(keys(columns), usual);
}

void TableSettingsTest::columnsAreHiddenMovedAndResized()
{
    test::SettingsFile file;
    {
        EventColumns columns(file.settings());
        columns.setAvailable(1600);
        columns.setShown(static_cast<int>(EventColumn::User), false);
        columns.setShown(static_cast<int>(EventColumn::Uid), true);
        columns.setShown(static_cast<int>(EventColumn::Path), false); // stays
        columns.setShown(99, true);
        QVERIFY(!keys(columns).contains(QStringLiteral("user")));
        QVERIFY(keys(columns).contains(QStringLiteral("uid")));
        QVERIFY(keys(columns).contains(QStringLiteral("path")));
        columns.move(0, 2);
        columns.move(5, 4);
        columns.move(-1, 3);
        columns.move(3, 99);
        QSignalSpy changed(&columns, &QAbstractItemModel::dataChanged);
        columns.resize(1, 222);
        QCOMPARE(changed.size(), 1);
        QCOMPARE(width(columns, 1), 222.0);
        columns.resize(1, -5);
        QCOMPARE(width(columns, 1), ColumnSetting::narrowest);
        columns.resize(1, 1e9); // as far as the path allows
        const auto path = static_cast<int>(keys(columns).indexOf(QStringLiteral("path")));
        QVERIFY(width(columns, path) >= 260);
        columns.resize(1, 111);
        columns.resize(path, 50); // takes what the others leave
        QVERIFY(width(columns, path) >= 260);
    }
    file.reopen();
    EventColumns again(file.settings());
    again.setAvailable(1600);
    QCOMPARE(keys(again).mid(0, 5),
             QStringList({QStringLiteral("time"), QStringLiteral("application"), QStringLiteral("number"),
                          QStringLiteral("pid"), QStringLiteral("path")}));
    QCOMPARE(width(again, 1), 111.0);
    again.reset();
    QCOMPARE(keys(again).constFirst(), QStringLiteral("number"));
    QVERIFY(keys(again).contains(QStringLiteral("user")));
}

void TableSettingsTest::columnsOfABrokenFile_data()
{
    QTest::addColumn<QStringList>("entries");
    QTest::newRow("nonsense") << QStringList({QStringLiteral("x"), QString(), QStringLiteral("::")});
    QTest::newRow("no path") << QStringList({QStringLiteral("path:0:0")});
    QTest::newRow("twice") << QStringList({QStringLiteral("pid:60:1"), QStringLiteral("pid:90:1")});
    QTest::newRow("widths") << QStringList({QStringLiteral("pid:nan:1"), QStringLiteral("user:1e300:1"),
                                            QStringLiteral("time:-7:1"), QStringLiteral("result:inf:1")});
}

void TableSettingsTest::columnsOfABrokenFile()
{
    QFETCH(QStringList, entries);
    test::SettingsFile file;
    file.settings()->setValue(QStringLiteral("live/columns"), entries);
    EventColumns columns(file.settings());
    columns.setAvailable(5000);
    QVERIFY(keys(columns).contains(QStringLiteral("path")));
    QCOMPARE(columns.choices().size(), eventColumnCount);
    for (int row = 0; row < columns.rowCount(); ++row) {
        QVERIFY(width(columns, row) >= ColumnSetting::narrowest);
        QVERIFY(width(columns, row) < 5000);
    }
}

void TableSettingsTest::columnsSurviveAnything()
{
    test::SettingsFile file;
    EventColumns columns(file.settings());
    const QAbstractItemModelTester tester(&columns, tested);
    std::mt19937 random(3);
    const auto any = [&random](int below) {
        return static_cast<int>(random() % static_cast<unsigned>(below));
    };
    for (int step = 0; step < 500; ++step) {
        switch (any(4)) {
        case 0:
            columns.setAvailable(any(3000));
            break;
        case 1:
            columns.setShown(any(16) - 1, any(2) == 0);
            break;
        case 2:
            columns.move(any(16) - 1, any(16) - 1);
            break;
        default:
            columns.resize(any(16) - 1, any(2000) - 500);
        }
        QCOMPARE(columns.choices().size(), eventColumnCount);
        QVERIFY(keys(columns).contains(QStringLiteral("path")));
    }
}

void TableSettingsTest::highlightsDecideInOrder()
{
    test::SettingsFile file;
    HighlightRules rules(file.settings());
    const QAbstractItemModelTester tester(&rules, tested);
    EventStore store;
    store.append({test::openedHosts()}, 3);
    const auto colorOf = [&](quint64 number) { return rules.colorOf(store.rows().at(number)); };
    QVERIFY(colorOf(2).isEmpty());
    rules.add(QStringLiteral("comm == cat"));
    const QString first = colorOf(2);
    QVERIFY(!first.isEmpty());
    QVERIFY(colorOf(1).isEmpty()); // a gap
    rules.add(QStringLiteral("path startswith /etc"));
    QVERIFY(colorOf(2) != first); // the newest is the first
    rules.move(0, 1);
    QCOMPARE(colorOf(2), first);
    rules.setColor(0, QStringLiteral("violet"));
    rules.setColor(0, QStringLiteral("beige")); // is none
    QCOMPARE(colorOf(2), QStringLiteral("violet"));
    rules.setFilter(0, QStringLiteral("comm == dog"));
    QVERIFY(colorOf(2) != QStringLiteral("violet"));
    rules.remove(1);
    rules.remove(7);
    QVERIFY(colorOf(2).isEmpty());
    for (int more = 0; more < 2 * HighlightRules::mostRules; ++more) {
        rules.add(QString());
    }
    QCOMPARE(rules.count(), HighlightRules::mostRules);
    QVERIFY(colorOf(2).isEmpty()); // an empty one is for nothing
}

void TableSettingsTest::highlightsAreKept()
{
    test::SettingsFile file;
    {
        HighlightRules rules(file.settings());
        rules.add(QStringLiteral("comm == \"my, own\" and path contains %"));
        rules.setColor(0, QStringLiteral("teal"));
    }
    file.reopen();
    const HighlightRules again(file.settings());
    QCOMPARE(again.count(), 1);
    QCOMPARE(again.index(0).data(HighlightRules::FilterRole).toString(),
             QStringLiteral("comm == \"my, own\" and path contains %"));
    QCOMPARE(again.index(0).data(HighlightRules::ColorRole).toString(), QStringLiteral("teal"));

    file.settings()->setValue(QStringLiteral("live/highlights"),
                              QStringList({QStringLiteral("beige comm == x"), QString()}));
    QCOMPARE(HighlightRules(file.settings()).count(), 0);
}

void TableSettingsTest::wrongHighlightsSaySo()
{
    test::SettingsFile file;
    HighlightRules rules(file.settings());
    EventStore store;
    store.append({test::openedHosts()});
    rules.add(QStringLiteral("comm =="));
    QVERIFY(!rules.index(0).data(HighlightRules::ProblemRole).toString().isEmpty());
    QVERIFY(rules.colorOf(store.rows().at(1)).isEmpty());
    // The place as people count.
    rules.setFilter(0, QStringLiteral("comm == \"Größe\" and pid == x"));
    QVERIFY(rules.index(0)
                .data(HighlightRules::ProblemRole)
                .toString()
                .startsWith(QStringLiteral("Character 28: ")));
    rules.setFilter(0, QStringLiteral("comm == cat"));
    QVERIFY(rules.index(0).data(HighlightRules::ProblemRole).toString().isEmpty());
    QVERIFY(!rules.colorOf(store.rows().at(1)).isEmpty());
}

void TableSettingsTest::savedFilters()
{
    test::SettingsFile file;
    const auto names = [](const SavedFilters &filters) {
        QStringList all;
        for (int row = 0; row < filters.rowCount(); ++row) {
            all.append(filters.index(row).data(SavedFilters::NameRole).toString());
        }
        return all;
    };
    {
        SavedFilters filters(file.settings());
        const QAbstractItemModelTester tester(&filters, tested);
        QCOMPARE(filters.rowCount(), 4);
        filters.save(QStringLiteral("  Mine \n"), QStringLiteral("comm == cat"));
        filters.save(QStringLiteral("Mine"), QStringLiteral("comm == dog"));
        filters.save(QStringLiteral("  "), QStringLiteral("comm == nobody"));
        QCOMPARE(filters.rowCount(), 5);
        QCOMPARE(filters.index(4).data(SavedFilters::FilterRole).toString(), QStringLiteral("comm == dog"));
        filters.remove(0);
        filters.remove(-1);
    }
    file.reopen();
    {
        SavedFilters again(file.settings());
        QCOMPARE(again.rowCount(), 4);
        QCOMPARE(names(again).constLast(), QStringLiteral("Mine"));
        while (again.rowCount() > 0) {
            again.remove(0);
        }
    }
    file.reopen();
    SavedFilters none(file.settings());
    QCOMPARE(none.rowCount(), 0); // who wants none has none
    for (int more = 0; more < 2 * SavedFilters::mostFilters; ++more) {
        none.save(QString::number(more), QStringLiteral("x"));
    }
    QCOMPARE(none.rowCount(), SavedFilters::mostFilters);
}

QTEST_GUILESS_MAIN(TableSettingsTest)
#include "TableSettingsTest.moc"
