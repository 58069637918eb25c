// SPDX-License-Identifier: MIT
#include "helper/source/BpfRules.h"

#include "helper/source/BpfPrograms.h"

#include <algorithm>
#include <atomic>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <cerrno>
#include <cstring>
#include <map>
#include <numeric>

namespace lunaris
{

static_assert(PathRules::longestPrefix == LKM_PATH_MAX);

namespace
{

int createTrie(std::size_t entries)
{
    LIBBPF_OPTS(bpf_map_create_opts, options, .map_flags = BPF_F_NO_PREALLOC);
    return bpf_map_create(BPF_MAP_TYPE_LPM_TRIE, "rules", sizeof(lkm_rule_key), sizeof(lkm_rule),
                          static_cast<std::uint32_t>(std::max<std::size_t>(entries, 1)), &options);
}

int createHits(std::size_t rules)
{
    return bpf_map_create(BPF_MAP_TYPE_PERCPU_HASH, "hits", sizeof(std::uint32_t), sizeof(std::uint64_t),
                          static_cast<std::uint32_t>(std::max<std::size_t>(rules, 1)), nullptr);
}

bool addZeros(int hits, std::size_t rules)
{
    const std::vector<std::uint64_t> perCpu(static_cast<std::size_t>(libbpf_num_possible_cpus()), 0);
    for (std::uint32_t number = 0; number < rules; ++number) {
        if (bpf_map_update_elem(hits, &number, perCpu.data(), BPF_ANY) != 0) {
            return false;
        }
    }
    return true;
}

bool insert(int trie, const BpfRules::Entry &entry)
{
    lkm_rule_key key{};
    key.bits = static_cast<std::uint32_t>(entry.prefix.size()) * 8;
    std::memcpy(key.path, entry.prefix.data(), entry.prefix.size());
    return bpf_map_update_elem(trie, &key, &entry.rule, BPF_ANY) == 0;
}

} // namespace

BpfRules::BpfRules(int triesMap, int hitsMap, lkm_settings &settings)
    : m_triesMap(triesMap), m_hitsMap(hitsMap), m_settings(settings)
{
}

std::vector<BpfRules::Entry> BpfRules::entriesFor(const std::vector<PathRule> &rules)
{
    using namespace std::string_literals;
    // What is written out beats what follows from another rule, and who cannot decide beats both.
    enum Rank { Derived, Written, Undecided };
    std::map<std::string, std::pair<Rank, lkm_rule>> byPrefix;
    const auto add = [&byPrefix](std::string prefix, Rank rank, const lkm_rule &rule) {
        if (prefix.size() > LKM_RULE_BYTES) {
            // Somewhere below here the helper has to decide.
            prefix.resize(LKM_RULE_BYTES);
            rank = Undecided;
        }
        const lkm_rule decision = rank == Undecided ? lkm_rule{LKM_RULE_KEEP, 0} : rule;
        auto &known = byPrefix.try_emplace(std::move(prefix), rank, decision).first->second;
        if (rank > known.first) { // of equals the first counts, as in PathRules
            known = {rank, decision};
        }
    };
    for (std::size_t number = 0; number < rules.size(); ++number) {
        const PathRule &rule = rules[number];
        const lkm_rule value{rule.action == PathRule::Action::Exclude ? LKM_RULE_EXCLUDE : LKM_RULE_KEEP,
                             static_cast<std::uint32_t>(number)};
        if (rule.prefix.ends_with('/')) {
            add(rule.prefix, Written, value);
        } else {
            add(rule.prefix + "/", Derived, value);
            add(rule.prefix + "\0"s, Written, value);
        }
    }
    std::vector<Entry> entries;
    entries.reserve(byPrefix.size());
    for (const auto &[prefix, value] : byPrefix) {
        entries.push_back({prefix, value.second});
    }
    return entries;
}

std::optional<SourceFailure> BpfRules::replace(const std::vector<PathRule> &rules)
{
    const std::vector<Entry> entries = entriesFor(rules);
    const BpfMap trie(createTrie(entries.size()));
    BpfMap counts(createHits(rules.size()));
    if (trie.fd() < 0 || counts.fd() < 0) {
        return rejected("Making a trie of the path rules", errno);
    }
    if (!addZeros(counts.fd(), rules.size())) {
        return rejected("Making room for the hits of the path rules", errno);
    }
    for (const Entry &entry : entries) {
        if (!insert(trie.fd(), entry)) {
            return rejected("Filling the trie of the path rules", errno);
        }
    }

    const std::uint32_t current = m_settings.rules & 1;
    const std::uint32_t next = 1 - current;
    if (!trie.putInto(m_triesMap, next) || !counts.putInto(m_hitsMap, next)) {
        return rejected("Handing the path rules to the kernel", errno);
    }
    std::atomic_ref(m_settings.rules).store(next);
    // Once more, to wait for the programs that go by the old rules. Those stay in their place, unused,
    // until the next change: a program that has chosen it must not find a new trie beside old hits.
    if (!trie.putInto(m_triesMap, next)) {
        const int error = errno;
        std::atomic_ref(m_settings.rules).store(current);
        return rejected("Waiting for the old path rules", error);
    }

    const std::vector<std::uint64_t> counted = hits();
    for (std::size_t number = 0; number < m_rules.size(); ++number) {
        m_rules[number].hits = counted[number];
    }
    std::vector<PathRule> renewed = rules;
    for (PathRule &rule : renewed) {
        rule.hits = 0;
    }
    PathRules::takeHits(renewed, m_rules);
    m_rules = std::move(renewed);
    m_hits = std::move(counts);
    return std::nullopt;
}

std::vector<std::uint64_t> BpfRules::hits() const
{
    std::vector<std::uint64_t> hits(m_rules.size(), 0);
    std::vector<std::uint64_t> perCpu(static_cast<std::size_t>(libbpf_num_possible_cpus()));
    for (std::uint32_t number = 0; number < hits.size(); ++number) {
        hits[number] = m_rules[number].hits;
        if (bpf_map_lookup_elem(m_hits.fd(), &number, perCpu.data()) == 0) {
            hits[number] = std::accumulate(perCpu.begin(), perCpu.end(), hits[number]);
        }
    }
    return hits;
}

} // namespace lunaris
