// SPDX-License-Identifier: MIT
#include "dbus/filter/Field.h"

#include <algorithm>

namespace lunaris::filter
{

std::optional<Field> fieldNamed(std::string_view name)
{
    const auto found = std::find(fieldNames.begin(), fieldNames.end(), name);
    return found == fieldNames.end() ? std::nullopt
                                     : std::optional(static_cast<Field>(found - fieldNames.begin()));
}

std::optional<Operator> operatorWord(std::string_view word)
{
    const auto *const first = operatorSpellings.begin() + static_cast<std::size_t>(Operator::Contains);
    const auto *const found = std::find(first, operatorSpellings.end(), word);
    return found == operatorSpellings.end()
               ? std::nullopt
               : std::optional(static_cast<Operator>(found - operatorSpellings.begin()));
}

bool accepts(Field field, Operator op)
{
    switch (op) {
    case Operator::Equal:
    case Operator::NotEqual:
    case Operator::In:
        return true;
    case Operator::Less:
    case Operator::LessEqual:
    case Operator::Greater:
    case Operator::GreaterEqual:
        return !isText(field) && field != Field::Flags;
    case Operator::Contains:
    case Operator::StartsWith:
    case Operator::EndsWith:
    case Operator::Glob:
    case Operator::Matches:
        return isText(field);
    case Operator::Has:
        return field == Field::Flags || field == Field::Mode;
    }
    return false;
}

bool isKeyword(std::string_view word)
{
    return word == "and" || word == "or" || word == "not";
}

} // namespace lunaris::filter
