// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_FIELD_H
#define LUNARIS_DBUS_FILTER_FIELD_H

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace lunaris::filter
{

/// What can be asked of an event; the texts first.
enum class Field : std::uint8_t {
    Type,
    Path,
    Name,
    Dir,
    Ext,
    User,
    Comm,
    App,
    Addr,
    Pid,
    Ppid,
    Uid,
    Flags,
    Mode,
    Result,
    Bytes,
    Port,
    Age,
};

inline constexpr std::size_t textFieldCount = 9;

inline constexpr std::array<std::string_view, 18> fieldNames = {
    "type", "path", "name", "dir",   "ext",  "user",   "comm",  "app",  "addr",
    "pid",  "ppid", "uid",  "flags", "mode", "result", "bytes", "port", "age",
};

constexpr std::string_view nameOf(Field field)
{
    return fieldNames[static_cast<std::size_t>(field)];
}

std::optional<Field> fieldNamed(std::string_view name);

constexpr bool isText(Field field)
{
    return static_cast<std::size_t>(field) < textFieldCount;
}

/// A set of fields.
class FieldSet
{
public:
    constexpr void insert(Field field) { m_bits |= bitOf(field); }
    constexpr bool contains(Field field) const { return (m_bits & bitOf(field)) != 0; }
    constexpr bool operator==(const FieldSet &) const = default;

private:
    static constexpr std::uint32_t bitOf(Field field) { return 1U << static_cast<unsigned>(field); }

    std::uint32_t m_bits = 0;
};

enum class Operator : std::uint8_t {
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    Contains,
    StartsWith,
    EndsWith,
    Glob,
    Matches,
    In,
    Has,
};

inline constexpr std::array<std::string_view, 13> operatorSpellings = {
    "==", "!=", "<", "<=", ">", ">=", "contains", "startswith", "endswith", "glob", "matches", "in", "has",
};

constexpr std::string_view spellingOf(Operator op)
{
    return operatorSpellings[static_cast<std::size_t>(op)];
}

/// Of those that are words: "contains", "in", …
std::optional<Operator> operatorWord(std::string_view word);

/// Whether the operator can be used on the field.
bool accepts(Field field, Operator op);

/// `and`, `or` and `not`: as texts they need quotes, wherever they stand.
bool isKeyword(std::string_view word);

} // namespace lunaris::filter

#endif
