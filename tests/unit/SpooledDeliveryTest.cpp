// SPDX-License-Identifier: MIT
//
// The client and its spool against buses that misbehave. What is produced is at every moment delivered,
// queued, spooled or counted as dropped, and what arrives does so once and in order.
#include "tests/unit/SpooledRig.h"

#include <QDir>
#include <random>
#include <sys/stat.h>

using namespace lunaris;

class SpooledDeliveryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aBusThatStaysAway();
    void aBusThatAcceptsAndNeverReads();
    void aBusThatReadsAByteAtATime();
    void aBusThatHangsUpInMidFrame_data();
    void aBusThatHangsUpInMidFrame();
    void aBusThatRestartsAgainAndAgain();
    void aPathThatIsNoSocket_data();
    void aPathThatIsNoSocket();
    void aSocketWithoutPermission();
    void anythingInAnyOrder_data();
    void anythingInAnyOrder();
};

void SpooledDeliveryTest::aBusThatStaysAway()
{
    SpooledRig rig;
    rig.client->start();
    for (int round = 0; round < 20; ++round) {
        rig.produce(500);
        QVERIFY(rig.addsUp());
        // Half of the memory is kept free for when the disk refuses.
        QVERIFY(rig.counters().queued.value() * 1000 < mebibyte * 6 / 10);
    }
    QVERIFY(rig.counters().spooled.value() > 9000);
    QCOMPARE(rig.dropped(), 0U);
    rig.bus.listen();
    QTRY_VERIFY(rig.isAllSent());
    QTRY_COMPARE(rig.bus.events(), range(0, 10'000));
    QVERIFY(rig.addsUp());
    rig.produce(10); // and it goes on without the disk
    QTRY_COMPARE(rig.bus.events(), range(0, 10'010));
}

void SpooledDeliveryTest::aBusThatAcceptsAndNeverReads()
{
    SpooledRig rig;
    rig.bus.setReading(false);
    rig.bus.listen();
    rig.client->start();
    QTRY_COMPARE(rig.bus.connections().size(), std::size_t{1});
    for (int round = 0; round < 20; ++round) {
        rig.produce(500);
        QVERIFY(rig.addsUp());
    }
    QVERIFY(rig.counters().delivered.value() > 0); // the socket's own buffer
    QVERIFY(rig.counters().spooled.value() > 8000);
    QCOMPARE(rig.dropped(), 0U);
    rig.bus.setReading(true);
    QTRY_COMPARE(rig.bus.events(), range(0, 10'000));
    QVERIFY(rig.isAllSent() && rig.addsUp() && rig.resumedExactly());
}

void SpooledDeliveryTest::aBusThatReadsAByteAtATime()
{
    SpooledRig rig;
    rig.produce(3000);
    QVERIFY(rig.counters().spooled.value() > 0);
    rig.bus.setPortion(1);
    rig.bus.listen();
    rig.client->start();
    QTRY_VERIFY(rig.bus.events().size() >= 5);
    QVERIFY(rig.addsUp());
    rig.bus.setPortion(SIZE_MAX);
    QTRY_COMPARE(rig.bus.events(), range(0, 3000));
    QVERIFY(rig.isAllSent() && rig.addsUp() && rig.resumedExactly());
}

void SpooledDeliveryTest::aBusThatHangsUpInMidFrame_data()
{
    QTest::addColumn<int>("after");
    for (const int after : {1, 4, 5, 1100, 66'000, 70'001, 500'000, 2'500'000}) {
        QTest::addRow("after %d bytes", after) << after;
    }
}

void SpooledDeliveryTest::aBusThatHangsUpInMidFrame()
{
    QFETCH(int, after);
    SpooledRig rig;
    rig.produce(4000);
    QVERIFY(rig.counters().spooled.value() > 3000);
    rig.bus.hangUpAfter(std::size_t(after));
    rig.bus.listen();
    rig.client->start();
    QTRY_COMPARE(rig.bus.connections().size(), std::size_t{2});
    QTRY_VERIFY(rig.isAllSent());
    QTRY_VERIFY(!rig.bus.connections().back().events.empty() &&
                rig.bus.connections().back().events.back() == 3999);
    QVERIFY(rig.resumedExactly() && rig.addsUp());
    QCOMPARE(rig.dropped(), 0U);
}

void SpooledDeliveryTest::aBusThatRestartsAgainAndAgain()
{
    SpooledRig rig;
    rig.client->start();
    for (std::size_t restart = 1; restart <= 8; ++restart) {
        rig.produce(1500);
        rig.bus.hangUpAfter(restart * 70'001);
        rig.bus.listen(); // a new file in the place of the old one
        QTRY_VERIFY(rig.bus.connections().size() >= 2 * restart - 1 &&
                    rig.bus.connections()[2 * restart - 2].bytes >= restart * 70'001);
        QTRY_COMPARE(rig.bus.connections().size(), 2 * restart); // the listener was still there
        QVERIFY(rig.addsUp());
        rig.bus.stop();
        QTRY_VERIFY(rig.starts.size() == 2 * restart);
        rig.produce(100);
    }
    rig.bus.listen();
    QTRY_VERIFY(rig.isAllSent());
    QTRY_COMPARE(rig.bus.connections().back().events.back(), rig.produced - 1);
    QVERIFY(rig.resumedExactly() && rig.addsUp());
    QCOMPARE(rig.dropped(), 0U);
}

void SpooledDeliveryTest::aPathThatIsNoSocket_data()
{
    QTest::addColumn<bool>("isFolder");
    QTest::newRow("a file") << false;
    QTest::newRow("a folder") << true;
}

void SpooledDeliveryTest::aPathThatIsNoSocket()
{
    QFETCH(bool, isFolder);
    SpooledRig rig;
    QFile file(rig.path);
    QVERIFY(isFolder ? QDir().mkdir(rig.path) : file.open(QIODevice::WriteOnly) && file.write("mine") == 4);
    file.close();
    QTest::ignoreMessage(QtInfoMsg, QRegularExpression(QStringLiteral("cannot be reached at .*bus.sock")));
    rig.client->start();
    rig.produce(3000);
    QVERIFY(rig.addsUp() && rig.starts.empty());
    QCOMPARE(rig.counters().queued.value() + rig.counters().spooled.value(), 3000U);
    QVERIFY(isFolder || (file.open(QIODevice::ReadOnly) && file.readAll() == "mine"));
    QVERIFY(isFolder ? QDir().rmdir(rig.path) : file.remove());
    rig.bus.listen();
    QTRY_COMPARE(rig.bus.events(), range(0, 3000));
}

void SpooledDeliveryTest::aSocketWithoutPermission()
{
    SpooledRig rig;
    rig.bus.listen(geteuid());
    const QByteArray name = QFile::encodeName(rig.path);
    QCOMPARE(chmod(name.constData(), 0), 0);
    {
        const AsUser nobodys(ordinaryUser());
        QTest::ignoreMessage(QtInfoMsg, QRegularExpression(QStringLiteral("\\(Permission denied\\)")));
        rig.client->start();
    }
    rig.produce(3000);
    QVERIFY(rig.addsUp());
    QCOMPARE(chmod(name.constData(), 0600), 0);
    QTRY_COMPARE(rig.bus.events(), range(0, 3000)); // tried again by itself
    QVERIFY(rig.isAllSent() && rig.addsUp());
}

void SpooledDeliveryTest::anythingInAnyOrder_data()
{
    QTest::addColumn<unsigned int>("seed");
    QTest::addColumn<quint64>("spoolBytes");
    for (const unsigned int seed : {1U, 2U, 3U, 4U}) {
        QTest::addRow("seed %u, room for all", seed) << seed << quint64{64 * mebibyte};
        QTest::addRow("seed %u, little room", seed) << seed << quint64{3 * mebibyte};
    }
}

void SpooledDeliveryTest::anythingInAnyOrder()
{
    QFETCH(unsigned int, seed);
    QFETCH(quint64, spoolBytes);
    std::mt19937 random(seed);
    SpooledRig rig(spoolBytes);
    rig.client->start();
    for (int step = 0; step < 150; ++step) {
        switch (random() % 8) {
        case 0:
            rig.bus.stop();
            break;
        case 1:
            rig.bus.stop();
            rig.bus.listen();
            break;
        case 2:
            rig.bus.setReading(random() % 2 == 0);
            break;
        case 3:
            rig.bus.hangUpAfter(1 + random() % 200'000);
            break;
        case 4:
            rig.endCleanly();
            rig.begin();
            rig.client->start();
            break;
        default:
            rig.produce(1 + random() % 1000, 50 + random() % 1000);
            break;
        }
        for (unsigned int turns = random() % 30; turns > 0; --turns) {
            QCoreApplication::processEvents();
        }
        QVERIFY(rig.addsUp());
    }
    rig.bus.stop();
    rig.bus.hangUpAfter(SIZE_MAX);
    rig.bus.setReading(true);
    rig.bus.listen();
    QTRY_VERIFY(rig.isAllSent());
    rig.produce(1);
    QTRY_VERIFY(!rig.bus.connections().back().events.empty() &&
                rig.bus.connections().back().events.back() == rig.produced - 1);
    QVERIFY(rig.bus.isIntact() && rig.addsUp());
    // Nothing twice, nothing out of order: not even across connections and restarts.
    QVERIFY(isRising(rig.bus.events()));
    QCOMPARE(rig.deliveredBefore + rig.counters().delivered.value() + rig.droppedBefore + rig.dropped(),
             std::uint64_t{rig.produced});
    QCOMPARE(rig.droppedBefore + rig.dropped() > 0, spoolBytes == 3 * mebibyte);
}

QTEST_GUILESS_MAIN(SpooledDeliveryTest)
#include "SpooledDeliveryTest.moc"
