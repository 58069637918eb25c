// SPDX-License-Identifier: MIT
//
// The client and its spool on disks that are full, and across a stop, a crash and a new start, with the same
// accounting.
#include "tests/unit/SpooledRig.h"

#include <QDir>
#include <csignal>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

using namespace lunaris;

class SpooledDiskTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { std::signal(SIGXFSZ, SIG_IGN); } // as the helper does

    void aSpoolThatIsFull();
    void aDiskThatIsFull_data();
    void aDiskThatIsFull();
    void aLimitOnFileSizes();
    void theNextStartDeliversFirst_data();
    void theNextStartDeliversFirst();
    void aStopWithAStuckBus();
    void aCrashLosesMemoryOnly();
    void withoutSpoolNothingIsWritten();
};

void SpooledDiskTest::aSpoolThatIsFull()
{
    SpooledRig rig(4 * mebibyte);
    for (int round = 0; round < 40; ++round) {
        rig.produce(500);
        QVERIFY(rig.addsUp());
    }
    QVERIFY(rig.counters().droppedInSpool.value() > 10'000);
    QCOMPARE(rig.counters().droppedInQueue.value(), 0U);
    const auto oldest = static_cast<std::uint32_t>(rig.dropped());
    rig.bus.listen();
    rig.client->start();
    QTRY_COMPARE(rig.bus.events(), range(oldest, 20'000));
    QVERIFY(rig.isAllSent() && rig.addsUp());
}

void SpooledDiskTest::aDiskThatIsFull_data()
{
    QTest::addColumn<quint64>("spoolBytes");
    QTest::newRow("of our own segments") << quint64{16 * mebibyte}; // 512 KiB each
    QTest::newRow("so that not even one fits") << quint64{256 * mebibyte};
}

void SpooledDiskTest::aDiskThatIsFull()
{
    QFETCH(quint64, spoolBytes);
    if (geteuid() != 0) {
        QSKIP("needs root for a small file system; run it with sudo");
    }
    // Seen by nobody else.
    QCOMPARE(unshare(CLONE_NEWNS), 0);
    QCOMPARE(mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr), 0);
    QTemporaryDir disk;
    const QByteArray place = QFile::encodeName(disk.path());
    QCOMPARE(mount("small", place.constData(), "tmpfs", 0, "size=2m,mode=755"), 0);
    {
        SpooledRig rig(spoolBytes);
        rig.client = std::make_unique<EventBusClient>(
            EventBusClient::Settings{rig.path, geteuid(), mebibyte, "session-1"},
            Spool::open(disk.path() + QStringLiteral("/state"), spoolBytes));
        const bool ownGiveWay = spoolBytes == 16 * mebibyte;
        if (!ownGiveWay) {
            expectWarning("cannot be written \\(No space left on device\\)");
        }
        for (int round = 0; round < 20; ++round) {
            rig.produce(500);
            QVERIFY(rig.addsUp());
        }
        QVERIFY(rig.counters().spooled.value() > 1000);
        QCOMPARE(rig.counters().droppedInSpool.value() > 0, ownGiveWay);
        QCOMPARE(rig.counters().droppedInQueue.value() > 0, !ownGiveWay);
        rig.bus.listen();
        rig.client->start();
        QTRY_VERIFY(rig.isAllSent());
        QTRY_COMPARE(rig.bus.events().size() + rig.dropped(), std::size_t{10'000});
        QVERIFY(isRising(rig.bus.events()) && rig.bus.isIntact() && rig.addsUp());
        QCOMPARE(rig.bus.events().back(), 9999U);
        rig.client.reset();
    }
    QCOMPARE(umount(place.constData()), 0);
}

void SpooledDiskTest::aLimitOnFileSizes()
{
    SpooledRig rig;
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    const rlimit small{300'000, before.rlim_max};
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    expectWarning("cannot be written \\(File too large\\)");
    rig.produce(3000);
    QVERIFY(rig.addsUp());
    QCOMPARE(rig.counters().droppedInSpool.value(), 0U);
    QVERIFY(rig.counters().droppedInQueue.value() > 1000);
    QVERIFY(rig.counters().spooled.value() > 100);

    // It is tried again, and nothing more is lost.
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    const std::uint64_t dropped = rig.dropped();
    rig.produce(3000);
    QCOMPARE(rig.dropped(), dropped);
    rig.bus.listen();
    rig.client->start();
    QTRY_VERIFY(rig.isAllSent());
    QTRY_COMPARE(rig.bus.events().size() + dropped, std::size_t{6000});
    QVERIFY(isRising(rig.bus.events()) && rig.bus.isIntact() && rig.addsUp());
}

void SpooledDiskTest::theNextStartDeliversFirst_data()
{
    QTest::addColumn<int>("produced");
    QTest::addColumn<bool>("withStuckBus");
    for (const int produced : {0, 1, 300, 5000}) {
        QTest::addRow("%d, no bus", produced) << produced << false;
        QTest::addRow("%d, a bus that reads nothing", produced) << produced << true;
    }
}

void SpooledDiskTest::theNextStartDeliversFirst()
{
    QFETCH(int, produced);
    QFETCH(bool, withStuckBus);
    SpooledRig rig;
    if (withStuckBus) {
        rig.bus.setReading(false);
        rig.bus.listen();
        rig.client->start();
        QTRY_COMPARE(rig.bus.connections().size(), std::size_t{1});
    }
    rig.produce(std::uint32_t(produced));
    rig.endCleanly();
    const std::uint64_t delivered = rig.deliveredBefore;
    rig.begin();
    QCOMPARE(rig.counters().recovered.value(), std::uint64_t(produced) - delivered);
    QCOMPARE(rig.counters().spooled.value(), rig.counters().recovered.value());
    QVERIFY(rig.addsUp());
    rig.produce(2000);
    rig.bus.setReading(true);
    if (!withStuckBus) {
        rig.bus.listen();
    }
    rig.client->start();
    QTRY_VERIFY(rig.isAllSent());
    QTRY_COMPARE(rig.bus.connections().back().events,
                 range(static_cast<std::uint32_t>(delivered), std::uint32_t(produced) + 2000));
    QVERIFY(rig.addsUp());
}

void SpooledDiskTest::aStopWithAStuckBus()
{
    // A frame of which the bus has a part stands before what is in the spool already.
    SpooledRig rig;
    rig.bus.setReading(false);
    rig.bus.listen();
    rig.client->start();
    QTRY_COMPARE(rig.bus.connections().size(), std::size_t{1});
    rig.produce(5000);
    QVERIFY(rig.counters().queued.value() > 0 && rig.counters().spooled.value() > 0);
    rig.endCleanly(50ms);
    rig.begin();
    QCOMPARE(rig.counters().recovered.value() + rig.deliveredBefore, 5000U);
    rig.bus.setReading(true);
    rig.client->start();
    QTRY_VERIFY(rig.isAllSent());
    QTRY_COMPARE(rig.bus.connections().back().events.size(), std::size_t{5000 - rig.starts.back()});
    QCOMPARE(rig.starts.back(), rig.deliveredBefore);
    QCOMPARE(rig.bus.connections().back().events, range(static_cast<std::uint32_t>(rig.starts.back()), 5000));
}

void SpooledDiskTest::aCrashLosesMemoryOnly()
{
    SpooledRig rig;
    rig.produce(5000);
    const std::uint64_t spooled = rig.counters().spooled.value();
    QVERIFY(spooled > 3000 && spooled < 5000);
    rig.crash();
    rig.begin();
    QCOMPARE(rig.counters().recovered.value(), spooled);
    rig.produce(10);
    rig.bus.listen();
    rig.client->start();
    std::vector<std::uint32_t> expected = range(0, static_cast<std::uint32_t>(spooled));
    const std::vector<std::uint32_t> fresh = range(5000, 5010);
    expected.insert(expected.end(), fresh.begin(), fresh.end());
    QTRY_COMPARE(rig.bus.events(), expected);
    QVERIFY(rig.addsUp());
}

void SpooledDiskTest::withoutSpoolNothingIsWritten()
{
    SpooledRig rig;
    rig.client = std::make_unique<EventBusClient>(
        EventBusClient::Settings{rig.path, geteuid(), mebibyte, "session-1"});
    QVERIFY(QDir(rig.state).removeRecursively());
    rig.produce(5000);
    QVERIFY(rig.addsUp() && rig.counters().droppedInQueue.value() > 3000);
    QCOMPARE(rig.counters().spooled.value(), 0U);
    expectWarning("^[0-9]+ events could not be delivered");
    rig.client->drain(0ms);
    QVERIFY(!QDir(rig.state).exists());
}

QTEST_GUILESS_MAIN(SpooledDiskTest)
#include "SpooledDiskTest.moc"
