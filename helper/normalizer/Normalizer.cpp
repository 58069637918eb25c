// SPDX-License-Identifier: MIT
#include "helper/normalizer/Normalizer.h"

#include "helper/normalizer/PeerAddress.h"

#include <algorithm>
#include <fcntl.h>
#include <optional>
#include <sys/stat.h>
#include <utility>

namespace lunaris
{

namespace
{

/// More processes than a desktop ever runs.
constexpr std::size_t processes = 32'768;

bool isOpen(lkm_record_type type)
{
    return type == LKM_RECORD_OPEN || type == LKM_RECORD_OPEN_FAILED;
}

bool isFile(lkm_record_type type)
{
    return isOpen(type) || type == LKM_RECORD_WRITTEN;
}

bool isConnection(lkm_record_type type)
{
    return type == LKM_RECORD_CONNECT || type == LKM_RECORD_ACCEPT;
}

Deduplicator::Access accessOf(const Record &record)
{
    // A failed open has no file to ask: what the caller wanted counts.
    const std::uint32_t flags = record.fields.flags;
    const bool writes = record.type() == LKM_RECORD_OPEN
                            ? (record.fields.attributes & LKM_ATTRIBUTE_WRITABLE) != 0
                            : (flags & O_ACCMODE) != O_RDONLY || (flags & O_TRUNC) != 0;
    return writes ? Deduplicator::Access::Write : Deduplicator::Access::Read;
}

ProcessKey keyOf(const lkm_record_header &header)
{
    return {header.tgid, header.start_ns};
}

} // namespace

Normalizer::Normalizer(PathRules rules, Deduplicator deduplicator, UuidV7 ids, ApplicationIdentity &identity)
    : m_rules(std::move(rules))
    , m_deduplicator(std::move(deduplicator))
    , m_ids(ids)
    , m_identity(identity)
    , m_processes(processes)
{
}

void Normalizer::setRules(PathRules rules)
{
    rules.takeHitsOf(m_rules);
    m_rules = std::move(rules);
}

Normalizer::Verdict Normalizer::normalize(std::span<const std::byte> bytes, std::int64_t realtimeOffset,
                                          Event &event)
{
    const std::optional<Record> record = readRecord(bytes);
    if (!record) {
        return Verdict::Malformed;
    }
    remember(*record);
    std::string_view subject;
    const Verdict verdict =
        isConnection(record->type()) ? judgeConnection(*record, subject) : judge(*record, subject);
    if (verdict == Verdict::Kept) {
        describe(*record, subject, realtimeOffset, event);
    }
    return verdict;
}

void Normalizer::note(std::span<const std::byte> bytes)
{
    if (const std::optional<Record> record = readRecord(bytes)) {
        remember(*record);
    }
}

void Normalizer::remember(const Record &record)
{
    const lkm_record_header &header = record.fields.header;
    if (m_ended) {
        m_processes.exited(*m_ended); // its last event was handed on
        m_ended.reset();
    }
    switch (record.type()) {
    case LKM_RECORD_EXIT:
        m_ended = keyOf(header);
        break;
    case LKM_RECORD_EXEC:
    case LKM_RECORD_RUNNING:
        m_processes.runs(keyOf(header), record.path);
        break;
    case LKM_RECORD_FORK:
        m_processes.forked({header.ppid, static_cast<std::uint64_t>(record.fields.value)}, keyOf(header));
        break;
    default:
        break;
    }
}

/// A path for files, the executable for processes.
std::string_view Normalizer::subjectOf(const Record &record)
{
    if (record.type() == LKM_RECORD_EXIT) {
        return textOf(m_processes.processOf(keyOf(record.fields.header)).executable);
    }
    if (record.type() != LKM_RECORD_OPEN_FAILED) {
        return record.path;
    }
    if (record.name.starts_with('/') || record.path.empty()) {
        return record.name;
    }
    m_made = record.path;
    if (!m_made.ends_with('/')) {
        m_made += '/';
    }
    m_made += record.name;
    return m_made;
}

Normalizer::Verdict Normalizer::judgeConnection(const Record &record, std::string_view &subject)
{
    const std::optional<PeerAddress> peer = PeerAddress::read(record.name);
    if (!peer) {
        return Verdict::Malformed;
    }
    if (peer->isLoopback() && !m_reportsLoopback) {
        return Verdict::Filtered;
    }
    m_made = peer->toText();
    subject = m_made;
    return Verdict::Kept;
}

Normalizer::Verdict Normalizer::judge(const Record &record, std::string_view &subject)
{
    const lkm_record &fields = record.fields;
    if (!eventTypeOf(record.type())) {
        return Verdict::Noted;
    }
    subject = subjectOf(record);
    if (!isFile(record.type()) || fields.attributes & LKM_ATTRIBUTE_TRUNCATED) {
        return Verdict::Kept; // rules are about files, and of an unknown path nothing can be said
    }
    if (!m_rules.keeps(subject, S_ISDIR(fields.mode))) {
        return Verdict::Filtered;
    }
    // What the kernel has compared it takes for told, and compares later opens with: a second opinion,
    // from another memory, would leave a gap.
    if (!isOpen(record.type()) || fields.attributes & LKM_ATTRIBUTE_COMPARED) {
        return Verdict::Kept;
    }
    const std::int32_t error =
        record.type() == LKM_RECORD_OPEN_FAILED ? static_cast<std::int32_t>(fields.value) : 0;
    const bool repeated = m_deduplicator.isDuplicate(fields.header.tgid, subject, accessOf(record),
                                                     fields.header.boot_ns, error);
    return repeated ? Verdict::Duplicate : Verdict::Kept;
}

void Normalizer::describe(const Record &record, std::string_view subject, std::int64_t realtimeOffset,
                          Event &event)
{
    const lkm_record &fields = record.fields;
    const lkm_record_header &header = fields.header;
    // Unsigned, as a record may hold any number. A clock before 1970 must not become a timestamp that
    // the bus takes for missing.
    const auto wallClock =
        static_cast<std::int64_t>(header.boot_ns + static_cast<std::uint64_t>(realtimeOffset));
    event.timestamp = std::max<std::int64_t>(wallClock / 1000, 1);
    // A sum of writes waits on purpose, with the time of the first of them.
    const bool isAtOnce = record.type() != LKM_RECORD_WRITTEN;
    event.kernelTime = m_recordsAreLive && isAtOnce ? header.boot_ns : 0;
    event.id = m_ids.next(static_cast<std::uint64_t>(event.timestamp / 1000));
    event.type = *eventTypeOf(record.type());
    event.pid = header.tgid;
    event.parentPid = header.ppid;
    event.uid = header.uid;
    event.privileged = header.uid == 0 || header.fsuid != header.uid;
    event.owner = fields.owner;
    event.cgroup = header.cgroup;
    event.comm = record.comm;
    event.application = m_identity.applicationOf(record, m_processes.processOf(keyOf(header)));
    event.subject = subject;
    event.flags = fields.flags;
    event.mode = fields.mode;
    event.value = fields.value;
    event.attributes = fields.attributes & LKM_ATTRIBUTES_PUBLIC;
}

} // namespace lunaris
