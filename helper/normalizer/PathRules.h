// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_PATHRULES_H
#define LUNARIS_HELPER_NORMALIZER_PATHRULES_H

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

/// The longest matching prefix decides; what no rule matches is kept. Not thread-safe.
class PathRules
{
public:
    explicit PathRules(std::vector<PathRule> rules);

    /// System files that say nothing about what a person does, and our own database.
    static std::vector<PathRule> defaults();

    /// Why a prefix cannot be a rule: a sentence; empty if it can.
    static std::string problemWith(std::string_view prefix);

    /// Whether a file is to be reported; counts a hit for the rule that decided.
    bool keeps(std::string_view path, bool isDirectory);

    /// Longest prefix first.
    const std::vector<PathRule> &rules() const { return m_rules; }

private:
    std::vector<PathRule> m_rules;
};

} // namespace lunaris

#endif
