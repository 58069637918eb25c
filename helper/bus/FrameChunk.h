// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_BUS_FRAMECHUNK_H
#define LUNARIS_HELPER_BUS_FRAMECHUNK_H

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lunaris
{

/// Whole frames, one behind the other, and how far they have been written to the bus: one write takes
/// many of them, and so do a step of the queue's and a write to disk.
struct FrameChunk {
    static constexpr std::size_t usualSize = std::size_t{64} * 1024;

    std::string bytes;
    std::vector<std::size_t> ends;    ///< of each frame in bytes
    std::vector<std::uint64_t> times; ///< of each frame: Event::kernelTime, 0 of what comes from disk
    std::size_t written = 0;
    std::size_t framesWritten = 0;

    void push(std::string_view frame, std::uint64_t kernelTime = 0)
    {
        bytes += frame;
        ends.push_back(bytes.size());
        times.push_back(kernelTime);
    }

    bool hasRoomFor(std::size_t frameSize) const { return bytes.size() + frameSize <= usualSize; }
    std::size_t wholeFramesEnd() const { return framesWritten == 0 ? 0 : ends[framesWritten - 1]; }
    std::uint64_t frames() const { return ends.size(); }
    std::size_t framesLeft() const { return ends.size() - framesWritten; }
    bool isInMidFrame() const { return written > wholeFramesEnd(); }

    /// Of the frame of this number, its bytes.
    std::string_view frame(std::size_t index) const
    {
        const std::size_t begin = index == 0 ? 0 : ends[index - 1];
        return std::string_view(bytes).substr(begin, ends[index] - begin);
    }

    std::string_view toBeWritten() const { return std::string_view(bytes).substr(written); }

    /// So many more bytes were written; returns how many frames that completed.
    std::uint64_t advance(std::size_t size)
    {
        written += size;
        const std::size_t before = framesWritten;
        while (framesWritten < ends.size() && ends[framesWritten] <= written) {
            ++framesWritten;
        }
        return framesWritten - before;
    }

    /// The connection is lost: a frame that was written in part is to be written again, whole.
    void rewind() { written = wholeFramesEnd(); }
};

} // namespace lunaris

#endif
