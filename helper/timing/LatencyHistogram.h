// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_TIMING_LATENCYHISTOGRAM_H
#define LUNARIS_HELPER_TIMING_LATENCYHISTOGRAM_H

#include "helper/Counter.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace lunaris
{

/// How long events took from the kernel to one place, in 5 KiB whatever comes: a bucket is at most a
/// sixteenth as wide as what it counts is large. One thread adds, any thread may ask.
class LatencyHistogram
{
public:
    /// All in microseconds, but the count. A percentile is the upper end of its bucket, or the maximum.
    struct Summary {
        std::uint64_t count = 0;
        std::uint64_t p50 = 0;
        std::uint64_t p99 = 0;
        std::uint64_t max = 0;
    };

    /// Events that the kernel told of at these times have arrived at `now`; both in nanoseconds since boot.
    /// A time of 0, or after `now`, is not known and not counted.
    void add(std::span<const std::uint64_t> kernelTimes, std::uint64_t now);

    Summary summary() const;

private:
    static constexpr unsigned subBits = 4;     // buckets in each power of two, as a power of two
    static constexpr unsigned highestBit = 40; // of microseconds: twelve days
    static constexpr std::size_t buckets = std::size_t{highestBit - subBits + 1} << subBits;

    static std::size_t bucketOf(std::uint64_t microseconds);
    static std::uint64_t upperEndOf(std::size_t bucket);

    std::array<Counter, buckets> m_counts;
    Counter m_max;
};

} // namespace lunaris

#endif
