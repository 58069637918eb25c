// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_DEDUPLICATOR_H
#define LUNARIS_HELPER_NORMALIZER_DEDUPLICATOR_H

#include <chrono>
#include <cstdint>
#include <string_view>
#include <vector>

namespace lunaris
{

/// Recognizes an open that repeats one forwarded less than a window ago: the same process, the same
/// path. Reads and writes are remembered apart: a write repeats only a write, a read repeats both.
///
/// Bounded: the entry forwarded longest ago gives way, in constant time. Paths are remembered by a
/// seeded 128-bit hash, so memory does not depend on their length. Not thread-safe.
class Deduplicator
{
public:
    enum class Access : std::uint8_t { Read, Write };

    /// A window of 0 recognizes nothing, a negative one too. `capacity` is the number of entries, at least 1.
    Deduplicator(std::chrono::nanoseconds window, std::uint32_t capacity, std::uint64_t seed);

    /// `time` in nanoseconds of any one clock; it may stand still or jump. When it is no duplicate it
    /// is remembered as forwarded.
    /// An open that failed repeats only one that failed with the same `error`, a negative errno.
    bool isDuplicate(std::uint32_t pid, std::string_view path, Access access, std::uint64_t time,
                     std::int32_t error = 0);

    /// Also decides about what was forwarded before. What passes while it is 0 is not remembered.
    void setWindow(std::chrono::nanoseconds window);

    std::uint32_t size() const { return m_used; }

private:
    using Index = std::uint32_t;
    static constexpr Index none = UINT32_MAX;

    struct Key {
        std::uint64_t low = 0;
        std::uint64_t high = 0;
        Access access = Access::Read;

        bool operator==(const Key &) const = default;
    };

    /// An entry is in the chain of its bucket, and in the list from the oldest to the newest.
    struct Entry {
        Key key;
        std::uint64_t time = 0;
        Index nextInBucket = none;
        Index older = none;
        Index newer = none;
    };

    Index &bucketOf(const Key &key);
    Index find(const Key &key);
    bool isRecent(const Key &key, std::uint64_t time);
    void remember(const Key &key, std::uint64_t time);
    void unlinkFromBucket(Index index);
    void unlinkFromAge(Index index);
    void appendAsNewest(Index index);

    std::uint64_t m_window = 0; // nanoseconds
    const std::uint64_t m_seed;
    std::vector<Entry> m_entries;
    std::vector<Index> m_buckets;
    Index m_used = 0;
    Index m_oldest = none;
    Index m_newest = none;
};

} // namespace lunaris

#endif
