// SPDX-License-Identifier: MIT
#include "dbus/filter/Number.h"

#include <charconv>
#include <limits>
#include <system_error>

namespace lunaris::filter
{

namespace
{

/// As a power of two; 0 is no unit.
int exponentOf(char unit)
{
    switch (unit) {
    case 'k':
        return 10;
    case 'M':
        return 20;
    case 'G':
        return 30;
    case 'T':
        return 40;
    default:
        return 0;
    }
}

} // namespace

NumberForm readNumber(std::string_view word, std::int64_t &number)
{
    const bool negative = word.starts_with('-');
    word.remove_prefix(negative ? 1 : 0);
    int base = 10;
    int exponent = 0;
    if (word.starts_with("0x")) {
        base = 16;
        word.remove_prefix(2);
    } else if (word.size() > 1 && word.front() == '0') {
        base = 8;
    } else if (!word.empty()) {
        exponent = exponentOf(word.back());
        word.remove_suffix(exponent == 0 ? 0 : 1);
    }
    std::uint64_t magnitude = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), magnitude, base);
    if (error == std::errc::invalid_argument || end != word.data() + word.size()) {
        return NumberForm::NoNumber;
    }
    const std::uint64_t most =
        static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) + (negative ? 1 : 0);
    if (error == std::errc::result_out_of_range || magnitude > most >> exponent) {
        return NumberForm::TooLarge;
    }
    magnitude <<= exponent;
    // By two's complement, so that the smallest one, which has no positive twin, is read as well.
    number = static_cast<std::int64_t>(negative ? 0 - magnitude : magnitude);
    return NumberForm::Number;
}

} // namespace lunaris::filter
