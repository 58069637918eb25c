// SPDX-License-Identifier: MIT
#include "dbus/filter/Lexer.h"

#include <array>
#include <charconv>
#include <utility>

namespace lunaris::filter
{

namespace
{

using Kind = Token::Kind;

constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view specials = "(){},!=<>&|\"'";

// The longer ones first.
constexpr std::array<std::pair<std::string_view, Kind>, 15> symbols = {{
    {"==", Kind::Equal},
    {"!=", Kind::NotEqual},
    {"<=", Kind::LessEqual},
    {">=", Kind::GreaterEqual},
    {"&&", Kind::And},
    {"||", Kind::Or},
    {"<", Kind::Less},
    {">", Kind::Greater},
    {"!", Kind::Not},
    {"|", Kind::Bar},
    {"(", Kind::OpenParenthesis},
    {")", Kind::CloseParenthesis},
    {"{", Kind::OpenBrace},
    {"}", Kind::CloseBrace},
    {",", Kind::Comma},
}};

bool isControl(char byte)
{
    return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7f;
}

class Lexer
{
public:
    explicit Lexer(std::string_view text) : m_text(text) {}

    Token next()
    {
        m_at = std::min(m_text.find_first_not_of(blanks, m_at), m_text.size());
        const std::string_view rest = m_text.substr(m_at);
        if (rest.empty()) {
            return token(Kind::End, 0);
        }
        if (rest.front() == '"' || rest.front() == '\'') {
            return string(rest.front());
        }
        for (const auto &[spelling, kind] : symbols) {
            if (rest.starts_with(spelling)) {
                return token(kind, spelling.size());
            }
        }
        if (rest.front() == '=') {
            return wrong(m_at, 1, LUNARIS_SENTENCE("lunaris::filter", "`=` compares nothing; write `==`"));
        }
        if (rest.front() == '&') {
            return wrong(m_at, 1,
                         LUNARIS_SENTENCE("lunaris::filter", "`&` joins nothing; write `&&` or `and`"));
        }
        std::size_t size = 0;
        while (size < rest.size() && isWordByte(rest[size])) {
            ++size;
        }
        if (size == 0) {
            return control(m_at);
        }
        Token word = token(Kind::Word, size);
        word.text = rest.substr(0, size);
        return word;
    }

private:
    Token token(Kind kind, std::size_t size)
    {
        const Span at{m_at, size};
        m_at += size;
        return {kind, at, {}};
    }

    static Token wrong(std::size_t position, std::size_t length, const Sentence &sentence)
    {
        return {Kind::Wrong, {position, length}, {}, sentence};
    }

    static Token control(std::size_t position)
    {
        return wrong(
            position, 1,
            LUNARIS_SENTENCE("lunaris::filter", "a control character is written `\\xHH`, within quotes"));
    }

    Token string(char quote)
    {
        std::string text;
        std::size_t at = m_at + 1;
        while (at < m_text.size() && m_text[at] != quote) {
            if (isControl(m_text[at])) {
                return control(at);
            }
            if (m_text[at] != '\\') {
                text += m_text[at++];
                continue;
            }
            const std::string_view escape = m_text.substr(at, 4);
            const std::size_t size = unescape(escape, text);
            if (size == 0) {
                return escape.starts_with("\\x")
                           ? wrong(at, escape.size(),
                                   LUNARIS_SENTENCE("lunaris::filter",
                                                    "expected two hexadecimal digits after `\\x`"))
                       : escape.size() < 2
                           ? unclosed()
                           : wrong(
                                 at, 2,
                                 LUNARIS_SENTENCE("lunaris::filter",
                                                  "there is no such escape; a backslash is written `\\\\`"));
            }
            at += size;
        }
        if (at == m_text.size()) {
            return unclosed();
        }
        Token string = token(Kind::String, at + 1 - m_at);
        string.text = std::move(text);
        return string;
    }

    Token unclosed() const
    {
        return wrong(m_at, m_text.size() - m_at,
                     LUNARIS_SENTENCE("lunaris::filter", "the closing quote is missing"));
    }

    /// Appends what the escape at the beginning stands for and returns its size, 0 if it is none.
    static std::size_t unescape(std::string_view escape, std::string &text)
    {
        if (escape.size() < 2) {
            return 0;
        }
        switch (escape[1]) {
        case '\\':
        case '"':
        case '\'':
            text += escape[1];
            return 2;
        case 'n':
            text += '\n';
            return 2;
        case 'r':
            text += '\r';
            return 2;
        case 't':
            text += '\t';
            return 2;
        case 'x':
            break;
        default:
            return 0;
        }
        unsigned value = 0;
        const char *const last = escape.data() + escape.size();
        if (escape.size() != 4 || std::from_chars(escape.data() + 2, last, value, 16).ptr != last) {
            return 0;
        }
        text += static_cast<char>(value);
        return 4;
    }

    const std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

bool isWordByte(char byte)
{
    return !isControl(byte) && byte != ' ' && specials.find(byte) == std::string_view::npos;
}

std::vector<Token> tokensOf(std::string_view text)
{
    Lexer lexer(text);
    std::vector<Token> tokens;
    do {
        tokens.push_back(lexer.next());
    } while (tokens.back().kind != Kind::Wrong && tokens.back().kind != Kind::End);
    return tokens;
}

} // namespace lunaris::filter
