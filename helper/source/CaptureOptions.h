// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_CAPTUREOPTIONS_H
#define LUNARIS_HELPER_SOURCE_CAPTUREOPTIONS_H

#include <bit>
#include <cstdint>

namespace lunaris
{

/// How the kernel is to be watched; fixed once the programs are loaded.
struct CaptureOptions {
    enum class Method {
        Automatic,  ///< trampolines where the kernel allows them
        Tracepoint, ///< at the ends of the system calls
        Trampoline, ///< at the end of the kernel's own function; or not at all
    };

    Method method = Method::Automatic;
    bool compat = false; ///< also failed opens and, by tracepoints, opens of 32-bit programs
    std::uint32_t ringBytes = 8 * 1024 * 1024; ///< a power of two, whole pages
    std::uint32_t rememberedOpens = 16'384;    ///< that repetitions are recognized of, in the kernel
    std::uint32_t writtenFiles = 8'192;        ///< (process, file) that are summed at a time

    /// The kernel keeps them in sets of four.
    std::uint32_t toldSets() const { return std::bit_ceil((rememberedOpens + 3) / 4); }
};

} // namespace lunaris

#endif
