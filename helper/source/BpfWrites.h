// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_BPFWRITES_H
#define LUNARIS_HELPER_SOURCE_BPFWRITES_H

#include "bpf/events.h"
#include "helper/Counter.h"
#include "helper/source/BpfMap.h"
#include "helper/source/EventSource.h"

#include <QObject>
#include <QTimer>
#include <array>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <vector>

namespace lunaris
{

/// What was written, put together of the record that tells who began to write which file, and of the
/// sum that the kernel has when the interval is over or the process is. Makes records of the type
/// WRITTEN. Every byte is in one of them, or counted as lost.
class BpfWrites final : public QObject
{
    Q_OBJECT

public:
    /// The map `sums` of bpf/write.bpf.h, how many sums each of its two maps holds, and the settings
    /// that the programs read. `drain` hands out all records that are in the ring.
    BpfWrites(int sumsMap, std::uint32_t files, lkm_settings &settings, RecordSink &sink,
              std::function<void()> drain);

    /// Makes the maps.
    [[nodiscard]] std::optional<SourceFailure> prepare();

    /// While writes are watched, intervals end also when nobody was told that one began.
    void setWatching(bool watching);

    /// A record of the type WRITING.
    void begin(std::span<const std::byte> record);

    /// The process is gone, or runs another program: what it has written goes out before that is said.
    void finish(std::uint32_t tgid);

    /// All that was written until now goes out.
    void flush();

    std::uint64_t lostSums() const { return m_lostSums.value(); }   ///< nobody knows of which file
    std::uint64_t lostBytes() const { return m_lostBytes.value(); } ///< in them
    std::uint64_t filtered() const { return m_filtered.value(); }   ///< sums that a path rule left out

private:
    struct ByProcess {
        bool operator()(const lkm_write_key &a, const lkm_write_key &b) const;
    };
    using Begun = std::map<lkm_write_key, std::vector<std::byte>, ByProcess>;

    void endInterval();
    void takeAll(std::size_t ended);
    void take(const lkm_write_key &key, const lkm_write_sum &sum, Begun &begun);
    void report(std::vector<std::byte> &record, std::uint64_t bytes);

    const int m_sumsMap;
    const std::uint32_t m_files;
    lkm_settings &m_settings;
    RecordSink &m_sink;
    const std::function<void()> m_drain;
    std::array<BpfMap, 2> m_sums;
    std::array<Begun, 2> m_begun;      // of each of the two maps
    std::vector<lkm_write_key> m_keys; // room for a whole map
    std::vector<lkm_write_sum> m_values;
    QTimer m_interval; // runs while anything was begun
    QTimer m_sweep;    // runs while writes are watched
    Counter m_lostSums;
    Counter m_lostBytes;
    Counter m_filtered;
};

} // namespace lunaris

#endif
