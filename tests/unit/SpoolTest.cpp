// SPDX-License-Identifier: MIT
#include "tests/unit/SpoolFixture.h"

using namespace lunaris;

class SpoolTest : public QObject, private SpoolFixture
{
    Q_OBJECT

private Q_SLOTS:
    void init() { renew(); }

    void whatGoesInComesOut();
    void itSurvivesTheProgram();
    void whatWasDeliveredDoesNotComeAgain();
    void withoutACleanEndAChunkMayComeAgain();
    void whatIsGivenBackComesFirst();
    void whatIsPrependedComesFirst();
    void aFrameBiggerThanAChunk();
    void theOldestSegmentGivesWay();
    void aTakenSegmentMayGiveWay();
    void aSmallerLimitHoldsAtOnce();
    void filesAreOursAlone();
    void twoNeverShareIt();
};

void SpoolTest::whatGoesInComesOut()
{
    const auto spool = open();
    QVERIFY(spool);
    QCOMPARE(spool->take().frames(), std::uint64_t{0});
    for (std::uint32_t first = 0; first < 5000; first += 500) {
        QVERIFY(spool->append(chunkOf(first, first + 500)));
    }
    QCOMPARE(spool->frames(), std::uint64_t{5000});
    QCOMPARE(takeAll(*spool), range(0, 5000));
    QCOMPARE(spool->frames(), std::uint64_t{0});
    QCOMPARE(segments(), QStringList()); // nothing stays of what is delivered
    QVERIFY(spool->append(chunkOf(7, 9)));
    QCOMPARE(takeAll(*spool), range(7, 9));
    QCOMPARE(spool->dropped() + spool->recovered() + spool->damaged(), std::uint64_t{0});
}

void SpoolTest::itSurvivesTheProgram()
{
    for (std::uint32_t run = 0; run < 4; ++run) {
        const auto spool = open();
        QCOMPARE(spool->recovered(), std::uint64_t{run * 1000});
        QCOMPARE(spool->frames(), std::uint64_t{run * 1000});
        QVERIFY(spool->append(chunkOf(run * 1000, run * 1000 + 1000)));
    }
    QCOMPARE(takeAll(*open()), range(0, 4000));
    QCOMPARE(open()->recovered(), std::uint64_t{0});
}

void SpoolTest::whatWasDeliveredDoesNotComeAgain()
{
    // At every frame boundary: a clean end with so many frames of the chunk delivered.
    for (std::uint32_t delivered = 0; delivered <= 20; ++delivered) {
        renew();
        {
            const auto spool = open();
            QVERIFY(spool->append(chunkOf(0, 20)));
            FrameChunk chunk = spool->take();
            chunk.advance(delivered == 0 ? 0 : chunk.ends[delivered - 1]);
            QVERIFY(spool->giveBack(chunk));
            QCOMPARE(spool->frames(), std::uint64_t{20 - delivered});
        }
        const auto spool = open();
        QCOMPARE(spool->recovered(), std::uint64_t{20 - delivered});
        QCOMPARE(takeAll(*spool), range(delivered, 20));
    }
}

void SpoolTest::withoutACleanEndAChunkMayComeAgain()
{
    {
        const auto spool = open();
        QVERIFY(spool->append(chunkOf(0, 5000)));
        FrameChunk first = spool->take();
        first.advance(first.bytes.size());
        spool->release(first);
        FrameChunk second = spool->take();
        second.advance(second.bytes.size()); // delivered, and then we crash
    }
    const auto spool = open();
    const std::vector<std::uint32_t> rest = takeAll(*spool);
    QVERIFY(rest.front() > 500); // the chunk that was released is gone
    QCOMPARE(rest, range(rest.front(), 5000));
}

void SpoolTest::whatIsGivenBackComesFirst()
{
    const auto spool = open();
    QVERIFY(spool->append(chunkOf(0, 10)));
    FrameChunk chunk = spool->take();
    chunk.advance(chunk.ends[3]);
    QVERIFY(spool->append(chunkOf(10, 20)));
    QVERIFY(spool->giveBack(chunk));
    QCOMPARE(takeAll(*spool), range(4, 20));
}

void SpoolTest::whatIsPrependedComesFirst()
{
    {
        const auto spool = open();
        QVERIFY(spool->append(chunkOf(10, 20)));
        FrameChunk half = chunkOf(0, 10);
        half.advance(half.ends[1] + 7); // of which the bus has two and a part
        half.rewind();
        QVERIFY(spool->prepend(half));
        QVERIFY(spool->append(chunkOf(20, 30)));
    }
    QCOMPARE(takeAll(*open()), range(2, 30));
    const auto empty = open();
    QVERIFY(empty->prepend(chunkOf(0, 3)));
    QVERIFY(empty->append(chunkOf(3, 5)));
    QCOMPARE(takeAll(*empty), range(0, 5));
}

void SpoolTest::aFrameBiggerThanAChunk()
{
    {
        const auto spool = open();
        QVERIFY(spool->append(chunkOf(0, 1, 50)));
        QVERIFY(spool->append(chunkOf(1, 3, proto::maximumFrameBody + 4)));
        QVERIFY(spool->append(chunkOf(3, 4, FrameChunk::usualSize)));
        QVERIFY(spool->append(chunkOf(4, 5, FrameChunk::usualSize - SpoolSegment::recordOverhead)));
        QVERIFY(spool->append(chunkOf(5, 6, 8)));
    }
    const auto spool = open();
    QCOMPARE(spool->recovered(), std::uint64_t{6});
    QCOMPARE(takeAll(*spool), range(0, 6));
}

void SpoolTest::theOldestSegmentGivesWay()
{
    constexpr std::uint64_t most = 4'000'000;
    const auto spool = open(most);
    for (std::uint32_t first = 0; first < 200'000; first += 500) {
        QVERIFY(spool->append(chunkOf(first, first + 500)));
        QCOMPARE(spool->frames() + spool->dropped(), std::uint64_t{first + 500});
        quint64 onDisk = 0;
        for (qsizetype index = 0; first % 20'000 == 0 && index < segments().size(); ++index) {
            onDisk += quint64(QFile(segmentPath(index)).size());
        }
        QVERIFY(onDisk <= most);
    }
    QVERIFY(spool->dropped() > 100'000);
    QVERIFY(spool->frames() * 108 > most - most / 16); // no more gives way than has to
    const auto dropped = static_cast<std::uint32_t>(spool->dropped());
    QCOMPARE(takeAll(*spool), range(dropped, 200'000));
}

void SpoolTest::aTakenSegmentMayGiveWay()
{
    const auto spool = open(2'200'000);
    QVERIFY(spool->append(chunkOf(0, 600)));
    FrameChunk taken = spool->take();
    for (std::uint32_t first = 600; first < 60'600; first += 600) {
        QVERIFY(spool->append(chunkOf(first, first + 600)));
    }
    taken.advance(taken.ends[99]);
    QVERIFY(!spool->giveBack(taken)); // it is ours now
    QCOMPARE(spool->frames() + spool->dropped() + taken.frames(), std::uint64_t{60'600});
    QVERIFY(spool->prepend(taken));
    const auto numbers = takeAll(*spool);
    QCOMPARE(numbers.front(), 100U);
    QCOMPARE(numbers.back(), 60'599U);
    QCOMPARE(numbers.size() + 100 + spool->dropped(), std::size_t{60'600});
    QVERIFY(std::is_sorted(numbers.begin(), numbers.end()));
}

void SpoolTest::aSmallerLimitHoldsAtOnce()
{
    {
        const auto spool = open();
        for (std::uint32_t first = 0; first < 60'000; first += 600) {
            QVERIFY(spool->append(chunkOf(first, first + 600)));
        }
    }
    const auto spool = open(3'000'000);
    QCOMPARE(spool->recovered(), std::uint64_t{60'000});
    QVERIFY(spool->dropped() > 0 && spool->frames() > 0);
    QCOMPARE(spool->frames() + spool->dropped(), spool->recovered());
    QCOMPARE(takeAll(*spool), range(static_cast<std::uint32_t>(spool->dropped()), 60'000));
}

void SpoolTest::filesAreOursAlone()
{
    const mode_t before = umask(0);
    const auto spool = open();
    QVERIFY(spool->append(chunkOf(0, 1)));
    umask(before);
    const auto modeOf = [](const QString &path) {
        struct stat status {
        };
        stat(QFile::encodeName(path).constData(), &status);
        return int(status.st_mode & 07777);
    };
    QCOMPARE(modeOf(m_state), 0700);
    QCOMPARE(modeOf(m_state + QStringLiteral("/spool")), 0700);
    QCOMPARE(modeOf(m_state + QStringLiteral("/spool/lock")), 0600);
    QCOMPARE(modeOf(segmentPath()), 0600);
}

void SpoolTest::twoNeverShareIt()
{
    auto first = open();
    QVERIFY(first->append(chunkOf(0, 3)));
    expectWarning("another helper uses it");
    QVERIFY(!open());
    QVERIFY(first->append(chunkOf(3, 6)));
    first.reset();
    QCOMPARE(takeAll(*open()), range(0, 6));
}

QTEST_GUILESS_MAIN(SpoolTest)
#include "SpoolTest.moc"
