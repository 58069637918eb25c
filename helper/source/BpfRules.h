// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_BPFRULES_H
#define LUNARIS_HELPER_SOURCE_BPFRULES_H

#include "bpf/events.h"
#include "dbus/rules/PathRules.h"
#include "helper/source/BpfMap.h"
#include "helper/source/EventSource.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace lunaris
{

/// The path rules as the kernel has them, a trie that is replaced whole. Capture thread only.
class BpfRules
{
public:
    /// The maps `rules` and `hits` of bpf/prefilter.bpf.h, and the settings that the programs read.
    BpfRules(int triesMap, int hitsMap, lkm_settings &settings);

    /// From when it returns no program decides by the old rules. Rules are as PathRules takes them. A
    /// failure leaves the old ones in force.
    [[nodiscard]] std::optional<SourceFailure> replace(const std::vector<PathRule> &rules);

    /// How often each rule left something out in the kernel, in the order of replace(). A rule that
    /// stays keeps its hits.
    std::vector<std::uint64_t> hits() const;

    /// A prefix of paths, with what it means for a path that no longer one matches.
    struct Entry {
        std::string prefix; ///< at most LKM_RULE_BYTES
        lkm_rule rule{};
    };

    /// What `rules` are in the trie.
    static std::vector<Entry> entriesFor(const std::vector<PathRule> &rules);

private:
    const int m_triesMap;
    const int m_hitsMap;
    lkm_settings &m_settings;
    std::vector<PathRule> m_rules; // with the hits of earlier tries
    BpfMap m_hits;                 // of the trie in force
};

} // namespace lunaris

#endif
