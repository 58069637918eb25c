// SPDX-License-Identifier: MIT
#include "helper/bus/FrameQueue.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace lunaris
{

FrameQueue::FrameQueue(std::size_t maximumBytes) : m_maximumBytes(std::max(maximumBytes, 2 * chunkSize)) {}

std::uint64_t FrameQueue::push(std::string_view frame)
{
    std::uint64_t gaveWay = 0;
    while (m_bytes + frame.size() > m_maximumBytes && m_chunks.size() > 1) {
        gaveWay += giveWay();
    }
    if (m_chunks.empty() || m_chunks.back().bytes.size() + frame.size() > chunkSize) {
        m_chunks.emplace_back().bytes.reserve(std::max(chunkSize, frame.size()));
    }
    Chunk &chunk = m_chunks.back();
    chunk.bytes += frame;
    chunk.ends.push_back(chunk.bytes.size());
    m_bytes += frame.size();
    ++m_frames;
    return gaveWay;
}

std::uint64_t FrameQueue::giveWay()
{
    // A frame of which the bus has a part must be finished, or the stream loses its boundaries: what
    // lies behind it in its chunk gives way, and once that has, the next chunk.
    auto oldest = m_chunks.begin();
    if (oldest->written > oldest->wholeFramesEnd()) {
        if (const std::uint64_t lost = oldest->framesLeft() - 1; lost > 0) {
            m_frames -= lost;
            m_bytes -= oldest->bytes.size();
            oldest->ends.resize(oldest->framesWritten + 1);
            oldest->bytes.resize(oldest->ends.back());
            m_bytes += oldest->bytes.size();
            return lost;
        }
        oldest = std::next(oldest);
    }
    const std::uint64_t lost = oldest->framesLeft();
    m_frames -= lost;
    m_bytes -= oldest->bytes.size();
    m_chunks.erase(oldest);
    return lost;
}

std::string_view FrameQueue::front() const
{
    if (m_chunks.empty()) {
        return {};
    }
    return std::string_view(m_chunks.front().bytes).substr(m_chunks.front().written);
}

std::uint64_t FrameQueue::advance(std::size_t bytes)
{
    if (m_chunks.empty()) {
        return 0;
    }
    Chunk &chunk = m_chunks.front();
    chunk.written += bytes;
    const std::size_t before = chunk.framesWritten;
    while (chunk.framesWritten < chunk.ends.size() && chunk.ends[chunk.framesWritten] <= chunk.written) {
        ++chunk.framesWritten;
    }
    const std::uint64_t completed = chunk.framesWritten - before;
    m_frames -= completed;
    if (chunk.framesLeft() == 0) {
        m_bytes -= chunk.bytes.size();
        m_chunks.pop_front();
    }
    return completed;
}

void FrameQueue::rewind()
{
    if (!m_chunks.empty()) {
        m_chunks.front().written = m_chunks.front().wholeFramesEnd();
    }
}

} // namespace lunaris
