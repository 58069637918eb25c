// SPDX-License-Identifier: MIT
#include "helper/source/ReplaySource.h"
#include "helper/pipeline/Recorder.h"
#include "tests/unit/RecordBuilder.h"
#include "tests/unit/RecordingFile.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <csignal>
#include <functional>
#include <sys/resource.h>

using namespace lunaris;

namespace
{

constexpr std::int64_t offset = 1'771'677'296'000'000'000;
constexpr int patience = 10'000;

using Bytes = std::vector<std::byte>;

/// Any bytes will do: neither the recorder nor the source looks into them.
std::vector<Bytes> someRecords(int count)
{
    std::vector<Bytes> records;
    for (int number = 0; number < count; ++number) {
        records.push_back(RecordBuilder("/home/tester/" + std::to_string(number)).bytes());
    }
    return records;
}

class Sink final : public RecordSink
{
public:
    void record(std::span<const std::byte> bytes) override
    {
        records.emplace_back(bytes.begin(), bytes.end());
        ++inBatch;
        if (onRecord) {
            onRecord();
        }
    }
    void endOfBatch() override
    {
        longestBatch = std::max(longestBatch, std::exchange(inBatch, 0));
        ++batches;
    }

    std::vector<Bytes> records;
    int batches = 0;
    int inBatch = 0;
    int longestBatch = 0;
    std::function<void()> onRecord;
};

} // namespace

class ReplaySourceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void everythingComesInOrder_data();
    void everythingComesInOrder();
    void theEventLoopGetsItsTurn();
    void aPausedReplayGoesOnWhereItWas();
    void whoHasNoRoomIsWaitedFor();
    void theOffsetIsThatOfTheRecord();
    void aDamagedFileIsReplayedUpToThere();
    void theRecorderWritesWhatPasses();
    void aFileThatCanTakeNoMoreStopsNothing();

private:
    QTemporaryDir m_directory;
    QString m_file;
};

void ReplaySourceTest::initTestCase()
{
    QVERIFY(m_directory.isValid());
    m_file = m_directory.filePath(QStringLiteral("r"));
}

void ReplaySourceTest::init()
{
    QFile::remove(m_file);
}

void ReplaySourceTest::everythingComesInOrder_data()
{
    QTest::addColumn<int>("count");
    QTest::newRow("nothing") << 0;
    QTest::newRow("one") << 1;
    QTest::newRow("a turn") << 4096;
    QTest::newRow("many turns") << 20'000;
}

void ReplaySourceTest::everythingComesInOrder()
{
    QFETCH(int, count);
    const std::vector<Bytes> records = someRecords(count);
    writeRecording(m_file, records, offset);
    Sink sink;
    ReplaySource source(openRecording(m_file));
    QSignalSpy finished(&source, &ReplaySource::finished);
    QVERIFY(!source.setFilter({{"/home/", PathRule::Action::Exclude}}, std::chrono::hours(1)));
    QVERIFY(!source.start(sink));
    QVERIFY(sink.records.empty()); // not from within: others are not ready yet
    QVERIFY(finished.wait(patience));
    QCOMPARE(finished.at(0).at(0).toBool(), true);
    QVERIFY(sink.records == records);
    QCOMPARE(sink.inBatch, 0); // what was held back for batching went out
    QCOMPARE(SourceCounters::total(source.counters().lost), std::uint64_t{0});
    QCOMPARE(source.ruleHits(), std::vector<std::uint64_t>{0}); // it is the pipeline that filters
    QCOMPARE(source.method(), QStringLiteral("replay"));
}

void ReplaySourceTest::theEventLoopGetsItsTurn()
{
    writeRecording(m_file, someRecords(20'000), offset);
    Sink sink;
    ReplaySource source(openRecording(m_file));
    QSignalSpy finished(&source, &ReplaySource::finished);
    std::vector<std::size_t> seen; // how far it was, each time that somebody else had a turn
    QTimer other;
    connect(&other, &QTimer::timeout, &other, [&] { seen.push_back(sink.records.size()); });
    other.start(0);
    QVERIFY(!source.start(sink));
    QVERIFY(finished.wait(patience));
    QVERIFY(sink.longestBatch <= 4096);
    for (const std::size_t between : {4096U, 8192U, 12'288U, 16'384U}) {
        QVERIFY(std::find(seen.begin(), seen.end(), between) != seen.end());
    }
}

void ReplaySourceTest::aPausedReplayGoesOnWhereItWas()
{
    const std::vector<Bytes> records = someRecords(10'000);
    writeRecording(m_file, records, offset);
    Sink sink;
    ReplaySource source(openRecording(m_file));
    QSignalSpy finished(&source, &ReplaySource::finished);
    QVERIFY(!source.start(sink));
    while (sink.records.empty()) {
        QCoreApplication::processEvents();
    }
    source.stop();
    const std::size_t before = sink.records.size();
    QVERIFY(before < records.size());
    for (int round = 0; round < 100; ++round) {
        QCoreApplication::processEvents();
    }
    QCOMPARE(sink.records.size(), before);
    QVERIFY(!source.start(sink));
    QVERIFY(finished.wait(patience));
    QVERIFY(sink.records == records);
}

void ReplaySourceTest::whoHasNoRoomIsWaitedFor()
{
    const std::vector<Bytes> records = someRecords(10'000);
    writeRecording(m_file, records, offset);
    Sink sink;
    ReplaySource source(openRecording(m_file));
    QSignalSpy finished(&source, &ReplaySource::finished);
    std::size_t taken = 0; // by the slow one behind the sink
    int refusals = 0;
    source.setPace([&] {
        if (sink.records.size() - taken < 1000) {
            return true;
        }
        if (++refusals % 3 == 0) {
            taken = sink.records.size();
        }
        return false;
    });
    QVERIFY(!source.start(sink));
    QVERIFY(finished.wait(patience));
    QVERIFY(sink.records == records);
    QCOMPARE(refusals, 3 * 10); // the end, too, is not seen before there is room
    QVERIFY(sink.longestBatch <= 1000);
}

void ReplaySourceTest::theOffsetIsThatOfTheRecord()
{
    // The clock was set while it was recorded.
    {
        RecordingWriter writer = createRecording(m_file);
        const Bytes record = RecordBuilder().bytes();
        for (const std::int64_t each : {offset, offset, offset + 5, offset - 5}) {
            writer.add(record, each);
        }
    }
    Sink sink;
    ReplaySource source(openRecording(m_file));
    std::vector<std::int64_t> offsets;
    sink.onRecord = [&] { offsets.push_back(source.realtimeOffset()); };
    QSignalSpy finished(&source, &ReplaySource::finished);
    QVERIFY(!source.start(sink));
    QVERIFY(finished.wait(patience));
    QCOMPARE(offsets, (std::vector<std::int64_t>{offset, offset, offset + 5, offset - 5}));
}

void ReplaySourceTest::aDamagedFileIsReplayedUpToThere()
{
    const std::vector<Bytes> records = someRecords(3000);
    writeRecording(m_file, records, offset);
    QFile file(m_file);
    QVERIFY(file.resize(file.size() - 100));
    Sink sink;
    ReplaySource source(openRecording(m_file));
    QSignalSpy finished(&source, &ReplaySource::finished);
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("can be read up to byte .*cut off")));
    QVERIFY(!source.start(sink));
    QVERIFY(finished.wait(patience));
    QCOMPARE(finished.at(0).at(0).toBool(), false);
    QVERIFY(sink.records.size() > 1000 && sink.records.size() < records.size());
    QVERIFY(std::equal(sink.records.begin(), sink.records.end(), records.begin()));
    QCOMPARE(sink.inBatch, 0);
}

void ReplaySourceTest::theRecorderWritesWhatPasses()
{
    std::vector<Bytes> records = someRecords(100);
    records.emplace_back(); // malformed, and still what came
    std::int64_t now = offset;
    Sink next;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Everything that everybody does")));
    {
        Recorder recorder(
            createRecording(m_file), [&] { return now; }, next);
        for (const Bytes &record : records) {
            recorder.record(record);
        }
        QCOMPARE(next.batches, 0);
        recorder.endOfBatch();
        QCOMPARE(next.batches, 1);
        // A crash now would leave this:
        RecordingReader reader = openRecording(m_file);
        while (reader.next()) {
        }
        QCOMPARE(reader.records(), std::uint64_t(records.size()));
        now += 5;
        records.push_back(RecordBuilder("/later").bytes());
        recorder.record(records.back());
    }
    QVERIFY(next.records == records);

    RecordingReader reader = openRecording(m_file);
    QCOMPARE(reader.facts().host, std::string("test-machine"));
    std::vector<Bytes> found;
    while (const auto record = reader.next()) {
        found.emplace_back(record->begin(), record->end());
    }
    QCOMPARE(QByteArray::fromStdString(reader.problem()), QByteArray());
    QVERIFY(found == records);
    QCOMPARE(reader.realtimeOffset(), offset + 5);
}

void ReplaySourceTest::aFileThatCanTakeNoMoreStopsNothing()
{
    rlimit before{};
    QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
    rlimit small = before;
    small.rlim_cur = 1000;
    const auto ignored = std::signal(SIGXFSZ, SIG_IGN);
    Sink next;
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("Everything that everybody does")));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("the recording in .* ends here")));
    const std::vector<Bytes> records = someRecords(100);
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
    {
        Recorder recorder(
            createRecording(m_file), [] { return offset; }, next);
        for (const Bytes &record : records) {
            recorder.record(record);
            recorder.endOfBatch(); // says it once
        }
    }
    QCOMPARE(setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, ignored);
    QVERIFY(next.records == records);
    QCOMPARE(next.batches, 100);
}

QTEST_GUILESS_MAIN(ReplaySourceTest)
#include "ReplaySourceTest.moc"
