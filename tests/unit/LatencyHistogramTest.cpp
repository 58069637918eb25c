// SPDX-License-Identifier: MIT
#include "helper/timing/LatencyHistogram.h"

#include <QTest>
#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

using namespace lunaris;

namespace
{

constexpr std::uint64_t now = 1'000'000'000'000'000; // nanoseconds

/// The kernel's times of what took so many microseconds.
std::vector<std::uint64_t> taking(const std::vector<std::uint64_t> &microseconds)
{
    std::vector<std::uint64_t> times;
    for (const std::uint64_t each : microseconds) {
        times.push_back(now - each * 1000);
    }
    return times;
}

/// `told` is at most a sixteenth more than `exact`, and never less.
bool isCloseTo(std::uint64_t told, std::uint64_t exact)
{
    return told >= exact && told <= exact + exact / 16;
}

} // namespace

class LatencyHistogramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void nothingIsNothing();
    void oneIsAllOfThem_data();
    void oneIsAllOfThem();
    void percentilesAreThoseOfASortedList_data();
    void percentilesAreThoseOfASortedList();
    void whatCannotBeIsNotCounted();
    void theLongestIsExact();
};

void LatencyHistogramTest::nothingIsNothing()
{
    const LatencyHistogram::Summary summary = LatencyHistogram().summary();
    QCOMPARE(summary.count, 0U);
    QCOMPARE(summary.p50, 0U);
    QCOMPARE(summary.p99, 0U);
    QCOMPARE(summary.max, 0U);
}

void LatencyHistogramTest::oneIsAllOfThem_data()
{
    QTest::addColumn<quint64>("microseconds");
    for (const quint64 value : {0ULL, 1ULL, 15ULL, 16ULL, 17ULL, 31ULL, 32ULL, 999ULL, 65'535ULL, 65'536ULL,
                                5'000'000ULL, 800'000'000'000ULL}) {
        QTest::addRow("%llu us", value) << value;
    }
}

void LatencyHistogramTest::oneIsAllOfThem()
{
    QFETCH(quint64, microseconds);
    LatencyHistogram histogram;
    histogram.add(taking({microseconds}), now);
    const LatencyHistogram::Summary summary = histogram.summary();
    QCOMPARE(summary.count, 1U);
    QCOMPARE(summary.p50, microseconds);
    QCOMPARE(summary.p99, microseconds);
    QCOMPARE(summary.max, microseconds);
}

void LatencyHistogramTest::percentilesAreThoseOfASortedList_data()
{
    QTest::addColumn<int>("count");
    QTest::addColumn<double>("magnitude"); // of the largest, as a power of two
    QTest::newRow("a few") << 7 << 20.0;
    QTest::newRow("a hundred") << 100 << 12.0;
    QTest::newRow("small ones") << 10'000 << 5.0;
    QTest::newRow("all magnitudes") << 100'000 << 36.0;
}

void LatencyHistogramTest::percentilesAreThoseOfASortedList()
{
    QFETCH(int, count);
    QFETCH(double, magnitude);
    std::mt19937 random(1);
    std::uniform_real_distribution<double> exponent(0, magnitude);
    std::vector<std::uint64_t> values;
    for (int number = 0; number < count; ++number) {
        values.push_back(static_cast<std::uint64_t>(std::exp2(exponent(random))));
    }
    LatencyHistogram histogram;
    histogram.add(taking(values), now);
    std::sort(values.begin(), values.end());
    const auto exact = [&](std::size_t percent) { return values[(values.size() * percent + 99) / 100 - 1]; };

    const LatencyHistogram::Summary summary = histogram.summary();
    QCOMPARE(summary.count, values.size());
    QVERIFY2(isCloseTo(summary.p50, exact(50)), QByteArray::number(qulonglong(summary.p50)));
    QVERIFY2(isCloseTo(summary.p99, exact(99)), QByteArray::number(qulonglong(summary.p99)));
    QCOMPARE(summary.max, values.back());
}

void LatencyHistogramTest::whatCannotBeIsNotCounted()
{
    LatencyHistogram histogram;
    histogram.add({}, now);
    const std::uint64_t unknown[] = {0, now + 1};
    histogram.add(unknown, now);
    QCOMPARE(histogram.summary().count, 0U);
}

void LatencyHistogramTest::theLongestIsExact()
{
    // Beyond the last bucket, too: a machine that slept with a full queue.
    LatencyHistogram histogram;
    histogram.add(std::vector<std::uint64_t>{1}, std::uint64_t{1} << 62);
    const LatencyHistogram::Summary summary = histogram.summary();
    QCOMPARE(summary.count, 1U);
    QCOMPARE(summary.max, ((std::uint64_t{1} << 62) - 1) / 1000);
    QVERIFY(summary.p99 > std::uint64_t{1} << 39);
    QVERIFY(summary.p99 <= summary.max);
}

QTEST_APPLESS_MAIN(LatencyHistogramTest)

#include "LatencyHistogramTest.moc"
