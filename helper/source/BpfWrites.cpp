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

/// Sums of files that a rule leaves out, and of those whose beginning found no room in the ring, wait in
/// the maps and nobody hears of them. They are taken out this often, so that they neither fill the maps nor
/// stay uncounted.
constexpr std::chrono::seconds sweepInterval{1};

} // namespace

bool BpfWrites::ByProcess::operator()(const lkm_write_key &a, const lkm_write_key &b) const
{
    return std::tie(a.tgid, a.program, a.device, a.inode, a.generation) <
           std::tie(b.tgid, b.program, b.device, b.inode, b.generation);
}

BpfWrites::BpfWrites(int sumsMap, std::uint32_t files, lkm_settings &settings, RecordSink &sink,
                     std::function<void()> drain)
    : m_sumsMap(sumsMap)
    , m_files(files)
    , m_settings(settings)
    , m_sink(sink)
    , m_drain(std::move(drain))
    , m_keys(files)
    , m_values(files)
{
    m_interval.setSingleShot(true);
    m_interval.setInterval(interval);
    m_sweep.setTimerType(Qt::VeryCoarseTimer);
    m_sweep.setInterval(sweepInterval);
    const auto end = [this] {
        endInterval();
        m_sink.endOfBatch();
    };
    connect(&m_interval, &QTimer::timeout, this, end);
    connect(&m_sweep, &QTimer::timeout, this, [this, end] {
        lkm_write_key first{};
        // An interval that was told to begin ends by itself; and where nobody writes the kernel need not wait
        // for anybody.
        if (!m_interval.isActive() &&
            bpf_map_get_next_key(m_sums[m_settings.write_interval & 1].fd(), nullptr, &first) == 0) {
            end();
        }
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

void BpfWrites::setWatching(bool watching)
{
    if (!watching) {
        m_sweep.stop();
    } else if (!m_sweep.isActive()) {
        m_sweep.start();
    }
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
            // Nobody adds to it any more: its threads are gone.
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
    if (m_begun[0].empty() && m_begun[1].empty()) {
        m_interval.stop(); // after stop() nothing may be handed out any more
    }
    m_sink.endOfBatch();
}

void BpfWrites::endInterval()
{
    const std::uint32_t ended = m_settings.write_interval & 1;
    std::atomic_ref(m_settings.write_interval).store(1 - ended);
    // Waits for the programs that still add to the old map; then the ring has all that began in it.
    if (m_sums[ended].putInto(m_sumsMap, ended)) {
        m_drain();
        takeAll(ended);
    } // else the sums stay where they are, until the next time
    if (!(m_begun[0].empty() && m_begun[1].empty()) && !m_interval.isActive()) {
        m_interval.start();
    }
}

void BpfWrites::takeAll(std::size_t ended)
{
    Begun begun = std::exchange(m_begun[ended], {});
    std::uint64_t position = 0; // the kernel's, of whatever kind
    std::uint32_t count = m_files;
    // There is room for all, so that one call is enough; ENOENT says that it came to the end.
    if (bpf_map_lookup_and_delete_batch(m_sums[ended].fd(), nullptr, &position, m_keys.data(),
                                        m_values.data(), &count, nullptr) != 0 &&
        errno != ENOENT) {
        m_begun[ended].merge(begun);
        return;
    }
    for (std::uint32_t i = 0; i < count; ++i) {
        take(m_keys[i], m_values[i], begun);
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
