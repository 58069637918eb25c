// SPDX-License-Identifier: MIT
#include "helper/pipeline/MutedRecords.h"

#include "bpf/events.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace lunaris
{

MutedRecords::MutedRecords(Pipeline &pipeline, RecordSink &next, Clock clock)
    : m_pipeline(pipeline), m_next(next), m_clock(std::move(clock))
{
}

void MutedRecords::mute(uid_t uid)
{
    const auto [entry, isNew] = m_muted.try_emplace(uid, Span{m_clock()});
    if (!isNew) {
        // Muted again: of the time before there may be records still, and rather one too few is told.
        entry->second.until = Span().until;
    }
}

void MutedRecords::unmute(uid_t uid)
{
    const auto found = m_muted.find(uid);
    if (found != m_muted.end()) {
        found->second.until = std::min(found->second.until, m_clock());
    }
}

void MutedRecords::record(std::span<const std::byte> bytes)
{
    lkm_record_header header{};
    if (!m_muted.empty() && bytes.size() >= sizeof(header)) {
        std::memcpy(&header, bytes.data(), sizeof(header));
        const auto found = m_muted.find(header.uid);
        if (found != m_muted.end() && header.boot_ns >= found->second.from &&
            header.boot_ns < found->second.until) {
            m_pipeline.note(bytes);
            return;
        }
    }
    m_next.record(bytes);
}

void MutedRecords::endOfBatch()
{
    m_next.endOfBatch();
}

} // namespace lunaris
