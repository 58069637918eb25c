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
        const std::string start = '`' + std::string(spellingOf(op)) + "` is for ";
        const std::string kinds = op == Operator::Has       ? "`flags` and `mode`"
                                  : accepts(Field::Pid, op) ? "numbers"
                                                            : "texts";
        fail(sign, start + kinds + ", not for " + cited(nameOf(field)));
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
        fail(peek(), "expected `{` after `" + after + '`');
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
            fail(peek(), "expected `,` or `}` in the set of " + cited(nameOf(field)));
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
        fail(token, "expected a text after " + after + "; " + cited(token.text) + " as a text needs quotes");
    }
    if (token.kind != Kind::Word && token.kind != Kind::String) {
        fail(token, "expected a text after " + after);
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
        fail(token, "expected a number after " + after);
    }
    if (field == Field::Result && token.text.starts_with('E')) {
        const std::optional<int> number = errnoNamed(token.text);
        if (!number) {
            fail(token, "there is no errno " + cited(token.text));
        }
        value.text = token.text;
        value.number = -*number;
        take();
        return value;
    }
    switch (readNumber(token.text, value.number)) {
    case NumberForm::NoNumber:
        fail(token, "expected a number after " + after);
    case NumberForm::TooLarge:
        fail(token, cited(token.text) + " is too large a number");
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
        fail(first, "expected open flags after " + after);
    }
    if (!first.text.starts_with("O_")) {
        if (readNumber(first.text, value.number) != NumberForm::Number || value.number < 0 ||
            value.number > std::numeric_limits<std::uint32_t>::max()) {
            fail(first, "expected open flags after " + after);
        }
        if (op == Operator::Has && value.number == 0) {
            fail(first, "every open has the flags 0; for the access mode write `O_RDONLY`");
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
            fail(token, token.kind == Kind::Word ? "there is no open flag " + cited(token.text)
                                                 : "expected an open flag after `|`");
        }
        if (isAccessMode(token.text) && std::exchange(hasAccessMode, true)) {
            fail(token, "an open has one access mode only; join two comparisons with `or`");
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
