// SPDX-License-Identifier: MIT
#include "dbus/rules/PathRules.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <utility>

namespace lunaris
{

namespace
{

std::vector<PathRule> longestFirst(std::vector<PathRule> rules)
{
    std::stable_sort(rules.begin(), rules.end(), [](const PathRule &left, const PathRule &right) {
        return left.prefix.size() > right.prefix.size();
    });
    return rules;
}

std::vector<std::string_view> prefixesOf(const std::vector<PathRule> &rules)
{
    std::vector<std::string_view> prefixes;
    prefixes.reserve(rules.size());
    for (const PathRule &rule : rules) {
        prefixes.emplace_back(rule.prefix);
    }
    return prefixes;
}

} // namespace

PathRules::PathRules(std::vector<PathRule> rules)
    : m_rules(longestFirst(std::move(rules))), m_trie(prefixesOf(m_rules))
{
}

std::vector<PathRule> PathRules::defaults()
{
    std::vector<PathRule> rules;
    for (const char *prefix : {"/proc/", "/sys/", "/dev/", "/run/", "/tmp/", "/usr/lib/", "/usr/lib64/",
                               "/usr/share/", "/usr/bin/", "/usr/sbin/", "/lib/", "/lib64/",
                               // The knowledge daemon's database: its writes would come back for ever.
                               "/var/lib/lunaris/"}) {
        rules.push_back({prefix, PathRule::Action::Exclude});
    }
    rules.push_back({"/run/media/", PathRule::Action::Include});
    return rules;
}

std::string PathRules::problemWith(std::string_view prefix)
{
    if (prefix.empty()) {
        return "a rule needs a path";
    }
    if (!prefix.starts_with('/')) {
        return "a rule's path must start with /";
    }
    if (prefix.size() > longestPrefix) {
        return "a rule's path must not be longer than 4096 bytes";
    }
    if (prefix.find('\0') != std::string_view::npos) {
        return "a rule's path must not contain a NUL byte";
    }
    return {};
}

std::string PathRules::problemWith(const std::vector<PathRule> &rules)
{
    std::unordered_map<std::string_view, std::size_t> numbers;
    for (std::size_t number = 1; number <= rules.size(); ++number) {
        const std::string &prefix = rules[number - 1].prefix;
        if (const std::string problem = problemWith(prefix); !problem.empty()) {
            return "rule " + std::to_string(number) + ": " + problem;
        }
        if (const auto [earlier, isNew] = numbers.emplace(prefix, number); !isNew) {
            return "the rules " + std::to_string(earlier->second) + " and " + std::to_string(number) +
                   " are for the same path";
        }
    }
    return {};
}

void PathRules::takeHits(std::vector<PathRule> &rules, const std::vector<PathRule> &former)
{
    std::unordered_map<std::string_view, const PathRule *> formerly;
    for (const PathRule &rule : former) {
        formerly.emplace(rule.prefix, &rule);
    }
    for (PathRule &rule : rules) {
        const auto found = formerly.find(rule.prefix);
        if (found != formerly.end() && found->second->action == rule.action) {
            rule.hits = found->second->hits;
        }
    }
}

std::vector<PathRule> PathRules::matching(std::string_view path, bool isDirectory) const
{
    std::vector<PathRule> found;
    for (const PathRule &rule : m_rules) {
        // It matches if it would decide alone.
        const std::string_view alone[] = {rule.prefix};
        if (PathTrie(alone).find(path, isDirectory) != PathTrie::none) {
            found.push_back(rule);
        }
    }
    return found;
}

bool PathRules::keeps(std::string_view path, bool isDirectory)
{
    const PathTrie::Index decides = m_trie.find(path, isDirectory);
    if (decides == PathTrie::none) {
        return true;
    }
    PathRule &rule = m_rules[decides];
    ++rule.hits;
    return rule.action == PathRule::Action::Include;
}

} // namespace lunaris
