// SPDX-License-Identifier: MIT
//
// What an event costs the summary in all its five ways together, and the process tree; and the longest that a
// batch took, in which the tables made room for others. The budget for the summary is 1 µs.
#include "app/models/EventSummary.h"
#include "app/models/ProcessTree.h"
#include "dbus/Names.h"

#include <algorithm>
#include <benchmark/benchmark.h>
#include <chrono>
#include <random>

using namespace lunaris;

namespace
{

/// Batches as they come: 1 000 events, of so many files below a home, a few of them opened most, by so many
/// processes.
std::vector<MonitorEventList> batches(int files, int processes, int count)
{
    std::mt19937 random(7);
    std::vector<MonitorEventList> made(static_cast<std::size_t>(count));
    quint64 time = 1'700'000'000'000'000;
    for (MonitorEventList &batch : made) {
        for (int index = 0; index < 1000; ++index) {
            const auto skewed =
                static_cast<int>(static_cast<std::uint64_t>(random() % files) * (random() % 1000) / 1000);
            MonitorEvent event;
            event.time = ++time;
            event.type = skewed % 8 == 0 ? dbus::type::fileWritten : dbus::type::fileOpened;
            event.pid = 1000 + static_cast<quint32>(skewed % processes);
            event.parentPid = 1000;
            event.uid = skewed % 10 == 0 ? 0 : 1000;
            event.comm = QStringLiteral("program-%1").arg(skewed % 40);
            event.application = QStringLiteral("org.example.Program%1").arg(skewed % 40);
            event.subject = "/home/tester/Documents/projects/" + QByteArray::number(skewed % 997) +
                            "/letter-" + QByteArray::number(skewed) + ".txt";
            event.value = 4096;
            batch.append(event);
        }
    }
    return made;
}

/// Hands over the batches one by one, again and again.
template<typename Take>
void run(benchmark::State &state, const std::vector<MonitorEventList> &events, const Take &take)
{
    using Clock = std::chrono::steady_clock;
    Clock::duration longest{0};
    std::size_t next = 0;
    for (auto _ : state) {
        const Clock::time_point before = Clock::now();
        take(events[next]);
        longest = std::max(longest, Clock::now() - before);
        next = (next + 1) % events.size();
    }
    state.SetItemsProcessed(state.iterations() * 1000);
    state.counters["longest_ms"] = std::chrono::duration<double, std::milli>(longest).count();
}

void summary(benchmark::State &state)
{
    EventSummary summary;
    run(state, batches(static_cast<int>(state.range(0)), 300, 300),
        [&summary](const MonitorEventList &batch) { summary.add(batch); });
}

void processTree(benchmark::State &state)
{
    ProcessTree tree;
    run(state, batches(250'000, static_cast<int>(state.range(0)), 300),
        [&tree](const MonitorEventList &batch) { tree.add(batch, 0); });
}

} // namespace

BENCHMARK(summary)->ArgName("files")->Arg(1000)->Arg(50'000)->Arg(250'000);
BENCHMARK(processTree)->ArgName("processes")->Arg(300)->Arg(100'000);
BENCHMARK_MAIN();
