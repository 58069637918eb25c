// SPDX-License-Identifier: MIT
#include "app/gui/ProcessTreeModel.h"

#include "tests/qml/Settled.h"
#include "tests/unit/ClientEvents.h"

#include <QAbstractItemModelTester>
#include <QTest>
#include <random>

using namespace lunaris;
using namespace lunaris::test;

class ProcessTreeModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rowsInTheOrderOfTheTree();
    void opensAndCloses();
    void endedOnesAreLeftOut();
    void searches();
    void says();
    void survivesAnything();
};

namespace
{

constexpr auto tested = QAbstractItemModelTester::FailureReportingMode::QtTest;

MonitorEvent process(const char *type, quint32 pid, quint32 parentPid, const char *comm, qint64 value = 0)
{
    MonitorEvent event = clientEvent(type, QByteArray("/usr/bin/") + comm, value);
    event.pid = pid;
    event.parentPid = parentPid;
    event.comm = QLatin1String(comm);
    return event;
}

MonitorEvent started(quint32 pid, quint32 parentPid, const char *comm)
{
    return process("process.started", pid, parentPid, comm);
}

/// Depth and name of each row.
QStringList rowsOf(const ProcessTreeModel &model)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        const int depth = model.index(row).data(ProcessTreeModel::DepthRole).toInt();
        rows.append(QString(depth, QLatin1Char('-')) + model.nameOf(row));
    }
    return rows;
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '));
}

/// bash(10) with make(20), of which are cc(30) and ld(31); sh(11) stands beside make.
MonitorEventList build()
{
    return {started(1, 0, "init"), started(10, 1, "bash"), started(20, 10, "make"),
            started(30, 20, "cc"), started(11, 10, "sh"),  started(31, 20, "ld")};
}

} // namespace

void ProcessTreeModelTest::rowsInTheOrderOfTheTree()
{
    ProcessTree tree;
    ProcessTreeModel model(&tree);
    const QAbstractItemModelTester tester(&model, tested);
    tree.add(build(), 0);
    model.setActive(true);
    QVERIFY(settled(model));
    QCOMPARE(rowsOf(model), words("init -bash --make ---cc ---ld --sh"));
    QCOMPARE(model.index(1).data(ProcessTreeModel::EventsBelowRole).toDouble(), 5.0);
    QCOMPARE(model.index(1).data(ProcessTreeModel::EventsRole).toDouble(), 1.0);
    QVERIFY(model.index(2).data(ProcessTreeModel::ParentalRole).toBool());
    QVERIFY(!model.index(3).data(ProcessTreeModel::ParentalRole).toBool());
    QCOMPARE(model.rowAbove(4), 2);
    QCOMPARE(model.rowAbove(5), 1);
    QCOMPARE(model.rowAbove(0), -1);
    QCOMPARE(model.filterOf(2), QStringLiteral("pid in {20, 30, 31} or ppid in {20, 30, 31}"));
}

void ProcessTreeModelTest::opensAndCloses()
{
    ProcessTree tree;
    ProcessTreeModel model(&tree);
    const QAbstractItemModelTester tester(&model, tested);
    tree.add(build(), 0);
    model.setActive(true);
    QVERIFY(settled(model));
    model.setCurrentRow(5);
    model.toggle(2);
    QVERIFY(settled(model));
    QCOMPARE(rowsOf(model), words("init -bash --make --sh"));
    QVERIFY(!model.isOpen(2));
    QCOMPARE(model.currentRow(), 3); // still sh
    model.toggle(0);
    QVERIFY(settled(model));
    QCOMPARE(rowsOf(model), words("init"));
    QCOMPARE(model.currentRow(), -1);
    model.toggle(0);
    QVERIFY(settled(model));
    QCOMPARE(rowsOf(model), words("init -bash --make --sh"));
    model.toggle(3); // nothing below it
    QVERIFY(settled(model));
    QVERIFY(!model.isOpen(3));
    QCOMPARE(model.rowCount(), 4);
    model.toggle(2);
    QVERIFY(settled(model));
    QCOMPARE(model.rowCount(), 6);
    model.toggle(99);
}

void ProcessTreeModelTest::endedOnesAreLeftOut()
{
    ProcessTree tree;
    ProcessTreeModel model(&tree);
    const QAbstractItemModelTester tester(&model, tested);
    tree.add(build(), 0);
    tree.add({process("process.exited", 30, 20, "cc"), process("process.exited", 20, 10, "make")}, 0);
    model.setActive(true);
    QVERIFY(settled(model));
    QCOMPARE(rowsOf(model), words("init -bash --make ---ld --sh")); // make has one below it that runs
    model.setShowEnded(true);
    QVERIFY(settled(model));
    QCOMPARE(rowsOf(model), words("init -bash --make ---cc ---ld --sh"));
    QVERIFY(model.index(3).data(ProcessTreeModel::EndedRole).toBool());
    model.setShowEnded(false);
    QVERIFY(settled(model));
    tree.add({process("process.exited", 31, 20, "ld")}, 0);
    model.update();
    QTRY_COMPARE(rowsOf(model), words("init -bash --sh"));
}

void ProcessTreeModelTest::searches()
{
    ProcessTree tree;
    ProcessTreeModel model(&tree);
    const QAbstractItemModelTester tester(&model, tested);
    tree.add(build(), 0);
    model.setActive(true);
    QVERIFY(settled(model));
    model.setSearch(QStringLiteral("LD"));
    QVERIFY(settled(model));
    QCOMPARE(rowsOf(model), words("init -bash --make ---ld"));
    model.setSearch(QStringLiteral("11"));
    QVERIFY(settled(model));
    QCOMPARE(rowsOf(model), words("init -bash --sh"));
    model.setSearch(QStringLiteral("/usr/bin/make"));
    QVERIFY(settled(model));
    QCOMPARE(rowsOf(model), words("init -bash --make"));
    model.setSearch(QStringLiteral("nothing"));
    QVERIFY(settled(model));
    QCOMPARE(model.rowCount(), 0);
}

void ProcessTreeModelTest::says()
{
    ProcessTree tree;
    ProcessTreeModel model(&tree);
    tree.add({process("file.opened", 20, 10, "cat"), process("process.exited", 20, 10, "cat", -9)}, 0);
    model.setShowEnded(true);
    model.setActive(true);
    QVERIFY(settled(model));
    QCOMPARE(model.nameOf(0), QStringLiteral("(unknown)"));
    QVERIFY(model.index(0).data(ProcessTreeModel::DetailRole).toString().contains(QStringLiteral("parent")));
    QCOMPARE(model.index(1).data(ProcessTreeModel::PidRole).toUInt(), 20U);
    QVERIFY(model.index(1).data(ProcessTreeModel::DetailRole).toString().contains(QLatin1String("SIGKILL")));
    QVERIFY(model.index(1).data(ProcessTreeModel::SpokenRole).toString().contains(QStringLiteral("level 2")));
}

void ProcessTreeModelTest::survivesAnything()
{
    ProcessTree tree(40);
    ProcessTreeModel model(&tree);
    const QAbstractItemModelTester tester(&model, tested);
    std::mt19937 random(23);
    for (int step = 0; step < 2000; ++step) {
        const int row = static_cast<int>(random() % 30) - 1;
        switch (random() % 8) {
        case 0:
            model.setActive(random() % 3 != 0);
            break;
        case 1:
            model.toggle(row);
            break;
        case 2:
            model.setShowEnded(random() % 2 == 0);
            break;
        case 3:
            model.setSearch(random() % 2 == 0 ? QString() : QString::number(random() % 10));
            break;
        case 4:
            model.setCurrentRow(row);
            break;
        default:
            tree.add({process(random() % 2 == 0 ? "process.exited" : "file.opened", random() % 60,
                              random() % 60, "x")},
                     random() % 20 == 0 ? 1 : 0);
        }
        model.update();
        if (random() % 4 == 0) {
            QVERIFY(settled(model));
        }
        for (int shown = 0; shown < model.rowCount(); ++shown) {
            (void)model.index(shown).data(ProcessTreeModel::SpokenRole); // of one that is forgotten too
        }
        (void)model.filterOf(row);
        QVERIFY(model.rowAbove(row) < std::max(row, 0));
    }
}

QTEST_GUILESS_MAIN(ProcessTreeModelTest)
#include "ProcessTreeModelTest.moc"
