// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_BUS_FRAMEQUEUE_H
#define LUNARIS_HELPER_BUS_FRAMEQUEUE_H

#include "helper/bus/FrameChunk.h"
#include "helper/bus/Spool.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

namespace lunaris
{

/// Frames that wait for the Event Bus, in order: the one chunk that is being written, then what lies in the
/// spool, then what lies in memory, in a bounded number of bytes. Not thread-safe.
///
/// With a spool, what is beyond half of the memory moves there, oldest first, bus or no bus: the other
/// half is room for when the disk refuses. What finds no room at all makes the oldest give way, whole frames
/// only.
class FrameQueue
{
public:
    /// At least three chunks are held in memory, whatever `maximumBytes` says. `spool` may be null.
    explicit FrameQueue(std::size_t maximumBytes, std::unique_ptr<Spool> spool = nullptr);

    /// Appends one whole frame, with its event's kernelTime. Writes at most two chunks to disk.
    void push(std::string_view frame, std::uint64_t kernelTime = 0);

    /// Bytes to be written next, contiguous; empty when there are none. Valid until the queue changes. May
    /// read a chunk from disk.
    std::string_view front();

    /// So many bytes of front() were written; returns how many frames that completed.
    std::uint64_t advance(std::size_t bytes);

    /// Of the frames that the last advance() completed the times; 0 of those that had been on disk.
    std::span<const std::uint64_t> completedTimes() const { return m_completedTimes; }

    /// The connection is lost: a frame that was written in part is to be written again, whole.
    void rewind();

    /// For the end: moves everything to disk, where the next run finds it; what does not go stays here.
    void moveToSpool();

    bool isEmpty() const { return m_frames + spooled() == 0; }

    std::uint64_t frames() const { return m_frames; } ///< in memory
    std::size_t bytes() const { return m_bytes; }     ///< in memory, those written of front() included
    std::size_t maximumBytes() const { return m_maximumBytes; }
    std::uint64_t dropped() const { return m_dropped; } ///< that gave way in memory

    std::uint64_t spooled() const { return m_spool ? m_spool->frames() : 0; }
    const Spool *spool() const { return m_spool.get(); }

private:
    void beginChunk(std::size_t size);
    void refill();
    bool moveOldestToSpool();
    bool canGiveWay(std::size_t staying) const;
    void giveWay();
    std::size_t spareInFront() const;

    const std::size_t m_maximumBytes;
    const std::unique_ptr<Spool> m_spool;
    FrameChunk m_front;              // what is being written
    bool m_isFrontSpooled = false;   // and comes from the spool
    bool m_spoolRefuses = false;     // since the last try
    std::deque<FrameChunk> m_chunks; // the newest, last, takes more
    std::size_t m_bytes = 0;
    std::uint64_t m_frames = 0;
    std::uint64_t m_dropped = 0;
    std::vector<std::uint64_t> m_completedTimes;
};

} // namespace lunaris

#endif
