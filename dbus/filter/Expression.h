// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_EXPRESSION_H
#define LUNARIS_DBUS_FILTER_EXPRESSION_H

#include "dbus/filter/Error.h"
#include "dbus/filter/Field.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace lunaris::filter
{

/// Bytes, of the text as it is written and of its canonical form.
inline constexpr std::size_t maximumSize = 4096;
/// Parentheses and `not` within each other.
inline constexpr std::size_t maximumDepth = 64;
/// Terms, `not`s, groups and members of sets.
inline constexpr std::size_t maximumNodes = 1000;

/// What a field is compared with.
struct Value {
    std::string text;        ///< bytes; for `result` the errno's name, if it was written so
    std::int64_t number = 0; ///< for fields that are numbers
    bool accessMode = false; ///< for `flags has`: the access mode is part of it
    Span at;

    bool operator==(const Value &) const = default;
};

struct Node {
    enum class Kind : std::uint8_t {
        Everything, ///< the empty filter; never within another node
        And,        ///< of two or more children, none of them an And
        Or,         ///< of two or more children, none of them an Or
        Not,        ///< of one child
        Comparison, ///< of a field with one value, or with one or more for `in`
        Word,       ///< one value, which path, comm or app contains
    };

    Kind kind = Kind::Everything;
    std::vector<Node> children;
    Field field = Field::Type;
    Operator op = Operator::Equal;
    std::vector<Value> values;
    Span at; ///< of a comparison: its field

    bool operator==(const Node &) const = default;
};

/// A filter that has been read: see lunaris-kernel-filter(7) for the language.
struct Expression {
    Node root;

    bool isEmpty() const { return root.kind == Node::Kind::Everything; }
    bool operator==(const Expression &) const = default;
};

/// Reads a filter; time and memory grow with its size only. The patterns of `glob` and `matches` are looked
/// at when a Program is made of it.
Result<Expression> parse(std::string_view text);

/// The filter in canonical form, valid UTF-8: parse() of it gives an equal expression, always. One that would
/// be longer than maximumSize with words and blanks has symbols in their place.
std::string print(const Expression &expression);

/// A text as a filter may hold it: as it is if it is a word, else in quotes.
std::string quoted(std::string_view text);

/// What would keep the helper from taking this filter in Subscribe: it looks up no names of users, and an
/// event's age is the client's affair.
std::optional<Error> problemInSubscription(const Expression &expression);

/// The same filter with `uid` in the place of `user`, by a look-up of user names: for clients, before they
/// subscribe. Where a name is unknown and is a number, it is the uid itself.
Result<Expression>
withUidForUser(const Expression &expression,
               const std::function<std::optional<std::uint32_t>(const std::string &)> &uidOf);

} // namespace lunaris::filter

#endif
