// SPDX-License-Identifier: MIT
#include "app/format/OpenFlags.h"

#include "dbus/filter/Symbols.h"

#include <cstdio>

namespace lunaris
{

std::string openFlagsWords(std::uint32_t flags)
{
    const auto names = filter::openFlagsText(flags, true);
    if (!names) {
        char text[16];
        std::snprintf(text, sizeof(text), "0x%x", flags);
        return text;
    }
    std::string text;
    for (std::size_t at = 0; at < names->size(); ++at) {
        const bool prefix = names->compare(at, 2, "O_") == 0 && (at == 0 || (*names)[at - 1] == '|');
        if (prefix) {
            ++at;
        } else {
            text += (*names)[at];
        }
    }
    return text;
}

} // namespace lunaris
