// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_NUMBEREDFRAMES_H
#define LUNARIS_TESTS_UNIT_NUMBEREDFRAMES_H

#include "helper/bus/FrameChunk.h"
#include "proto/FrameCodec.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lunaris
{

/// A frame that says which one it is, with padding that says so too.
inline std::string frame(std::uint32_t number, std::size_t size = 100)
{
    std::string bytes(std::max<std::size_t>(size, 8), static_cast<char>('a' + number % 26));
    proto::writeFrameHeader(static_cast<std::uint32_t>(bytes.size() - 4), bytes.data());
    for (int index = 0; index < 4; ++index) {
        bytes[std::size_t(4 + index)] = static_cast<char>(number >> (24 - 8 * index));
    }
    return bytes;
}

inline FrameChunk chunkOf(std::uint32_t first, std::uint32_t end, std::size_t size = 100)
{
    FrameChunk chunk;
    for (std::uint32_t number = first; number < end; ++number) {
        chunk.push(frame(number, size));
    }
    return chunk;
}

inline std::vector<std::uint32_t> range(std::uint32_t first, std::uint32_t end)
{
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t number = first; number < end; ++number) {
        numbers.push_back(number);
    }
    return numbers;
}

/// The other end of a connection: takes bytes, and looks at every one of them.
class Receiver
{
public:
    void take(std::string_view bytes)
    {
        m_reader.append(bytes);
        while (const auto body = m_reader.next()) {
            std::uint32_t number = 0;
            for (int index = 0; index < 4; ++index) {
                number = number << 8 | static_cast<unsigned char>((*body)[std::size_t(index)]);
            }
            m_intact = m_intact && *body == frame(number, body->size() + 4).substr(4);
            m_numbers.push_back(number);
        }
        m_intact = m_intact && !m_reader.isBroken();
    }

    /// A part of a frame dies with its connection.
    void reconnect() { m_reader = {}; }

    bool isIntact() const { return m_intact; }
    std::size_t pending() const { return m_reader.pending(); }
    const std::vector<std::uint32_t> &numbers() const { return m_numbers; }

private:
    proto::FrameReader m_reader;
    std::vector<std::uint32_t> m_numbers;
    bool m_intact = true;
};

} // namespace lunaris

#endif
