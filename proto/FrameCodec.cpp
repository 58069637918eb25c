// SPDX-License-Identifier: MIT
#include "proto/FrameCodec.h"

#include <cassert>

namespace lunaris::proto
{

std::uint32_t readFrameHeader(const char *header)
{
    const auto byte = [header](int index) {
        return static_cast<std::uint32_t>(static_cast<unsigned char>(header[index]));
    };
    return byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3);
}

void writeFrameHeader(std::uint32_t bodySize, char *header)
{
    assert(bodySize > 0 && bodySize <= maximumFrameBody);
    header[0] = static_cast<char>(bodySize >> 24);
    header[1] = static_cast<char>(bodySize >> 16);
    header[2] = static_cast<char>(bodySize >> 8);
    header[3] = static_cast<char>(bodySize);
}

void FrameReader::append(std::string_view bytes)
{
    if (m_broken) {
        return;
    }
    // Moving the rest to the front costs one copy an append, however many frames it holds.
    m_buffer.erase(0, m_position);
    m_position = 0;
    m_buffer.append(bytes);
}

std::optional<std::string_view> FrameReader::next()
{
    if (m_broken || pending() < frameHeaderSize) {
        return std::nullopt;
    }
    const std::size_t size = readFrameHeader(m_buffer.data() + m_position);
    if (size == 0 || size > maximumFrameBody) {
        m_broken = true;
        return std::nullopt;
    }
    if (pending() < frameHeaderSize + size) {
        return std::nullopt;
    }
    const std::string_view body = std::string_view(m_buffer).substr(m_position + frameHeaderSize, size);
    m_position += frameHeaderSize + size;
    return body;
}

} // namespace lunaris::proto
