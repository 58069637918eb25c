// SPDX-License-Identifier: MIT
#include "dbus/filter/Parser.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace lunaris::filter
{

namespace
{

using Kind = Token::Kind;

/// Of words and symbols; a text in quotes can stand wherever a word can, so none is ever in the way.
std::string spelling(const Token &token)
{
    static constexpr std::array<std::string_view, static_cast<std::size_t>(Kind::End) + 1> symbols = {
        "", "", "(", ")", "{", "}", ",", "|", "!", "&&", "||", "==", "!=", "<", "<=", ">", ">=", "", "",
    };
    return token.kind == Kind::Word ? cited(token.text)
                                    : '`' + std::string(symbols[static_cast<std::size_t>(token.kind)]) + '`';
}

Node group(Node::Kind kind, std::vector<Node> nodes)
{
    if (nodes.size() == 1) {
        return std::move(nodes.front());
    }
    Node node;
    node.kind = kind;
    for (Node &child : nodes) {
        if (child.kind == kind) { // (a and b) and c is a and b and c
            std::move(child.children.begin(), child.children.end(), std::back_inserter(node.children));
        } else {
            node.children.push_back(std::move(child));
        }
    }
    return node;
}

} // namespace

const Token &Parser::peek(std::size_t ahead) const
{
    return m_tokens[std::min(m_next + ahead, m_tokens.size() - 1)];
}

Token Parser::take()
{
    const Token &token = peek();
    m_next += m_next + 1 < m_tokens.size() ? 1 : 0;
    return token;
}

bool Parser::takeIf(Kind kind)
{
    const bool found = peek().kind == kind;
    if (found) {
        take();
    }
    return found;
}

bool Parser::isKeywordNext(std::string_view word) const
{
    return peek().kind == Kind::Word && peek().text == word;
}

bool Parser::takeKeyword(Kind symbol, std::string_view word)
{
    const bool found = peek().kind == symbol || isKeywordNext(word);
    if (found) {
        take();
    }
    return found;
}

void Parser::expecting(Expectation::Kind kind, Field field)
{
    if (peek().kind == Kind::End) {
        m_expectations.push_back({kind, field});
    }
}

/// Caught by parse(), and nowhere else: a recursive descent has nothing to do on its way out.
void Parser::fail(const Token &at, const Sentence &sentence) const
{
    throw Error{at.at, at.wrong.value_or(sentence)};
}

void Parser::count(const Token &at)
{
    if (++m_nodes > maximumNodes) {
        fail(at, {LUNARIS_SENTENCE("lunaris::filter", "there are more than %1 parts in this filter"),
                  maximumNodes});
    }
}

Result<Expression> Parser::parse()
{
    try {
        Expression expression;
        if (peek().kind == Kind::End) {
            expecting(Expectation::Kind::Term);
            return expression;
        }
        expression.root = disjunction(0);
        if (peek().kind != Kind::End) {
            switch (peek().kind) {
            case Kind::CloseParenthesis:
                fail(peek(), LUNARIS_SENTENCE("lunaris::filter", "there is no `(` for this `)`"));
            case Kind::Bar:
                fail(peek(),
                     LUNARIS_SENTENCE("lunaris::filter", "`|` joins open flags only; write `||` or `or`"));
            case Kind::OpenBrace:
                fail(peek(), LUNARIS_SENTENCE("lunaris::filter", "a set can stand behind `in` only"));
            default:
                if (operatorOf(peek())) {
                    fail(peek(), {LUNARIS_SENTENCE("lunaris::filter", "expected a field before %1"),
                                  spelling(peek())});
                }
                fail(peek(),
                     {LUNARIS_SENTENCE("lunaris::filter", "did not expect %1 here"), spelling(peek())});
            }
        }
        return expression;
    } catch (const Error &error) {
        return error;
    }
}

Node Parser::disjunction(std::size_t depth)
{
    std::vector<Node> nodes;
    const Token first = peek();
    do {
        nodes.push_back(conjunction(depth));
    } while (takeKeyword(Kind::Or, "or"));
    if (nodes.size() > 1) {
        count(first);
    }
    return group(Node::Kind::Or, std::move(nodes));
}

Node Parser::conjunction(std::size_t depth)
{
    std::vector<Node> nodes;
    const Token first = peek();
    do {
        nodes.push_back(negation(depth));
        expecting(Expectation::Kind::Join);
    } while (takeKeyword(Kind::And, "and") || startsTerm());
    if (nodes.size() > 1) {
        count(first);
    }
    return group(Node::Kind::And, std::move(nodes));
}

bool Parser::startsTerm() const
{
    switch (peek().kind) {
    case Kind::Word:
        return peek().text != "and" && peek().text != "or";
    case Kind::String:
    case Kind::Not:
    case Kind::OpenParenthesis:
        return true;
    default:
        return false;
    }
}

Node Parser::negation(std::size_t depth)
{
    const Token start = peek();
    if (!takeKeyword(Kind::Not, "not")) {
        return primary(depth);
    }
    if (depth == maximumDepth) {
        fail(start,
             {LUNARIS_SENTENCE("lunaris::filter", "this is nested more than %1 levels deep"), maximumDepth});
    }
    count(start);
    Node node;
    node.kind = Node::Kind::Not;
    node.children.push_back(negation(depth + 1));
    return node;
}

Node Parser::primary(std::size_t depth)
{
    const Token start = peek();
    expecting(Expectation::Kind::Term);
    if (start.kind == Kind::OpenParenthesis) {
        if (depth == maximumDepth) {
            fail(start, {LUNARIS_SENTENCE("lunaris::filter", "this is nested more than %1 levels deep"),
                         maximumDepth});
        }
        take();
        Node node = disjunction(depth + 1);
        expecting(Expectation::Kind::Close);
        if (peek().kind == Kind::End) {
            fail(start, LUNARIS_SENTENCE("lunaris::filter", "there is no `)` for this `(`"));
        }
        if (!takeIf(Kind::CloseParenthesis)) {
            fail(peek(), {LUNARIS_SENTENCE("lunaris::filter", "expected `)` before %1"), spelling(peek())});
        }
        return node;
    }
    if (!startsTerm()) {
        if (operatorOf(start)) {
            fail(start, {LUNARIS_SENTENCE("lunaris::filter", "expected a field before %1"), spelling(start)});
        }
        if (m_next == 0) {
            fail(start, LUNARIS_SENTENCE("lunaris::filter", "expected a field or a word at the beginning"));
        }
        fail(start, {LUNARIS_SENTENCE("lunaris::filter", "expected a field or a word after %1"),
                     spelling(m_tokens[m_next - 1])});
    }
    if (start.kind == Kind::Word) {
        const std::optional<Field> field = fieldNamed(start.text);
        if (const std::optional<Operator> op = operatorOf(peek(1))) {
            if (!field) {
                fail(start, {LUNARIS_SENTENCE("lunaris::filter", "there is no field %1"), cited(start.text)});
            }
            return comparison(*field);
        }
        if (field && peek(1).kind == Kind::End) {
            m_expectations.push_back({Expectation::Kind::Operator, *field});
        }
    }
    return word();
}

Node Parser::word()
{
    const Token token = take();
    count(token);
    Node node;
    node.kind = Node::Kind::Word;
    node.at = token.at;
    node.values.push_back({token.text, 0, false, token.at});
    return node;
}

Result<Expression> parse(std::string_view text)
{
    const auto tooLong = [&text](std::size_t size, Sentence::Pattern pattern) {
        return Error{{0, text.size()}, {pattern, size, maximumSize}};
    };
    if (text.size() > maximumSize) {
        return tooLong(text.size(),
                       LUNARIS_SENTENCE("lunaris::filter",
                                        "the filter is too long: it has %1 bytes, and %2 are the most"));
    }
    Result<Expression> result = Parser(text).parse();
    if (const auto *const expression = std::get_if<Expression>(&result)) {
        // So that what print() gives can be read again, whatever was read.
        const std::size_t size = print(*expression).size();
        if (size > maximumSize) {
            return tooLong(
                size, LUNARIS_SENTENCE(
                          "lunaris::filter",
                          "the filter is too long: in canonical form it has %1 bytes, and %2 are the most"));
        }
    }
    return result;
}

} // namespace lunaris::filter
