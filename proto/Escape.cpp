// SPDX-License-Identifier: MIT
#include "proto/Escape.h"

#include <charconv>
#include <cstddef>
#include <cstdint>
#include <cstring>

namespace lunaris::proto
{

namespace
{

struct Character {
    char32_t code;
    std::size_t size; // bytes; 0 = not UTF-8
};

/// The well-formed byte sequences of RFC 3629, section 4.
Character decode(std::string_view bytes)
{
    const auto at = [bytes](std::size_t index) { return static_cast<unsigned char>(bytes[index]); };
    const auto follows = [&](std::size_t index) {
        return index < bytes.size() && (at(index) & 0xc0) == 0x80;
    };
    const auto bits = [&](std::size_t index) { return static_cast<char32_t>(at(index) & 0x3f); };

    const unsigned char first = at(0);
    if (first < 0x80) {
        return {first, 1};
    }
    if (first >= 0xc2 && first <= 0xdf && follows(1)) {
        return {(first & 0x1fU) << 6 | bits(1), 2};
    }
    if ((first & 0xf0) == 0xe0 && follows(1) && follows(2)) {
        const char32_t code = (first & 0x0fU) << 12 | bits(1) << 6 | bits(2);
        if (code >= 0x800 && (code < 0xd800 || code > 0xdfff)) {
            return {code, 3};
        }
    }
    if (first >= 0xf0 && first <= 0xf4 && follows(1) && follows(2) && follows(3)) {
        const char32_t code = (first & 0x07U) << 18 | bits(1) << 12 | bits(2) << 6 | bits(3);
        if (code >= 0x10000 && code <= 0x10ffff) {
            return {code, 4};
        }
    }
    return {0, 0};
}

void appendEscaped(std::string &text, std::string_view bytes)
{
    static constexpr char digits[] = "0123456789abcdef";
    for (const char byte : bytes) {
        const auto value = static_cast<unsigned char>(byte);
        text += "\\x";
        text += digits[value >> 4];
        text += digits[value & 0xf];
    }
}

/// How many bytes at the start are ASCII; looks at eight at a time.
std::size_t asciiPrefix(std::string_view bytes)
{
    constexpr std::uint64_t highBits = 0x8080808080808080;
    std::size_t size = 0;
    std::uint64_t eight = 0;
    for (; bytes.size() - size >= sizeof(eight); size += sizeof(eight)) {
        std::memcpy(&eight, bytes.data() + size, sizeof(eight));
        if ((eight & highBits) != 0) {
            break;
        }
    }
    while (size < bytes.size() && static_cast<unsigned char>(bytes[size]) < 0x80) {
        ++size;
    }
    return size;
}

bool isUtf8(std::string_view bytes)
{
    for (bytes.remove_prefix(asciiPrefix(bytes)); !bytes.empty(); bytes.remove_prefix(asciiPrefix(bytes))) {
        const std::size_t size = decode(bytes).size;
        if (size == 0) {
            return false;
        }
        bytes.remove_prefix(size);
    }
    return true;
}

template<typename Refuse>
std::string escape(std::string_view bytes, Refuse refuse)
{
    std::string text;
    text.reserve(bytes.size());
    while (!bytes.empty()) {
        const Character character = decode(bytes);
        const std::string_view piece = bytes.substr(0, character.size == 0 ? 1 : character.size);
        if (character.size == 0 || refuse(character.code)) {
            appendEscaped(text, piece);
        } else {
            text += piece;
        }
        bytes.remove_prefix(piece.size());
    }
    return text;
}

} // namespace

std::string toUtf8(std::string_view bytes)
{
    return escape(bytes, [](char32_t) { return false; });
}

std::string_view asUtf8(std::string_view bytes, std::string &scratch)
{
    if (isUtf8(bytes)) {
        return bytes;
    }
    scratch = toUtf8(bytes);
    return scratch;
}

std::string toPrintable(std::string_view bytes)
{
    return escape(bytes, [](char32_t code) { return !isPrintable(code); });
}

std::string toEscaped(std::string_view bytes)
{
    return escape(bytes, [](char32_t code) { return code == '\\' || !isPrintable(code); });
}

std::string unescape(std::string_view text)
{
    std::string bytes;
    while (!text.empty()) {
        unsigned char byte = 0;
        const bool isEscape =
            text.size() >= 4 && text.starts_with("\\x") &&
            std::from_chars(text.data() + 2, text.data() + 4, byte, 16).ptr == text.data() + 4;
        bytes += isEscape ? static_cast<char>(byte) : text.front();
        text.remove_prefix(isEscape ? 4 : 1);
    }
    return bytes;
}

bool isPrintable(char32_t code)
{
    const bool dangerous = code < 0x20 || (code >= 0x7f && code <= 0x9f) || // C0, DEL, C1
                           code == 0x061c ||                                // Arabic letter mark
                           (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
                           (code >= 0x2066 && code <= 0x2069) || (code >= 0x2060 && code <= 0x2064) ||
                           code == 0xfeff;
    return !dangerous;
}

} // namespace lunaris::proto
