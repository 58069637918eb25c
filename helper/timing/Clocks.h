// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_TIMING_CLOCKS_H
#define LUNARIS_HELPER_TIMING_CLOCKS_H

#include <cstdint>
#include <ctime>

/// Times are nanoseconds. For every thread.
namespace lunaris
{

inline std::uint64_t timeOf(clockid_t clock)
{
    timespec now{};
    clock_gettime(clock, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

/// Since boot, suspended time included: the clock of the kernel's records.
inline std::uint64_t bootTime()
{
    return timeOf(CLOCK_BOOTTIME);
}

/// Since the epoch: jumps when somebody sets the clock.
inline std::uint64_t wallTime()
{
    return timeOf(CLOCK_REALTIME);
}

} // namespace lunaris

#endif
