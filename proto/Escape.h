// SPDX-License-Identifier: MIT
#ifndef LUNARIS_PROTO_ESCAPE_H
#define LUNARIS_PROTO_ESCAPE_H

#include <string>
#include <string_view>

namespace lunaris::proto
{

/// The text of bytes that need not be UTF-8, such as a path or a comm: what is valid stays as it
/// is, every other byte becomes `\xHH`. The Event Bus drops events whose strings are not UTF-8.
/// Valid means RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF.
std::string toUtf8(std::string_view bytes);

/// As toUtf8(), without a copy of what is valid, as nearly everything is: the text is `bytes` itself or
/// lies in `scratch`, which must outlive it unchanged.
std::string_view asUtf8(std::string_view bytes, std::string &scratch);

/// As toUtf8(), and safe to print: control characters (C0, DEL, C1) and the characters that
/// reorder or hide text (bidirectional controls, U+2028, U+2029, U+FEFF) are escaped byte by byte, so
/// that no file name can move a cursor, forge a line or read backwards.
std::string toPrintable(std::string_view bytes);

/// As toPrintable(), and a backslash becomes `\x5c`: from this text unescape() gets the very bytes.
std::string toEscaped(std::string_view bytes);

/// The bytes that a person has written: `\xHH` is the byte HH, all else stands for itself.
std::string unescape(std::string_view text);

/// Whether toPrintable() leaves a character as it is.
bool isPrintable(char32_t code);

} // namespace lunaris::proto

#endif
