// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_RULES_PATHRULES_H
#define LUNARIS_DBUS_RULES_PATHRULES_H

#include "dbus/rules/PathTrie.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace lunaris
{

/// One path prefix, as bytes. "/x/" matches what lies below it and the directory /x itself; "/x"
/// matches that path and everything below it.
struct PathRule {
    enum class Action { Exclude, Include };

    std::string prefix;
    Action action = Action::Exclude;
    std::uint64_t hits = 0;
};

/// The longest matching prefix decides; what no rule matches is kept. Thousands of rules cost no more
/// than a few. Not thread-safe, but may be made on one thread and handed to another.
class PathRules
{
public:
    static constexpr std::size_t longestPrefix = 4096; ///< bytes: no path is longer

    /// The rules were checked with problemWith(); of two for one prefix the first counts.
    explicit PathRules(std::vector<PathRule> rules);

    /// System files that say nothing about what a person does, and our own database.
    static std::vector<PathRule> defaults();

    /// Why a prefix cannot be a rule: a sentence; empty if it can.
    static std::string problemWith(std::string_view prefix);

    /// Why these cannot be rules together, with the number of the rule, from 1; empty if they can.
    static std::string problemWith(const std::vector<PathRule> &rules);

    /// What rules that stay have counted so far, told by prefix and action; the others keep what they have.
    static void takeHits(std::vector<PathRule> &rules, const std::vector<PathRule> &former);
    void takeHitsOf(const PathRules &former) { takeHits(m_rules, former.m_rules); }

    /// Whether a file is to be reported; counts a hit for the rule that decided.
    bool keeps(std::string_view path, bool isDirectory);

    /// Every rule that matches, for explanations: the first decides, and without one the path is kept.
    std::vector<PathRule> matching(std::string_view path, bool isDirectory) const;

    /// Longest prefix first.
    const std::vector<PathRule> &rules() const { return m_rules; }

private:
    std::vector<PathRule> m_rules;
    PathTrie m_trie; // of their prefixes, in this order
};

} // namespace lunaris

#endif
