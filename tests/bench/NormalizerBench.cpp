// SPDX-License-Identifier: MIT
//
// How many events a second each room between the kernel's ring and the socket can take, on one core.
// The budgets are those of the design: 8 M/s mixed, 3 M/s all kept.
#include "helper/bus/EventEncoder.h"
#include "helper/bus/FrameQueue.h"
#include "helper/normalizer/CgroupIdentity.h"
#include "helper/normalizer/Normalizer.h"
#include "helper/pipeline/EventRing.h"
#include "tests/unit/RecordBuilder.h"
#include "tests/unit/SampleEvent.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

constexpr std::uint32_t entries = 10'000; // of the deduplicator, as the helper has it
constexpr std::uint64_t seed = 20'260'221;
constexpr std::int64_t realtimeOffset = 1'771'677'296'000'000'000;

/// Paths of a length that home directories have.
std::string keptPath(std::size_t index)
{
    return "/home/tester/Documents/projects/letter-" + std::to_string(100'000 + index) + ".txt";
}

std::string filteredPath(std::size_t index)
{
    return "/usr/share/icons/hicolor/scalable/letter-" + std::to_string(100'000 + index) + ".svg";
}

/// Records as they lie in the ring: one behind the other, and more than the caches hold. Their times
/// are set as they are taken, so that a second time round is later, as it would be.
class Records
{
public:
    static constexpr std::size_t count = 50'000;

    void add(const std::string &path) { m_records.push_back(RecordBuilder(path).bytes()); }

    std::span<const std::byte> next()
    {
        std::vector<std::byte> &record = m_records[m_next];
        m_next = m_next + 1 == m_records.size() ? 0 : m_next + 1;
        m_time += 3000; // 333 000 opens a second
        std::memcpy(record.data() + offsetof(lkm_record_header, boot_ns), &m_time, sizeof(m_time));
        return record;
    }

private:
    std::vector<std::vector<std::byte>> m_records;
    std::size_t m_next = 0;
    std::uint64_t m_time = 5'000'000'000;
};

Records mixed()
{
    // Of ten, four are filtered, three kept, and three repeat what was kept just before.
    Records records;
    for (std::size_t index = 0; index < Records::count; index += 10) {
        for (std::size_t kept = index; kept < index + 3; ++kept) {
            records.add(filteredPath(kept));
            records.add(keptPath(kept));
            records.add(keptPath(kept));
        }
        records.add(filteredPath(index + 3));
    }
    return records;
}

Records allFiltered()
{
    Records records;
    for (std::size_t index = 0; index < Records::count; ++index) {
        records.add(filteredPath(index));
    }
    return records;
}

/// As a build or a shell prompt does it: a few files, again and again.
Records allDuplicates()
{
    Records records;
    for (std::size_t index = 0; index < 16; ++index) {
        records.add(keptPath(index));
    }
    return records;
}

Records allKept()
{
    Records records;
    for (std::size_t index = 0; index < Records::count; ++index) {
        records.add(keptPath(index));
    }
    return records;
}

/// The default rules, or so many of them, and more of the kind that a person adds; some of those are
/// as near to what is kept as a path can be.
std::vector<PathRule> rulesOf(std::size_t wanted)
{
    std::vector<PathRule> rules = PathRules::defaults();
    rules.resize(std::min(wanted, rules.size()));
    while (rules.size() < wanted) {
        const std::string prefix = rules.size() % 2 == 0
                                       ? "/home/tester/.cache/program-" + std::to_string(rules.size())
                                       : keptPath(rules.size()) + "/parts";
        rules.push_back({prefix + '/', PathRule::Action::Exclude});
    }
    return rules;
}

const std::size_t defaultRules = PathRules::defaults().size();

void report(benchmark::State &state, double budgetPerSecond = 0)
{
    state.SetItemsProcessed(state.iterations());
    if (budgetPerSecond > 0) {
        state.counters["budget"] = budgetPerSecond;
    }
}

/// A cgroup that is found at once, and names an application.
class OneCgroup final : public CgroupPaths
{
public:
    std::string pathOf(std::uint64_t, std::uint32_t) override
    {
        return "/user.slice/app-gnome-org.example.Editor-7.scope";
    }
    std::string searchFor(std::uint64_t) override { return {}; }
    bool hasNamedHierarchy() const override { return false; }
    std::string namedPathOf(std::uint32_t, std::uint64_t) override { return {}; }
};

void normalize(benchmark::State &state, Records records, double keptShare, double budget,
               std::size_t rules = defaultRules)
{
    OneCgroup cgroups;
    CgroupIdentity identity(cgroups);
    Normalizer normalizer(PathRules(rulesOf(rules)), Deduplicator(100ms, entries, seed), UuidV7(seed),
                          identity);
    std::size_t kept = 0;
    Event event;
    for (auto _ : state) {
        const auto verdict = normalizer.normalize(records.next(), realtimeOffset, event);
        kept += verdict == Normalizer::Verdict::Kept ? 1 : 0;
        benchmark::DoNotOptimize(event);
    }
    // A mixture that is not what its name says measures something else.
    const double share = static_cast<double>(kept) / static_cast<double>(state.iterations());
    if (state.iterations() > 1000 && std::abs(share - keptShare) > 0.02) {
        state.SkipWithError("the share of kept records is not what it should be");
    }
    report(state, budget);
}

void normalizeMixed(benchmark::State &state)
{
    normalize(state, mixed(), 0.3, 8e6);
}

void normalizeMixedByRules(benchmark::State &state)
{
    normalize(state, mixed(), 0.3, 8e6, static_cast<std::size_t>(state.range(0)));
}

void normalizeFiltered(benchmark::State &state)
{
    normalize(state, allFiltered(), 0, 0);
}

void normalizeDuplicates(benchmark::State &state)
{
    normalize(state, allDuplicates(), 0, 0);
}

void normalizeKept(benchmark::State &state)
{
    normalize(state, allKept(), 1, 3e6);
}

void pathRules(benchmark::State &state)
{
    PathRules decider(rulesOf(static_cast<std::size_t>(state.range(0))));
    std::vector<std::string> paths;
    for (std::size_t index = 0; index < 500; ++index) {
        paths.push_back(keptPath(index));
        paths.push_back(filteredPath(index));
    }
    std::size_t next = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(decider.keeps(paths[next], false));
        next = next + 1 == paths.size() ? 0 : next + 1;
    }
    report(state);
}

void pathRulesMade(benchmark::State &state)
{
    const std::vector<PathRule> rules = rulesOf(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state) {
        benchmark::DoNotOptimize(PathRules(rules));
    }
    report(state);
}

std::vector<std::string> keptPaths()
{
    std::vector<std::string> paths;
    for (std::size_t index = 0; index < Records::count; ++index) {
        paths.push_back(keptPath(index));
    }
    return paths;
}

/// Full: what is new makes the oldest give way. Argument: how many in a hundred repeat the one before.
void deduplicateFull(benchmark::State &state)
{
    Deduplicator deduplicator(100ms, entries, seed);
    const std::vector<std::string> paths = keptPaths();
    std::size_t next = 0;
    std::int64_t step = 0;
    std::uint64_t time = 5'000'000'000;
    for (; next < entries; ++next) {
        deduplicator.isDuplicate(1234, paths[next], Deduplicator::Access::Read, time);
    }
    for (auto _ : state) {
        time += 3000;
        if (step++ % 100 >= state.range(0)) {
            next = next + 1 == paths.size() ? 0 : next + 1;
        }
        benchmark::DoNotOptimize(
            deduplicator.isDuplicate(1234, paths[next], Deduplicator::Access::Read, time));
    }
    report(state);
}

/// Cold: a table that has seen nothing, until it is full.
void deduplicateCold(benchmark::State &state)
{
    const std::vector<std::string> paths = keptPaths();
    for (auto _ : state) {
        state.PauseTiming();
        Deduplicator deduplicator(100ms, entries, seed);
        state.ResumeTiming();
        for (std::size_t next = 0; next < entries; ++next) {
            benchmark::DoNotOptimize(
                deduplicator.isDuplicate(1234, paths[next], Deduplicator::Access::Read, 5'000'000'000));
        }
    }
    state.SetItemsProcessed(state.iterations() * entries);
}

void uuid(benchmark::State &state)
{
    UuidV7 ids(seed);
    std::uint64_t number = 0;
    for (auto _ : state) {
        benchmark::DoNotOptimize(ids.next(1'771'677'296'000 + number++ / 300));
    }
    report(state);
}

void encode(benchmark::State &state)
{
    EventEncoder encoder("0195-session");
    SampleEvent sample;
    sample.subject = keptPath(0);
    const Event event = sample.event();
    for (auto _ : state) {
        benchmark::DoNotOptimize(encoder.encode(event).data());
    }
    report(state);
}

void frameQueue(benchmark::State &state)
{
    // As the client does it: a chunk is written when it is full.
    FrameQueue queue(std::size_t{64} * 1024 * 1024);
    const std::string frame(190, 'x');
    for (auto _ : state) {
        queue.push(frame);
        if (queue.bytes() >= FrameChunk::usualSize) {
            while (queue.frames() > 0) {
                benchmark::DoNotOptimize(queue.advance(queue.front().size()));
            }
        }
    }
    report(state);
}

void eventRing(benchmark::State &state)
{
    EventRing ring(10'000, std::size_t{8} * 1024 * 1024);
    SampleEvent sample;
    sample.subject = keptPath(0);
    const Event event = sample.event();
    for (auto _ : state) {
        ring.event(event);
    }
    report(state);
}

BENCHMARK(normalizeMixed)->Name("normalizer, 40 % filtered 30 % duplicate 30 % kept");
BENCHMARK(normalizeKept)->Name("normalizer, all kept");
BENCHMARK(normalizeFiltered)->Name("normalizer, all filtered");
BENCHMARK(normalizeDuplicates)->Name("normalizer, all duplicates");
BENCHMARK(normalizeMixedByRules)
    ->Name("normalizer, 40 % filtered 30 % duplicate 30 % kept")
    ->ArgName("rules")
    ->Arg(10)
    ->Arg(10'000);
BENCHMARK(pathRules)->Name("PathRules")->ArgName("rules")->Arg(10)->Arg(13)->Arg(1000)->Arg(10'000);
BENCHMARK(pathRulesMade)->Name("PathRules, made")->ArgName("rules")->Arg(13)->Arg(10'000);
BENCHMARK(deduplicateFull)->Name("Deduplicator, full table")->ArgName("duplicates_percent")->Arg(0)->Arg(50);
BENCHMARK(deduplicateCold)->Name("Deduplicator, cold table, for all 10 000 entries");
BENCHMARK(uuid)->Name("UuidV7");
BENCHMARK(encode)->Name("EventEncoder");
BENCHMARK(frameQueue)->Name("FrameQueue, push and advance");
BENCHMARK(eventRing)->Name("EventRing, event");

} // namespace

BENCHMARK_MAIN();
