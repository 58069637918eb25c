// SPDX-License-Identifier: MIT
#include "helper/normalizer/Normalizer.h"

#include <algorithm>
#include <optional>
#include <sys/stat.h>
#include <utility>

namespace lunaris
{

Normalizer::Normalizer(PathRules rules, Deduplicator deduplicator, UuidV7 ids, ApplicationIdentity &identity)
    : m_rules(std::move(rules)), m_deduplicator(std::move(deduplicator)), m_ids(ids), m_identity(identity)
{
}

Normalizer::Verdict Normalizer::judge(const OpenRecord &record)
{
    const lkm_open_record &fields = record.fields;
    if (fields.attributes & LKM_ATTRIBUTE_TRUNCATED) {
        return Verdict::Kept; // of an unknown path nothing can be said
    }
    if (!m_rules.keeps(record.path, S_ISDIR(fields.mode))) {
        return Verdict::Filtered;
    }
    const auto access =
        fields.attributes & LKM_ATTRIBUTE_WRITABLE ? Deduplicator::Access::Write : Deduplicator::Access::Read;
    const bool repeated =
        m_deduplicator.isDuplicate(fields.header.tgid, record.path, access, fields.header.boot_ns);
    return repeated ? Verdict::Duplicate : Verdict::Kept;
}

Normalizer::Verdict Normalizer::normalize(std::span<const std::byte> bytes, std::int64_t realtimeOffset,
                                          Event &event)
{
    const std::optional<OpenRecord> record = readOpenRecord(bytes);
    if (!record) {
        return Verdict::Malformed;
    }
    const Verdict verdict = judge(*record);
    if (verdict != Verdict::Kept) {
        return verdict;
    }

    const lkm_open_record &fields = record->fields;
    const lkm_record_header &header = fields.header;
    // Unsigned, as a record may hold any number. A clock before 1970 must not become a timestamp that
    // the bus takes for missing.
    const auto wallClock =
        static_cast<std::int64_t>(header.boot_ns + static_cast<std::uint64_t>(realtimeOffset));
    event.timestamp = std::max<std::int64_t>(wallClock / 1000, 1);
    event.id = m_ids.next(static_cast<std::uint64_t>(event.timestamp / 1000));
    event.type = EventType::FileOpened;
    event.pid = header.tgid;
    event.parentPid = header.ppid;
    event.uid = header.uid;
    event.privileged = header.uid == 0 || header.fsuid != header.uid;
    event.owner = fields.owner;
    event.cgroup = header.cgroup;
    event.comm = record->comm;
    event.application = m_identity.applicationOf(*record);
    event.subject = record->path;
    event.flags = fields.flags;
    event.mode = fields.mode;
    event.value = fields.fd;
    event.attributes = fields.attributes & LKM_ATTRIBUTES_PUBLIC;
    return Verdict::Kept;
}

} // namespace lunaris
