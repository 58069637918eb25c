// SPDX-License-Identifier: MIT
#include "helper/normalizer/Normalizer.h"
#include "tests/unit/RecordBuilder.h"

#include <QTest>
#include <limits>
#include <random>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

using Verdict = Normalizer::Verdict;

constexpr std::int64_t offset = 1'771'677'296'000'000'000;

ExecutableIdentity byComm;

Normalizer makeNormalizer(std::vector<PathRule> rules = PathRules::defaults())
{
    return {PathRules(std::move(rules)), Deduplicator(100ms, 100, 1), UuidV7(1), byComm};
}

QByteArray toBytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

} // namespace

class NormalizerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyFieldFindsItsPlace();
    void verdicts();
    void aVerdictOtherThanKeptWritesNothing();
    void directoriesAreMatchedByTheirRule();
    void timeIsMicrosecondsOfTheWallClock_data();
    void timeIsMicrosecondsOfTheWallClock();
    void onlyWhatIsToldAtOnceIsTimed();
    void privileged_data();
    void privileged();
    void truncatedMatchesNoRuleAndIsNoDuplicate();
    void attributesLeaveOnlyTheirPublicBits();
    void writableDecidesTheAccess();
    void writesAreJudgedByRulesOnly();
    void theIdentityIsAsked();
    void rulesCanBeReplaced();
    void theDeduplicationWindowCanChange();
    void twoRunsAreTheSame();
};

void NormalizerTest::everyFieldFindsItsPlace()
{
    RecordBuilder record("/home/tester/\xff.txt");
    record.setComm("editor");
    record.fields.header.cgroup = 0xffffffffffffffffU;
    record.fields.header.tgid = 11;
    record.fields.header.ppid = 12;
    record.setUser(13, 13);
    record.fields.flags = 14;
    record.fields.mode = S_IFREG | 015;
    record.fields.owner = 16;
    record.fields.value = 17;
    record.fields.attributes = LKM_ATTRIBUTE_DELETED;
    const auto bytes = record.bytes();

    Normalizer normalizer = makeNormalizer();
    Event event;
    QCOMPARE(normalizer.normalize(bytes, offset, event), Verdict::Kept);
    QCOMPARE(event.type, EventType::FileOpened);
    QCOMPARE(event.cgroup, UINT64_MAX);
    QCOMPARE(event.pid, 11U);
    QCOMPARE(event.parentPid, 12U);
    QCOMPARE(event.uid, 13U);
    QCOMPARE(event.flags, 14U);
    QCOMPARE(event.mode, S_IFREG | 015U);
    QCOMPARE(event.owner, 16U);
    QCOMPARE(event.value, std::int64_t{17});
    QCOMPARE(event.attributes, 2U);
    QCOMPARE(toBytes(event.comm), QByteArray("editor"));
    QCOMPARE(toBytes(event.application), QByteArray("editor"));
    QCOMPARE(toBytes(event.subject), QByteArray("/home/tester/\xff.txt"));
    std::uint64_t milliseconds = 0;
    for (int index = 0; index < 6; ++index) {
        milliseconds = milliseconds << 8 | event.id[index];
    }
    QCOMPARE(milliseconds, std::uint64_t(event.timestamp / 1000));
}

void NormalizerTest::verdicts()
{
    Normalizer normalizer = makeNormalizer();
    Event event;
    const auto kept = RecordBuilder().bytes();
    QCOMPARE(normalizer.normalize(kept, offset, event), Verdict::Kept);
    QCOMPARE(normalizer.normalize(kept, offset, event), Verdict::Duplicate);
    QCOMPARE(normalizer.normalize(RecordBuilder("/proc/self/maps").bytes(), offset, event),
             Verdict::Filtered);
    QCOMPARE(normalizer.normalize({}, offset, event), Verdict::Malformed);
    // What a rule left out was not forwarded, so nothing can be its duplicate.
    QCOMPARE(normalizer.normalize(RecordBuilder("/proc/self/maps").bytes(), offset, event),
             Verdict::Filtered);
}

void NormalizerTest::aVerdictOtherThanKeptWritesNothing()
{
    Normalizer normalizer = makeNormalizer();
    Event event;
    event.pid = 4242;
    event.timestamp = -7;
    QCOMPARE(normalizer.normalize(RecordBuilder("/proc/1/stat").bytes(), offset, event), Verdict::Filtered);
    QCOMPARE(normalizer.normalize({}, offset, event), Verdict::Malformed);
    QCOMPARE(event.pid, 4242U);
    QCOMPARE(event.timestamp, std::int64_t{-7});
}

void NormalizerTest::directoriesAreMatchedByTheirRule()
{
    Normalizer normalizer = makeNormalizer();
    Event event;
    RecordBuilder record("/tmp");
    QCOMPARE(normalizer.normalize(record.bytes(), offset, event), Verdict::Kept);
    record.fields.mode = S_IFDIR | 0755;
    QCOMPARE(normalizer.normalize(record.bytes(), offset, event), Verdict::Filtered);
}

void NormalizerTest::timeIsMicrosecondsOfTheWallClock_data()
{
    QTest::addColumn<quint64>("boot");
    QTest::addColumn<qint64>("ahead");
    QTest::addColumn<qint64>("timestamp");
    QTest::newRow("ordinary") << quint64{5'000'001'999} << qint64{offset} << qint64{1'771'677'301'000'001};
    QTest::newRow("boot time 0") << quint64{0} << qint64{offset} << qint64{1'771'677'296'000'000};
    // The bus drops a timestamp of 0.
    QTest::newRow("the very beginning") << quint64{0} << qint64{0} << qint64{1};
    QTest::newRow("less than a microsecond") << quint64{999} << qint64{0} << qint64{1};
    QTest::newRow("before 1970") << quint64{5} << qint64{-1'000'000'000} << qint64{1};
    QTest::newRow("impossible boot time")
        << quint64{std::numeric_limits<qint64>::max()} << qint64{offset} << qint64{1};
    QTest::newRow("all bits set") << quint64{UINT64_MAX} << qint64{offset} << qint64{1'771'677'295'999'999};
}

void NormalizerTest::timeIsMicrosecondsOfTheWallClock()
{
    QFETCH(quint64, boot);
    QFETCH(qint64, ahead);
    QFETCH(qint64, timestamp);
    RecordBuilder record;
    record.fields.header.boot_ns = boot;
    const auto bytes = record.bytes();
    Normalizer normalizer = makeNormalizer();
    Event event;
    QCOMPARE(normalizer.normalize(bytes, ahead, event), Verdict::Kept);
    QCOMPARE(qint64{event.timestamp}, timestamp);
}

void NormalizerTest::onlyWhatIsToldAtOnceIsTimed()
{
    Normalizer normalizer = makeNormalizer();
    Event event;
    RecordBuilder record("/home/tester/first");
    record.fields.header.boot_ns = 4'711'000;
    QCOMPARE(normalizer.normalize(record.bytes(), offset, event), Verdict::Kept);
    QCOMPARE(event.kernelTime, 4'711'000U);
    record.fields.header.type = LKM_RECORD_WRITTEN; // a sum, with the time of its first write
    QCOMPARE(normalizer.normalize(record.bytes(), offset, event), Verdict::Kept);
    QCOMPARE(event.kernelTime, 0U);
    normalizer.setRecordsAreLive(false);
    RecordBuilder replayed("/home/tester/second");
    QCOMPARE(normalizer.normalize(replayed.bytes(), offset, event), Verdict::Kept);
    QCOMPARE(event.kernelTime, 0U);
}

void NormalizerTest::privileged_data()
{
    QTest::addColumn<quint32>("uid");
    QTest::addColumn<quint32>("fsuid");
    QTest::addColumn<bool>("privileged");
    QTest::newRow("a user") << 1000U << 1000U << false;
    QTest::newRow("root") << 0U << 0U << true;
    QTest::newRow("set-uid root") << 1000U << 0U << true;
    QTest::newRow("set-uid to another user") << 1000U << 1001U << true;
    QTest::newRow("root in a user's skin") << 0U << 1000U << true;
    QTest::newRow("nobody") << 65534U << 65534U << false;
}

void NormalizerTest::privileged()
{
    QFETCH(quint32, uid);
    QFETCH(quint32, fsuid);
    QFETCH(bool, privileged);
    Normalizer normalizer = makeNormalizer();
    Event event;
    const auto bytes = RecordBuilder().setUser(uid, fsuid).bytes();
    QCOMPARE(normalizer.normalize(bytes, offset, event), Verdict::Kept);
    QCOMPARE(event.privileged, privileged);
    QCOMPARE(event.uid, uid);
}

void NormalizerTest::truncatedMatchesNoRuleAndIsNoDuplicate()
{
    Normalizer normalizer = makeNormalizer({{"/", PathRule::Action::Exclude}});
    RecordBuilder record("/proc/self/maps");
    record.fields.attributes = LKM_ATTRIBUTE_TRUNCATED;
    const auto bytes = record.bytes();
    Event event;
    QCOMPARE(normalizer.normalize(bytes, offset, event), Verdict::Kept);
    QCOMPARE(normalizer.normalize(bytes, offset, event), Verdict::Kept);
    QCOMPARE(event.attributes, 1U);

    // Nor is a whole path the duplicate of a truncated one.
    Normalizer keepsAll = makeNormalizer({});
    QCOMPARE(keepsAll.normalize(bytes, offset, event), Verdict::Kept);
    QCOMPARE(keepsAll.normalize(RecordBuilder("/proc/self/maps").bytes(), offset, event), Verdict::Kept);
}

void NormalizerTest::attributesLeaveOnlyTheirPublicBits()
{
    Normalizer normalizer = makeNormalizer();
    RecordBuilder record;
    record.fields.attributes = 0xfffffffeU; // all but truncated
    const auto bytes = record.bytes();
    Event event;
    QCOMPARE(normalizer.normalize(bytes, offset, event), Verdict::Kept);
    QCOMPARE(event.attributes, 0xfffeU);
}

void NormalizerTest::writableDecidesTheAccess()
{
    Normalizer normalizer = makeNormalizer();
    Event event;
    RecordBuilder reading;
    RecordBuilder writing;
    // The flags do not: a write may come through a descriptor whose flags say nothing of it.
    reading.fields.flags = 1;
    writing.fields.flags = 0;
    writing.fields.attributes = LKM_ATTRIBUTE_WRITABLE;
    QCOMPARE(normalizer.normalize(reading.bytes(), offset, event), Verdict::Kept);
    QCOMPARE(normalizer.normalize(writing.bytes(), offset, event), Verdict::Kept);
    QCOMPARE(event.attributes, 0U);
    QCOMPARE(normalizer.normalize(writing.bytes(), offset, event), Verdict::Duplicate);
    QCOMPARE(normalizer.normalize(reading.bytes(), offset, event), Verdict::Duplicate);
}

void NormalizerTest::writesAreJudgedByRulesOnly()
{
    Normalizer normalizer = makeNormalizer();
    Event event;
    RecordBuilder written;
    written.setType(LKM_RECORD_WRITTEN);
    written.fields.flags = 0;
    written.fields.value = std::int64_t{1} << 33;
    written.fields.attributes = LKM_ATTRIBUTE_DELETED;
    // Each is news, whatever was opened or written a moment ago.
    QCOMPARE(normalizer.normalize(RecordBuilder().bytes(), offset, event), Verdict::Kept);
    for (int round = 0; round < 3; ++round) {
        const auto bytes = written.bytes();
        QCOMPARE(normalizer.normalize(bytes, offset, event), Verdict::Kept);
        QCOMPARE(event.type, EventType::FileWritten);
        QCOMPARE(event.value, std::int64_t{1} << 33);
        QCOMPARE(toBytes(event.subject), QByteArray("/home/tester/notes.txt"));
        QCOMPARE(event.owner, 1000U);
        QCOMPARE(event.attributes, 2U);
    }
    // Nor is an open the duplicate of a write.
    QCOMPARE(normalizer.normalize(RecordBuilder().bytes(), offset, event), Verdict::Duplicate);
    Normalizer fresh = makeNormalizer();
    QCOMPARE(fresh.normalize(written.bytes(), offset, event), Verdict::Kept);
    QCOMPARE(fresh.normalize(RecordBuilder().bytes(), offset, event), Verdict::Kept);

    written.path = "/tmp/scratch";
    QCOMPARE(normalizer.normalize(written.bytes(), offset, event), Verdict::Filtered);
    written.fields.attributes = LKM_ATTRIBUTE_TRUNCATED;
    const auto truncated = written.bytes();
    QCOMPARE(normalizer.normalize(truncated, offset, event), Verdict::Kept);
}

void NormalizerTest::theIdentityIsAsked()
{
    struct : ApplicationIdentity {
        int asked = 0;
        std::string_view applicationOf(const Record &record, Process &) override
        {
            ++asked;
            return record.fields.header.tgid == 1234 ? "org.example.Editor" : "";
        }
    } identity;
    Normalizer normalizer(PathRules(PathRules::defaults()), Deduplicator(100ms, 10, 1), UuidV7(1), identity);
    Event event;
    const auto bytes = RecordBuilder().bytes();
    QCOMPARE(normalizer.normalize(bytes, offset, event), Verdict::Kept);
    QCOMPARE(toBytes(event.application), QByteArray("org.example.Editor"));
    // Only for what is kept: it may be costly.
    QCOMPARE(normalizer.normalize(bytes, offset, event), Verdict::Duplicate);
    QCOMPARE(normalizer.normalize(RecordBuilder("/proc/1").bytes(), offset, event), Verdict::Filtered);
    QCOMPARE(identity.asked, 1);
}

void NormalizerTest::rulesCanBeReplaced()
{
    Normalizer normalizer = makeNormalizer({{"/a/", PathRule::Action::Exclude}});
    Event event;
    QCOMPARE(normalizer.normalize(RecordBuilder("/a/1").bytes(), offset, event), Verdict::Filtered);
    QCOMPARE(normalizer.normalize(RecordBuilder("/b/1").bytes(), offset, event), Verdict::Kept);
    normalizer.setRules(PathRules({{"/b/", PathRule::Action::Exclude}, {"/a/", PathRule::Action::Exclude}}));
    QCOMPARE(normalizer.normalize(RecordBuilder("/a/1").bytes(), offset, event), Verdict::Filtered);
    QCOMPARE(normalizer.normalize(RecordBuilder("/b/1").bytes(), offset, event), Verdict::Filtered);
    QCOMPARE(normalizer.rules().rules().at(0).hits, std::uint64_t{1});
    QCOMPARE(normalizer.rules().rules().at(1).hits, std::uint64_t{2});
    normalizer.setRules(PathRules({}));
    QVERIFY(normalizer.rules().rules().empty());
    QCOMPARE(normalizer.normalize(RecordBuilder("/a/1").bytes(), offset, event), Verdict::Kept);
}

void NormalizerTest::theDeduplicationWindowCanChange()
{
    Normalizer normalizer = makeNormalizer();
    Event event;
    const auto bytes = RecordBuilder().bytes();
    QCOMPARE(normalizer.normalize(bytes, offset, event), Verdict::Kept);
    normalizer.setDeduplicationWindow(0ms);
    QCOMPARE(normalizer.normalize(bytes, offset, event), Verdict::Kept);
    normalizer.setDeduplicationWindow(1ms);
    QCOMPARE(normalizer.normalize(bytes, offset, event), Verdict::Duplicate);
}

void NormalizerTest::twoRunsAreTheSame()
{
    const auto run = [] {
        Normalizer normalizer = makeNormalizer();
        std::mt19937 random(6);
        QByteArray all;
        for (int round = 0; round < 5000; ++round) {
            RecordBuilder record((random() % 3 == 0 ? "/proc/" : "/home/") + std::to_string(random() % 50));
            record.fields.header.boot_ns += std::uint64_t(round) * 1'000'000;
            record.fields.attributes = (random() & 1) * std::uint32_t{LKM_ATTRIBUTE_WRITABLE};
            const auto bytes = record.bytes();
            Event event;
            const Verdict verdict = normalizer.normalize(bytes, offset, event);
            all += QByteArray::number(int(verdict)) + ' ';
            if (verdict == Verdict::Kept) {
                all += QByteArray::fromStdString(toText(event.id)) +
                       QByteArray::number(qint64{event.timestamp}) + toBytes(event.subject) +
                       QByteArray::number(event.attributes) + '\n';
            }
        }
        return all;
    };
    const QByteArray first = run();
    QVERIFY(first.size() > 100'000);
    QCOMPARE(run(), first);
}

QTEST_GUILESS_MAIN(NormalizerTest)
#include "NormalizerTest.moc"
