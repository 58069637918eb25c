// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_RECORDING_RECORDINGWRITER_H
#define LUNARIS_HELPER_RECORDING_RECORDINGWRITER_H

#include "helper/recording/RecordingFormat.h"
#include "proto/pieces/PieceFile.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace lunaris
{

/// Writes a recording. Not thread-safe; writing may wait for the disk.
class RecordingWriter
{
public:
    /// Makes `file`, for its owner's eyes only; never writes into one that is there. Else a sentence.
    static std::variant<RecordingWriter, std::string> create(const std::string &file,
                                                             const recording::Facts &facts);

    RecordingWriter(RecordingWriter &&) noexcept = default;
    RecordingWriter &operator=(RecordingWriter &&) = delete;
    /// Writes what is missing, and the end.
    ~RecordingWriter();

    /// `realtimeOffset` is CLOCK_REALTIME − CLOCK_BOOTTIME in nanoseconds. What cannot be a record of the
    /// kernel, being longer than a block, is cut.
    void add(std::span<const std::byte> record, std::int64_t realtimeOffset);

    /// Writes what was added; a crash loses what comes after.
    void flush();

    /// Why no more is written: a sentence; empty while all is well. What was written before is whole.
    std::string problem() const { return m_file.problem() ? m_file.problem()->english() : std::string(); }

    std::uint64_t records() const { return m_records; }
    const std::string &file() const { return m_file.name(); }

private:
    explicit RecordingWriter(PieceFile file);
    void writeBlock(recording::BlockKind kind);

    PieceFile m_file;
    std::vector<std::byte> m_block; // with room for its header
    std::int64_t m_realtimeOffset = 0;
    std::uint64_t m_inBlock = 0;
    std::uint64_t m_records = 0; // written
};

} // namespace lunaris

#endif
