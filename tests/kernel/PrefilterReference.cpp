// SPDX-License-Identifier: MIT
#include "tests/kernel/PrefilterReference.h"

#include <algorithm>
#include <string_view>
#include <sys/stat.h>
#include <utility>

namespace lunaris
{

using Verdict = PrefilterReference::Verdict;

PrefilterReference::PrefilterReference(std::vector<PathRule> rules, std::chrono::nanoseconds window)
    : m_rules(std::move(rules)), m_window(static_cast<std::uint64_t>(window.count()))
{
}

bool PrefilterReference::isExcluded(const SeenOpen &open) const
{
    const std::string &path = open.path;
    const PathRule *longest = nullptr;
    for (const PathRule &rule : m_rules) {
        const bool hasSlash = rule.prefix.ends_with('/');
        const std::string folder = hasSlash ? rule.prefix : rule.prefix + "/";
        const bool isItself = hasSlash ? S_ISDIR(open.fields.mode) && path + "/" == rule.prefix //
                                       : path == rule.prefix;
        if ((path.starts_with(folder) || isItself) &&
            (!longest || rule.prefix.size() > longest->prefix.size())) {
            longest = &rule;
        }
    }
    return longest && longest->action == PathRule::Action::Exclude;
}

bool PrefilterReference::isLeftToHelper(const SeenOpen &open) const
{
    const std::string whole = open.path + (S_ISDIR(open.fields.mode) ? '/' : '\0');
    return std::any_of(m_rules.begin(), m_rules.end(), [&whole](const PathRule &rule) {
        const std::size_t length = rule.prefix.size() + (rule.prefix.ends_with('/') ? 0 : 1);
        return length > LKM_RULE_BYTES && whole.starts_with(rule.prefix.substr(0, LKM_RULE_BYTES));
    });
}

bool PrefilterReference::isRecent(std::uint64_t then, std::uint64_t now) const
{
    return then != 0 && std::max(then, now) - std::min(then, now) < m_window;
}

Verdict PrefilterReference::judge(const SeenOpen &open)
{
    if (open.fields.attributes & LKM_ATTRIBUTE_TRUNCATED) {
        return Verdict::Keep;
    }
    if (isExcluded(open)) {
        return Verdict::Filter;
    }
    if (!isCompared(open)) {
        return Verdict::Keep;
    }
    const bool writes = open.fields.attributes & LKM_ATTRIBUTE_WRITABLE;
    const std::uint64_t now = open.fields.header.boot_ns;
    Told &told = m_told[std::to_string(open.fields.header.tgid) + open.path];
    if (isRecent(told.write, now) || (!writes && isRecent(told.read, now))) {
        return Verdict::Duplicate;
    }
    (writes ? told.write : told.read) = now;
    return Verdict::Keep;
}

Verdict markOf(const SeenOpen &open)
{
    if (open.fields.attributes & LKM_ATTRIBUTE_SHADOW_FILTERED) {
        return Verdict::Filter;
    }
    return open.fields.attributes & LKM_ATTRIBUTE_SHADOW_DUPLICATE ? Verdict::Duplicate : Verdict::Keep;
}

bool isCompared(const SeenOpen &open)
{
    return open.fields.attributes & LKM_ATTRIBUTE_COMPARED;
}

void Comparison::add(const SeenOpen &open, PrefilterReference &reference)
{
    const Verdict expected = reference.judge(open);
    const Verdict mark = markOf(open);
    ++opens;
    filtered += mark == Verdict::Filter ? 1 : 0;
    duplicates += mark == Verdict::Duplicate ? 1 : 0;
    const bool isTruncated = open.fields.attributes & LKM_ATTRIBUTE_TRUNCATED;
    truncated += isTruncated ? 1 : 0;
    const bool isDecided = mark == Verdict::Filter || isTruncated;
    notCompared += !isDecided && !isCompared(open) ? 1 : 0;
    if (isDecided && isCompared(open)) {
        wrong.push_back("compared: " + open.path);
    }
    if (mark == expected) {
        return;
    }
    if (expected == Verdict::Filter && mark != Verdict::Filter) {
        ++(reference.isLeftToHelper(open) ? leftToHelper : keptFiltered);
    } else if (expected == Verdict::Duplicate && mark == Verdict::Keep) {
        ++keptDuplicates;
    } else {
        wrong.push_back((mark == Verdict::Filter ? "marked as filtered: " : "marked as a duplicate: ") +
                        open.path);
    }
}

QString Comparison::text() const
{
    return QStringLiteral("%1 opens: %2 marked as filtered, %3 as duplicates; %4 truncated; %5 not compared; "
                          "kept although the reference drops them: %6 with a rule too long for the kernel, "
                          "%7 other filtered ones, %8 duplicates; %9 wrong marks")
        .arg(opens)
        .arg(filtered)
        .arg(duplicates)
        .arg(truncated)
        .arg(notCompared)
        .arg(leftToHelper)
        .arg(keptFiltered)
        .arg(keptDuplicates)
        .arg(wrong.size());
}

} // namespace lunaris
