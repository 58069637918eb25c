// SPDX-License-Identifier: MIT
#ifndef LUNARIS_PROTO_MESSAGEWRITER_H
#define LUNARIS_PROTO_MESSAGEWRITER_H

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace lunaris::proto
{

/// Sizes and bytes of protobuf fields (the wire types VARINT and LEN), with proto3's rule that zero and
/// empty are left out. For a message that is written so often that filling a generated class and
/// serializing that would be most of the work; everybody else uses the class.
///
/// Field numbers must be below 16, so that a tag is one byte: all of event.proto are.
class MessageWriter
{
public:
    /// Writes from `target` on, which has room for what is written.
    explicit MessageWriter(char *target) : m_at(target) {}

    static constexpr std::size_t sizeOfVarint(std::uint64_t value)
    {
        std::size_t size = 1;
        while (value >= 0x80) {
            value >>= 7;
            ++size;
        }
        return size;
    }

    static constexpr std::size_t sizeOf(std::uint64_t value)
    {
        return value == 0 ? 0 : 1 + sizeOfVarint(value);
    }

    static constexpr std::size_t sizeOf(std::string_view text)
    {
        return text.empty() ? 0 : 1 + sizeOfVarint(text.size()) + text.size();
    }

    void number(int field, std::uint64_t value)
    {
        if (value != 0) {
            tag(field, 0);
            varint(value);
        }
    }

    void text(int field, std::string_view text)
    {
        if (!text.empty()) {
            startOf(field, text.size());
            raw(text);
        }
    }

    /// The start of a field of `size` bytes, which are to be written next.
    void startOf(int field, std::size_t size)
    {
        tag(field, 2);
        varint(size);
    }

    /// Bytes that are fields already.
    void raw(std::string_view bytes)
    {
        std::memcpy(m_at, bytes.data(), bytes.size());
        m_at += bytes.size();
    }

    const char *position() const { return m_at; }

private:
    void tag(int field, int wireType) { *m_at++ = static_cast<char>(field << 3 | wireType); }

    void varint(std::uint64_t value)
    {
        while (value >= 0x80) {
            *m_at++ = static_cast<char>(value | 0x80);
            value >>= 7;
        }
        *m_at++ = static_cast<char>(value);
    }

    char *m_at;
};

} // namespace lunaris::proto

#endif
