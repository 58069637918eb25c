// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_FRESHSEED_H
#define LUNARIS_HELPER_FRESHSEED_H

#include <cstdint>
#include <random>

namespace lunaris
{

/// From the kernel's random numbers: nobody can foresee what is derived from it.
inline std::uint64_t freshSeed()
{
    std::random_device device;
    return std::uint64_t{device()} << 32 | device();
}

} // namespace lunaris

#endif
