// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_GRAMMAR_H
#define LUNARIS_TESTS_UNIT_GRAMMAR_H

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace lunaris::test
{

/// The EBNF of a manual page, and random sentences made by its rules.
class Grammar
{
public:
    /// Reads what stands between .EX and .EE and has rules. The first group of rules is of parts that blanks
    /// may separate, the second of what each part is made of.
    explicit Grammar(const std::string &manualPage);

    /// Why the rules could not be read; empty if they could.
    const std::string &problem() const { return m_problem; }

    std::size_t ruleCount() const { return m_rules.size(); }

    /// What a rule that is `? described in words ?` gives; every such rule needs one. A check refuses what a
    /// rule of the second group has given, for what stands in words beside the grammar; it is tried again.
    using Special = std::function<std::string(std::mt19937 &)>;
    using Check = std::function<bool(const std::string &)>;
    void setSpecial(const std::string &rule, Special special) { m_specials[rule] = std::move(special); }
    void setCheck(const std::string &rule, Check check) { m_checks[rule] = std::move(check); }

    /// A sentence of the rule; choices are taken evenly, repetitions end sooner the deeper they stand.
    std::string sentence(const std::string &rule, std::mt19937 &random) const;

    /// How often each rule has been used, by name.
    const std::map<std::string, std::size_t> &uses() const { return m_uses; }

private:
    struct Part {
        enum class Kind { Terminal, Rule, Special, Sequence, Choice, Optional, Repetition };
        Kind kind = Kind::Sequence;
        std::string text;
        std::vector<Part> parts;
    };
    struct Rule {
        Part part;
        bool lexical = false;
    };

    void read(std::string_view text, bool lexical);
    Part choice(std::string_view &text);
    Part sequence(std::string_view &text);
    Part single(std::string_view &text);
    void expect(std::string_view &text, char character);

    void make(const Part &part, const std::string &rule, std::mt19937 &random, int depth,
              std::vector<std::string> &pieces) const;
    void makeRule(const std::string &name, std::mt19937 &random, int depth,
                  std::vector<std::string> &pieces) const;

    std::map<std::string, Rule> m_rules;
    std::map<std::string, Special> m_specials;
    std::map<std::string, Check> m_checks;
    mutable std::map<std::string, std::size_t> m_uses;
    std::string m_problem;
};

} // namespace lunaris::test

#endif
