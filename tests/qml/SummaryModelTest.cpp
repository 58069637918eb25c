// SPDX-License-Identifier: MIT
#include "app/gui/SummaryModel.h"

#include "tests/qml/Settled.h"
#include "tests/unit/ClientEvents.h"

#include <QAbstractItemModelTester>
#include <QTest>
#include <random>

using namespace lunaris;
using namespace lunaris::test;

class SummaryModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sortsByEveryColumn_data();
    void sortsByEveryColumn();
    void searches();
    void restsWhileNobodyLooks();
    void currentRowFollows();
    void currentRowFollowsWhenGroupsMove();
    void anotherListComesWhole();
    void restsInTheMiddle();
    void names_data();
    void names();
    void survivesAnything();
};

namespace
{

constexpr auto tested = QAbstractItemModelTester::FailureReportingMode::QtTest;

MonitorEvent write(const QByteArray &path, qint64 bytes, quint64 time)
{
    MonitorEvent event = clientEvent("file.written", path, bytes);
    event.time = time;
    return event;
}

QStringList namesOf(const SummaryModel &model)
{
    QStringList names;
    for (int row = 0; row < model.rowCount(); ++row) {
        names.append(model.nameOf(row));
    }
    return names;
}

} // namespace

void SummaryModelTest::sortsByEveryColumn_data()
{
    QTest::addColumn<SummaryModel::Column>("column");
    QTest::addColumn<QStringList>("first");
    const auto row = [](const char *name, SummaryModel::Column column, const char *names) {
        QTest::newRow(name) << column << QString::fromLatin1(names).split(QLatin1Char(' '));
    };
    row("name", SummaryModel::NameColumn, "/a /b /c");
    row("events", SummaryModel::EventsColumn, "/b /a /c");
    row("bytes", SummaryModel::BytesColumn, "/c /a /b");
    row("first", SummaryModel::FirstColumn, "/c /b /a");
    row("last", SummaryModel::LastColumn, "/b /c /a");
}

void SummaryModelTest::sortsByEveryColumn()
{
    QFETCH(SummaryModel::Column, column);
    QFETCH(QStringList, first);
    EventSummary summary;
    // Events 2 3 1, bytes 20 3 100, first 1 2 4, last 3 9 4.
    summary.add({write("/a", 10, 1), write("/b", 1, 2), write("/a", 10, 3), write("/c", 100, 4),
                 write("/b", 1, 5), write("/b", 1, 9)});
    SummaryModel model(&summary);
    const QAbstractItemModelTester tester(&model, tested);
    model.setActive(true);
    model.setGrouping(SummaryModel::File);
    if (column == SummaryModel::EventsColumn) {
        QCOMPARE(model.sortColumn(), column); // it is what one wants first
    } else {
        model.sortBy(column);
    }
    QVERIFY(settled(model));
    QCOMPARE(namesOf(model), first);
    model.sortBy(column);
    std::reverse(first.begin(), first.end());
    QVERIFY(settled(model));
    QCOMPARE(namesOf(model), first);
}

void SummaryModelTest::searches()
{
    EventSummary summary;
    summary.add({write("/home/März", 1, 1), write("/home/mai", 1, 2), write("/etc", 1, 3)});
    SummaryModel model(&summary);
    const QAbstractItemModelTester tester(&model, tested);
    model.setActive(true);
    model.setGrouping(SummaryModel::File);
    model.setSearch(QStringLiteral("MÄR"));
    QVERIFY(settled(model));
    QCOMPARE(namesOf(model), QStringList{QStringLiteral("/home/März")});
    QVERIFY(model.counted().startsWith(QStringLiteral("1 of 3")));
    model.setSearch(QStringLiteral("nowhere"));
    QVERIFY(settled(model));
    QCOMPARE(model.rowCount(), 0);
    model.setSearch({});
    QVERIFY(settled(model));
    QCOMPARE(model.rowCount(), 3);
}

void SummaryModelTest::restsWhileNobodyLooks()
{
    EventSummary summary;
    SummaryModel model(&summary);
    const QAbstractItemModelTester tester(&model, tested);
    summary.add({write("/a", 1, 1)});
    model.update();
    QCOMPARE(model.rowCount(), 0);
    model.setActive(true);
    QVERIFY(settled(model));
    QCOMPARE(model.rowCount(), 1);
    MonitorEvent other = openedHosts();
    other.application = QStringLiteral("other");
    summary.add({other});
    model.update();
    QCOMPARE(model.rowCount(), 1); // not at once
    QTRY_COMPARE(model.rowCount(), 2);
}

void SummaryModelTest::currentRowFollows()
{
    EventSummary summary;
    summary.add({write("/a", 1, 1), write("/b", 1, 2), write("/b", 1, 2)});
    SummaryModel model(&summary);
    const QAbstractItemModelTester tester(&model, tested);
    model.setActive(true);
    model.setGrouping(SummaryModel::File);
    QVERIFY(settled(model));
    QCOMPARE(model.currentRow(), -1);
    model.setCurrentRow(1);
    QCOMPARE(model.nameOf(1), QStringLiteral("/a"));
    summary.add({write("/a", 1, 3), write("/a", 1, 4)});
    model.update();
    QTRY_COMPARE(model.currentRow(), 0);
    QCOMPARE(model.nameOf(0), QStringLiteral("/a"));
    model.setSearch(QStringLiteral("b"));
    QVERIFY(settled(model));
    QCOMPARE(model.currentRow(), -1);
    model.setSearch({});
    QVERIFY(settled(model));
    QCOMPARE(model.currentRow(), 0); // it comes back
    model.setGrouping(SummaryModel::User);
    QVERIFY(settled(model));
    QCOMPARE(model.currentRow(), -1);
}

void SummaryModelTest::currentRowFollowsWhenGroupsMove()
{
    EventSummary summary;
    summary.add({write("/kept", 1, 1), write("/kept", 1, 1), write("/gone", 1, 1)});
    SummaryModel model(&summary);
    const QAbstractItemModelTester tester(&model, tested);
    model.setActive(true);
    model.setGrouping(SummaryModel::File);
    QVERIFY(settled(model));
    model.setCurrentRow(0);
    MonitorEventList many;
    for (qsizetype number = 0; number <= EventSummary::mostGroups; ++number) {
        many.append(write("/many/" + QByteArray::number(number), 1, 2));
    }
    summary.add(many);
    model.update();
    QCOMPARE(namesOf(model), (QStringList{QStringLiteral("/kept"), QStringLiteral("/gone")})); // as it was
    QTRY_VERIFY(model.rowCount() > 1000);
    QCOMPARE(model.nameOf(model.currentRow()), QStringLiteral("/kept"));
    QVERIFY(model.counted().contains(QStringLiteral("summed up")));
    summary.clear();
    model.updateNow();
    QVERIFY(settled(model));
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.currentRow(), -1);
}

/// Until another list is in order it is the one before, with all that belongs to it.
void SummaryModelTest::anotherListComesWhole()
{
    EventSummary summary;
    summary.add({write("/home/alex/a", 1, 1), write("/home/alex/b", 1, 2)});
    SummaryModel model(&summary);
    const QAbstractItemModelTester tester(&model, tested);
    model.setActive(true);
    model.setGrouping(SummaryModel::File);
    QVERIFY(settled(model));
    const QStringList files{QStringLiteral("/home/alex/a"), QStringLiteral("/home/alex/b")};
    QCOMPARE(namesOf(model), files);
    model.setGrouping(SummaryModel::Folder);
    QVERIFY(model.isArranging());
    QCOMPARE(model.grouping(), SummaryModel::Folder);
    QCOMPARE(namesOf(model), files);
    QCOMPARE(model.filterOf(0), QStringLiteral("path == /home/alex/a"));
    // The last one that is asked for counts.
    model.setGrouping(SummaryModel::Operation);
    model.setGrouping(SummaryModel::Folder);
    QVERIFY(settled(model));
    QCOMPARE(namesOf(model), QStringList{QStringLiteral("/home/alex")});
    QCOMPARE(model.filterOf(0), QStringLiteral("dir == /home/alex"));
}

/// Who leaves while the list is put into order finds it in order after having come back.
void SummaryModelTest::restsInTheMiddle()
{
    EventSummary summary;
    summary.add({write("/a", 1, 1)});
    SummaryModel model(&summary);
    const QAbstractItemModelTester tester(&model, tested);
    model.setActive(true);
    QVERIFY(model.isArranging());
    model.setActive(false);
    QVERIFY(!model.isArranging());
    QCOMPARE(model.rowCount(), 0);
    model.setActive(true);
    QVERIFY(settled(model));
    QCOMPARE(model.rowCount(), 1);
}

void SummaryModelTest::names_data()
{
    QTest::addColumn<SummaryModel::Grouping>("grouping");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("filter");
    QTest::newRow("application") << SummaryModel::Application
                                 << QStringLiteral("org.example\\xe2\\x80\\xaeReader")
                                 << QStringLiteral("app == \"org.example\\xe2\\x80\\xaeReader\"");
    QTest::newRow("folder") << SummaryModel::Folder << QStringLiteral("/a\\x0ab")
                            << QStringLiteral("dir == \"/a\\x0ab\"");
    QTest::newRow("file") << SummaryModel::File << QStringLiteral("/a\\x0ab/c")
                          << QStringLiteral("path == \"/a\\x0ab/c\"");
    QTest::newRow("user") << SummaryModel::User << QStringLiteral("4000000000")
                          << QStringLiteral("uid == 4000000000");
    QTest::newRow("operation") << SummaryModel::Operation << QStringLiteral("Files opened")
                               << QStringLiteral("type == file.opened");
}

void SummaryModelTest::names()
{
    QFETCH(SummaryModel::Grouping, grouping);
    QFETCH(QString, name);
    QFETCH(QString, filter);
    MonitorEvent event = openedHosts();
    event.application = QStringLiteral("org.example\u202eReader");
    event.subject = "/a\nb/c";
    event.uid = 4'000'000'000;
    EventSummary summary;
    summary.add({event});
    SummaryModel model(&summary);
    model.setActive(true);
    model.setGrouping(grouping);
    QVERIFY(settled(model));
    QCOMPARE(namesOf(model), QStringList{name});
    QCOMPARE(model.filterOf(0), filter);
    QVERIFY(model.index(0).data(SummaryModel::SpokenRole).toString().startsWith(name));
    QVERIFY(model.filterOf(1).isEmpty());
    QVERIFY(model.nameOf(-1).isEmpty());
}

void SummaryModelTest::survivesAnything()
{
    EventSummary summary;
    SummaryModel model(&summary);
    const QAbstractItemModelTester tester(&model, tested);
    std::mt19937 random(17);
    for (int step = 0; step < 2000; ++step) {
        switch (random() % 8) {
        case 0:
            model.setGrouping(static_cast<SummaryModel::Grouping>(random() % 5));
            break;
        case 1:
            model.sortBy(static_cast<SummaryModel::Column>(random() % 5));
            break;
        case 2:
            model.setSearch(random() % 2 == 0 ? QString() : QString::number(random() % 10));
            break;
        case 3:
            model.setActive(random() % 3 != 0);
            break;
        case 4:
            model.setCurrentRow(static_cast<int>(random() % 20) - 2);
            break;
        case 5:
            if (random() % 10 == 0) {
                summary.clear();
            }
            break;
        default:
            summary.add({write("/" + QByteArray::number(random() % 50), 1, random() % 100 + 1)});
        }
        model.update();
        if (random() % 4 == 0) {
            QVERIFY(settled(model));
        }
        for (int row = 0; row < model.rowCount(); ++row) {
            (void)model.index(row).data(SummaryModel::SpokenRole);
        }
        QVERIFY(model.currentRow() < model.rowCount());
    }
}

QTEST_GUILESS_MAIN(SummaryModelTest)
#include "SummaryModelTest.moc"
