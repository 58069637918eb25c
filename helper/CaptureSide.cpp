// SPDX-License-Identifier: MIT
#include "helper/CaptureSide.h"

#include "helper/FreshSeed.h"
#include "helper/SessionId.h"
#include "helper/service/LatencyStatistics.h"

#include <array>
#include <chrono>
#include <string_view>
#include <utility>

using namespace std::chrono_literals;

namespace lunaris
{

namespace
{

/// Of the Event Bus, generously: a path and an application of 4 096 bytes, all of them escaped.
constexpr std::size_t longestFrame = std::size_t{40} * 1024;

std::string sessionIdOf(const Config &config)
{
    const QString given =
        config.sessionId.isEmpty() ? sessionIdIn(QLatin1String(sessionIdFile)) : config.sessionId;
    if (!given.isEmpty()) {
        return given.toStdString();
    }
    return toText(UuidV7(freshSeed()).next(wallTime() / 1'000'000)); // milliseconds
}

Normalizer makeNormalizer(const Config &config, ApplicationIdentity &identity, bool isReplay)
{
    Normalizer normalizer(PathRules(config.rules),
                          Deduplicator(config.deduplicationWindow, config.deduplicationEntries, freshSeed()),
                          UuidV7(freshSeed()), identity);
    normalizer.setReportsLoopback(config.reportsLoopback);
    normalizer.setRecordsAreLive(!isReplay);
    return normalizer;
}

/// By cause, in all and for each type, as "lost" and "lost.file.opened". Returns their sum.
std::uint64_t addLosses(const SourceCounters &source, Statistics &totals)
{
    const std::array<std::pair<const char *, const SourceCounters::ByType *>, 3> causes = {{
        {"lost", &source.lost},
        {"raced", &source.raced},
        {"skipped", &source.skipped},
    }};
    std::uint64_t missed = 0;
    for (const auto &[cause, counts] : causes) {
        const QString name = QString::fromLatin1(cause);
        totals[name] = SourceCounters::total(*counts);
        missed += totals[name];
        for (const EventType type : eventTypes) {
            const std::string_view typeName = nameOf(type);
            totals[name + QLatin1Char('.') + QString::fromLatin1(typeName.data(), typeName.size())] =
                (*counts)[static_cast<std::size_t>(type)];
        }
    }
    totals[QStringLiteral("lost_bytes")] = source.lostBytes;
    return missed;
}

/// A replay sends nothing but itself, and leaves nothing behind: it has no spool.
std::unique_ptr<EventBusClient> makeBus(const Config &config, bool isReplay)
{
    if (!config.busEnabled) {
        return nullptr;
    }
    return std::make_unique<EventBusClient>(
        EventBusClient::Settings{config.producerSocket, config.busOwner, config.queueBytes,
                                 sessionIdOf(config)},
        config.spoolEnabled && !isReplay ? Spool::open(config.stateDirectory, config.spoolBytes) : nullptr);
}

void addDelivery(const EventBusCounters &delivery, Statistics &totals)
{
    const std::uint64_t droppedInQueue = delivery.droppedInQueue.value();
    const std::uint64_t droppedInSpool = delivery.droppedInSpool.value();
    totals[QStringLiteral("recovered")] = delivery.recovered.value();
    totals[QStringLiteral("delivered")] = delivery.delivered.value();
    totals[QStringLiteral("queued")] = delivery.queued.value();
    totals[QStringLiteral("spooled")] = delivery.spooled.value();
    totals[QStringLiteral("dropped")] = droppedInQueue + droppedInSpool;
    totals[QStringLiteral("dropped.queue")] = droppedInQueue;
    totals[QStringLiteral("dropped.spool")] = droppedInSpool;
    totals[QStringLiteral("spool_damaged")] = delivery.damaged.value();
    totals[QStringLiteral("queued_bytes")] = delivery.queuedBytes.value();
    totals[QStringLiteral("queued_bytes_max")] = delivery.queueCapacity.value();
    totals[QStringLiteral("spooled_bytes")] = delivery.spooledBytes.value();
    totals[QStringLiteral("spooled_bytes_max")] = delivery.spoolCapacity.value();
    addLatency(QLatin1String("bus"), delivery.delay, totals);
}

} // namespace

CaptureOptions captureOptionsOf(const Config &config)
{
    CaptureOptions options = config.capture;
    options.rememberedOpens = config.deduplicationEntries;
    return options;
}

CaptureSide::CaptureSide(const Config &config, EventRing &ring, RecordingFiles files)
    : replay(files.replay ? std::make_unique<ReplaySource>(std::move(*files.replay)) : nullptr)
    , bpf(replay ? nullptr : std::make_unique<BpfSource>(captureOptionsOf(config)))
    , source(replay ? static_cast<EventSource &>(*replay) : *bpf)
    , cgroups(replay ? nullptr : std::make_unique<CgroupTree>("/"))
    , identity(cgroups ? std::unique_ptr<ApplicationIdentity>(std::make_unique<CgroupIdentity>(*cgroups))
                       : std::make_unique<ExecutableIdentity>())
    , bus(makeBus(config, replay != nullptr))
    , pipeline(
          makeNormalizer(config, *identity, replay != nullptr), [this] { return realtimeOffset(); }, ring,
          bus.get(), config.busSelection)
    , recorder(files.record ? std::make_unique<Recorder>(
                                  std::move(*files.record), [this] { return realtimeOffset(); }, pipeline)
                            : nullptr)
    , muted(pipeline, recorder ? static_cast<RecordSink &>(*recorder) : pipeline,
            replay ? MutedRecords::Clock([] { return std::uint64_t{0}; }) // a time of another day
                   : MutedRecords::Clock(bootTime))
    , capture(source, muted)
    , filter(source, pipeline, {config.rules, config.deduplicationWindow},
             recorder ? CaptureFilter::Prefilter::PipelineOnly : CaptureFilter::Prefilter::UseSource)
{
    if (replay && bus) {
        // The kernel waits for nobody; a file can: nothing is dropped while there is a bus.
        QObject::connect(bus.get(), &EventBusClient::connectedChanged, &capture,
                         [this](bool connected) { busConnected = connected; });
        replay->setPace([this, most = config.queueBytes / longestFrame] {
            return !busConnected || bus->counters().queued.value() < most;
        });
    }
    if (bus) {
        QObject::connect(bus.get(), &EventBusClient::connectedChanged, &capture, &Capture::ignorePeer);
    }
}

Statistics CaptureSide::statistics() const
{
    const SourceCounters kernel = source.counters();
    const PipelineCounters &counters = pipeline.counters();
    Statistics totals{
        {QStringLiteral("counting_since"), quint64{since / 1000}},
        {QStringLiteral("malformed"), counters.malformed.value()},
        {QStringLiteral("filtered"), kernel.filtered + counters.filtered.value()},
        {QStringLiteral("duplicates"), kernel.duplicates + counters.duplicates.value()},
        {QStringLiteral("withheld"), counters.withheld.value()},
        {QStringLiteral("forwarded"), counters.forwarded.value()},
    };
    const std::uint64_t missed = addLosses(kernel, totals);
    totals[QStringLiteral("seen")] = counters.received.value() + kernel.filtered + kernel.duplicates + missed;
    const EventBusCounters none;
    addDelivery(bus ? bus->counters() : none, totals);
    return totals;
}

std::uint64_t CaptureSide::undelivered() const
{
    return bus ? bus->counters().queued.value() + bus->counters().droppedInQueue.value() : 0;
}

} // namespace lunaris
