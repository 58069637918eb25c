// SPDX-License-Identifier: MIT
#include "dbus/RuleLists.h"

#include "dbus/Names.h"

namespace lunaris
{

namespace
{

std::optional<PathRule> toPathRule(const QByteArray &prefix, const QString &action, quint64 hits)
{
    const bool includes = action == dbus::rule::include;
    if (!includes && action != dbus::rule::exclude) {
        return std::nullopt;
    }
    return PathRule{prefix.toStdString(), includes ? PathRule::Action::Include : PathRule::Action::Exclude,
                    hits};
}

QString actionOf(const PathRule &rule)
{
    return rule.action == PathRule::Action::Include ? dbus::rule::include : dbus::rule::exclude;
}

template<typename List, typename Hits>
std::optional<std::vector<PathRule>> convert(const List &rules, Hits hitsOf)
{
    std::vector<PathRule> converted;
    converted.reserve(static_cast<std::size_t>(rules.size()));
    for (const auto &rule : rules) {
        std::optional<PathRule> each = toPathRule(rule.prefix, rule.action, hitsOf(rule));
        if (!each) {
            return std::nullopt;
        }
        converted.push_back(*std::move(each));
    }
    return converted;
}

} // namespace

std::optional<std::vector<PathRule>> toPathRules(const MonitorRuleList &rules)
{
    return convert(rules, [](const MonitorRule &) { return quint64{0}; });
}

std::optional<std::vector<PathRule>> toPathRules(const CountedRuleList &rules)
{
    return convert(rules, [](const CountedRule &rule) { return rule.hits; });
}

MonitorRuleList toMonitorRules(const std::vector<PathRule> &rules)
{
    MonitorRuleList list;
    list.reserve(static_cast<qsizetype>(rules.size()));
    for (const PathRule &rule : rules) {
        list.append({QByteArray::fromStdString(rule.prefix), actionOf(rule)});
    }
    return list;
}

CountedRuleList toCountedRules(const std::vector<PathRule> &rules)
{
    CountedRuleList list;
    list.reserve(static_cast<qsizetype>(rules.size()));
    for (const PathRule &rule : rules) {
        list.append({QByteArray::fromStdString(rule.prefix), actionOf(rule), rule.hits});
    }
    return list;
}

} // namespace lunaris
