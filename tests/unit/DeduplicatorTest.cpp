// SPDX-License-Identifier: MIT
#include "helper/normalizer/Deduplicator.h"

#include <QTest>
#include <list>
#include <random>
#include <string>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

using Access = Deduplicator::Access;

constexpr std::uint64_t millisecond = 1'000'000;
constexpr std::uint64_t start = 1'000'000 * millisecond;

/// The words of the design, as slowly as they can be written.
class NaiveDeduplicator
{
public:
    NaiveDeduplicator(std::uint64_t window, std::size_t capacity) : m_window(window), m_capacity(capacity) {}

    bool isDuplicate(std::uint32_t pid, const std::string &path, Access access, std::uint64_t time)
    {
        if (m_window == 0) {
            return false;
        }
        for (const Forwarded &earlier : m_forwarded) {
            const bool compared = access == Access::Read || earlier.access == Access::Write;
            const std::uint64_t distance = time > earlier.time ? time - earlier.time : earlier.time - time;
            if (compared && earlier.pid == pid && earlier.path == path && distance < m_window) {
                return true;
            }
        }
        m_forwarded.remove_if([&](const Forwarded &earlier) {
            return earlier.pid == pid && earlier.path == path && earlier.access == access;
        });
        m_forwarded.push_back({pid, path, access, time});
        if (m_forwarded.size() > m_capacity) {
            m_forwarded.pop_front();
        }
        return false;
    }

    std::size_t size() const { return m_forwarded.size(); }

private:
    struct Forwarded {
        std::uint32_t pid;
        std::string path;
        Access access;
        std::uint64_t time;
    };

    const std::uint64_t m_window;
    const std::size_t m_capacity;
    std::list<Forwarded> m_forwarded; // the one forwarded longest ago first
};

} // namespace

class DeduplicatorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sequences_data();
    void sequences();
    void anotherPidIsAnotherOpen();
    void anotherPathIsAnotherOpen();
    void theOldestForwardedGivesWay();
    void aForwardedRepeatIsTheNewestAgain();
    void theWindowCanChange();
    void timeThatJumps();
    void capacityIsNeverExceeded_data();
    void capacityIsNeverExceeded();
    void behavesAsTheNaiveOne_data();
    void behavesAsTheNaiveOne();
};

void DeduplicatorTest::sequences_data()
{
    QTest::addColumn<int>("window");
    QTest::addColumn<QByteArray>("opens");

    // Each open: R or W, milliseconds, and what becomes of it: + forwarded, = duplicate.
    QTest::newRow("a repeat") << 100 << QByteArray("R0+ R50= R99=");
    QTest::newRow("window's edge") << 100 << QByteArray("R0+ R99= R100+");
    QTest::newRow("compared with the forwarded one, not the last")
        << 100 << QByteArray("R0+ R60= R120+ R219= R220+");
    QTest::newRow("a read repeats a write") << 100 << QByteArray("R0+ W10+ R105= R109= R110+");
    QTest::newRow("a write does not repeat a read") << 100 << QByteArray("R0+ W1+ W2= R3=");
    QTest::newRow("a read after a write") << 100 << QByteArray("W0+ R1= R99= R100+ W101+");
    QTest::newRow("a dropped read shields nothing") << 100 << QByteArray("W0+ R90= R150+ W160+");
    QTest::newRow("both entries live on") << 100 << QByteArray("R0+ W50+ R120= W140= R150+ W150+");
    QTest::newRow("time stands still") << 100 << QByteArray("R0+ R0= R0= W0+ W0=");
    QTest::newRow("a little back") << 100 << QByteArray("R200+ R150= R101= R100+");
    QTest::newRow("far back") << 100 << QByteArray("R500+ R0+ R50= R500+");
    QTest::newRow("window off") << 0 << QByteArray("R0+ R0+ R0+ W0+ W0+");
    QTest::newRow("smallest window") << 1 << QByteArray("R0+ R0= R1+");
}

void DeduplicatorTest::sequences()
{
    QFETCH(int, window);
    QFETCH(QByteArray, opens);
    Deduplicator deduplicator(std::chrono::milliseconds(window), 16, 1);
    for (const QByteArray &open : opens.split(' ')) {
        const Access access = open.startsWith('W') ? Access::Write : Access::Read;
        const std::uint64_t time = start + open.mid(1, open.size() - 2).toULongLong() * millisecond;
        QVERIFY2(deduplicator.isDuplicate(7, "/x", access, time) == open.endsWith('='), open.constData());
    }
}

void DeduplicatorTest::anotherPidIsAnotherOpen()
{
    Deduplicator deduplicator(100ms, 16, 1);
    for (std::uint32_t pid : {1U, 2U, 3U, UINT32_MAX}) {
        QVERIFY(!deduplicator.isDuplicate(pid, "/x", Access::Read, start));
    }
    QVERIFY(deduplicator.isDuplicate(2, "/x", Access::Read, start));
}

void DeduplicatorTest::anotherPathIsAnotherOpen()
{
    Deduplicator deduplicator(100ms, 16, 1);
    for (const char *path : {"/x", "/x/", "/X", "/xx", "/", ""}) {
        QVERIFY(!deduplicator.isDuplicate(1, path, Access::Read, start));
    }
}

void DeduplicatorTest::theOldestForwardedGivesWay()
{
    Deduplicator deduplicator(100ms, 3, 1);
    for (const char *path : {"/a", "/b", "/c", "/d"}) {
        QVERIFY(!deduplicator.isDuplicate(1, path, Access::Read, start));
    }
    for (const char *path : {"/b", "/c", "/d"}) {
        QVERIFY(deduplicator.isDuplicate(1, path, Access::Read, start));
    }
    QVERIFY(!deduplicator.isDuplicate(1, "/a", Access::Read, start)); // forgotten
}

void DeduplicatorTest::aForwardedRepeatIsTheNewestAgain()
{
    Deduplicator deduplicator(100ms, 2, 1);
    const auto open = [&](const char *path, std::uint64_t at) {
        return deduplicator.isDuplicate(1, path, Access::Read, start + at * millisecond);
    };
    QVERIFY(!open("/a", 0));
    QVERIFY(!open("/b", 50));
    QVERIFY(!open("/a", 100)); // now newer than /b
    QVERIFY(!open("/c", 101)); // /b gives way
    QVERIFY(open("/a", 102));
    QVERIFY(!open("/b", 103));
    // A dropped one is not forwarded, so it does not become newer.
    QVERIFY(open("/c", 104));
    QVERIFY(!open("/d", 105)); // /c gives way, though it was asked for last
    QVERIFY(!open("/c", 106));
}

void DeduplicatorTest::theWindowCanChange()
{
    Deduplicator deduplicator(100ms, 16, 1);
    const auto open = [&](std::uint64_t at) {
        return deduplicator.isDuplicate(1, "/x", Access::Read, start + at * millisecond);
    };
    QVERIFY(!open(0));
    QVERIFY(open(50));
    deduplicator.setWindow(20ms);
    QVERIFY(!open(51)); // also of what was forwarded before
    QVERIFY(open(70));
    deduplicator.setWindow(1s);
    QVERIFY(open(1050));
    deduplicator.setWindow(0ms);
    QVERIFY(!open(1050));
    QVERIFY(!open(1050));
    QCOMPARE(deduplicator.size(), 1U);
    deduplicator.setWindow(-1ms);
    QVERIFY(!open(1050));
    deduplicator.setWindow(100ms);
    QVERIFY(!open(1050)); // what passed while it was off is not remembered
    QVERIFY(open(1149));
}

void DeduplicatorTest::timeThatJumps()
{
    Deduplicator deduplicator(100ms, 16, 1);
    const auto open = [&](std::uint64_t time) {
        return deduplicator.isDuplicate(1, "/x", Access::Read, time);
    };
    for (const std::uint64_t time : {std::uint64_t{0}, UINT64_MAX, std::uint64_t{1} << 63, std::uint64_t{0},
                                     start, UINT64_MAX - start}) {
        QVERIFY(!open(time));
        QVERIFY(open(time));
    }
    // The ends of the numbers are no neighbours.
    QVERIFY(!open(UINT64_MAX));
    QVERIFY(!open(0));
    QCOMPARE(deduplicator.size(), 1U);
}

void DeduplicatorTest::capacityIsNeverExceeded_data()
{
    QTest::addColumn<quint32>("capacity");
    for (const quint32 capacity : {0U, 1U, 2U, 3U, 100U, 128U}) {
        QTest::addRow("%u", capacity) << capacity;
    }
}

void DeduplicatorTest::capacityIsNeverExceeded()
{
    QFETCH(quint32, capacity);
    const std::uint32_t most = std::max(capacity, 1U);
    Deduplicator deduplicator(100ms, capacity, 1);
    QCOMPARE(deduplicator.size(), 0U);
    for (std::uint32_t open = 0; open < 1000; ++open) {
        QVERIFY(!deduplicator.isDuplicate(open, "/x", Access::Read, start));
        QCOMPARE(deduplicator.size(), std::min(open + 1, most));
    }
}

void DeduplicatorTest::behavesAsTheNaiveOne_data()
{
    QTest::addColumn<quint32>("capacity");
    QTest::addColumn<unsigned int>("seed");
    for (const quint32 capacity : {1U, 2U, 7U, 16U, 64U}) {
        for (const unsigned int seed : {1U, 2U}) {
            QTest::addRow("capacity %u, seed %u", capacity, seed) << capacity << seed;
        }
    }
}

void DeduplicatorTest::behavesAsTheNaiveOne()
{
    QFETCH(quint32, capacity);
    QFETCH(unsigned int, seed);
    std::mt19937 random(seed);
    Deduplicator deduplicator(10ms, capacity, seed);
    NaiveDeduplicator naive(10 * millisecond, capacity);
    std::uint64_t time = start;
    int duplicates = 0;
    for (int open = 0; open < 30'000; ++open) {
        switch (random() % 8) {
        case 0:
            break; // stands still
        case 1:
            time -= random() % (12 * millisecond);
            break;
        case 2:
            time += random() % (40 * millisecond);
            break;
        default:
            time += random() % millisecond;
        }
        const std::uint32_t pid = random() % 4;
        const std::string path = "/" + std::to_string(random() % 6);
        const Access access = random() % 3 == 0 ? Access::Write : Access::Read;
        const bool duplicate = naive.isDuplicate(pid, path, access, time);
        QCOMPARE(deduplicator.isDuplicate(pid, path, access, time), duplicate);
        QCOMPARE(std::size_t{deduplicator.size()}, naive.size());
        duplicates += duplicate ? 1 : 0;
    }
    QVERIFY(duplicates > 500 && duplicates < 29'500); // both sides were tried
}

QTEST_GUILESS_MAIN(DeduplicatorTest)
#include "DeduplicatorTest.moc"
