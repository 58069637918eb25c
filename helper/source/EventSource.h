// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_EVENTSOURCE_H
#define LUNARIS_HELPER_SOURCE_EVENTSOURCE_H

#include "dbus/rules/PathRules.h"
#include "helper/normalizer/EventType.h"

#include <QString>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <optional>
#include <span>
#include <sys/types.h>
#include <vector>

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

/// What became of activity before there was a record of it; totals since the source was made.
struct SourceCounters {
    /// By EventType, and at `noEvent` what only tells who a process is.
    using ByType = std::array<std::uint64_t, eventTypes.size() + 1>;
    static constexpr std::size_t noEvent = eventTypes.size();

    ByType lost{};                ///< no room in the kernel's ring buffer
    ByType raced{};               ///< the descriptor was gone before the call had returned
    ByType skipped{};             ///< the kernel left the program out, because it ran on that CPU already
    std::uint64_t lostBytes = 0;  ///< written, nobody knows where
    std::uint64_t filtered = 0;   ///< left out by the rules of setFilter()
    std::uint64_t duplicates = 0; ///< left out as it repeats what was told less than the window ago

    static std::uint64_t total(const ByType &counts)
    {
        return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    }
};

/// Makes records. Lives on one thread and needs its event loop; only counters() may be called from
/// any thread.
class EventSource
{
public:
    virtual ~EventSource() = default;

    /// Starts or, after stop(), starts again; once started, tries again what is missing(). Fails when
    /// nothing at all can be recorded.
    [[nodiscard]] virtual std::optional<SourceFailure> start(RecordSink &sink) = 0;

    /// Which types somebody wants; the rest need not be recorded. May be called at any time, and takes
    /// effect at once when started; a failure then is as start()'s, and nothing is recorded until that is
    /// called again. At first none.
    [[nodiscard]] virtual std::optional<SourceFailure> setWanted(EventTypes types) = 0;

    /// Of the types that somebody wants those which are not recorded, or not all of them, although we are
    /// started.
    virtual EventTypes missing() const = 0;

    /// What need not be recorded, if the source can tell: files that these rules leave out, and opens
    /// that repeat one recorded less than `window` ago (0: none). May be called at any time; from when
    /// it returns only these rules count, and a failure leaves the old ones.
    [[nodiscard]] virtual std::optional<SourceFailure> setFilter(const std::vector<PathRule> &rules,
                                                                 std::chrono::nanoseconds window) = 0;

    /// How often each rule of setFilter() left something out here, in their order.
    virtual std::vector<std::uint64_t> ruleHits() const = 0;

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
