// SPDX-License-Identifier: MIT
#include "helper/pipeline/CaptureFilter.h"

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace lunaris
{

CaptureFilter::CaptureFilter(EventSource &source, Pipeline &pipeline, FilterSettings initial,
                             Prefilter prefilter)
    : m_source(source), m_pipeline(pipeline), m_settings(std::move(initial)), m_prefilter(prefilter)
{
    // Before anything is loaded, which can fail, and says so then.
    static_cast<void>(tellSource(m_settings));
}

std::optional<SourceFailure> CaptureFilter::tellSource(const FilterSettings &settings)
{
    return m_prefilter == Prefilter::UseSource ? m_source.setFilter(settings.rules, settings.window)
                                               : m_source.setFilter({}, std::chrono::nanoseconds::zero());
}

std::optional<SourceFailure> CaptureFilter::replace(FilterSettings settings, PathRules built)
{
    // The source first, as only it can fail. What it has recorded and not yet handed out is judged once
    // more by the new rules: what both keep is never lost.
    if (auto failure = tellSource(settings)) {
        return failure;
    }
    m_pipeline.setRules(std::move(built));
    m_pipeline.setDeduplicationWindow(settings.window);
    m_settings = std::move(settings);
    return std::nullopt;
}

std::vector<PathRule> CaptureFilter::countedRules() const
{
    std::vector<std::uint64_t> inSource = m_source.ruleHits();
    inSource.resize(m_settings.rules.size(), 0); // none of a source that was told of no rule
    std::unordered_map<std::string_view, std::uint64_t> inPipeline;
    for (const PathRule &rule : m_pipeline.rules()) {
        inPipeline.emplace(rule.prefix, rule.hits);
    }
    std::vector<PathRule> rules = m_settings.rules;
    for (std::size_t index = 0; index < rules.size(); ++index) {
        const auto found = inPipeline.find(rules[index].prefix);
        rules[index].hits = inSource[index] + (found != inPipeline.end() ? found->second : 0);
    }
    return rules;
}

} // namespace lunaris
