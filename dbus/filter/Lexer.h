// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_LEXER_H
#define LUNARIS_DBUS_FILTER_LEXER_H

#include "dbus/filter/Error.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace lunaris::filter
{

struct Token {
    enum class Kind : std::uint8_t {
        Word,
        String,
        OpenParenthesis,
        CloseParenthesis,
        OpenBrace,
        CloseBrace,
        Comma,
        Bar,
        Not,
        And,
        Or,
        Equal,
        NotEqual,
        Less,
        LessEqual,
        Greater,
        GreaterEqual,
        Wrong, ///< always the last one
        End,   ///< always the last one
    };

    Kind kind = Kind::End;
    Span at;
    std::string text;                             ///< of words and strings, without quotes and escapes
    std::optional<Sentence> wrong = std::nullopt; ///< what is, with a Wrong one
};

/// The tokens of a text; the last is Wrong or End.
std::vector<Token> tokensOf(std::string_view text);

/// Whether a byte can be part of a word: no blank, no control character, no quote, none of (){},!=<>&|
bool isWordByte(char byte);

} // namespace lunaris::filter

#endif
