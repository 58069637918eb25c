// SPDX-License-Identifier: MIT
#include "helper/source/ReplaySource.h"

#include <QDateTime>
#include <QLoggingCategory>
#include <chrono>
#include <utility>

namespace lunaris
{

Q_LOGGING_CATEGORY(logReplay, "lunaris.kernel.replay")

namespace
{

using namespace std::chrono_literals;

/// Records handed out before the event loop gets its turn.
constexpr int turnLength = 4096;

/// How long to leave alone who has no room.
constexpr std::chrono::milliseconds respite = 2ms;

} // namespace

ReplaySource::ReplaySource(RecordingReader reader) : m_reader(std::move(reader))
{
    connect(&m_turns, &QTimer::timeout, this, &ReplaySource::takeTurn);
}

std::optional<SourceFailure> ReplaySource::start(RecordSink &sink)
{
    m_sink = &sink;
    const recording::Facts &facts = m_reader.facts();
    qCInfo(logReplay, "Replaying %s, recorded on %s with kernel %s from %ls on.", m_reader.file().c_str(),
           facts.host.c_str(), facts.kernelRelease.c_str(),
           qUtf16Printable(
               QDateTime::fromMSecsSinceEpoch(facts.startTime / 1000, Qt::UTC).toString(Qt::ISODate)));
    m_turns.start(0ms);
    return std::nullopt;
}

std::optional<SourceFailure> ReplaySource::setFilter(const std::vector<PathRule> &rules,
                                                     std::chrono::nanoseconds)
{
    m_rules = rules.size();
    return std::nullopt;
}

void ReplaySource::stop()
{
    m_turns.stop();
}

void ReplaySource::takeTurn()
{
    bool hasRoom = true;
    for (int turn = 0; turn < turnLength; ++turn) {
        hasRoom = !m_hasRoom || m_hasRoom();
        if (!hasRoom) {
            break;
        }
        const auto record = m_reader.next();
        if (!record) {
            m_turns.stop();
            m_sink->endOfBatch();
            const bool intact = m_reader.problem().empty();
            if (!intact) {
                qCWarning(logReplay, "%s", m_reader.problem().c_str());
            }
            qCInfo(logReplay, "The replay is over after %llu records.",
                   static_cast<unsigned long long>(m_reader.records()));
            Q_EMIT finished(intact);
            return;
        }
        m_sink->record(*record);
    }
    m_sink->endOfBatch();
    if (const auto pause = hasRoom ? 0ms : respite; pause != m_turns.intervalAsDuration()) {
        m_turns.setInterval(pause);
    }
}

} // namespace lunaris
