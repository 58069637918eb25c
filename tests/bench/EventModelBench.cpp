// SPDX-License-Identifier: MIT
//
// What a window's rows cost with a million of them held. The budget: 1 µs a row to take in, 300 ms to filter
// all by three terms on one core, 400 MiB for the whole program.
#include "app/models/EventListing.h"

#include "tests/fakes/PlausibleEvents.h"

#include <QCoreApplication>
#include <benchmark/benchmark.h>

using namespace lunaris;

namespace
{

constexpr quint64 rows = 1'000'000;
constexpr qsizetype batch = 1000;

MonitorEventList events(qsizetype count)
{
    return test::PlausibleEvents(7).make(count, 1'700'000'000'000'000);
}

void fill(EventStore &store)
{
    const MonitorEventList some = events(100'000);
    while (store.rows().count() < rows) {
        store.append(some);
    }
}

/// The store is full: each row that comes sends one away.
void append(benchmark::State &state, const char *filter)
{
    EventStore store;
    store.setMaximumRows(rows);
    fill(store);
    EventListing listing(&store);
    listing.setFilter(std::get<EventFilter>(EventFilter::compile(QString::fromUtf8(filter))));
    while (listing.isSearching()) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    const MonitorEventList all = events(100'000);
    qsizetype at = 0;
    for (auto _ : state) {
        state.PauseTiming();
        const MonitorEventList some = all.mid(at, batch);
        at = (at + batch) % all.size();
        state.ResumeTiming();
        store.append(some);
    }
    state.SetItemsProcessed(state.iterations() * batch);
    state.counters["MiB"] = static_cast<double>(store.bytes()) / 1024 / 1024;
}

void untilFound(benchmark::State &state, const std::function<void(EventListing &)> &ask)
{
    EventStore store;
    store.setMaximumRows(rows);
    fill(store);
    EventListing listing(&store);
    for (auto _ : state) {
        ask(listing);
        while (listing.isSearching()) {
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        }
    }
    state.counters["rows"] = static_cast<double>(listing.count());
}

void refilter(benchmark::State &state, const char *text)
{
    const auto compiled = std::get<EventFilter>(EventFilter::compile(QString::fromUtf8(text)));
    untilFound(state, [&compiled](EventListing &listing) { listing.setFilter(compiled); });
}

void sort(benchmark::State &state, EventColumn column)
{
    bool descending = false;
    untilFound(state, [&](EventListing &listing) {
        descending = !descending;
        listing.setSorting(EventSorting{column, descending});
    });
}

} // namespace

BENCHMARK_CAPTURE(append, all, "");
BENCHMARK_CAPTURE(append, filtered, "comm == git and path contains pack and pid > 100");
BENCHMARK_CAPTURE(refilter, three_terms, "comm == git and path contains pack and pid > 100")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(refilter, three_alternatives, "ext == sqlite-wal or path contains objects or user == root")
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK_CAPTURE(sort, by_path, EventColumn::Path)->Unit(benchmark::kMillisecond)->UseRealTime();
BENCHMARK_CAPTURE(sort, by_user, EventColumn::User)->Unit(benchmark::kMillisecond)->UseRealTime();

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return EXIT_SUCCESS;
}
