// SPDX-License-Identifier: MIT
#include "helper/timing/LatencyHistogram.h"

#include <algorithm>
#include <bit>

namespace lunaris
{

std::size_t LatencyHistogram::bucketOf(std::uint64_t microseconds)
{
    const std::uint64_t value = std::min(microseconds, (std::uint64_t{1} << highestBit) - 1);
    const unsigned width = static_cast<unsigned>(std::bit_width(value));
    if (width <= subBits) {
        return value; // each its own
    }
    const unsigned shift = width - subBits - 1;
    return (std::size_t{shift} << subBits) + (value >> shift);
}

std::uint64_t LatencyHistogram::upperEndOf(std::size_t bucket)
{
    const std::size_t octave = bucket >> subBits;
    if (octave <= 1) {
        return bucket;
    }
    const std::size_t shift = octave - 1;
    return ((bucket - (shift << subBits) + 1) << shift) - 1;
}

void LatencyHistogram::add(std::span<const std::uint64_t> kernelTimes, std::uint64_t now)
{
    for (const std::uint64_t time : kernelTimes) {
        if (time == 0 || time > now) {
            continue;
        }
        const std::uint64_t microseconds = (now - time) / 1000;
        m_counts[bucketOf(microseconds)].add(1);
        if (microseconds > m_max.value()) {
            m_max.set(microseconds);
        }
    }
}

LatencyHistogram::Summary LatencyHistogram::summary() const
{
    std::array<std::uint64_t, buckets> counts{}; // they go on while we look
    Summary summary;
    for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
        counts[bucket] = m_counts[bucket].value();
        summary.count += counts[bucket];
    }
    summary.max = m_max.value();
    const auto percentile = [&](std::uint64_t percent) {
        const std::uint64_t rank = (summary.count * percent + 99) / 100;
        std::uint64_t passed = 0;
        for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
            passed += counts[bucket];
            if (counts[bucket] > 0 && passed >= rank) {
                return std::min(upperEndOf(bucket), summary.max);
            }
        }
        return std::uint64_t{0};
    };
    summary.p50 = percentile(50);
    summary.p99 = percentile(99);
    return summary;
}

} // namespace lunaris
