// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_PIPELINE_MUTEDRECORDS_H
#define LUNARIS_HELPER_PIPELINE_MUTEDRECORDS_H

#include "helper/pipeline/Pipeline.h"
#include "helper/source/EventSource.h"
#include "helper/timing/Clocks.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <sys/types.h>
#include <unordered_map>

namespace lunaris
{

/// Keeps what some users do from everything behind it: recording, backlog, subscribers, Event Bus. Only who
/// their processes are is remembered, or they would be misnamed afterwards. Capture thread only.
class MutedRecords final : public RecordSink
{
public:
    /// Nanoseconds since boot, as records have them.
    using Clock = std::function<std::uint64_t()>;

    /// Both must outlive it; `next` leads to `pipeline`, or is it.
    MutedRecords(Pipeline &pipeline, RecordSink &next, Clock clock = bootTime);

    /// By the time of the records, as many a one arrives late: what happened before is still handed on,
    /// what happened while muted never is.
    void mute(uid_t uid);
    void unmute(uid_t uid);

    void record(std::span<const std::byte> bytes) override;
    void endOfBatch() override;

private:
    struct Span {
        std::uint64_t from = 0;
        std::uint64_t until = std::numeric_limits<std::uint64_t>::max();
    };

    Pipeline &m_pipeline;
    RecordSink &m_next;
    const Clock m_clock;
    std::unordered_map<uid_t, Span> m_muted; // also of who is not any more: records may be on their way
};

} // namespace lunaris

#endif
