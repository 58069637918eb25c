// SPDX-License-Identifier: MIT
//
// The parser's lower half: a field, its operator, and what it is compared with.
#include "dbus/filter/Number.h"
#include "dbus/filter/Parser.h"
#include "dbus/filter/Symbols.h"

#include <limits>
#include <utility>

namespace lunaris::filter
{

using Kind = Token::Kind;

std::optional<Operator> Parser::operatorOf(const Token &token)
{
    if (token.kind == Kind::Word) {
        return operatorWord(token.text);
    }
    if (token.kind >= Kind::Equal && token.kind <= Kind::GreaterEqual) {
        static_assert(static_cast<int>(Kind::GreaterEqual) - static_cast<int>(Kind::Equal) ==
                          static_cast<int>(Operator::GreaterEqual),
                      "both list them in one order");
        return static_cast<Operator>(static_cast<int>(token.kind) - static_cast<int>(Kind::Equal));
    }
    return std::nullopt;
}

Node Parser::comparison(Field field)
{
    const Token name = take();
    count(name);
    const Token sign = take();
    const Operator op = *operatorOf(sign);
    if (!accepts(field, op)) {
        const Sentence::Pattern pattern =
            op == Operator::Has
                ? LUNARIS_SENTENCE("lunaris::filter", "%1 is for `flags` and `mode`, not for %2")
            : accepts(Field::Pid, op) ? LUNARIS_SENTENCE("lunaris::filter", "%1 is for numbers, not for %2")
                                      : LUNARIS_SENTENCE("lunaris::filter", "%1 is for texts, not for %2");
        fail(sign, {pattern, cited(spellingOf(op)), cited(nameOf(field))});
    }
    Node node;
    node.kind = Node::Kind::Comparison;
    node.field = field;
    node.op = op;
    node.at = name.at;
    const std::string after = std::string(nameOf(field)) + ' ' + std::string(spellingOf(op));
    if (op == Operator::In) {
        node.values = set(field, after);
    } else {
        node.values.push_back(value(field, op, '`' + after + '`'));
    }
    return node;
}

std::vector<Value> Parser::set(Field field, const std::string &after)
{
    expecting(Expectation::Kind::OpenSet);
    if (!takeIf(Kind::OpenBrace)) {
        fail(peek(), {LUNARIS_SENTENCE("lunaris::filter", "expected `{` after %1"), '`' + after + '`'});
    }
    std::vector<Value> values;
    std::string before = '`' + after + " {`";
    for (;;) {
        count(peek());
        values.push_back(value(field, Operator::In, before));
        expecting(Expectation::Kind::NextMember);
        if (takeIf(Kind::CloseBrace)) {
            return values;
        }
        if (!takeIf(Kind::Comma)) {
            fail(peek(), {LUNARIS_SENTENCE("lunaris::filter", "expected `,` or `}` in the set of %1"),
                          cited(nameOf(field))});
        }
        before = "`,`";
    }
}

Value Parser::value(Field field, Operator op, const std::string &after)
{
    expecting(Expectation::Kind::Value, field);
    if (isText(field)) {
        return textValue(after);
    }
    return field == Field::Flags ? flagsValue(op, after) : numberValue(field, after);
}

Value Parser::textValue(const std::string &after)
{
    const Token &token = peek();
    if (token.kind == Kind::Word && isKeyword(token.text)) {
        fail(token,
             {LUNARIS_SENTENCE("lunaris::filter", "expected a text after %1; %2 as a text needs quotes"),
              after, cited(token.text)});
    }
    if (token.kind != Kind::Word && token.kind != Kind::String) {
        fail(token, {LUNARIS_SENTENCE("lunaris::filter", "expected a text after %1"), after});
    }
    const Token taken = take();
    return {taken.text, 0, false, taken.at};
}

Value Parser::numberValue(Field field, const std::string &after)
{
    const Token token = peek();
    Value value;
    value.at = token.at;
    if (token.kind != Kind::Word) {
        fail(token, {LUNARIS_SENTENCE("lunaris::filter", "expected a number after %1"), after});
    }
    if (field == Field::Result && token.text.starts_with('E')) {
        const std::optional<int> number = errnoNamed(token.text);
        if (!number) {
            fail(token, {LUNARIS_SENTENCE("lunaris::filter", "there is no errno %1"), cited(token.text)});
        }
        value.text = token.text;
        value.number = -*number;
        take();
        return value;
    }
    switch (readNumber(token.text, value.number)) {
    case NumberForm::NoNumber:
        fail(token, {LUNARIS_SENTENCE("lunaris::filter", "expected a number after %1"), after});
    case NumberForm::TooLarge:
        fail(token, {LUNARIS_SENTENCE("lunaris::filter", "%1 is too large a number"), cited(token.text)});
    case NumberForm::Number:
        break;
    }
    take();
    return value;
}

Value Parser::flagsValue(Operator op, const std::string &after)
{
    const Token first = peek();
    Value value;
    value.at = first.at;
    if (first.kind != Kind::Word) {
        fail(first, {LUNARIS_SENTENCE("lunaris::filter", "expected open flags after %1"), after});
    }
    if (!first.text.starts_with("O_")) {
        if (readNumber(first.text, value.number) != NumberForm::Number || value.number < 0 ||
            value.number > std::numeric_limits<std::uint32_t>::max()) {
            fail(first, {LUNARIS_SENTENCE("lunaris::filter", "expected open flags after %1"), after});
        }
        if (op == Operator::Has && value.number == 0) {
            fail(first, LUNARIS_SENTENCE("lunaris::filter",
                                         "every open has the flags 0; for the access mode write `O_RDONLY`"));
        }
        value.accessMode = op == Operator::Has && (value.number & accessModeMask) != 0;
        take();
        return value;
    }
    bool hasAccessMode = false;
    do {
        expecting(Expectation::Kind::Value, Field::Flags);
        const Token token = peek();
        const std::optional<std::uint32_t> bits =
            token.kind == Kind::Word ? openFlagNamed(token.text) : std::nullopt;
        if (!bits) {
            fail(token,
                 token.kind == Kind::Word
                     ? Sentence(LUNARIS_SENTENCE("lunaris::filter", "there is no open flag %1"),
                                cited(token.text))
                     : Sentence(LUNARIS_SENTENCE("lunaris::filter", "expected an open flag after `|`")));
        }
        if (isAccessMode(token.text) && std::exchange(hasAccessMode, true)) {
            fail(token, LUNARIS_SENTENCE("lunaris::filter",
                                         "an open has one access mode only; join two comparisons with `or`"));
        }
        value.number |= *bits;
        value.at.length = token.at.end() - value.at.position;
        take();
        expecting(Expectation::Kind::NextFlag);
    } while (takeIf(Kind::Bar));
    value.accessMode = op == Operator::Has && hasAccessMode;
    return value;
}

} // namespace lunaris::filter
