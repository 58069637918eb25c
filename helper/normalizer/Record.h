// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_RECORD_H
#define LUNARIS_HELPER_NORMALIZER_RECORD_H

#include "bpf/events.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace lunaris
{

/// A record whose every length was checked. The texts point into the bytes it was read from.
struct OpenRecord {
    lkm_open_record fields{};
    std::string_view comm; ///< without the NUL
    std::string_view path; ///< absolute, or the end of a path when marked truncated
};

/// Reads one record of the kernel; nothing if it is short, long, of another version or type, or
/// holds what no path can (NUL, an empty or relative one).
std::optional<OpenRecord> readOpenRecord(std::span<const std::byte> bytes);

} // namespace lunaris

#endif
