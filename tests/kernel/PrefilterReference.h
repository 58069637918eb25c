// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_PREFILTERREFERENCE_H
#define LUNARIS_TESTS_KERNEL_PREFILTERREFERENCE_H

#include "dbus/rules/PathRules.h"
#include "tests/kernel/CaptureRig.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace lunaris
{

/// What the kernel's prefilter is measured against: the rules, matched one by one, and a memory of opens
/// that forgets nothing. It shares no code with what it judges.
class PrefilterReference
{
public:
    enum class Verdict { Keep, Filter, Duplicate };

    PrefilterReference(std::vector<PathRule> rules, std::chrono::nanoseconds window);

    /// Of the opens of one process in their order; processes may alternate. What the kernel has not
    /// compared it does not remember, and neither does this.
    Verdict judge(const SeenOpen &open);

    /// A rule that is too long for the kernel may be about this one: it has to keep it.
    bool isLeftToHelper(const SeenOpen &open) const;

private:
    struct Told {
        std::uint64_t read = 0; // 0: never
        std::uint64_t write = 0;
    };

    bool isExcluded(const SeenOpen &open) const;
    bool isRecent(std::uint64_t then, std::uint64_t now) const;

    const std::vector<PathRule> m_rules;
    const std::uint64_t m_window;
    std::unordered_map<std::string, Told> m_told; // by process and path
};

/// What the kernel says of an open in shadow mode.
PrefilterReference::Verdict markOf(const SeenOpen &open);

/// Whether the kernel has looked for an earlier one. It does not where somebody is held up with its memory.
bool isCompared(const SeenOpen &open);

/// How a mark disagrees with the reference's verdict.
struct Comparison {
    std::uint64_t opens = 0;
    std::uint64_t filtered = 0;   ///< marked
    std::uint64_t duplicates = 0; ///< marked
    std::uint64_t truncated = 0;
    std::uint64_t notCompared = 0;    ///< neither filtered nor truncated, and left to the helper all the same
    std::uint64_t leftToHelper = 0;   ///< kept, because a rule is too long
    std::uint64_t keptFiltered = 0;   ///< kept although a rule says otherwise
    std::uint64_t keptDuplicates = 0; ///< kept although they repeat
    std::vector<std::string> wrong;   ///< what no kernel may do, in words

    void add(const SeenOpen &open, PrefilterReference &reference);
    QString text() const;
};

} // namespace lunaris

#endif
