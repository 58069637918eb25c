// SPDX-License-Identifier: MIT
#include "dbus/filter/Error.h"

#include "proto/Escape.h"

namespace lunaris::filter
{

namespace
{

constexpr std::size_t longestCitation = 32;

} // namespace

std::string Error::message() const
{
    return "At byte " + std::to_string(at.position) + ": " + sentence.english() + '.';
}

std::string cited(std::string_view text)
{
    if (text.size() <= longestCitation) {
        return '`' + proto::toPrintable(text) + '`';
    }
    std::size_t cut = longestCitation;
    // Not in the midst of a UTF-8 sequence.
    while (cut > longestCitation - 3 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) {
        --cut;
    }
    return '`' + proto::toPrintable(text.substr(0, cut)) + "…`";
}

} // namespace lunaris::filter
