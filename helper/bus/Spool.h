// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_BUS_SPOOL_H
#define LUNARIS_HELPER_BUS_SPOOL_H

#include "helper/bus/FileDescriptor.h"
#include "helper/bus/FrameChunk.h"
#include "helper/bus/SpoolSegment.h"

#include <QString>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

namespace lunaris
{

/// Frames on disk, in order, in a bounded number of bytes: what memory need not hold, and what outlives the
/// helper. The oldest segment gives way when it is full. Not thread-safe.
///
/// Runs on the capture thread, on purpose: it is asked to write one chunk for a chunk of events, which
/// is a copy into the page cache, and order and accounting need no second thread to agree with. A disk that
/// cannot keep up makes the kernel slow the writer down; meanwhile its ring holds the records.
class Spool
{
public:
    /// The folder "spool" of the state directory, made if need be (0700), and what an earlier run has left in
    /// it. Null, after a sentence in the log, when it cannot be had safely, or another helper has it.
    static std::unique_ptr<Spool> open(const QString &stateDirectory, std::uint64_t maximumBytes);

    ~Spool();
    Q_DISABLE_COPY_MOVE(Spool)

    std::uint64_t frames() const { return m_frames; }       ///< that lie on disk and are not taken
    std::uint64_t recovered() const { return m_recovered; } ///< that an earlier run had left
    std::uint64_t dropped() const { return m_dropped; }     ///< frames given up: no room, or damaged since
    std::uint64_t damaged() const { return m_damaged; }     ///< places that could not be read
    std::uint64_t bytes() const { return m_bytes; }         ///< that its files hold
    std::uint64_t maximumBytes() const { return m_maximumBytes; }

    /// Appends the frames of a chunk that are not written yet: all, or none and false.
    bool append(const FrameChunk &chunk);

    /// As append(), but in front of everything.
    bool prepend(const FrameChunk &chunk);

    /// The oldest frames; empty when there are none. To be given to release() or giveBack() before the
    /// next take(): until then they are on disk, too.
    FrameChunk take();

    /// Everything of the chunk taken is delivered.
    void release(const FrameChunk &taken);

    /// What is written of the chunk taken is delivered, the rest is as if it had not been taken. False when
    /// its segment had to give way in the meantime: then the rest is the caller's.
    bool giveBack(const FrameChunk &taken);

private:
    struct Entry {
        SpoolSegment segment;
        std::uint64_t readFrom = 0; ///< offset of the first record that is not taken
        std::uint64_t frames = 0;   ///< from there on
    };

    Spool(FileDescriptor directory, FileDescriptor lock, QString path, std::uint64_t maximumBytes);

    void load();
    void load(std::uint64_t number);
    SpoolSegment createSegment(std::uint64_t number, int step);
    bool hasTailFor(std::uint64_t wanted);
    bool write(Entry &entry, const FrameChunk &chunk);
    void dropOldest();
    std::uint64_t deliveredEnd(const FrameChunk &taken) const;
    void complain();

    const FileDescriptor m_directory;
    const FileDescriptor m_lock;
    const QString m_path;
    const std::uint64_t m_maximumBytes;
    const std::uint64_t m_segmentBytes;
    std::deque<Entry> m_entries; ///< oldest first
    std::uint64_t m_bytes = 0;   ///< of all segments
    std::uint64_t m_nextNumber;
    std::uint64_t m_takenFrom = 0;   ///< number of the oldest segment while a chunk is taken from it, else 0
    std::uint64_t m_takenOffset = 0; ///< where the chunk taken begins in it
    std::uint64_t m_frames = 0;
    std::uint64_t m_recovered = 0;
    std::uint64_t m_dropped = 0;
    std::uint64_t m_damaged = 0;
    bool m_complained = false; ///< one line in the log for each time that it cannot be written
};

} // namespace lunaris

#endif
