// SPDX-License-Identifier: MIT
#include "helper/pipeline/CaptureFilter.h"

#include "tests/unit/FakeSource.h"
#include "tests/unit/RecordBuilder.h"
#include "tests/unit/SampleEvent.h"

#include <QTest>
#include <string>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

ExecutableIdentity byComm;

const FilterSettings initial{{{"/a/", PathRule::Action::Exclude}, {"/a/b/kept", PathRule::Action::Include}},
                             100ms};

struct Rig {
    explicit Rig(CaptureFilter::Prefilter prefilter = CaptureFilter::Prefilter::UseSource)
        : pipeline(
              Normalizer(PathRules(initial.rules), Deduplicator(initial.window, 1000, 1), UuidV7(1), byComm),
              [] { return std::int64_t{1'771'677'296'000'000'000}; }, tap, nullptr, BusSelection())
        , filter(source, pipeline, initial, prefilter)
    {
    }

    [[nodiscard]] std::optional<SourceFailure> replace(const FilterSettings &settings)
    {
        return filter.replace(settings, PathRules(settings.rules));
    }

    void open(const std::string &path, std::uint64_t milliseconds = 5000)
    {
        RecordBuilder record(path);
        record.fields.header.boot_ns = milliseconds * 1'000'000;
        pipeline.record(record.bytes());
    }

    std::vector<std::uint64_t> hits() const
    {
        std::vector<std::uint64_t> counted;
        for (const PathRule &rule : filter.countedRules()) {
            counted.push_back(rule.hits);
        }
        return counted;
    }

    FakeSource source;
    CollectingSink tap;
    Pipeline pipeline;
    CaptureFilter filter;
};

using Subjects = std::vector<std::string>;
using Hits = std::vector<std::uint64_t>;

} // namespace

class CaptureFilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bothPlacesKnowTheRules();
    void bothPlacesKnowTheWindow();
    void whoRecordsTellsTheSourceOfNoRule();
    void aFailureLeavesBothAsTheyWere();
    void whatBothRulesKeepIsNeverLost();
    void hitsAreThoseOfBothPlaces();
};

void CaptureFilterTest::bothPlacesKnowTheRules()
{
    Rig rig;
    QCOMPARE(rig.source.rules.size(), std::size_t{2});
    QVERIFY(!rig.replace({{{"/b/", PathRule::Action::Exclude}}, 100ms}));
    QCOMPARE(rig.source.rules.size(), std::size_t{1});
    QCOMPARE(rig.source.rules.front().prefix, std::string("/b/"));
    rig.open("/a/1");
    rig.open("/b/1");
    QCOMPARE(rig.tap.subjects(), Subjects{"/a/1"});
}

void CaptureFilterTest::bothPlacesKnowTheWindow()
{
    Rig rig;
    QVERIFY(rig.source.window == 100ms);
    QVERIFY(!rig.replace({initial.rules, 3000ms}));
    QVERIFY(rig.source.window == 3000ms);
    rig.open("/x", 5000);
    rig.open("/x", 7000);
    QCOMPARE(rig.tap.subjects().size(), std::size_t{1});
    QVERIFY(!rig.replace({initial.rules, 0ms}));
    rig.open("/x", 7001);
    QCOMPARE(rig.tap.subjects().size(), std::size_t{2});
}

void CaptureFilterTest::whoRecordsTellsTheSourceOfNoRule()
{
    Rig rig(CaptureFilter::Prefilter::PipelineOnly);
    QVERIFY(rig.source.rules.empty());
    QVERIFY(!rig.replace({{{"/b/", PathRule::Action::Exclude}}, 100ms}));
    QVERIFY(rig.source.rules.empty());
    QVERIFY(rig.source.window == 0ns);
    rig.open("/b/1");
    QCOMPARE(rig.tap.subjects(), Subjects{});
    QCOMPARE(rig.hits(), Hits{1});
}

void CaptureFilterTest::aFailureLeavesBothAsTheyWere()
{
    Rig rig;
    rig.source.isFull = true;
    const auto failure = rig.replace({{{"/b/", PathRule::Action::Exclude}}, 0ms});
    QVERIFY(failure);
    QCOMPARE(failure->sentence, QStringLiteral("No room."));
    rig.open("/a/1");
    rig.open("/b/1");
    rig.open("/b/1", 5050);
    QCOMPARE(rig.tap.subjects(), Subjects{"/b/1"});
    QCOMPARE(rig.filter.countedRules().size(), std::size_t{2});
}

void CaptureFilterTest::whatBothRulesKeepIsNeverLost()
{
    Rig rig;
    // As a source may: what it has recorded comes out in the midst of the change.
    rig.source.whileReplacing = [&rig] {
        rig.open("/home/1");
        rig.open("/a/b/kept");
    };
    QVERIFY(
        !rig.replace({{{"/a/", PathRule::Action::Exclude}, {"/a/b/", PathRule::Action::Include}}, 100ms}));
    QCOMPARE(rig.tap.subjects(), (Subjects{"/home/1", "/a/b/kept"}));
}

void CaptureFilterTest::hitsAreThoseOfBothPlaces()
{
    Rig rig;
    rig.open("/a/1");
    rig.open("/a/2");
    rig.open("/a/b/kept");
    rig.source.hits = {40, 0};
    QCOMPARE(rig.hits(), (Hits{42, 1}));
    // Rules that stay keep theirs, wherever they stand; the source sees to its own.
    rig.source.whileReplacing = [&rig] { rig.open("/a/3"); };
    QVERIFY(!rig.replace({{{"/new", PathRule::Action::Exclude},
                           {"/a/b/kept", PathRule::Action::Exclude},
                           {"/a/", PathRule::Action::Exclude}},
                          100ms}));
    QCOMPARE(rig.hits(), (Hits{0, 0, 3}));
}

QTEST_GUILESS_MAIN(CaptureFilterTest)
#include "CaptureFilterTest.moc"
