// SPDX-License-Identifier: MIT
//
// What an event costs the summary in all its five ways together, and the process tree. The budget for the
// summary is 1 µs.
#include "app/models/EventSummary.h"
#include "app/models/ProcessTree.h"
#include "dbus/Names.h"

#include <benchmark/benchmark.h>
#include <random>

using namespace lunaris;

namespace
{

/// Batches as they come: 1 000 events, of so many files below a home, a few of them opened most.
std::vector<MonitorEventList> batches(int files, int count)
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
            event.pid = 1000 + static_cast<quint32>(skewed % 300);
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

void summary(benchmark::State &state)
{
    const auto events = batches(static_cast<int>(state.range(0)), 300);
    EventSummary summary;
    std::size_t next = 0;
    for (auto _ : state) {
        summary.add(events[next]);
        next = (next + 1) % events.size();
    }
    state.SetItemsProcessed(state.iterations() * 1000);
}

void processTree(benchmark::State &state)
{
    const auto events = batches(1000, 50);
    ProcessTree tree;
    std::size_t next = 0;
    for (auto _ : state) {
        tree.add(events[next], 0);
        next = (next + 1) % events.size();
    }
    state.SetItemsProcessed(state.iterations() * 1000);
}

} // namespace

BENCHMARK(summary)->ArgName("files")->Arg(1000)->Arg(50'000)->Arg(250'000);
BENCHMARK(processTree);
BENCHMARK_MAIN();
