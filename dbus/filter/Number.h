// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_NUMBER_H
#define LUNARIS_DBUS_FILTER_NUMBER_H

#include <cstdint>
#include <string_view>

namespace lunaris::filter
{

enum class NumberForm { Number, TooLarge, NoNumber };

/// Reads a number as filters have them: decimal, with a size's unit (k, M, G or T, by 1024) if wanted;
/// hexadecimal behind 0x; octal behind 0; a minus before any. Nothing is written unless it is a number.
NumberForm readNumber(std::string_view word, std::int64_t &number);

} // namespace lunaris::filter

#endif
