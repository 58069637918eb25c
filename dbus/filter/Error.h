// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_ERROR_H
#define LUNARIS_DBUS_FILTER_ERROR_H

#include "proto/sentence/Sentence.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace lunaris::filter
{

/// Where something stands in the text of a filter, in bytes.
struct Span {
    std::size_t position = 0;
    std::size_t length = 0;

    std::size_t end() const { return position + length; }

    /// Always: where something stands is no part of what it says, so that expressions can be compared.
    bool operator==(const Span &) const { return true; }
};

/// What is wrong with a filter, and where: the length is 0 where something is missing.
struct Error {
    Span at;
    Sentence sentence; ///< UTF-8, safe to print; begins small and has no full stop

    /// The whole of it as one English sentence: "At byte 7: expected a number after `pid ==`."
    std::string message() const;
};

template<typename Type>
using Result = std::variant<Type, Error>;

/// A piece of a filter's text as sentences quote it: short, printable, in backquotes.
std::string cited(std::string_view text);

} // namespace lunaris::filter

#endif
