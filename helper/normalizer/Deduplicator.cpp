// SPDX-License-Identifier: MIT
#include "helper/normalizer/Deduplicator.h"

#include <algorithm>
#include <bit>
#include <xxhash.h>

namespace lunaris
{

Deduplicator::Deduplicator(std::chrono::nanoseconds window, std::uint32_t capacity, std::uint64_t seed)
    : m_seed(seed), m_entries(std::max(capacity, 1U)), m_buckets(std::bit_ceil(m_entries.size()), none)
{
    setWindow(window);
}

void Deduplicator::setWindow(std::chrono::nanoseconds window)
{
    m_window = static_cast<std::uint64_t>(std::max(window.count(), std::chrono::nanoseconds::rep{0}));
}

bool Deduplicator::isDuplicate(std::uint32_t pid, std::string_view path, Access access, std::uint64_t time,
                               std::int32_t error)
{
    if (m_window == 0) {
        return false;
    }
    const XXH128_hash_t hash = XXH3_128bits_withSeed(
        path.data(), path.size(), m_seed + (std::uint64_t{static_cast<std::uint32_t>(error)} << 32 | pid));
    const Key read{hash.low64, hash.high64, Access::Read};
    const Key write{hash.low64, hash.high64, Access::Write};
    if (isRecent(write, time) || (access == Access::Read && isRecent(read, time))) {
        return true;
    }
    remember(access == Access::Read ? read : write, time);
    return false;
}

bool Deduplicator::isRecent(const Key &key, std::uint64_t time)
{
    const Index index = find(key);
    if (index == none) {
        return false;
    }
    // Records of two CPUs may come out of order: the distance counts, not its sign.
    const std::uint64_t last = m_entries[index].time;
    return (time > last ? time - last : last - time) < m_window;
}

void Deduplicator::remember(const Key &key, std::uint64_t time)
{
    Index index = find(key);
    if (index != none) {
        unlinkFromAge(index);
    } else {
        if (m_used < m_entries.size()) {
            index = m_used++;
        } else {
            index = m_oldest;
            unlinkFromAge(index);
            unlinkFromBucket(index);
        }
        Index &bucket = bucketOf(key);
        m_entries[index].key = key;
        m_entries[index].nextInBucket = bucket;
        bucket = index;
    }
    m_entries[index].time = time;
    appendAsNewest(index);
}

Deduplicator::Index &Deduplicator::bucketOf(const Key &key)
{
    return m_buckets[key.low & (m_buckets.size() - 1)];
}

Deduplicator::Index Deduplicator::find(const Key &key)
{
    Index index = bucketOf(key);
    while (index != none && m_entries[index].key != key) {
        index = m_entries[index].nextInBucket;
    }
    return index;
}

void Deduplicator::unlinkFromBucket(Index index)
{
    Index *link = &bucketOf(m_entries[index].key);
    while (*link != index) {
        link = &m_entries[*link].nextInBucket;
    }
    *link = m_entries[index].nextInBucket;
}

void Deduplicator::unlinkFromAge(Index index)
{
    const Entry &entry = m_entries[index];
    (entry.older == none ? m_oldest : m_entries[entry.older].newer) = entry.newer;
    (entry.newer == none ? m_newest : m_entries[entry.newer].older) = entry.older;
}

void Deduplicator::appendAsNewest(Index index)
{
    Entry &entry = m_entries[index];
    entry.older = m_newest;
    entry.newer = none;
    (m_newest == none ? m_oldest : m_entries[m_newest].newer) = index;
    m_newest = index;
}

} // namespace lunaris
