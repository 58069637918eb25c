// SPDX-License-Identifier: MIT
#include "helper/normalizer/Uuid.h"

#include <QTest>
#include <algorithm>
#include <functional>
#include <set>

using namespace lunaris;

namespace
{

constexpr std::uint64_t now = 1'771'677'296'123; // 2026-02-21T12:34:56.123Z
constexpr std::uint64_t last48 = (std::uint64_t{1} << 48) - 1;

std::uint64_t millisecondsOf(const Uuid &id)
{
    std::uint64_t value = 0;
    for (int index = 0; index < 6; ++index) {
        value = value << 8 | id[index];
    }
    return value;
}

using Clock = std::function<std::uint64_t(int)>;

} // namespace

Q_DECLARE_METATYPE(Clock)

class UuidTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textOfHandMadeBytes_data();
    void textOfHandMadeBytes();
    void theFirst48BitsAreTheTime_data();
    void theFirst48BitsAreTheTime();
    void aMillionAreStrictlyIncreasing_data();
    void aMillionAreStrictlyIncreasing();
    void timeThatGoesBackIsNotFollowed();
    void textIsOrderedAsTheBytesAre();
    void theSameSeedGivesTheSame();
    void anotherSeedGivesOthers();
    void theNextCannotBeGuessed();
};

void UuidTest::textOfHandMadeBytes_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("zero") << QByteArray(16, '\0') << QByteArray("00000000-0000-0000-0000-000000000000");
    QTest::newRow("ones") << QByteArray(16, '\xff') << QByteArray("ffffffff-ffff-ffff-ffff-ffffffffffff");
    // RFC 9562, appendix A.6.
    QTest::newRow("the RFC's example") << QByteArray::fromHex("017F22E279B07CC398C4DC0C0C07398F")
                                       << QByteArray("017f22e2-79b0-7cc3-98c4-dc0c0c07398f");
}

void UuidTest::textOfHandMadeBytes()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    Uuid id{};
    std::copy(bytes.cbegin(), bytes.cend(), id.begin());
    QCOMPARE(QByteArray::fromStdString(toText(id)), text);
}

void UuidTest::theFirst48BitsAreTheTime_data()
{
    QTest::addColumn<quint64>("time");
    QTest::addColumn<quint64>("expected");
    QTest::newRow("now") << quint64{now} << quint64{now};
    QTest::newRow("1970") << quint64{0} << quint64{0};
    QTest::newRow("a millisecond later") << quint64{1} << quint64{1};
    QTest::newRow("each byte another") << quint64{0x010203040506} << quint64{0x010203040506};
    QTest::newRow("the last") << quint64{last48} << quint64{last48};
    QTest::newRow("only 48 bits") << quint64{0xabcd010203040506} << quint64{0x010203040506};
}

void UuidTest::theFirst48BitsAreTheTime()
{
    QFETCH(quint64, time);
    QFETCH(quint64, expected);
    const Uuid id = UuidV7(3).next(time);
    QCOMPARE(quint64{millisecondsOf(id)}, expected);
    QCOMPARE(id[6] >> 4, 7);
    QCOMPARE(id[8] >> 6, 2);
}

void UuidTest::aMillionAreStrictlyIncreasing_data()
{
    QTest::addColumn<Clock>("clock");
    QTest::newRow("stands still") << Clock([](int) { return now; });
    QTest::newRow("runs") << Clock([](int round) { return now + std::uint64_t(round) / 300; });
    QTest::newRow("a new one each") << Clock([](int round) { return now + std::uint64_t(round); });
    QTest::newRow("goes back") << Clock([](int round) { return now - std::uint64_t(round); });
    QTest::newRow("jumps") << Clock([](int round) { return now + std::uint64_t(round) * 7919 % 1000; });
    QTest::newRow("falls to 1970") << Clock([](int round) { return round < 500'000 ? now : 0; });
    QTest::newRow("begins in 1970") << Clock([](int) { return std::uint64_t{0}; });
    QTest::newRow("at the end of time") << Clock([](int round) { return round % 2 == 0 ? last48 : now; });
}

void UuidTest::aMillionAreStrictlyIncreasing()
{
    QFETCH(Clock, clock);
    UuidV7 ids(42);
    Uuid last{};
    for (int round = 0; round < 1'000'000; ++round) {
        const Uuid id = ids.next(clock(round));
        if (!(last < id) || id[6] >> 4 != 7 || id[8] >> 6 != 2) {
            QFAIL(qPrintable(QStringLiteral("round %1: %2 after %3")
                                 .arg(QString::number(round), QString::fromStdString(toText(id)),
                                      QString::fromStdString(toText(last)))));
        }
        last = id;
    }
}

void UuidTest::timeThatGoesBackIsNotFollowed()
{
    UuidV7 ids(1);
    ids.next(now);
    QCOMPARE(millisecondsOf(ids.next(now - 1000)), now);
    QCOMPARE(millisecondsOf(ids.next(now)), now);
    QCOMPARE(millisecondsOf(ids.next(now + 1)), now + 1);
}

void UuidTest::textIsOrderedAsTheBytesAre()
{
    UuidV7 ids(9);
    std::string last;
    for (int round = 0; round < 1000; ++round) {
        const std::string text = toText(ids.next(now + std::uint64_t(round) / 7));
        QVERIFY(last < text);
        last = text;
    }
}

void UuidTest::theSameSeedGivesTheSame()
{
    UuidV7 left(5);
    UuidV7 right(5);
    for (int round = 0; round < 1000; ++round) {
        QVERIFY(left.next(now + std::uint64_t(round) / 3) == right.next(now + std::uint64_t(round) / 3));
    }
}

void UuidTest::anotherSeedGivesOthers()
{
    std::set<Uuid> all;
    for (std::uint64_t seed = 0; seed < 1000; ++seed) {
        UuidV7 ids(seed);
        all.insert(ids.next(now));
        all.insert(ids.next(now));
    }
    QCOMPARE(all.size(), std::size_t{2000});
}

void UuidTest::theNextCannotBeGuessed()
{
    // Within one millisecond the step itself is random, not one.
    UuidV7 ids(11);
    std::set<std::uint64_t> steps;
    const auto low = [](const Uuid &id) {
        std::uint64_t value = 0;
        for (int index = 8; index < 16; ++index) {
            value = value << 8 | id[index];
        }
        return value;
    };
    Uuid last = ids.next(now);
    for (int round = 0; round < 1000; ++round) {
        const Uuid id = ids.next(now);
        steps.insert(low(id) - low(last));
        last = id;
    }
    QVERIFY(steps.size() > 990);
}

QTEST_GUILESS_MAIN(UuidTest)
#include "UuidTest.moc"
