// SPDX-License-Identifier: MIT
#include "tests/unit/Grammar.h"

#include "dbus/filter/Lexer.h"

#include <QtGlobal>
#include <algorithm>
#include <array>
#include <utility>

namespace lunaris::test
{

namespace
{

constexpr int deepest = 12; // nesting of rules at which optional parts are left out

/// The text of roff's escapes that the page uses.
std::string unescaped(std::string text)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 5> escapes = {{
        {"\\-", "-"},
        {"\\(aq", "'"},
        {"\\(dq", "\""},
        {"\\(ha", "^"},
        {"\\e", "\\"},
    }};
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        bool found = false;
        for (const auto &[escape, character] : escapes) {
            if (std::string_view(text).substr(at).starts_with(escape)) {
                out += character;
                at += escape.size();
                found = true;
                break;
            }
        }
        if (!found) {
            out += text[at++];
        }
    }
    return out;
}

void skipBlanks(std::string_view &text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \n"), text.size()));
}

bool takeIf(std::string_view &text, char character)
{
    skipBlanks(text);
    if (!text.starts_with(character)) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

/// What lies before the delimiter, which is taken too.
std::string takeUntil(std::string_view &text, char delimiter)
{
    const std::size_t end = std::min(text.find(delimiter), text.size());
    std::string taken(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    return taken;
}

std::string takeName(std::string_view &text)
{
    skipBlanks(text);
    std::size_t size = 0;
    while (size < text.size() && (text[size] == '-' || (text[size] >= 'a' && text[size] <= 'z'))) {
        ++size;
    }
    std::string name(text.substr(0, size));
    text.remove_prefix(size);
    return name;
}

} // namespace

Grammar::Grammar(const std::string &manualPage)
{
    bool lexical = false;
    for (std::size_t at = 0; (at = manualPage.find("\n.EX\n", at)) != std::string::npos;) {
        const std::size_t begin = at + 5;
        at = manualPage.find("\n.EE\n", begin);
        const std::string block = unescaped(manualPage.substr(begin, at - begin));
        if (block.find(" ;") != std::string::npos) { // the others are examples
            read(block, std::exchange(lexical, true));
        }
    }
}

void Grammar::read(std::string_view text, bool lexical)
{
    for (skipBlanks(text); !text.empty() && m_problem.empty(); skipBlanks(text)) {
        const std::string name = takeName(text);
        expect(text, '=');
        m_rules[name] = {choice(text), lexical};
        expect(text, ';');
        if (!m_problem.empty()) {
            m_problem += " in the rule of " + name;
        }
    }
}

void Grammar::expect(std::string_view &text, char character)
{
    if (!takeIf(text, character) && m_problem.empty()) {
        m_problem =
            std::string("there is no ") + character + " before \"" + std::string(text.substr(0, 20)) + "\"";
    }
}

Grammar::Part Grammar::choice(std::string_view &text)
{
    Part part{Part::Kind::Choice, {}, {}};
    do {
        part.parts.push_back(sequence(text));
    } while (takeIf(text, '|'));
    return part;
}

Grammar::Part Grammar::sequence(std::string_view &text)
{
    Part part{Part::Kind::Sequence, {}, {}};
    do {
        part.parts.push_back(single(text));
    } while (takeIf(text, ','));
    return part;
}

Grammar::Part Grammar::single(std::string_view &text)
{
    for (const char quote : {'"', '\''}) {
        if (takeIf(text, quote)) {
            return {Part::Kind::Terminal, takeUntil(text, quote), {}};
        }
    }
    if (takeIf(text, '?')) {
        return {Part::Kind::Special, takeUntil(text, '?'), {}};
    }
    static constexpr std::array<std::pair<std::string_view, Part::Kind>, 3> brackets = {{
        {"()", Part::Kind::Choice},
        {"[]", Part::Kind::Optional},
        {"{}", Part::Kind::Repetition},
    }};
    for (const auto &[bracket, kind] : brackets) {
        if (takeIf(text, bracket[0])) {
            Part inner = choice(text);
            expect(text, bracket[1]);
            return {kind, {}, {std::move(inner)}};
        }
    }
    Part part{Part::Kind::Rule, takeName(text), {}};
    if (part.text.empty() && m_problem.empty()) {
        m_problem = "nothing to read before \"" + std::string(text.substr(0, 20)) + "\"";
    }
    return part;
}

std::string Grammar::sentence(const std::string &rule, std::mt19937 &random) const
{
    std::vector<std::string> pieces;
    makeRule(rule, random, 0, pieces);
    static constexpr std::array blanks = {"", "", " ", " ", "  ", "\t", "\n", " \r\n"};
    std::string text = blanks[random() % blanks.size()];
    for (const std::string &piece : pieces) {
        const bool oneWord = !text.empty() && !piece.empty() && filter::isWordByte(text.back()) &&
                             filter::isWordByte(piece.front());
        text += blanks[oneWord ? 2 + random() % (blanks.size() - 2) : random() % blanks.size()];
        text += piece;
    }
    return text + blanks[random() % blanks.size()];
}

void Grammar::makeRule(const std::string &name, std::mt19937 &random, int depth,
                       std::vector<std::string> &pieces) const
{
    const auto found = m_rules.find(name);
    if (found == m_rules.end()) {
        qFatal("the grammar has no rule %s", name.c_str());
    }
    ++m_uses[name];
    if (!found->second.lexical) {
        make(found->second.part, name, random, depth + 1, pieces);
        return;
    }
    const auto check = m_checks.find(name);
    std::string whole;
    do {
        std::vector<std::string> inner;
        make(found->second.part, name, random, depth + 1, inner);
        whole.clear();
        for (const std::string &piece : inner) {
            whole += piece;
        }
    } while (check != m_checks.end() && !check->second(whole));
    pieces.push_back(whole);
}

void Grammar::make(const Part &part, const std::string &rule, std::mt19937 &random, int depth,
                   std::vector<std::string> &pieces) const
{
    switch (part.kind) {
    case Part::Kind::Terminal:
        pieces.push_back(part.text);
        return;
    case Part::Kind::Rule:
        makeRule(part.text, random, depth, pieces);
        return;
    case Part::Kind::Special: {
        const auto special = m_specials.find(rule);
        if (special == m_specials.end()) {
            qFatal("nobody says what %s is", rule.c_str());
        }
        pieces.push_back(special->second(random));
        return;
    }
    case Part::Kind::Sequence:
        for (const Part &each : part.parts) {
            make(each, rule, random, depth, pieces);
        }
        return;
    case Part::Kind::Choice: {
        // Deep down only the last one, which is the one that ends: a term for what may be nested.
        const std::size_t index = depth > 3 * deepest ? part.parts.size() - 1 : random() % part.parts.size();
        make(part.parts[index], rule, random, depth, pieces);
        return;
    }
    case Part::Kind::Optional:
        if (random() % 4 != 0) {
            make(part.parts.front(), rule, random, depth, pieces);
        }
        return;
    case Part::Kind::Repetition:
        for (int count = 0; count < 4 && random() % 3 == 0 && depth < deepest + count; ++count) {
            make(part.parts.front(), rule, random, depth, pieces);
        }
        return;
    }
}

} // namespace lunaris::test
