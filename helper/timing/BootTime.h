// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_TIMING_BOOTTIME_H
#define LUNARIS_HELPER_TIMING_BOOTTIME_H

#include <cstdint>
#include <ctime>

namespace lunaris
{

/// Nanoseconds since boot, suspended time included: the clock of the kernel's records.
inline std::uint64_t bootTime()
{
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 + static_cast<std::uint64_t>(now.tv_nsec);
}

} // namespace lunaris

#endif
