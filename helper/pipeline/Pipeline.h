// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_PIPELINE_PIPELINE_H
#define LUNARIS_HELPER_PIPELINE_PIPELINE_H

#include "helper/Counter.h"
#include "helper/normalizer/Normalizer.h"
#include "helper/source/EventSource.h"

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

namespace lunaris
{

/// What the Event Bus gets of privileged activity ([bus] privileged_events): the bus shows events of
/// uid 0 to every user, and a backup that root makes of one person's home is nobody else's business.
enum class PrivilegedEvents {
    Public, ///< processes, connections, and files that root owns
    All,
    None,
};

/// What the Event Bus gets of what passed the rules; the rest is counted as withheld.
struct BusSelection {
    EventTypes types = EventTypes::usual();
    PrivilegedEvents privileged = PrivilegedEvents::Public;
    bool directories = true; ///< opens of directories, too

    bool contains(const Event &event) const;
};

/// Totals of the way between source and sinks; readable from any thread.
struct PipelineCounters {
    Counter received;
    Counter malformed;
    Counter filtered;
    Counter duplicates;
    Counter withheld;
    Counter forwarded;
};

/// Records in, events out to two sinks: the tap for subscribers and the Event Bus. Capture thread only,
/// but for the counters.
class Pipeline final : public RecordSink
{
public:
    /// `bus` may be null: then nothing is forwarded. `realtimeOffset` as in Normalizer::normalize().
    Pipeline(Normalizer normalizer, std::function<std::int64_t()> realtimeOffset, EventSink &tap,
             EventSink *bus, const BusSelection &busSelection);

    void record(std::span<const std::byte> bytes) override;
    void endOfBatch() override;

    /// As Normalizer::note(); counted nowhere.
    void note(std::span<const std::byte> bytes) { m_normalizer.note(bytes); }

    /// Both take effect between two records.
    void setRules(PathRules rules) { m_normalizer.setRules(std::move(rules)); }
    void setDeduplicationWindow(std::chrono::nanoseconds window)
    {
        m_normalizer.setDeduplicationWindow(window);
    }

    /// The rules with their hits, longest prefix first.
    const std::vector<PathRule> &rules() const { return m_normalizer.rules().rules(); }

    const PipelineCounters &counters() const { return m_counters; }

private:
    void deliver(const Event &event);

    Normalizer m_normalizer;
    std::function<std::int64_t()> m_realtimeOffset;
    EventSink &m_tap;
    EventSink *m_bus;
    const BusSelection m_busSelection;
    PipelineCounters m_counters;
};

} // namespace lunaris

#endif
