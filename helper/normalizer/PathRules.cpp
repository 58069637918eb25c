// SPDX-License-Identifier: MIT
#include "helper/normalizer/PathRules.h"

#include "bpf/events.h"

#include <algorithm>
#include <utility>

namespace lunaris
{

namespace
{

bool matches(std::string_view prefix, std::string_view path, bool isDirectory)
{
    if (prefix.ends_with('/')) {
        return path.starts_with(prefix) || (isDirectory && path == prefix.substr(0, prefix.size() - 1));
    }
    return path.starts_with(prefix) && (path.size() == prefix.size() || path[prefix.size()] == '/');
}

} // namespace

PathRules::PathRules(std::vector<PathRule> rules) : m_rules(std::move(rules))
{
    std::stable_sort(m_rules.begin(), m_rules.end(), [](const PathRule &left, const PathRule &right) {
        return left.prefix.size() > right.prefix.size();
    });
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
    if (prefix.size() > LKM_PATH_MAX) {
        return "a rule's path must not be longer than 4096 bytes";
    }
    if (prefix.find('\0') != std::string_view::npos) {
        return "a rule's path must not contain a NUL byte";
    }
    return {};
}

bool PathRules::keeps(std::string_view path, bool isDirectory)
{
    for (PathRule &rule : m_rules) {
        if (matches(rule.prefix, path, isDirectory)) {
            ++rule.hits;
            return rule.action == PathRule::Action::Include;
        }
    }
    return true;
}

} // namespace lunaris
