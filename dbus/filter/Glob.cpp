// SPDX-License-Identifier: MIT
#include "dbus/filter/Glob.h"

#include <optional>

namespace lunaris::filter
{

namespace
{

void appendByte(std::string &expression, char byte)
{
    static constexpr char digits[] = "0123456789abcdef";
    const auto value = static_cast<unsigned char>(byte);
    expression += "\\x";
    expression += digits[value >> 4];
    expression += digits[value & 0xf];
}

class GlobReader
{
public:
    explicit GlobReader(std::string_view glob) : m_rest(glob) {}

    std::variant<PlainGlob, GlobPattern, WrongGlob> read()
    {
        while (!m_rest.empty() && !m_wrong) {
            step();
        }
        if (m_wrong) {
            return WrongGlob{*m_wrong};
        }
        if (!m_needsPattern) {
            if (!m_starts && !m_ends) {
                return PlainGlob{Operator::Equal, m_plain};
            }
            return PlainGlob{m_starts && m_ends ? Operator::Contains
                             : m_starts         ? Operator::EndsWith
                                                : Operator::StartsWith,
                             m_plain};
        }
        return GlobPattern{"\\A(?s:" + m_expression + ")\\z"};
    }

private:
    char take()
    {
        const char byte = m_rest.front();
        m_rest.remove_prefix(1);
        return byte;
    }

    void step()
    {
        const char byte = take();
        if (byte == '*') {
            while (m_rest.starts_with('*')) {
                take();
            }
            m_expression += ".*";
            (m_plain.empty() && !m_starts && !m_needsPattern ? m_starts : m_ends) = true;
            return;
        }
        if (m_ends) { // a star with something on both sides
            m_needsPattern = true;
        }
        if (byte == '?') {
            m_needsPattern = true;
            m_expression += '.';
        } else if (byte == '[') {
            m_needsPattern = true;
            set();
        } else if (const std::optional<char> literal = unescaped(byte)) {
            m_plain += *literal;
            appendByte(m_expression, *literal);
        }
    }

    std::optional<char> unescaped(char byte)
    {
        if (byte != '\\') {
            return byte;
        }
        if (m_rest.empty()) {
            m_wrong = LUNARIS_SENTENCE("lunaris::filter",
                                       "this glob ends with a backslash; one that is meant is written twice");
            return std::nullopt;
        }
        return take();
    }

    void set()
    {
        m_expression += '[';
        if (m_rest.starts_with('!') || m_rest.starts_with('^')) {
            take();
            m_expression += '^';
        }
        bool first = true; // a `]` that comes first is one of the set
        while (!m_rest.empty() && (first || m_rest.front() != ']')) {
            first = false;
            const std::optional<char> low = unescaped(take());
            std::optional<char> high = low;
            if (m_rest.size() >= 2 && m_rest[0] == '-' && m_rest[1] != ']') {
                take();
                high = unescaped(take());
            }
            if (!low || !high) {
                return;
            }
            if (static_cast<unsigned char>(*low) > static_cast<unsigned char>(*high)) {
                m_wrong = LUNARIS_SENTENCE("lunaris::filter",
                                           "this glob has a range whose end comes before its beginning");
                return;
            }
            appendByte(m_expression, *low);
            m_expression += '-';
            appendByte(m_expression, *high);
        }
        if (m_rest.empty()) {
            m_wrong = LUNARIS_SENTENCE(
                "lunaris::filter", "this glob has a `[` without its `]`; one that is meant is written `\\[`");
            return;
        }
        take();
        m_expression += ']';
    }

    std::string_view m_rest;
    std::string m_expression;
    std::string m_plain;
    std::optional<Sentence> m_wrong;
    bool m_starts = false; // with a star
    bool m_ends = false;   // a star stands behind something
    bool m_needsPattern = false;
};

} // namespace

std::variant<PlainGlob, GlobPattern, WrongGlob> readGlob(std::string_view glob)
{
    return GlobReader(glob).read();
}

} // namespace lunaris::filter
