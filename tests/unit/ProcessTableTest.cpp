// SPDX-License-Identifier: MIT
#include "helper/normalizer/ProcessTable.h"

#include <QByteArray>
#include <QTest>
#include <random>

using namespace lunaris;

namespace
{

QByteArray executableOf(ProcessTable &table, ProcessKey key)
{
    const std::string_view text = textOf(table.processOf(key).executable);
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

class ProcessTableTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aForkIsItsParentUntilItRunsSomethingElse();
    void aForkSharesWhatItsParentKnows();
    void aNumberUsedAgainIsAnotherProcess();
    void anEndOfAnEarlierProcessEndsNothing();
    void anEarlierProcessHasNoPlaceAnyMore();
    void withoutStartTimesTheNumberDecides();
    void aParentThatIsAnotherByNowGivesNothing();
    void aForkToldLateChangesNothing();
    void theBusyOnesAreKept();
    void boundedInBytes();
    void anythingMayHappen();
};

void ProcessTableTest::aForkIsItsParentUntilItRunsSomethingElse()
{
    ProcessTable table(100);
    table.runs({10, 1}, "/bin/sh");
    table.forked({10, 1}, {11, 2});
    QCOMPARE(executableOf(table, {11, 2}), QByteArray("/bin/sh"));
    table.runs({11, 2}, "/bin/cat");
    QCOMPARE(executableOf(table, {11, 2}), QByteArray("/bin/cat"));
    QCOMPARE(executableOf(table, {10, 1}), QByteArray("/bin/sh"));
    table.forked({99, 9}, {12, 3});
    QCOMPARE(executableOf(table, {12, 3}), QByteArray());
}

void ProcessTableTest::aForkSharesWhatItsParentKnows()
{
    ProcessTable table(100);
    table.runs({10, 1}, "/bin/sh");
    Process &parent = table.processOf({10, 1});
    parent.application = std::make_shared<const std::string>("sh.service");
    parent.cgroup = 7;
    parent.lookAgain = 8;
    table.forked({10, 1}, {11, 2});
    Process &child = table.processOf({11, 2});
    QCOMPARE(child.application.get(), table.processOf({10, 1}).application.get());
    QCOMPARE(child.cgroup, std::uint64_t{7});
    QCOMPARE(child.lookAgain, std::uint64_t{8});
    QCOMPARE(child.start, std::uint64_t{2});
    // Another program may have been put elsewhere; until that is known, it is where it was.
    table.runs({11, 2}, "/bin/cat");
    QCOMPARE(table.processOf({11, 2}).lookAgain, std::uint64_t{0});
    QVERIFY(table.processOf({11, 2}).application);
}

void ProcessTableTest::aNumberUsedAgainIsAnotherProcess()
{
    ProcessTable table(100);
    table.runs({10, 1}, "/bin/sh");
    table.processOf({10, 1}).application = std::make_shared<const std::string>("sh.service");
    // Its end was lost, and so was the fork of the other.
    QCOMPARE(executableOf(table, {10, 2}), QByteArray());
    QVERIFY(!table.processOf({10, 2}).application);
    QCOMPARE(table.size(), std::size_t(1));
    table.runs({10, 3}, "/bin/cat");
    QVERIFY(!table.processOf({10, 3}).application);
    QCOMPARE(executableOf(table, {10, 3}), QByteArray("/bin/cat"));
}

void ProcessTableTest::anEndOfAnEarlierProcessEndsNothing()
{
    ProcessTable table(100);
    table.runs({10, 2}, "/bin/cat");
    table.exited({10, 1});
    QCOMPARE(executableOf(table, {10, 2}), QByteArray("/bin/cat"));
    table.exited({10, 2});
    QCOMPARE(table.size(), std::size_t(0));
    table.exited({10, 2});
}

void ProcessTableTest::anEarlierProcessHasNoPlaceAnyMore()
{
    ProcessTable table(100);
    table.runs({10, 2}, "/bin/cat");
    table.runs({20, 1}, "/bin/sh");
    QCOMPARE(executableOf(table, {10, 1}), QByteArray());
    table.runs({10, 1}, "/bin/old");
    table.forked({20, 1}, {10, 1});
    QCOMPARE(executableOf(table, {10, 2}), QByteArray("/bin/cat"));
    QCOMPARE(executableOf(table, {10, 1}), QByteArray());
    QCOMPARE(table.size(), std::size_t(2));
}

void ProcessTableTest::withoutStartTimesTheNumberDecides()
{
    ProcessTable table(100);
    table.runs({10}, "/bin/cat");
    QCOMPARE(executableOf(table, {10, 5}), QByteArray("/bin/cat"));
    QCOMPARE(executableOf(table, {10}), QByteArray("/bin/cat"));
    // Once it is known, it counts.
    QCOMPARE(executableOf(table, {10, 6}), QByteArray());
    table.runs({11, 1}, "/bin/cat");
    table.forked({99}, {11});
    QCOMPARE(executableOf(table, {11}), QByteArray());
}

void ProcessTableTest::aParentThatIsAnotherByNowGivesNothing()
{
    ProcessTable table(100);
    table.runs({10, 1}, "/bin/sh");
    table.forked({10, 2}, {11, 3});
    QCOMPARE(executableOf(table, {11, 3}), QByteArray());
}

void ProcessTableTest::aForkToldLateChangesNothing()
{
    // The scan at the start is ahead of the ring: both parent and child have run others since the fork.
    ProcessTable table(100);
    table.runs({10, 1}, "/bin/parent-now");
    table.runs({11, 2}, "/bin/child-now");
    table.forked({10, 1}, {11, 2});
    QCOMPARE(executableOf(table, {11, 2}), QByteArray("/bin/child-now"));
}

void ProcessTableTest::theBusyOnesAreKept()
{
    ProcessTable table(100);
    table.runs({1, 1}, "/sbin/init");
    for (std::uint32_t pid = 2; pid < 10'000; ++pid) {
        table.runs({pid, pid}, "/bin/x"); // and their ends are lost
        QCOMPARE(executableOf(table, {1, 1}), QByteArray("/sbin/init"));
        QVERIFY(table.size() <= 100);
    }
    QCOMPARE(executableOf(table, {9'950, 9'950}), QByteArray("/bin/x"));
    QCOMPARE(table.size(), std::size_t(100));
}

void ProcessTableTest::boundedInBytes()
{
    ProcessTable table(100'000, 1'000'000);
    const std::string path(4000, 'x');
    for (std::uint32_t pid = 1; pid < 1000; ++pid) {
        table.runs({pid, 1}, path);
        table.forked({pid, 1}, {pid + 100'000, 1});
        QVERIFY(table.size() <= 250);
    }
    QCOMPARE(table.size(), std::size_t(250));
    // A text longer than all is kept alone.
    table.runs({5, 5}, std::string(2'000'000, 'x'));
    QCOMPARE(table.size(), std::size_t(1));
    // The sum went down with them.
    for (std::uint32_t pid = 1; pid <= 300; ++pid) {
        table.runs({pid, 1}, "/bin/x");
    }
    QCOMPARE(table.size(), std::size_t(300));
}

void ProcessTableTest::anythingMayHappen()
{
    // A process that is known by its start always runs what it was last said to run, whatever else is told.
    ProcessTable table(1000);
    std::mt19937 random(4);
    std::vector<std::uint64_t> starts(50, 2);
    std::vector<std::string> runs(50);
    std::uint64_t start = 2;
    for (int round = 0; round < 50'000; ++round) {
        const std::uint32_t pid = random() % 50;
        const std::uint32_t other = random() % 50;
        switch (random() % 4) {
        case 0:
            runs[pid] = "/bin/" + std::to_string(round);
            table.runs({pid, starts[pid]}, runs[pid]);
            break;
        case 1:
            if (pid != other) {
                starts[other] = ++start;
                runs[other] = runs[pid];
                table.forked({pid, starts[pid]}, {other, starts[other]});
            }
            break;
        case 2:
            starts[pid] = ++start; // lost: neither the end nor the fork is told
            runs[pid].clear();
            break;
        default:
            table.exited({pid, starts[pid] - 1});
            table.runs({pid, starts[pid] - 1}, "/bin/late");
            break;
        }
        QCOMPARE(executableOf(table, {pid, starts[pid]}), QByteArray::fromStdString(runs[pid]));
        QCOMPARE(executableOf(table, {other, starts[other]}), QByteArray::fromStdString(runs[other]));
    }
}

QTEST_GUILESS_MAIN(ProcessTableTest)
#include "ProcessTableTest.moc"
