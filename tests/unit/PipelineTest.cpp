// SPDX-License-Identifier: MIT
#include "helper/pipeline/Pipeline.h"
#include "tests/unit/RecordBuilder.h"
#include "tests/unit/SampleEvent.h"

#include <QTest>
#include <random>

using namespace lunaris;
using namespace std::chrono_literals;

Q_DECLARE_METATYPE(lunaris::EventType)
Q_DECLARE_METATYPE(lunaris::PrivilegedEvents)

namespace
{

ExecutableIdentity byComm;

/// A pipeline with its two ends.
struct Rig {
    explicit Rig(PrivilegedEvents privileged = PrivilegedEvents::Public, bool withBus = true,
                 bool directories = true)
        : pipeline(
              Normalizer(PathRules(PathRules::defaults()), Deduplicator(100ms, 1000, 1), UuidV7(1), byComm),
              [this] { return offset; }, tap, withBus ? &bus : nullptr,
              BusSelection{EventTypes::usual(), privileged, directories})
    {
    }

    std::int64_t offset = 1'771'677'296'000'000'000;
    CollectingSink tap;
    CollectingSink bus;
    Pipeline pipeline;
};

std::uint64_t sumOf(const PipelineCounters &counters)
{
    return counters.malformed.value() + counters.filtered.value() + counters.duplicates.value() +
           counters.withheld.value() + counters.forwarded.value();
}

} // namespace

class PipelineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachRecordIsCountedOnce();
    void privilegedEvents_data();
    void privilegedEvents();
    void privilegedEventsOfOtherTypes_data();
    void privilegedEventsOfOtherTypes();
    void writesAreJudgedLikeOpens();
    void writesAreNeverDuplicates();
    void onlyWantedTypesGoToTheBus();
    void directoriesCanBeLeftOut();
    void withoutBusEverythingIsWithheld();
    void flushReachesBothEnds();
    void theClockIsAskedForEveryRecord();
    void randomRecordsAddUp();
};

void PipelineTest::eachRecordIsCountedOnce()
{
    Rig rig;
    const auto root = RecordBuilder("/home/tester/private").setUser(0, 0).bytes();
    rig.pipeline.record(RecordBuilder("/home/tester/a").bytes());
    rig.pipeline.record(RecordBuilder("/home/tester/a").bytes());
    rig.pipeline.record(RecordBuilder("/proc/1/stat").bytes());
    rig.pipeline.record({});
    rig.pipeline.record(root);
    const PipelineCounters &counters = rig.pipeline.counters();
    QCOMPARE(counters.received.value(), 5U);
    QCOMPARE(counters.forwarded.value(), 1U);
    QCOMPARE(counters.duplicates.value(), 1U);
    QCOMPARE(counters.filtered.value(), 1U);
    QCOMPARE(counters.malformed.value(), 1U);
    QCOMPARE(counters.withheld.value(), 1U);
    QCOMPARE(rig.bus.subjects(), std::vector<std::string>{"/home/tester/a"});
    QCOMPARE(rig.tap.subjects(), (std::vector<std::string>{"/home/tester/a", "/home/tester/private"}));
}

void PipelineTest::privilegedEvents_data()
{
    QTest::addColumn<PrivilegedEvents>("setting");
    QTest::addColumn<quint32>("uid");
    QTest::addColumn<quint32>("fsuid");
    QTest::addColumn<quint32>("owner");
    QTest::addColumn<bool>("forwarded");

    struct Setting {
        const char *name;
        PrivilegedEvents value;
        bool rootsFile;
        bool usersFile;
    };
    for (const Setting &setting : {Setting{"public", PrivilegedEvents::Public, true, false},
                                   Setting{"all", PrivilegedEvents::All, true, true},
                                   Setting{"none", PrivilegedEvents::None, false, false}}) {
        QTest::addRow("%s: root, root's file", setting.name)
            << setting.value << 0U << 0U << 0U << setting.rootsFile;
        QTest::addRow("%s: root, a user's file", setting.name)
            << setting.value << 0U << 0U << 1000U << setting.usersFile;
        QTest::addRow("%s: set-uid, root's file", setting.name)
            << setting.value << 1000U << 0U << 0U << setting.rootsFile;
        QTest::addRow("%s: set-uid, the user's own file", setting.name)
            << setting.value << 1000U << 0U << 1000U << setting.usersFile;
        QTest::addRow("%s: a user, root's file", setting.name)
            << setting.value << 1000U << 1000U << 0U << true;
        QTest::addRow("%s: a user, own file", setting.name)
            << setting.value << 1000U << 1000U << 1000U << true;
        QTest::addRow("%s: a user, another's file", setting.name)
            << setting.value << 1000U << 1000U << 1001U << true;
    }
}

void PipelineTest::privilegedEvents()
{
    QFETCH(PrivilegedEvents, setting);
    QFETCH(quint32, uid);
    QFETCH(quint32, fsuid);
    QFETCH(quint32, owner);
    QFETCH(bool, forwarded);
    Rig rig(setting);
    RecordBuilder record;
    record.setUser(uid, fsuid);
    record.fields.owner = owner;
    rig.pipeline.record(record.bytes());
    QCOMPARE(rig.pipeline.counters().forwarded.value(), forwarded ? 1U : 0U);
    QCOMPARE(rig.pipeline.counters().withheld.value(), forwarded ? 0U : 1U);
    QCOMPARE(rig.bus.subjects().size(), forwarded ? 1U : 0U);
    QCOMPARE(rig.tap.subjects().size(), std::size_t{1}); // the tap has rules of its own
}

void PipelineTest::privilegedEventsOfOtherTypes_data()
{
    QTest::addColumn<EventType>("type");
    QTest::addColumn<PrivilegedEvents>("setting");
    QTest::addColumn<bool>("isOnBus");
    // What processes and connections there are everybody can see anyway.
    for (const EventType type : {EventType::ProcessStarted, EventType::ProcessExited,
                                 EventType::NetworkConnect, EventType::NetworkAccept}) {
        const std::string name(nameOf(type));
        QTest::addRow("%s, public", name.c_str()) << type << PrivilegedEvents::Public << true;
        QTest::addRow("%s, all", name.c_str()) << type << PrivilegedEvents::All << true;
        QTest::addRow("%s, none", name.c_str()) << type << PrivilegedEvents::None << false;
    }
}

void PipelineTest::privilegedEventsOfOtherTypes()
{
    QFETCH(EventType, type);
    QFETCH(PrivilegedEvents, setting);
    QFETCH(bool, isOnBus);
    SampleEvent sample;
    sample.fields.type = type;
    sample.fields.owner = 1000; // means nothing here
    const BusSelection selection{EventTypes::usual(), setting, true};
    QVERIFY(selection.contains(sample.event()));
    sample.fields.privileged = true;
    QCOMPARE(selection.contains(sample.event()), isOnBus);
}

void PipelineTest::writesAreJudgedLikeOpens()
{
    SampleEvent sample;
    sample.fields.type = EventType::FileWritten;
    const BusSelection selection;
    QVERIFY(selection.contains(sample.event()));
    sample.fields.privileged = true;
    QVERIFY(!selection.contains(sample.event()));
    sample.fields.owner = 0;
    QVERIFY(selection.contains(sample.event()));
}

void PipelineTest::writesAreNeverDuplicates()
{
    Rig rig;
    const auto written = [](std::string_view path, std::uint32_t uid, std::uint32_t owner) {
        RecordBuilder record(path);
        record.setType(LKM_RECORD_WRITTEN).setUser(uid, uid);
        record.fields.owner = owner;
        return record.bytes();
    };
    rig.pipeline.record(written("/home/tester/a", 1000, 1000));
    rig.pipeline.record(written("/home/tester/a", 1000, 1000));
    rig.pipeline.record(written("/tmp/a", 1000, 1000));
    rig.pipeline.record(written("/home/tester/b", 0, 1000)); // as a backup does
    rig.pipeline.record(written("/etc/c", 0, 0));
    const PipelineCounters &counters = rig.pipeline.counters();
    QCOMPARE(sumOf(counters), 5U);
    QCOMPARE(counters.duplicates.value(), 0U);
    QCOMPARE(counters.filtered.value(), 1U);
    QCOMPARE(counters.withheld.value(), 1U);
    QCOMPARE(rig.bus.subjects(), (std::vector<std::string>{"/home/tester/a", "/home/tester/a", "/etc/c"}));
    QCOMPARE(rig.tap.subjects().size(), std::size_t{4});
}

void PipelineTest::onlyWantedTypesGoToTheBus()
{
    for (const EventType wanted : eventTypes) {
        for (const EventType type : eventTypes) {
            SampleEvent sample;
            sample.fields.type = type;
            const BusSelection selection{EventTypes().with(wanted), PrivilegedEvents::All, true};
            QCOMPARE(selection.contains(sample.event()), type == wanted);
        }
    }
}

void PipelineTest::directoriesCanBeLeftOut()
{
    for (const bool directories : {true, false}) {
        Rig rig(PrivilegedEvents::All, true, directories);
        int round = 0;
        for (const mode_t mode : {S_IFDIR | 0755, S_IFREG | 0644, S_IFBLK | 0600, 0}) {
            RecordBuilder record("/home/tester/" + std::to_string(round++));
            record.fields.mode = mode;
            rig.pipeline.record(record.bytes());
        }
        QCOMPARE(rig.pipeline.counters().withheld.value(), directories ? 0U : 1U);
        QCOMPARE(rig.pipeline.counters().forwarded.value(), directories ? 4U : 3U);
        QCOMPARE(rig.bus.subjects().front(), std::string(directories ? "/home/tester/0" : "/home/tester/1"));
        QCOMPARE(rig.tap.subjects().size(), std::size_t{4}); // the tap shows them
    }
}

void PipelineTest::withoutBusEverythingIsWithheld()
{
    Rig rig(PrivilegedEvents::All, false);
    rig.pipeline.record(RecordBuilder().bytes());
    rig.pipeline.record(RecordBuilder("/etc/shadow").setUser(0, 0).bytes());
    rig.pipeline.endOfBatch();
    QCOMPARE(rig.pipeline.counters().withheld.value(), 2U);
    QCOMPARE(rig.pipeline.counters().forwarded.value(), 0U);
    QCOMPARE(rig.tap.subjects().size(), std::size_t{2});
    QCOMPARE(rig.tap.flushes(), 1);
}

void PipelineTest::flushReachesBothEnds()
{
    Rig rig;
    rig.pipeline.record(RecordBuilder().bytes());
    QCOMPARE(rig.tap.flushes(), 0);
    QCOMPARE(rig.bus.flushes(), 0);
    rig.pipeline.endOfBatch();
    QCOMPARE(rig.tap.flushes(), 1);
    QCOMPARE(rig.bus.flushes(), 1);
}

void PipelineTest::theClockIsAskedForEveryRecord()
{
    // The clock may be set between two records.
    struct : EventSink {
        std::vector<std::int64_t> times;
        void event(const Event &event) override { times.push_back(event.timestamp); }
        void flush() override {}
    } tap;
    std::int64_t offset = 1'000'000'000;
    Pipeline pipeline(
        Normalizer(PathRules({}), Deduplicator(0ms, 1, 1), UuidV7(1), byComm), [&] { return offset; }, tap,
        nullptr, BusSelection());
    const auto record = RecordBuilder().bytes(); // 5 s after boot
    pipeline.record(record);
    offset = 7'000'000'000;
    pipeline.record(record);
    QCOMPARE(tap.times, (std::vector<std::int64_t>{6'000'000, 12'000'000}));
}

void PipelineTest::randomRecordsAddUp()
{
    Rig rig;
    std::mt19937 random(8);
    for (std::uint64_t round = 1; round <= 20'000; ++round) {
        RecordBuilder record((random() % 3 == 0 ? "/proc/" : "/home/") + std::to_string(random() % 20));
        record.setUser(random() % 2 * 1000, random() % 2 * 1000);
        record.fields.owner = random() % 2 * 1000;
        record.fields.header.boot_ns += round * 2'000'000;
        std::vector<std::byte> bytes = record.bytes();
        if (random() % 5 == 0) {
            bytes.resize(random() % bytes.size());
        }
        rig.pipeline.record(bytes);
        QCOMPARE(rig.pipeline.counters().received.value(), round);
        QCOMPARE(sumOf(rig.pipeline.counters()), round);
    }
    const PipelineCounters &counters = rig.pipeline.counters();
    QCOMPARE(rig.bus.subjects().size(), std::size_t{counters.forwarded.value()});
    QCOMPARE(rig.tap.subjects().size(), std::size_t{counters.forwarded.value() + counters.withheld.value()});
    for (const Counter *each : {&counters.malformed, &counters.filtered, &counters.duplicates,
                                &counters.withheld, &counters.forwarded}) {
        QVERIFY(each->value() > 100);
    }
}

QTEST_GUILESS_MAIN(PipelineTest)
#include "PipelineTest.moc"
