// SPDX-License-Identifier: MIT
#include "app/models/ProcessTree.h"

#include "dbus/filter/Program.h"
#include "tests/unit/ClientEvents.h"

#include <QTest>
#include <random>

using namespace lunaris;
using namespace lunaris::test;
using Process = ProcessTree::Process;

class ProcessTreeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void startsAndEnds();
    void parentsThatWereNeverSeen();
    void anotherProgramInTheSameProcess();
    void usedPidIsAnotherProcess();
    void usedPidInAGap();
    void orphanStaysWhereItWas();
    void circlesAreCut();
    void filterOfSubtree();
    void filterThatWouldBeTooLong();
    void forgetsTheEnded();
    void survivesAnything();
};

namespace
{

MonitorEvent made(const char *type, quint32 pid, quint32 parentPid, quint64 time, const char *comm = "x",
                  qint64 value = 0)
{
    MonitorEvent event = clientEvent(type, "/usr/bin/x", value);
    event.pid = pid;
    event.parentPid = parentPid;
    event.time = time;
    event.comm = QLatin1String(comm);
    return event;
}

MonitorEvent started(quint32 pid, quint32 parentPid, quint64 time, const char *comm = "x")
{
    return made("process.started", pid, parentPid, time, comm);
}

MonitorEvent exited(quint32 pid, quint32 parentPid, quint64 time, qint64 code = 0)
{
    return made("process.exited", pid, parentPid, time, "x", code);
}

QList<quint32> parentPids(const ProcessTree &tree, quint32 pid, quint64 time)
{
    QList<quint32> pids;
    for (const Process &parent : tree.parents(pid, time)) {
        pids.append(parent.pid);
    }
    return pids;
}

} // namespace

void ProcessTreeTest::startsAndEnds()
{
    ProcessTree tree;
    tree.add({started(10, 1, 100, "bash"), started(20, 10, 200, "make"), started(30, 20, 300, "cc"),
              made("file.written", 30, 20, 310, "cc", 4096), exited(30, 20, 320, -9)},
             0);
    const Process *const cc = tree.find(30, 400);
    QVERIFY(cc != nullptr);
    QCOMPARE(cc->comm, QStringLiteral("x")); // as it called itself last
    QCOMPARE(cc->executable, QByteArray("/usr/bin/x"));
    QVERIFY(cc->ended && cc->exitKnown);
    QCOMPARE(cc->exitCode, -9);
    QCOMPARE(cc->totals.events, 3U);
    QCOMPARE(cc->totals.bytes, 4096U);
    QCOMPARE(cc->firstSeen, 300U);
    QCOMPARE(cc->lastSeen, 320U);
    QCOMPARE(parentPids(tree, 30, 400), (QList<quint32>{20, 10, 1}));
    QCOMPARE(parentPids(tree, 30, 299), QList<quint32>()); // nobody had the pid yet
    QCOMPARE(tree.subtree(tree.find(10, 400)->number).size(), 3U);
}

void ProcessTreeTest::parentsThatWereNeverSeen()
{
    ProcessTree tree;
    tree.add({made("file.opened", 30, 20, 100), made("file.opened", 31, 20, 110)}, 0);
    const Process *const parent = tree.find(20, 200);
    QVERIFY(parent != nullptr && !parent->seen);
    QCOMPARE(tree.children().value(parent->number).size(), 2U);

    // When it is heard of at last it gets its name, and a parent above it.
    tree.add({made("file.opened", 20, 5, 300, "late")}, 0);
    QVERIFY(parent->seen);
    QCOMPARE(parent->comm, QStringLiteral("late"));
    QCOMPARE(parentPids(tree, 31, 400), (QList<quint32>{20, 5}));
}

void ProcessTreeTest::anotherProgramInTheSameProcess()
{
    ProcessTree tree;
    tree.add({started(10, 1, 100, "sh"), started(10, 1, 200, "python3")}, 0);
    QCOMPARE(tree.processes().size(), 2U); // and the parent
    QCOMPARE(tree.find(10, 300)->comm, QStringLiteral("python3"));
    QCOMPARE(tree.find(10, 300)->firstSeen, 100U);
}

void ProcessTreeTest::usedPidIsAnotherProcess()
{
    ProcessTree tree;
    tree.add({started(10, 1, 100, "old"), started(11, 10, 110), exited(10, 1, 200),
              started(10, 7, 300, "new"), started(12, 10, 310)},
             0);
    QCOMPARE(tree.find(10, 150)->firstSeen, 100U);
    QCOMPARE(tree.find(10, 350)->comm, QStringLiteral("new"));
    QVERIFY(tree.find(10, 150)->number < tree.find(10, 350)->number);
    QCOMPARE(parentPids(tree, 11, 400), (QList<quint32>{10, 1}));
    QCOMPARE(parentPids(tree, 12, 400), (QList<quint32>{10, 7}));
    QCOMPARE(tree.process(tree.find(11, 400)->parent)->firstSeen, 100U);
}

void ProcessTreeTest::usedPidInAGap()
{
    ProcessTree tree;
    tree.add({started(10, 1, 100, "old")}, 0);
    tree.add({started(10, 7, 300, "new")}, 5);
    QCOMPARE(tree.find(10, 150)->comm, QStringLiteral("old"));
    QVERIFY(tree.find(10, 150)->ended);
    QVERIFY(!tree.find(10, 150)->exitKnown);
    QCOMPARE(tree.find(10, 350)->comm, QStringLiteral("new"));
}

void ProcessTreeTest::orphanStaysWhereItWas()
{
    ProcessTree tree;
    tree.add({started(10, 1, 100), started(11, 10, 110), exited(10, 1, 200), started(11, 1, 300, "again")},
             0);
    QCOMPARE(tree.find(11, 400)->firstSeen, 110U);
    QCOMPARE(tree.find(11, 400)->comm, QStringLiteral("again"));
    QCOMPARE(parentPids(tree, 11, 400), (QList<quint32>{10, 1}));
}

void ProcessTreeTest::circlesAreCut()
{
    ProcessTree tree;
    tree.add({started(5, 6, 100), started(6, 7, 110), started(7, 5, 120), started(8, 8, 130)}, 0);
    QCOMPARE(tree.processes().size(), 4U);
    QCOMPARE(parentPids(tree, 5, 200), (QList<quint32>{6, 7}));
    QCOMPARE(parentPids(tree, 8, 200), QList<quint32>());
    QCOMPARE(tree.subtree(tree.find(7, 200)->number).size(), 3U);
    QVERIFY(tree.subtree(999).empty());
}

void ProcessTreeTest::filterOfSubtree()
{
    ProcessTree tree;
    tree.add({started(10, 1, 100), started(12, 10, 110), started(11, 12, 120), exited(11, 12, 130),
              started(20, 1, 140)},
             0);
    QCOMPARE(tree.filterOf(tree.find(10, 200)->number),
             std::optional<std::string>("pid in {10, 11, 12} or ppid in {10, 12}"));
    QCOMPARE(tree.filterOf(tree.find(11, 200)->number), std::optional<std::string>("pid in {11}"));
    QCOMPARE(tree.filterOf(999), std::nullopt);
}

void ProcessTreeTest::filterThatWouldBeTooLong()
{
    ProcessTree tree;
    tree.add({started(10, 1, 100)}, 0);
    MonitorEventList children;
    for (quint32 pid = 1'000'000; pid < 1'000'600; ++pid) {
        children.append(started(pid, 10, 200));
    }
    tree.add(children, 0);
    QCOMPARE(tree.filterOf(tree.find(10, 300)->number), std::nullopt);
}

void ProcessTreeTest::forgetsTheEnded()
{
    ProcessTree tree(100);
    tree.add({started(10, 1, 1, "shell")}, 0);
    for (quint32 pid = 100; pid < 2000; ++pid) {
        tree.add({started(pid, 10, pid), exited(pid, 10, pid)}, 0);
        QVERIFY(tree.processes().size() <= 100);
    }
    QVERIFY(tree.find(10, 3000) != nullptr);
    QVERIFY(tree.find(1999, 3000) != nullptr);
    QVERIFY(tree.find(100, 3000) == nullptr);
    QCOMPARE(parentPids(tree, 1999, 3000), (QList<quint32>{10, 1}));

    // Nobody ends, and each is the parent of the next.
    for (quint32 pid = 3000; pid < 4000; ++pid) {
        tree.add({started(pid, pid - 1, pid)}, 0);
        QVERIFY(tree.processes().size() <= 100);
    }
    tree.clear();
    QVERIFY(tree.processes().empty());
}

void ProcessTreeTest::survivesAnything()
{
    ProcessTree tree(50);
    std::mt19937 random(3);
    for (quint64 time = 1; time < 20'000; ++time) {
        const char *const types[] = {"process.started", "process.exited", "file.opened"};
        tree.add({made(types[random() % 3], random() % 40, random() % 40, time)},
                 random() % 100 == 0 ? 1 : 0);
        QVERIFY(tree.processes().size() <= 51);
        if (time % 100 == 0) {
            std::size_t reached = 0;
            for (const quint64 root : tree.children().value(0)) {
                reached += tree.subtree(root).size();
            }
            QCOMPARE(reached, tree.processes().size()); // no circle, no parent that is gone
        }
    }
}

QTEST_GUILESS_MAIN(ProcessTreeTest)
#include "ProcessTreeTest.moc"
