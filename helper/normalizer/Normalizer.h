// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_NORMALIZER_H
#define LUNARIS_HELPER_NORMALIZER_NORMALIZER_H

#include "helper/normalizer/ApplicationIdentity.h"
#include "helper/normalizer/Deduplicator.h"
#include "helper/normalizer/Event.h"
#include "helper/normalizer/PathRules.h"
#include "helper/normalizer/Uuid.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace lunaris
{

/// Records of the kernel in, clean events out: path rules, deduplication, identity, an id and the
/// wall clock. Pure: the same records, rules, clock and seeds give the same events. Not thread-safe.
class Normalizer
{
public:
    enum class Verdict {
        Kept,
        Filtered,  ///< a path rule left it out
        Duplicate, ///< the same process opened the same path a moment ago
        Malformed, ///< not a record
    };

    /// `identity` must outlive the normalizer.
    Normalizer(PathRules rules, Deduplicator deduplicator, UuidV7 ids, ApplicationIdentity &identity);

    /// `realtimeOffset` is CLOCK_REALTIME − CLOCK_BOOTTIME in nanoseconds. `event` is written only
    /// when it is kept, and points into `record`.
    [[nodiscard]] Verdict normalize(std::span<const std::byte> record, std::int64_t realtimeOffset,
                                    Event &event);

private:
    Verdict judge(const OpenRecord &record);

    PathRules m_rules;
    Deduplicator m_deduplicator;
    UuidV7 m_ids;
    ApplicationIdentity &m_identity;
};

} // namespace lunaris

#endif
