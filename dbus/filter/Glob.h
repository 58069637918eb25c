// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_GLOB_H
#define LUNARIS_DBUS_FILTER_GLOB_H

#include "dbus/filter/Field.h"
#include "proto/sentence/Sentence.h"

#include <string>
#include <string_view>
#include <variant>

namespace lunaris::filter
{

/// A glob that is nothing more than one of the plain operators: `*.txt` is `endswith .txt`.
struct PlainGlob {
    Operator op; ///< Equal, StartsWith, EndsWith or Contains
    std::string text;
};

/// A glob as an anchored regular expression on bytes.
struct GlobPattern {
    std::string expression;
};

/// What is wrong with a glob, as an error's sentence.
struct WrongGlob {
    Sentence sentence;
};

/// Reads a glob: `*` any bytes, `?` any one byte, `[a-z]` one of these and `[!a-z]` or `[^a-z]` one that is
/// none of these, a backslash before a byte takes it as it is. The whole text has to match.
std::variant<PlainGlob, GlobPattern, WrongGlob> readGlob(std::string_view glob);

} // namespace lunaris::filter

#endif
