// SPDX-License-Identifier: MIT
#include "helper/source/BpfWrites.h"

#include "helper/source/BpfPrograms.h"

#include <atomic>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <tuple>
#include <utility>

namespace lunaris
{

namespace
{

/// Leaves room for a busy machine: what was written is to be out after 600 ms.
constexpr std::chrono::milliseconds interval{400};

/// Sums read at once.
constexpr std::uint32_t portion = 1024;

} // namespace

bool BpfWrites::ByProcess::operator()(const lkm_write_key &a, const lkm_write_key &b) const
{
    return std::tie(a.tgid, a.device, a.inode, a.generation) <
           std::tie(b.tgid, b.device, b.inode, b.generation);
}

BpfWrites::BpfWrites(int sumsMap, std::uint32_t files, lkm_settings &settings, RecordSink &sink,
                     std::function<void()> drain)
    : m_sumsMap(sumsMap), m_files(files), m_settings(settings), m_sink(sink), m_drain(std::move(drain))
{
    m_interval.setSingleShot(true);
    m_interval.setInterval(interval);
    connect(&m_interval, &QTimer::timeout, this, [this] {
        endInterval();
        m_sink.endOfBatch();
    });
}

std::optional<SourceFailure> BpfWrites::prepare()
{
    for (std::uint32_t place = 0; place < m_sums.size(); ++place) {
        m_sums[place] = BpfMap(bpf_map_create(BPF_MAP_TYPE_HASH, "sums", sizeof(lkm_write_key),
                                              sizeof(lkm_write_sum), m_files, nullptr));
        if (m_sums[place].fd() < 0 || !m_sums[place].putInto(m_sumsMap, place)) {
            return rejected("Making a map for what is written", errno);
        }
    }
    return std::nullopt;
}

void BpfWrites::begin(std::span<const std::byte> record)
{
    lkm_record fields{};
    lkm_writing writing{};
    if (record.size() < sizeof(fields) + sizeof(writing)) {
        return;
    }
    std::memcpy(&fields, record.data(), sizeof(fields));
    std::memcpy(&writing, record.data() + record.size() - sizeof(writing), sizeof(writing));
    if (writing.interval >= m_begun.size() || fields.name_length != sizeof(writing)) {
        return;
    }
    // Two threads may both have begun; the first is right.
    const auto text = record.first(record.size() - sizeof(writing));
    m_begun[writing.interval].try_emplace(writing.key, text.begin(), text.end());
    if (!m_interval.isActive()) {
        m_interval.start();
    }
}

void BpfWrites::finish(std::uint32_t tgid)
{
    for (std::size_t place = 0; place < m_begun.size(); ++place) {
        Begun &begun = m_begun[place];
        auto entry = begun.lower_bound(lkm_write_key{0, 0, 0, tgid, 0});
        while (entry != begun.end() && entry->first.tgid == tgid) {
            lkm_write_sum sum{};
            // Nobody adds to it any more: that was its last thread.
            if (bpf_map_lookup_and_delete_elem(m_sums[place].fd(), &entry->first, &sum) == 0) {
                report(entry->second, sum.bytes);
            }
            entry = begun.erase(entry);
        }
    }
}

void BpfWrites::flush()
{
    endInterval();
    endInterval(); // and what was written while the first one ended
}

void BpfWrites::endInterval()
{
    const std::uint32_t ended = m_settings.write_interval & 1;
    std::atomic_ref(m_settings.write_interval).store(1 - ended);
    // Waits for the programs that still add to the old map; then the ring has all that began in it.
    if (!m_sums[ended].putInto(m_sumsMap, ended)) {
        return; // the sums stay where they are, until the next time
    }
    m_drain();

    Begun begun = std::exchange(m_begun[ended], {});
    std::vector<lkm_write_key> keys(portion);
    std::vector<lkm_write_sum> values(portion);
    std::uint64_t position = 0; // the kernel's, of whatever kind
    void *from = nullptr;
    int error = 0;
    do {
        std::uint32_t count = portion;
        error = bpf_map_lookup_and_delete_batch(m_sums[ended].fd(), from, &position, keys.data(),
                                                values.data(), &count, nullptr) == 0
                    ? 0
                    : errno;
        if (error == ENOSPC && keys.size() < m_files) { // a bucket with more sums than we have room for
            keys.resize(m_files);
            values.resize(m_files);
        }
        for (std::uint32_t i = 0; (error == 0 || error == ENOENT) && i < count; ++i) {
            take(keys[i], values[i], begun);
        }
        from = &position;
    } while (error == 0);
    if (!m_begun[1 - ended].empty() && !m_interval.isActive()) {
        m_interval.start();
    }
}

void BpfWrites::take(const lkm_write_key &key, const lkm_write_sum &sum, Begun &begun)
{
    const auto entry = begun.find(key);
    if (entry != begun.end()) {
        report(entry->second, sum.bytes);
    } else if (sum.state == LKM_WRITE_FILTERED) {
        m_filtered.add(1);
    } else {
        m_lostSums.add(1); // the ring was full when it began
        m_lostBytes.add(sum.bytes);
    }
}

/// Makes a record of what was begun.
void BpfWrites::report(std::vector<std::byte> &record, std::uint64_t bytes)
{
    lkm_record fields{};
    std::memcpy(&fields, record.data(), sizeof(fields));
    fields.header.type = LKM_RECORD_WRITTEN;
    fields.header.size = static_cast<std::uint16_t>(record.size());
    fields.name_length = 0;
    fields.value = static_cast<std::int64_t>(bytes);
    std::memcpy(record.data(), &fields, sizeof(fields));
    m_sink.record(record);
}

} // namespace lunaris
