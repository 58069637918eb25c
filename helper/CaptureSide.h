// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_CAPTURESIDE_H
#define LUNARIS_HELPER_CAPTURESIDE_H

#include "dbus/MonitorEvent.h"
#include "helper/Config.h"
#include "helper/RecordingFiles.h"
#include "helper/bus/EventBusClient.h"
#include "helper/identity/CgroupTree.h"
#include "helper/normalizer/CgroupIdentity.h"
#include "helper/pipeline/Capture.h"
#include "helper/pipeline/CaptureFilter.h"
#include "helper/pipeline/EventRing.h"
#include "helper/pipeline/MutedRecords.h"
#include "helper/pipeline/Pipeline.h"
#include "helper/pipeline/Recorder.h"
#include "helper/pipeline/WallClock.h"
#include "helper/source/BpfSource.h"
#include "helper/source/ReplaySource.h"
#include "helper/timing/Clocks.h"

#include <cstdint>
#include <memory>

namespace lunaris
{

/// What the kernel remembers of opens is the deduplication's memory.
CaptureOptions captureOptionsOf(const Config &config);

/// Everything that lives on the capture thread, composed; made and destroyed there. Part of main.
struct CaptureSide {
    CaptureSide(const Config &config, EventRing &ring, RecordingFiles files);

    /// The totals of GetStatistics; from any thread.
    Statistics statistics() const;

    /// Events that did not reach the Event Bus, of a replay; from any thread.
    std::uint64_t undelivered() const;

    std::int64_t realtimeOffset() const { return replay ? replay->realtimeOffset() : clock.offset(); }

    const std::uint64_t since = wallTime(); ///< nanoseconds since the epoch
    WallClock clock;
    std::unique_ptr<ReplaySource> replay;
    std::unique_ptr<BpfSource> bpf; // unless it is a replay
    EventSource &source;
    std::unique_ptr<CgroupTree> cgroups; // unless it is a replay: the ids in it are of another time
    std::unique_ptr<ApplicationIdentity> identity;
    std::unique_ptr<EventBusClient> bus;
    bool busConnected = false;
    Pipeline pipeline;
    std::unique_ptr<Recorder> recorder;
    MutedRecords muted;
    Capture capture;
    CaptureFilter filter;
};

} // namespace lunaris

#endif
