// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_PIPELINE_RECORDER_H
#define LUNARIS_HELPER_PIPELINE_RECORDER_H

#include "helper/recording/RecordingWriter.h"
#include "helper/source/EventSource.h"

#include <functional>

namespace lunaris
{

/// Writes down every record on its way to another sink, before any rule is asked: everything of
/// everybody. When the file can take no more it says so, and records still pass.
class Recorder final : public RecordSink
{
public:
    /// `next` must outlive it. `realtimeOffset` as in Normalizer::normalize().
    Recorder(RecordingWriter writer, std::function<std::int64_t()> realtimeOffset, RecordSink &next);
    ~Recorder() override;

    void record(std::span<const std::byte> bytes) override;
    void endOfBatch() override;

private:
    RecordingWriter m_writer;
    std::function<std::int64_t()> m_realtimeOffset;
    RecordSink &m_next;
    bool m_complained = false;
};

} // namespace lunaris

#endif
