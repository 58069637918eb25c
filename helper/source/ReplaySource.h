// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_REPLAYSOURCE_H
#define LUNARIS_HELPER_SOURCE_REPLAYSOURCE_H

#include "helper/recording/RecordingReader.h"
#include "helper/source/EventSource.h"

#include <QObject>
#include <QTimer>
#include <functional>

namespace lunaris
{

/// A recording instead of the kernel: the same records in the same order, as fast as they are taken.
/// The event loop gets its turn in between. Everything in it is handed out, whatever is wanted.
class ReplaySource final : public QObject, public EventSource
{
    Q_OBJECT

public:
    explicit ReplaySource(RecordingReader reader);

    /// Asked before every record: while `hasRoom` says no, nothing is handed out.
    void setPace(std::function<bool()> hasRoom) { m_hasRoom = std::move(hasRoom); }

    /// CLOCK_REALTIME − CLOCK_BOOTTIME in nanoseconds, when the record that is being handed out was made.
    std::int64_t realtimeOffset() const { return m_reader.realtimeOffset(); }

    [[nodiscard]] std::optional<SourceFailure> start(RecordSink &sink) override;
    [[nodiscard]] std::optional<SourceFailure> setWanted(EventTypes) override { return std::nullopt; }
    EventTypes missing() const override { return {}; }
    /// Filters nothing: that is the pipeline's part.
    [[nodiscard]] std::optional<SourceFailure> setFilter(const std::vector<PathRule> &rules,
                                                         std::chrono::nanoseconds window) override;
    std::vector<std::uint64_t> ruleHits() const override { return std::vector<std::uint64_t>(m_rules); }
    void stop() override;
    void ignorePeer(pid_t) override {}
    SourceCounters counters() const override { return {}; }
    QString method() const override { return QStringLiteral("replay"); }

Q_SIGNALS:
    /// Everything was handed out; `intact` unless the file was damaged or cut off.
    void finished(bool intact);

private:
    void takeTurn();

    RecordingReader m_reader;
    std::function<bool()> m_hasRoom;
    RecordSink *m_sink = nullptr;
    std::size_t m_rules = 0; // how many were set
    QTimer m_turns;
};

} // namespace lunaris

#endif
