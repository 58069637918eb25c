// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_RECORD_H
#define LUNARIS_HELPER_NORMALIZER_RECORD_H

#include "bpf/events.h"
#include "helper/normalizer/EventType.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace lunaris
{

/// A record whose every length was checked. The texts point into the bytes it was read from.
struct Record {
    lkm_record fields{};
    std::string_view comm; ///< without the NUL
    std::string_view path; ///< absolute, or the end of a path when marked truncated; empty if it has none
    std::string_view name; ///< of a failed open, as the caller asked for it; of a connection, its lkm_address

    lkm_record_type type() const { return static_cast<lkm_record_type>(fields.header.type); }
};

/// What a record tells; nothing if it only says which program a process runs, or is for the source alone.
std::optional<EventType> eventTypeOf(lkm_record_type type);

/// Reads one record of the kernel; nothing if it is short, long, of another version or type, or holds
/// what its type cannot have: a NUL in a path, a relative path, a path where there is none.
std::optional<Record> readRecord(std::span<const std::byte> bytes);

} // namespace lunaris

#endif
