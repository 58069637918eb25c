// SPDX-License-Identifier: MIT
#include "dbus/filter/Completion.h"

#include "dbus/filter/Parser.h"
#include "dbus/filter/Symbols.h"
#include "proto/EventNames.h"

#include <algorithm>

namespace lunaris::filter
{

namespace
{

std::vector<std::string_view> valuesOf(Field field)
{
    switch (field) {
    case Field::Type:
        return {proto::type::all.begin(), proto::type::all.end()};
    case Field::Flags:
        return openFlagNames();
    case Field::Result:
        return errnoNames();
    default:
        return {};
    }
}

std::vector<std::string_view> candidatesFor(const Expectation &expectation)
{
    std::vector<std::string_view> candidates;
    switch (expectation.kind) {
    case Expectation::Kind::Join:
        candidates = {"and", "or"};
        [[fallthrough]];
    case Expectation::Kind::Term:
        candidates.insert(candidates.end(), fieldNames.begin(), fieldNames.end());
        candidates.insert(candidates.end(), {"not", "("});
        break;
    case Expectation::Kind::Operator:
        for (std::size_t index = 0; index < operatorSpellings.size(); ++index) {
            if (accepts(expectation.field, static_cast<Operator>(index))) {
                candidates.push_back(operatorSpellings[index]);
            }
        }
        break;
    case Expectation::Kind::Value:
        return valuesOf(expectation.field);
    case Expectation::Kind::OpenSet:
        return {"{"};
    case Expectation::Kind::NextMember:
        return {",", "}"};
    case Expectation::Kind::NextFlag:
        return {"|"};
    case Expectation::Kind::Close:
        return {")"};
    }
    return candidates;
}

} // namespace

Completion complete(std::string_view text, std::size_t cursor)
{
    text = text.substr(0, std::min({cursor, text.size(), maximumSize}));
    const std::vector<Token> tokens = tokensOf(text);
    Completion completion{text.size(), {}};
    if (tokens.size() > 1) {
        const Token &last = tokens[tokens.size() - 2];
        if (last.kind == Token::Kind::Word && last.at.end() == text.size()) {
            completion.from = last.at.position;
        }
    }
    const std::string_view begun = text.substr(completion.from);
    Parser parser(text.substr(0, completion.from));
    parser.parse();
    for (const Expectation &expectation : parser.expectations()) {
        for (const std::string_view candidate : candidatesFor(expectation)) {
            const bool known = std::find(completion.candidates.begin(), completion.candidates.end(),
                                         candidate) != completion.candidates.end();
            if (candidate.starts_with(begun) && !known) {
                completion.candidates.emplace_back(candidate);
            }
        }
    }
    return completion;
}

} // namespace lunaris::filter
