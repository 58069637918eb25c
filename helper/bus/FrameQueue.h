// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_BUS_FRAMEQUEUE_H
#define LUNARIS_HELPER_BUS_FRAMEQUEUE_H

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace lunaris
{

/// Frames that wait for the Event Bus, in order, in a bounded number of bytes. When it is full the
/// oldest give way, whole frames only. Not thread-safe.
///
/// Frames lie in chunks, so that one write takes many of them, and giving way takes a whole chunk.
class FrameQueue
{
public:
    /// At least two chunks are held, whatever `maximumBytes` says.
    explicit FrameQueue(std::size_t maximumBytes);

    /// Appends one whole frame; returns how many old ones gave way to it.
    std::uint64_t push(std::string_view frame);

    /// Bytes to be written next, contiguous; empty when there are none. Valid until the queue changes.
    std::string_view front() const;

    /// So many bytes of front() were written; returns how many frames that completed.
    std::uint64_t advance(std::size_t bytes);

    /// The connection is lost: a frame that was written in part is to be written again, whole.
    void rewind();

    std::uint64_t frames() const { return m_frames; }
    std::size_t bytes() const { return m_bytes; }

    static constexpr std::size_t chunkSize = std::size_t{64} * 1024;

private:
    struct Chunk {
        std::string bytes;
        std::vector<std::size_t> ends; // of each frame in bytes
        std::size_t written = 0;
        std::size_t framesWritten = 0;

        std::size_t wholeFramesEnd() const { return framesWritten == 0 ? 0 : ends[framesWritten - 1]; }
        std::size_t framesLeft() const { return ends.size() - framesWritten; }
    };

    std::uint64_t giveWay();

    const std::size_t m_maximumBytes;
    std::deque<Chunk> m_chunks;
    std::size_t m_bytes = 0; // of all chunks, written ones included: what is held in memory
    std::uint64_t m_frames = 0;
};

} // namespace lunaris

#endif
