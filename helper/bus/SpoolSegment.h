// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_BUS_SPOOLSEGMENT_H
#define LUNARIS_HELPER_BUS_SPOOLSEGMENT_H

#include "helper/bus/FileDescriptor.h"
#include "helper/bus/FrameChunk.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace lunaris
{

/// One file of the spool: a header, and frames, each behind a checksum. Not thread-safe.
///
///     0   8 bytes  "LKMSPOOL"
///     8   u32      version of this layout, 1
///     12  u32      0
///     16  u64      the segment's number, which its name says, too
///     24  u64      XXH3 of the 24 bytes before
///     32  u64      offset of the first record that is still to be delivered
///     40  u64      XXH3 of that offset, seeded with the number
///     48  records: u64 XXH3 of the frame, seeded with number and offset, then the frame, length included
///
/// Numbers are in the machine's byte order: the file never leaves it. A record that was torn by a
/// crash, or moved, or edited, does not match its checksum.
///
/// No function blocks for longer than reading or writing the size of a chunk through the page cache takes,
/// and nothing is ever synced: what must survive is the helper, and the kernel keeps written pages when it is
/// gone. After a loss of power the checksums tell how far the file is good.
class SpoolSegment
{
public:
    /// What reading found from one offset on.
    struct Piece {
        FrameChunk chunk;
        std::uint64_t end = 0;  ///< offset behind the last good record
        bool isDamaged = false; ///< there is no good record at `end`, although the file goes on
    };

    static constexpr std::uint64_t headerSize = 48;

    /// What a record takes beside the frame.
    static constexpr std::uint64_t recordOverhead = 8;

    /// Makes the file, which must not exist yet, in a directory; not open when that fails (errno says why).
    static SpoolSegment create(int directory, std::uint64_t number);

    /// Opens a file that is there. Not open when it is none of ours to read (errno), or no segment (errno
    /// is EBADMSG).
    static SpoolSegment open(int directory, std::uint64_t number);

    static std::string nameOf(std::uint64_t number);

    bool isOpen() const { return m_file.isOpen(); }
    std::uint64_t number() const { return m_number; }

    /// Offset behind the last record.
    std::uint64_t size() const { return m_size; }

    /// Offset of the first record that is still to be delivered, as the file has it.
    std::uint64_t cursor() const { return m_cursor; }

    /// Best effort: when it fails, frames are delivered twice after a crash, not lost.
    void setCursor(std::uint64_t offset);

    /// Appends what of the chunk is not written yet, wholly or, when that fails (errno), not at all.
    bool append(const FrameChunk &chunk);

    /// Records from an offset on, about as many as a chunk has.
    Piece read(std::uint64_t offset) const;

    /// Gives up what lies behind an offset.
    void cut(std::uint64_t offset);

private:
    std::uint64_t checksum(std::string_view frame, std::uint64_t offset) const;

    FileDescriptor m_file;
    std::uint64_t m_number = 0;
    std::uint64_t m_size = 0;
    std::uint64_t m_cursor = headerSize;
};

} // namespace lunaris

#endif
