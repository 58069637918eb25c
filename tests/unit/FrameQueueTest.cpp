// SPDX-License-Identifier: MIT
#include "helper/bus/FrameQueue.h"
#include "tests/unit/NumberedFrames.h"

#include <QTest>
#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace lunaris;

namespace
{

constexpr std::size_t chunk = FrameChunk::usualSize;

std::uint64_t write(FrameQueue &queue, Receiver &receiver, std::size_t most)
{
    const std::string_view bytes = queue.front().substr(0, most);
    receiver.take(bytes);
    return queue.advance(bytes.size());
}

void writeAll(FrameQueue &queue, Receiver &receiver)
{
    while (!queue.front().empty()) {
        write(queue, receiver, SIZE_MAX);
    }
}

} // namespace

class FrameQueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anEmptyQueueHasNothing();
    void framesComeOutInOrder();
    void partsOfFramesAreNotCounted();
    void rewindSendsTheHalfWrittenFrameWhole();
    void rewindBetweenFramesChangesNothing();
    void timesComeOutWithTheirFrames();
    void theOldestGiveWay();
    void aHalfWrittenFrameIsFinished();
    void aFrameBiggerThanAChunk();
    void randomOperationsKeepTheStreamWhole_data();
    void randomOperationsKeepTheStreamWhole();
};

void FrameQueueTest::anEmptyQueueHasNothing()
{
    FrameQueue queue(0);
    QVERIFY(queue.front().empty());
    QCOMPARE(queue.advance(0), std::uint64_t{0});
    queue.rewind();
    QCOMPARE(queue.frames(), std::uint64_t{0});
    QCOMPARE(queue.bytes(), std::size_t{0});
}

void FrameQueueTest::framesComeOutInOrder()
{
    FrameQueue queue(std::size_t{8} * 1024 * 1024);
    for (std::uint32_t number = 0; number < 5000; ++number) {
        queue.push(frame(number, 8 + number % 700));
    }
    QCOMPARE(queue.dropped(), std::uint64_t{0});
    QCOMPARE(queue.frames(), std::uint64_t{5000});
    Receiver receiver;
    writeAll(queue, receiver);
    QVERIFY(receiver.isIntact());
    QCOMPARE(receiver.numbers(), range(0, 5000));
    QCOMPARE(queue.frames(), std::uint64_t{0});
    QCOMPARE(queue.bytes(), std::size_t{0});
}

void FrameQueueTest::partsOfFramesAreNotCounted()
{
    FrameQueue queue(0);
    queue.push(frame(1, 10));
    queue.push(frame(2, 10));
    QCOMPARE(queue.front().size(), std::size_t{20});
    QCOMPARE(queue.advance(9), std::uint64_t{0});
    QCOMPARE(queue.frames(), std::uint64_t{2});
    QCOMPARE(queue.advance(1), std::uint64_t{1});
    QCOMPARE(queue.advance(5), std::uint64_t{0});
    QCOMPARE(queue.frames(), std::uint64_t{1});
    QCOMPARE(queue.advance(5), std::uint64_t{1});
    QCOMPARE(queue.frames(), std::uint64_t{0});
}

void FrameQueueTest::rewindSendsTheHalfWrittenFrameWhole()
{
    for (std::size_t cut = 0; cut <= 30; ++cut) {
        FrameQueue queue(0);
        for (const std::uint32_t number : {1, 2, 3}) {
            queue.push(frame(number, 10));
        }
        Receiver receiver;
        write(queue, receiver, cut);
        receiver.reconnect();
        queue.rewind();
        writeAll(queue, receiver);
        QVERIFY(receiver.isIntact());
        QCOMPARE(receiver.numbers(), range(1, 4)); // none twice, none missing
    }
}

void FrameQueueTest::timesComeOutWithTheirFrames()
{
    FrameQueue queue(0);
    for (std::uint32_t number = 1; number <= 20'000; ++number) { // some chunks, of which the oldest give way
        queue.push(frame(number, 20), 1000 + number);
    }
    QVERIFY(queue.dropped() > 0);
    std::uint64_t next = 1001 + queue.dropped();
    for (std::size_t step = 1; !queue.isEmpty(); step = step % 997 + 7) {
        const std::uint64_t completed = queue.advance(std::min(step, queue.front().size()));
        QCOMPARE(queue.completedTimes().size(), completed);
        for (const std::uint64_t time : queue.completedTimes()) {
            QCOMPARE(time, next++);
        }
    }
    QCOMPARE(next, std::uint64_t{21'001});
    QCOMPARE(queue.advance(1), std::uint64_t{0});
    QVERIFY(queue.completedTimes().empty());
}

void FrameQueueTest::rewindBetweenFramesChangesNothing()
{
    FrameQueue queue(0);
    queue.push(frame(1, 10));
    queue.push(frame(2, 10));
    QCOMPARE(queue.front().size(), std::size_t{20});
    queue.advance(10);
    queue.rewind();
    QCOMPARE(queue.front(), std::string_view(frame(2, 10)));
    queue.rewind();
    QCOMPARE(queue.frames(), std::uint64_t{1});
}

void FrameQueueTest::theOldestGiveWay()
{
    const std::size_t most = 4 * chunk;
    FrameQueue queue(most);
    for (std::uint32_t number = 0; number < 10'000; ++number) {
        queue.push(frame(number, 100));
        QVERIFY(queue.bytes() <= most);
        QCOMPARE(queue.frames() + queue.dropped(), std::uint64_t{number + 1});
    }
    const std::uint64_t dropped = queue.dropped();
    // No more gives way than has to: all chunks but one are full.
    QVERIFY(queue.bytes() > most - 2 * chunk);
    Receiver receiver;
    writeAll(queue, receiver);
    QVERIFY(receiver.isIntact());
    QCOMPARE(receiver.numbers(), range(static_cast<std::uint32_t>(dropped), 10'000));
}

void FrameQueueTest::aHalfWrittenFrameIsFinished()
{
    FrameQueue queue(3 * chunk);
    Receiver receiver;
    queue.push(frame(0, 100));
    queue.push(frame(1, 100));
    write(queue, receiver, 150); // 0 and a half of 1
    for (std::uint32_t number = 2; number < 10'000; ++number) {
        queue.push(frame(number, 100));
        QVERIFY(queue.bytes() <= 3 * chunk);
    }
    const std::uint64_t dropped = queue.dropped();
    QVERIFY(dropped > 0);
    writeAll(queue, receiver);
    QVERIFY(receiver.isIntact());
    QCOMPARE(receiver.pending(), std::size_t{0});
    QCOMPARE(receiver.numbers().at(1), 1U);
    // Behind it come the newest, without a gap: it is the oldest that gave way.
    std::vector<std::uint32_t> expected = range(static_cast<std::uint32_t>(dropped) + 2, 10'000);
    expected.insert(expected.begin(), {0U, 1U});
    QCOMPARE(receiver.numbers(), expected);
    QCOMPARE(receiver.numbers().size() + dropped, std::size_t{10'000});
}

void FrameQueueTest::aFrameBiggerThanAChunk()
{
    FrameQueue queue(0);
    Receiver receiver;
    queue.push(frame(0, 100));
    queue.push(frame(1, chunk + 1));
    queue.push(frame(2, 100));
    writeAll(queue, receiver);
    QVERIFY(receiver.isIntact());
    QCOMPARE(receiver.numbers(), range(0, 3));

    // One that is larger than the whole queue goes out all the same; it cannot give way to itself.
    queue.push(frame(3, 100));
    queue.push(frame(4, 3 * chunk));
    QCOMPARE(queue.dropped(), std::uint64_t{0});
    queue.push(frame(5, 100));
    writeAll(queue, receiver);
    QVERIFY(receiver.isIntact());
    QCOMPARE(receiver.numbers().size() + queue.dropped(), std::size_t{6});
    QCOMPARE(receiver.numbers().back(), 5U);
}

void FrameQueueTest::randomOperationsKeepTheStreamWhole_data()
{
    QTest::addColumn<unsigned int>("seed");
    QTest::addColumn<unsigned int>("largest");
    for (const unsigned int seed : {1U, 2U, 3U, 4U}) {
        for (const unsigned int largest : {20U, 900U, 17'000U}) {
            QTest::addRow("seed %u, frames up to %u", seed, largest) << seed << largest;
        }
    }
}

void FrameQueueTest::randomOperationsKeepTheStreamWhole()
{
    QFETCH(unsigned int, seed);
    QFETCH(unsigned int, largest);
    std::mt19937 random(seed);
    FrameQueue queue(3 * chunk);
    Receiver receiver;
    std::uint32_t pushed = 0;
    std::uint64_t completed = 0;
    // Bursts of pushing overflow the queue, bursts of writing empty it.
    bool pushing = true;
    for (int step = 0; step < 60'000; ++step) {
        if (step % 2000 == 0) {
            pushing = random() % 2 == 0;
        }
        const unsigned int dice = random() % 20;
        if (dice == 0) {
            receiver.reconnect();
            queue.rewind();
        } else if (pushing ? dice < 16 : dice < 5) {
            queue.push(frame(pushed++, 8 + random() % largest));
        } else {
            completed += write(queue, receiver, random() % (3 * largest));
        }
        QCOMPARE(completed + queue.frames() + queue.dropped(), std::uint64_t{pushed});
        QCOMPARE(std::uint64_t{receiver.numbers().size()}, completed);
        QVERIFY(queue.bytes() <= 3 * chunk);
        QCOMPARE(queue.front().empty(), queue.frames() == 0);
    }
    queue.push(frame(pushed++, 8));
    writeAll(queue, receiver);
    QVERIFY(receiver.isIntact());
    QCOMPARE(receiver.pending(), std::size_t{0});
    QCOMPARE(receiver.numbers().size() + queue.dropped(), std::size_t{pushed});
    QCOMPARE(receiver.numbers().back(), pushed - 1);
    const auto notRising =
        std::adjacent_find(receiver.numbers().begin(), receiver.numbers().end(), std::greater_equal<>());
    QVERIFY(notRising == receiver.numbers().end());
    if (largest > 20) {
        QVERIFY(queue.dropped() > 0);
    }
}

QTEST_GUILESS_MAIN(FrameQueueTest)
#include "FrameQueueTest.moc"
