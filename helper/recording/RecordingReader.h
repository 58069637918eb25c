// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_RECORDING_RECORDINGREADER_H
#define LUNARIS_HELPER_RECORDING_RECORDINGREADER_H

#include "helper/recording/RecordingFormat.h"
#include "proto/pieces/PieceReader.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace lunaris
{

/// Reads a recording, block by block: in memory that does not depend on what is in it. Of a file that is
/// damaged or cut off it gives all blocks up to there. Not thread-safe.
class RecordingReader
{
public:
    /// Else a sentence: it cannot be read, is no recording, or its records are not of this `layout`.
    static std::variant<RecordingReader, std::string> open(const std::string &file, std::uint32_t layout);

    /// One record, unchecked, valid until the next call; nothing at the end, see problem().
    std::optional<std::span<const std::byte>> next();

    /// CLOCK_REALTIME − CLOCK_BOOTTIME in nanoseconds when the last record was made.
    std::int64_t realtimeOffset() const { return m_header.realtimeOffset; }

    /// Where and why it ended before its end: a sentence; empty if it did not.
    std::string problem() const;

    const std::string &file() const { return m_file; }
    const recording::Facts &facts() const { return m_facts; }
    std::uint64_t records() const { return m_records; } ///< given out so far

private:
    struct Closer {
        void operator()(std::FILE *stream) const { std::fclose(stream); }
    };

    explicit RecordingReader(std::string file);
    std::string readFileHeader(std::uint32_t layout);
    bool readBlock();
    void endBecause(const std::string &what);

    std::string m_file;
    std::unique_ptr<std::FILE, Closer> m_stream;
    PieceReader m_pieces;
    recording::Facts m_facts;
    recording::BlockHeader m_header; // of the current block
    std::vector<std::byte> m_block;
    std::size_t m_inBlock = 0;   // where the next record begins
    std::uint64_t m_untaken = 0; // records of the block that were not given out
    std::uint64_t m_records = 0;
    bool m_ended = false;
};

} // namespace lunaris

#endif
