// SPDX-License-Identifier: MIT
#include "app/models/EventListModel.h"

#include <QAbstractItemModelTester>
#include <QDateTime>
#include <QSignalSpy>
#include <QTest>
#include <pwd.h>
#include <random>
#include <unistd.h>

using namespace lunaris;

namespace
{

MonitorEvent opened(const QByteArray &path, quint32 attributes = 0)
{
    MonitorEvent made;
    made.time = 1'700'000'000'123'456;
    made.type = QStringLiteral("file.opened");
    made.pid = 4711;
    made.uid = 0;
    made.comm = QStringLiteral("cat");
    made.subject = path;
    made.attributes = attributes;
    return made;
}

/// Events whose paths are "/<first>", "/<first + 1>", …
MonitorEventList numbered(int first, int count)
{
    MonitorEventList events;
    for (int number = first; number < first + count; ++number) {
        events.append(opened('/' + QByteArray::number(number)));
    }
    return events;
}

QString text(const EventListModel &model, int row, int column)
{
    return model.index(row, column).data().toString();
}

QString path(const EventListModel &model, int row)
{
    return text(model, row, EventListModel::PathColumn);
}

quint32 unknownUid()
{
    quint32 uid = 3'999'999'999;
    while (getpwuid(uid) != nullptr) {
        --uid;
    }
    return uid;
}

} // namespace

class EventListModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void columns();
    void unknownUserIsANumber();
    void pathsInParts();
    void oldestRowsGoAtTheBound();
    void aBatchAboveTheBoundKeepsItsEnd();
    void smallerCapacityDropsAtOnce();
    void clearKeepsNumbering();
    void frozenRowsStandStill();
    void frozenOverflowLeavesNoGap();
    void capacityGrowsWhileFrozen();
    void forgetsStringsNobodyUses();
    void survivesAnything();
    void appendAtTheBound();
};

void EventListModelTest::columns()
{
    EventListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append({opened("/etc/hostname")});

    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.columnCount(), 5);
    QCOMPARE(text(model, 0, EventListModel::TimeColumn),
             QDateTime::fromMSecsSinceEpoch(1'700'000'000'123).toString(QStringLiteral("HH:mm:ss.zzz")));
    QCOMPARE(text(model, 0, EventListModel::ProgramColumn), QStringLiteral("cat"));
    QCOMPARE(text(model, 0, EventListModel::PidColumn), QStringLiteral("4711"));
    QCOMPARE(text(model, 0, EventListModel::UserColumn), QStringLiteral("root"));
    QCOMPARE(text(model, 0, EventListModel::PathColumn), QStringLiteral("/etc/hostname"));
    for (int column = 0; column < model.columnCount(); ++column) {
        QVERIFY(!model.headerData(column, Qt::Horizontal).toString().isEmpty());
    }
    // Every role answers on every column, and none is without a name.
    const QHash<int, QByteArray> roles = model.roleNames();
    for (auto role = roles.cbegin(); role != roles.cend(); ++role) {
        QVERIFY2(model.index(0, 0).data(role.key()).isValid(), role.value().constData());
    }
}

void EventListModelTest::unknownUserIsANumber()
{
    EventListModel model;
    MonitorEvent strange = opened("/x");
    strange.uid = unknownUid();
    model.append({strange});
    QCOMPARE(text(model, 0, EventListModel::UserColumn), QString::number(strange.uid));
}

void EventListModelTest::pathsInParts()
{
    EventListModel model;
    model.append({opened("/home/a\nb", DeletedFile)});
    const QModelIndex index = model.index(0, 0);
    QCOMPARE(index.data(EventListModel::DirectoryRole).toString(), QStringLiteral("/home/"));
    QCOMPARE(index.data(EventListModel::FileNameRole).toString(), QStringLiteral("a\\x0ab"));
    QCOMPARE(index.data(EventListModel::PathRole).toString(), QStringLiteral("/home/a\\x0ab"));
    QVERIFY(index.data(EventListModel::DeletedRole).toBool());
}

void EventListModelTest::oldestRowsGoAtTheBound()
{
    EventListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCapacity(10);
    model.append(numbered(1, 8));
    QCOMPARE(model.firstNumber(), 1U);

    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy changed(&model, &EventListModel::rowsChanged);
    model.append(numbered(9, 5));
    QCOMPARE(model.rowCount(), 10);
    QCOMPARE(removed.size(), 1);
    QCOMPARE(removed.first().at(1).toInt(), 0);
    QCOMPARE(removed.first().at(2).toInt(), 2);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.firstNumber(), 4U);
    QCOMPARE(path(model, 0), QStringLiteral("/4"));
    QCOMPARE(path(model, 9), QStringLiteral("/13"));
    QCOMPARE(model.index(9, 0).data(EventListModel::NumberRole).toULongLong(), 13U);
}

void EventListModelTest::aBatchAboveTheBoundKeepsItsEnd()
{
    EventListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCapacity(3);
    model.append(numbered(1, 2));
    model.append(numbered(3, 10));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(path(model, 0), QStringLiteral("/10"));
    QCOMPARE(model.firstNumber(), 10U);
}

void EventListModelTest::smallerCapacityDropsAtOnce()
{
    EventListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append(numbered(1, 10));
    model.setCapacity(4);
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(path(model, 0), QStringLiteral("/7"));
    model.setCapacity(0);
    QCOMPARE(model.capacity(), 1);
    QCOMPARE(model.rowCount(), 1);
}

void EventListModelTest::clearKeepsNumbering()
{
    EventListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append(numbered(1, 5));
    model.setFrozen(true);
    model.append(numbered(6, 2));
    model.clear();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.pendingCount(), 0U);
    model.setFrozen(false);
    model.append(numbered(8, 1));
    QCOMPARE(model.firstNumber(), 8U);
    QCOMPARE(path(model, 0), QStringLiteral("/8"));
}

void EventListModelTest::frozenRowsStandStill()
{
    EventListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.append(numbered(1, 3));
    model.setFrozen(true);
    QSignalSpy changed(&model, &EventListModel::rowsChanged);
    QSignalSpy pending(&model, &EventListModel::pendingCountChanged);
    model.append(numbered(4, 2));
    model.append({});
    model.append(numbered(6, 1));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.pendingCount(), 3U);
    QCOMPARE(pending.size(), 2);
    QCOMPARE(changed.size(), 0);

    model.setFrozen(false);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.pendingCount(), 0U);
    QCOMPARE(model.rowCount(), 6);
    QCOMPARE(path(model, 5), QStringLiteral("/6"));
}

void EventListModelTest::frozenOverflowLeavesNoGap()
{
    EventListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCapacity(5);
    model.append(numbered(1, 5));
    model.setFrozen(true);
    model.append(numbered(6, 4));
    model.append(numbered(10, 4));
    QCOMPARE(model.pendingCount(), 8U);
    QCOMPARE(path(model, 0), QStringLiteral("/1"));
    model.setFrozen(false);
    QCOMPARE(model.rowCount(), 5);
    QCOMPARE(model.firstNumber(), 9U);
    QCOMPARE(path(model, 0), QStringLiteral("/9"));
    QCOMPARE(path(model, 4), QStringLiteral("/13"));
}

void EventListModelTest::capacityGrowsWhileFrozen()
{
    EventListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    model.setCapacity(3);
    model.append(numbered(1, 3));
    model.setFrozen(true);
    model.append(numbered(4, 5));
    model.setCapacity(100);
    model.setFrozen(false);
    // 4 and 5 are gone, so 1 to 3 must not stand right before 6.
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(path(model, 0), QStringLiteral("/6"));
    QCOMPARE(model.firstNumber(), 6U);
}

void EventListModelTest::forgetsStringsNobodyUses()
{
    StringPool pool;
    const auto first = pool.acquire(QStringLiteral("a"));
    QCOMPARE(pool.acquire(QStringLiteral("a")), first);
    const auto second = pool.acquire(QStringLiteral("b"));
    QVERIFY(first != second);
    pool.release(first);
    QCOMPARE(pool.text(first), QStringLiteral("a"));
    pool.release(first);
    QCOMPARE(pool.size(), 1);
    QCOMPARE(pool.acquire(QStringLiteral("c")), first);
    QCOMPARE(pool.text(second), QStringLiteral("b"));
}

void EventListModelTest::survivesAnything()
{
    EventListModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::mt19937 random(20240607);
    int next = 1;
    for (int step = 0; step < 3000; ++step) {
        switch (random() % 8) {
        case 0:
            model.setFrozen(!model.isFrozen());
            break;
        case 1:
            model.setCapacity(static_cast<qsizetype>(random() % 40));
            break;
        case 2:
            if (random() % 10 == 0) {
                model.clear();
            }
            break;
        default: {
            const int count = static_cast<int>(random() % 30);
            model.append(numbered(next, count));
            next += count;
        }
        }
        QVERIFY(model.rowCount() <= model.capacity());
        // A row's number and its path say the same: no row was lost, doubled or renumbered.
        for (const int row : {0, model.rowCount() - 1}) {
            if (row >= 0 && row < model.rowCount()) {
                QCOMPARE(path(model, row),
                         QStringLiteral("/%1").arg(model.firstNumber() + static_cast<quint64>(row)));
            }
        }
        QCOMPARE(model.endNumber() + model.pendingCount(), static_cast<quint64>(next));
    }
}

void EventListModelTest::appendAtTheBound()
{
    EventListModel model;
    while (model.rowCount() < EventListModel::defaultCapacity) {
        model.append(numbered(1, 10'000));
    }
    const MonitorEventList batch = numbered(1, 1000);
    QBENCHMARK
    {
        model.append(batch);
    }
    QCOMPARE(model.rowCount(), EventListModel::defaultCapacity);
}

QTEST_GUILESS_MAIN(EventListModelTest)
#include "EventListModelTest.moc"
