// SPDX-License-Identifier: MIT
#include "dbus/filter/Expression.h"
#include "dbus/filter/Lexer.h"
#include "dbus/filter/Symbols.h"
#include "proto/Escape.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace lunaris::filter
{

namespace
{

std::string inQuotes(std::string_view text)
{
    std::string out = "\"";
    while (!text.empty()) {
        // Both are ASCII, so no UTF-8 sequence is cut in two.
        const std::size_t plain = std::min(text.find_first_of("\"\\"), text.size());
        out += proto::toPrintable(text.substr(0, plain));
        text.remove_prefix(plain);
        if (!text.empty()) {
            out += '\\';
            out += text.front();
            text.remove_prefix(1);
        }
    }
    return out + '"';
}

bool isWord(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), isWordByte) && !isKeyword(text) &&
           proto::toPrintable(text) == text;
}

std::string inBase(std::int64_t number, int base)
{
    std::array<char, 24> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number, base).ptr;
    return {digits.data(), end};
}

std::string valueText(const Node &comparison, const Value &value)
{
    const Field field = comparison.field;
    if (isText(field)) {
        return quoted(value.text);
    }
    if (field == Field::Flags) {
        const auto flags = static_cast<std::uint32_t>(value.number);
        const bool withAccessMode = comparison.op != Operator::Has || value.accessMode;
        return openFlagsText(flags, withAccessMode).value_or("0x" + inBase(value.number, 16));
    }
    if (!value.text.empty()) {
        return value.text; // an errno: -2 may as well be a signal
    }
    const bool octal = field == Field::Mode && value.number > 0;
    return octal ? '0' + inBase(value.number, 8) : inBase(value.number, 10);
}

/// How joints are written.
struct Style {
    std::string_view conjunction;
    std::string_view disjunction;
    std::string_view negation;
    std::string_view comma;
    std::string_view blank; ///< around an operator that is no word
};

constexpr Style readable = {" and ", " or ", "not ", ", ", " "};
constexpr Style compact = {" ", "||", "!", ",", ""};

class Printer
{
public:
    explicit Printer(const Style &style) : m_style(style) {}

    std::string print(const Node &node)
    {
        append(node);
        return std::move(m_out);
    }

private:
    void append(const Node &node)
    {
        switch (node.kind) {
        case Node::Kind::Everything:
            return;
        case Node::Kind::And:
        case Node::Kind::Or:
            appendGroup(node);
            return;
        case Node::Kind::Not: {
            const Node &child = node.children.front();
            m_out += m_style.negation;
            appendChild(child, child.kind == Node::Kind::And || child.kind == Node::Kind::Or);
            return;
        }
        case Node::Kind::Word: {
            const std::string &text = node.values.front().text;
            m_out += fieldNamed(text) || operatorWord(text) ? inQuotes(text) : quoted(text);
            return;
        }
        case Node::Kind::Comparison:
            appendComparison(node);
            return;
        }
    }

    void appendGroup(const Node &node)
    {
        const bool conjunction = node.kind == Node::Kind::And;
        for (const Node &child : node.children) {
            if (&child != &node.children.front()) {
                m_out += conjunction ? m_style.conjunction : m_style.disjunction;
            }
            // An Or within an And; the other way round binds as it should.
            appendChild(child, conjunction && child.kind == Node::Kind::Or);
        }
    }

    void appendChild(const Node &child, bool enclosed)
    {
        m_out += enclosed ? "(" : "";
        append(child);
        m_out += enclosed ? ")" : "";
    }

    void appendComparison(const Node &node)
    {
        const std::string_view blank = node.op >= Operator::Contains ? " " : m_style.blank;
        m_out += nameOf(node.field);
        m_out += blank;
        m_out += spellingOf(node.op);
        m_out += blank;
        if (node.op != Operator::In) {
            m_out += valueText(node, node.values.front());
            return;
        }
        m_out += '{';
        for (const Value &value : node.values) {
            m_out += &value == &node.values.front() ? std::string_view() : m_style.comma;
            m_out += valueText(node, value);
        }
        m_out += '}';
    }

    const Style m_style;
    std::string m_out;
};

} // namespace

std::string quoted(std::string_view text)
{
    return isWord(text) ? std::string(text) : inQuotes(text);
}

std::string print(const Expression &expression)
{
    std::string text = Printer(readable).print(expression.root);
    // Words in the place of symbols must not make a filter too long that was not.
    return text.size() <= maximumSize ? text : Printer(compact).print(expression.root);
}

} // namespace lunaris::filter
