// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_RECORDING_RECORDINGFORMAT_H
#define LUNARIS_HELPER_RECORDING_RECORDINGFORMAT_H

#include <cstddef>
#include <cstdint>
#include <string>

/// A recording: the records of the kernel, as they were and in the order of the ring.
///
///     FileHeader, host name, kernel release, checksum (8 bytes) of all before it
///     BlockHeader, its records: each a length (4 bytes) and as many bytes
///     …
///     BlockHeader of kind End
///
/// All numbers are in the byte order of the machine, as those in the records are. A block that arrived
/// whole can be told by its checksum, a file that did by its end.
namespace lunaris::recording
{

inline constexpr char magic[8] = {'\x89', 'L', 'K', 'M', 'R', '\r', '\n', '\x1a'};
inline constexpr std::uint32_t version = 1;

/// A block is written when it has so many bytes, or when there is nothing more at the moment.
inline constexpr std::size_t blockSize = std::size_t{64} * 1024;

/// The most that a block may have, and so what reading takes: a hostile file asks for no more.
inline constexpr std::size_t maximumBlock = std::size_t{1024} * 1024;

struct FileHeader {
    char magic[8]{};
    std::uint32_t version = 0;
    std::uint32_t layout = 0;       ///< of the records: LKM_RECORD_VERSION
    std::int64_t startTime = 0;     ///< microseconds since the Unix epoch
    std::uint16_t hostLength = 0;   ///< bytes
    std::uint16_t kernelLength = 0; ///< bytes
    std::uint32_t reserved = 0;
};
static_assert(sizeof(FileHeader) == 32);

enum class BlockKind : std::uint32_t {
    Records = 0x31434552, // "REC1" on a little-endian machine
    End = 0x31444e45,     // "END1"
};

struct BlockHeader {
    BlockKind kind{};
    std::uint32_t size = 0;          ///< bytes that follow
    std::int64_t realtimeOffset = 0; ///< CLOCK_REALTIME − CLOCK_BOOTTIME of these records, nanoseconds
    std::uint64_t records = 0;       ///< in this block; of an End in the whole file
    std::uint64_t checksum = 0;      ///< XXH3 of what follows, seeded with that of the fields above
};
static_assert(sizeof(BlockHeader) == 32);
static_assert(offsetof(BlockHeader, checksum) == 24);

/// What a recording says of itself. The texts are bytes from outside when it was read.
struct Facts {
    std::string host;
    std::string kernelRelease;
    std::int64_t startTime = 0; ///< microseconds since the Unix epoch
    std::uint32_t layout = 0;   ///< of the records
};

} // namespace lunaris::recording

#endif
