// SPDX-License-Identifier: MIT
#include "helper/pipeline/Recorder.h"

#include <QLoggingCategory>
#include <utility>

namespace lunaris
{

Q_LOGGING_CATEGORY(logRecorder, "lunaris.kernel.recorder")

Recorder::Recorder(RecordingWriter writer, std::function<std::int64_t()> realtimeOffset, RecordSink &next)
    : m_writer(std::move(writer)), m_realtimeOffset(std::move(realtimeOffset)), m_next(next)
{
    qCWarning(logRecorder, "Everything that everybody does is recorded in %s, whatever the rules leave out.",
              m_writer.file().c_str());
}

Recorder::~Recorder()
{
    m_writer.flush();
    qCInfo(logRecorder, "There are %llu records in %s.", static_cast<unsigned long long>(m_writer.records()),
           m_writer.file().c_str());
}

void Recorder::record(std::span<const std::byte> bytes)
{
    m_writer.add(bytes, m_realtimeOffset());
    m_next.record(bytes);
}

void Recorder::endOfBatch()
{
    m_writer.flush();
    if (!m_writer.problem().empty() && !std::exchange(m_complained, true)) {
        qCWarning(logRecorder, "%s", m_writer.problem().c_str());
    }
    m_next.endOfBatch();
}

} // namespace lunaris
