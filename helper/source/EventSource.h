// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_EVENTSOURCE_H
#define LUNARIS_HELPER_SOURCE_EVENTSOURCE_H

#include "helper/normalizer/EventType.h"

#include <QString>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <sys/types.h>

namespace lunaris
{

/// Where records go, on the thread that runs the source.
class RecordSink
{
public:
    virtual ~RecordSink() = default;

    /// One record in the layout of bpf/events.h, unchecked; valid until the call returns.
    virtual void record(std::span<const std::byte> bytes) = 0;

    /// Nothing more is waiting at the moment, or others on the thread need their turn.
    virtual void endOfBatch() = 0;
};

/// Why a source could not start.
struct SourceFailure {
    QString reason;   ///< a code of dbus/StateReason.h
    QString sentence; ///< for the log
};

/// What the source itself lost; totals since it was made.
struct SourceCounters {
    std::uint64_t lost = 0;  ///< no room in the kernel's ring buffer
    std::uint64_t raced = 0; ///< the descriptor was gone before the call had returned
};

/// Makes records. Lives on one thread and needs its event loop; only counters() may be called from
/// any thread.
class EventSource
{
public:
    virtual ~EventSource() = default;

    /// Starts or, after stop(), starts again.
    [[nodiscard]] virtual std::optional<SourceFailure> start(RecordSink &sink) = 0;

    /// Which types somebody wants; the rest need not be recorded. May be called at any time, and takes
    /// effect at once when started. At first none.
    virtual void setWanted(EventTypes types) = 0;

    /// Stops, and hands out what was recorded until then.
    virtual void stop() = 0;

    /// Leaves out one more process beside our own: the Event Bus that we write to. 0 = none.
    virtual void ignorePeer(pid_t pid) = 0;

    virtual SourceCounters counters() const = 0;

    /// The property CaptureMethod.
    virtual QString method() const = 0;
};

} // namespace lunaris

#endif
