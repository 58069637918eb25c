// SPDX-License-Identifier: MIT
#include "helper/bus/FrameQueue.h"

#include <algorithm>
#include <utility>

namespace lunaris
{

FrameQueue::FrameQueue(std::size_t maximumBytes, std::unique_ptr<Spool> spool)
    : m_maximumBytes(std::max(maximumBytes, 3 * FrameChunk::usualSize)), m_spool(std::move(spool))
{
}

void FrameQueue::push(std::string_view frame, std::uint64_t kernelTime)
{
    if (m_chunks.empty() || !m_chunks.back().hasRoomFor(frame.size())) {
        beginChunk(std::max(FrameChunk::usualSize, frame.size()));
    }
    m_chunks.back().push(frame, kernelTime);
    m_bytes += frame.size();
    ++m_frames;
}

void FrameQueue::beginChunk(std::size_t size)
{
    // Two for each that is begun: faster than they come, and never many at once.
    for (int most = 2; most > 0 && m_spool && !m_spoolRefuses && m_bytes > m_maximumBytes / 2; --most) {
        moveOldestToSpool();
    }
    // Beside the chunk being written and the new one none has to stay.
    const std::size_t staying = m_front.framesLeft() > 0 ? 0 : 1;
    while (m_bytes + size > m_maximumBytes && canGiveWay(staying)) {
        if (!moveOldestToSpool()) {
            giveWay();
        }
    }
    m_chunks.emplace_back().bytes.reserve(size);
}

bool FrameQueue::moveOldestToSpool()
{
    if (!m_spool || m_chunks.empty()) {
        return false;
    }
    const FrameChunk &oldest = m_chunks.front();
    m_spoolRefuses = !m_spool->append(oldest);
    if (m_spoolRefuses) {
        return false;
    }
    m_frames -= oldest.frames();
    m_bytes -= oldest.bytes.size();
    m_chunks.pop_front();
    return true;
}

/// Frames of the chunk being written that can be done without: a frame of which the bus has a part must be
/// finished, or the stream loses its boundaries. What comes from disk is older than all that is here, and
/// counted there.
std::size_t FrameQueue::spareInFront() const
{
    return m_isFrontSpooled ? 0 : m_front.framesLeft() - (m_front.isInMidFrame() ? 1 : 0);
}

bool FrameQueue::canGiveWay(std::size_t staying) const
{
    return spareInFront() > 0 || m_chunks.size() > staying;
}

void FrameQueue::giveWay()
{
    std::uint64_t lost = 0;
    if (lost = spareInFront(); lost > 0) {
        m_bytes -= m_front.bytes.size();
        m_front.ends.resize(m_front.ends.size() - lost);
        m_front.times.resize(m_front.ends.size());
        m_front.bytes.resize(m_front.ends.empty() ? 0 : m_front.ends.back());
        if (m_front.framesLeft() == 0) {
            m_front = {};
        }
        m_bytes += m_front.bytes.size();
    } else {
        lost = m_chunks.front().frames();
        m_bytes -= m_chunks.front().bytes.size();
        m_chunks.pop_front();
    }
    m_frames -= lost;
    m_dropped += lost;
}

void FrameQueue::refill()
{
    if (m_spool && m_spool->frames() > 0) {
        m_front = m_spool->take();
        m_isFrontSpooled = m_front.framesLeft() > 0;
        m_frames += m_front.frames();
        m_bytes += m_front.bytes.size();
    }
    if (m_front.framesLeft() == 0 && !m_chunks.empty()) {
        m_front = std::move(m_chunks.front());
        m_chunks.pop_front();
    }
}

std::string_view FrameQueue::front()
{
    if (m_front.framesLeft() == 0) {
        refill();
    }
    return m_front.toBeWritten();
}

std::uint64_t FrameQueue::advance(std::size_t bytes)
{
    m_completedTimes.clear();
    if (m_front.framesLeft() == 0) {
        return 0;
    }
    const std::uint64_t completed = m_front.advance(bytes);
    const auto end = m_front.times.cbegin() + static_cast<std::ptrdiff_t>(m_front.framesWritten);
    m_completedTimes.assign(end - static_cast<std::ptrdiff_t>(completed), end);
    m_frames -= completed;
    if (m_front.framesLeft() == 0) {
        if (std::exchange(m_isFrontSpooled, false)) {
            m_spool->release(m_front);
        }
        m_bytes -= m_front.bytes.size();
        m_front = {};
    }
    return completed;
}

void FrameQueue::rewind()
{
    m_front.rewind();
}

void FrameQueue::moveToSpool()
{
    if (!m_spool) {
        return;
    }
    m_front.rewind();
    if (m_front.framesLeft() > 0) {
        const bool isBack = std::exchange(m_isFrontSpooled, false) && m_spool->giveBack(m_front);
        if (isBack || m_spool->prepend(m_front)) {
            m_frames -= m_front.framesLeft();
            m_bytes -= m_front.bytes.size();
            m_front = {};
        }
    }
    while (moveOldestToSpool()) {
    }
}

} // namespace lunaris
