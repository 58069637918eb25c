// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_PARSER_H
#define LUNARIS_DBUS_FILTER_PARSER_H

#include "dbus/filter/Expression.h"
#include "dbus/filter/Lexer.h"

#include <string>
#include <string_view>
#include <vector>

namespace lunaris::filter
{

/// What could stand where a text ends.
struct Expectation {
    enum class Kind : std::uint8_t {
        Term,       ///< a field, a word, `not`, `(`
        Join,       ///< `and`, `or`, or another term
        Operator,   ///< of the field
        Value,      ///< for the field
        OpenSet,    ///< `{`
        NextMember, ///< `,` or `}`
        NextFlag,   ///< `|`
        Close,      ///< `)`
    };

    Kind kind = Kind::Term;
    Field field = Field::Type;
};

/// Reads one text by recursive descent; what its rules are called is what they are called in
/// lunaris-kernel-filter(7).
class Parser
{
public:
    explicit Parser(std::string_view text) : m_tokens(tokensOf(text)) {}

    /// To be called once.
    Result<Expression> parse();

    /// After parse(): all that may come next; empty if something is wrong before the end of the text.
    const std::vector<Expectation> &expectations() const { return m_expectations; }

private:
    const Token &peek(std::size_t ahead = 0) const;
    Token take();
    bool takeIf(Token::Kind kind);
    bool takeKeyword(Token::Kind symbol, std::string_view word);
    bool isKeywordNext(std::string_view word) const;
    void expecting(Expectation::Kind kind, Field field = Field::Type);
    [[noreturn]] void fail(const Token &at, const Sentence &sentence) const;
    void count(const Token &at);

    Node disjunction(std::size_t depth);
    Node conjunction(std::size_t depth);
    Node negation(std::size_t depth);
    Node primary(std::size_t depth);
    Node comparison(Field field);
    Node word();
    bool startsTerm() const;
    static std::optional<Operator> operatorOf(const Token &token);
    std::vector<Value> set(Field field, const std::string &after);
    Value value(Field field, Operator op, const std::string &after);
    Value textValue(const std::string &after);
    Value numberValue(Field field, const std::string &after);
    Value flagsValue(Operator op, const std::string &after);

    const std::vector<Token> m_tokens;
    std::size_t m_next = 0;
    std::size_t m_nodes = 0;
    std::vector<Expectation> m_expectations;
};

} // namespace lunaris::filter

#endif
