// SPDX-License-Identifier: MIT
#ifndef LUNARIS_PROTO_FRAMECODEC_H
#define LUNARIS_PROTO_FRAMECODEC_H

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lunaris::proto
{

/// Bytes of the length that stands before every frame: unsigned, big-endian.
inline constexpr std::size_t frameHeaderSize = 4;

/// The Event Bus closes the connection on a length of 0 or above this.
inline constexpr std::size_t maximumFrameBody = std::size_t{1024} * 1024;

/// Writes the length of a body into `header`, which has frameHeaderSize bytes of room.
/// The body must be 1 to maximumFrameBody bytes long.
void writeFrameHeader(std::uint32_t bodySize, char *header);

/// The length of a body, as frameHeaderSize bytes say it; whether the protocol allows it is not looked at.
std::uint32_t readFrameHeader(const char *header);

/// Cuts a stream of bytes into frames. Not thread-safe; any thread.
///
/// After a length that the protocol forbids the stream has no frame boundaries any more: the
/// reader stays broken, and the connection is to be closed.
class FrameReader
{
public:
    /// Adds bytes as they came from the socket, in any portions.
    void append(std::string_view bytes);

    /// The next whole body, valid until the next call of append() or next(); nothing when more
    /// bytes are needed or the stream is broken.
    std::optional<std::string_view> next();

    bool isBroken() const { return m_broken; }

    /// Bytes that wait for the rest of their frame.
    std::size_t pending() const { return m_buffer.size() - m_position; }

private:
    std::string m_buffer;
    std::size_t m_position = 0;
    bool m_broken = false;
};

} // namespace lunaris::proto

#endif
