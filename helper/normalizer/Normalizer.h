// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_NORMALIZER_H
#define LUNARIS_HELPER_NORMALIZER_NORMALIZER_H

#include "dbus/rules/PathRules.h"
#include "helper/normalizer/ApplicationIdentity.h"
#include "helper/normalizer/Deduplicator.h"
#include "helper/normalizer/Event.h"
#include "helper/normalizer/ProcessTable.h"
#include "helper/normalizer/Uuid.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

namespace lunaris
{

/// Records of the kernel in, clean events out: path rules, deduplication, identity, an id and the
/// wall clock. Pure: the same records, rules, clock and seeds give the same events. Not thread-safe.
class Normalizer
{
public:
    enum class Verdict {
        Kept,
        Filtered,  ///< a path rule left it out, or it stays on this machine
        Duplicate, ///< the same process opened the same path a moment ago
        Malformed, ///< not a record
        Noted,     ///< no event, but something to remember: a fork, a process that was there before
    };

    /// `identity` must outlive the normalizer.
    Normalizer(PathRules rules, Deduplicator deduplicator, UuidV7 ids, ApplicationIdentity &identity);

    /// `realtimeOffset` is CLOCK_REALTIME − CLOCK_BOOTTIME in nanoseconds. `event` is written only
    /// when it is kept; it points into `record` and into the normalizer, until the next call.
    [[nodiscard]] Verdict normalize(std::span<const std::byte> record, std::int64_t realtimeOffset,
                                    Event &event);

    /// Only who its process is, for later records; nothing comes of it itself.
    void note(std::span<const std::byte> record);

    /// From the next record on; what was counted for rules that stay is kept. Built before the call, so
    /// that the capture does not wait for it.
    void setRules(PathRules rules);
    const PathRules &rules() const { return m_rules; }

    /// As Deduplicator::setWindow().
    void setDeduplicationWindow(std::chrono::nanoseconds window) { m_deduplicator.setWindow(window); }

    /// Whether connections of the machine with itself are events; at first they are filtered.
    void setReportsLoopback(bool reports) { m_reportsLoopback = reports; }

    /// Whether records are of this boot, and just made; if not, Event::kernelTime is 0. At first they are.
    void setRecordsAreLive(bool live) { m_recordsAreLive = live; }

private:
    // Both also find the subject, which a kept event needs.
    Verdict judge(const Record &record, std::string_view &subject);
    Verdict judgeConnection(const Record &record, std::string_view &subject);
    std::string_view subjectOf(const Record &record);
    void remember(const Record &record);
    void describe(const Record &record, std::string_view subject, std::int64_t realtimeOffset, Event &event);

    PathRules m_rules;
    Deduplicator m_deduplicator;
    UuidV7 m_ids;
    ApplicationIdentity &m_identity;
    ProcessTable m_processes;
    bool m_reportsLoopback = false;
    bool m_recordsAreLive = true;
    std::string m_made;                // the subject of a failed open or of a connection
    std::optional<ProcessKey> m_ended; // a process to forget: its exit still speaks of it
};

} // namespace lunaris

#endif
