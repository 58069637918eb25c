// SPDX-License-Identifier: MIT
#include "helper/pipeline/MutedRecords.h"

#include "tests/unit/RecordBuilder.h"
#include "tests/unit/SampleEvent.h"

#include <QTest>
#include <string>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

constexpr std::uint64_t second = 1'000'000'000;
constexpr std::uint32_t alex = 1000;
constexpr std::uint32_t robin = 1001;

/// What a recording would hold.
struct Recording final : RecordSink {
    explicit Recording(RecordSink &next) : m_next(next) {}
    void record(std::span<const std::byte> bytes) override
    {
        ++records;
        m_next.record(bytes);
    }
    void endOfBatch() override
    {
        ++batches;
        m_next.endOfBatch();
    }

    int records = 0;
    int batches = 0;

private:
    RecordSink &m_next;
};

struct Rig {
    Rig()
        : pipeline(
              Normalizer(PathRules({}), Deduplicator(0ms, 1, 1), UuidV7(1), executables),
              [] { return std::int64_t{0}; }, tap, nullptr, BusSelection())
        , recording(pipeline)
        , muted(pipeline, recording, [this] { return now; })
    {
    }

    /// A file that is opened at a time, and hands its record on then or later.
    void open(const std::string &path, std::uint32_t uid, std::uint64_t time)
    {
        RecordBuilder record(path);
        record.setUser(uid, uid).setProcess(50, 1).setStart(3);
        record.fields.header.boot_ns = time;
        muted.record(record.bytes());
    }

    ExecutableIdentity executables;
    CollectingSink tap;
    Pipeline pipeline;
    Recording recording;
    std::uint64_t now = 10 * second;
    MutedRecords muted;
};

using Subjects = std::vector<std::string>;

} // namespace

class MutedRecordsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyTheirsIsLeftOut();
    void theTimeOfTheRecordCounts();
    void whoIsMutedTwiceIsMutedOnce();
    void whoTheirProcessesAreIsRemembered();
    void nothingIsCounted();
    void damagedRecordsPass();
    void batchesEnd();
};

void MutedRecordsTest::onlyTheirsIsLeftOut()
{
    Rig rig;
    rig.muted.mute(alex);
    rig.open("/alex", alex, 11 * second);
    rig.open("/robin", robin, 11 * second);
    rig.open("/root", 0, 11 * second);
    QCOMPARE(rig.tap.subjects(), (Subjects{"/robin", "/root"}));
    QCOMPARE(rig.recording.records, 2);
}

void MutedRecordsTest::theTimeOfTheRecordCounts()
{
    Rig rig;
    rig.muted.mute(alex);
    rig.open("/just-before", alex, 10 * second - 1);
    rig.open("/at-once", alex, 10 * second);
    rig.now = 20 * second;
    rig.muted.unmute(alex);
    rig.open("/late-from-the-pause", alex, 20 * second - 1);
    rig.open("/after", alex, 20 * second);
    QCOMPARE(rig.tap.subjects(), (Subjects{"/just-before", "/after"}));
    QCOMPARE(rig.recording.records, 2);
}

void MutedRecordsTest::whoIsMutedTwiceIsMutedOnce()
{
    Rig rig;
    rig.muted.unmute(alex); // who is not muted
    rig.muted.mute(alex);
    rig.now = 12 * second;
    rig.muted.mute(alex); // a pause in place of another
    rig.open("/first", alex, 11 * second);
    rig.muted.unmute(alex);
    rig.now = 14 * second;
    rig.muted.unmute(alex); // moves no end
    rig.open("/between", alex, 13 * second);
    rig.muted.mute(alex);
    rig.open("/again", alex, 15 * second);
    rig.open("/late-from-the-first", alex, 11 * second);
    QCOMPARE(rig.tap.subjects(), Subjects{"/between"});
}

void MutedRecordsTest::whoTheirProcessesAreIsRemembered()
{
    Rig rig;
    struct : EventSink {
        std::vector<std::string> applications;
        void event(const Event &event) override { applications.emplace_back(event.application); }
        void flush() override {}
    } tap;
    Pipeline pipeline(
        Normalizer(PathRules({}), Deduplicator(0ms, 1, 1), UuidV7(1), rig.executables),
        [] { return std::int64_t{0}; }, tap, nullptr, BusSelection());
    MutedRecords muted(pipeline, pipeline, [&rig] { return rig.now; });
    const auto about = [&](lkm_record_type type, const char *path, std::uint64_t time) {
        RecordBuilder record(path);
        record.setType(type).setUser(alex, alex).setProcess(50, 1).setStart(3);
        record.fields.header.boot_ns = time;
        muted.record(record.bytes());
    };
    muted.mute(alex);
    about(LKM_RECORD_EXEC, "/usr/bin/editor", 11 * second);
    about(LKM_RECORD_OPEN, "/secret", 12 * second);
    QVERIFY(tap.applications.empty());
    rig.now = 13 * second;
    muted.unmute(alex);
    about(LKM_RECORD_OPEN, "/home/alex/letter", 14 * second);
    QCOMPARE(tap.applications, std::vector<std::string>{"/usr/bin/editor"});
}

void MutedRecordsTest::nothingIsCounted()
{
    Rig rig;
    rig.muted.mute(alex);
    rig.open("/alex", alex, 11 * second);
    QCOMPARE(rig.pipeline.counters().received.value(), 0U);
    rig.open("/robin", robin, 11 * second);
    QCOMPARE(rig.pipeline.counters().received.value(), 1U);
}

void MutedRecordsTest::damagedRecordsPass()
{
    Rig rig;
    rig.muted.mute(alex);
    rig.muted.record({});
    const std::vector<std::byte> whole = RecordBuilder().bytes();
    rig.muted.record(std::span(whole).first(sizeof(lkm_record_header) - 1));
    QCOMPARE(rig.pipeline.counters().malformed.value(), 2U);
}

void MutedRecordsTest::batchesEnd()
{
    Rig rig;
    rig.muted.endOfBatch();
    QCOMPARE(rig.recording.batches, 1);
    QCOMPARE(rig.tap.flushes(), 1);
}

QTEST_GUILESS_MAIN(MutedRecordsTest)
#include "MutedRecordsTest.moc"
