// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_PIPELINE_CAPTUREFILTER_H
#define LUNARIS_HELPER_PIPELINE_CAPTUREFILTER_H

#include "helper/pipeline/Pipeline.h"
#include "helper/source/EventSource.h"

#include <chrono>
#include <optional>
#include <vector>

namespace lunaris
{

/// What is left out of everybody's activity; the rules were checked with PathRules::problemWith().
struct FilterSettings {
    std::vector<PathRule> rules; ///< their hits mean nothing here
    std::chrono::milliseconds window{100};
};

/// The rules and the deduplication's window in both places that know them: the source, which need not
/// record what is left out, and the pipeline behind it. Capture thread only.
class CaptureFilter
{
public:
    /// Who records wants everything: then the source is told of no rule.
    enum class Prefilter { UseSource, PipelineOnly };

    /// Both must outlive it. `initial` is what the pipeline was made with.
    CaptureFilter(EventSource &source, Pipeline &pipeline, FilterSettings initial, Prefilter prefilter);

    /// From when it returns both go by `settings`; a failure leaves both as they were. `built` are the
    /// same rules: thousands take a while, in which the capture need not wait.
    [[nodiscard]] std::optional<SourceFailure> replace(FilterSettings settings, PathRules built);

    /// The rules in the order of the settings, with how often each decided.
    std::vector<PathRule> countedRules() const;

private:
    std::optional<SourceFailure> tellSource(const FilterSettings &settings);

    EventSource &m_source;
    Pipeline &m_pipeline;
    FilterSettings m_settings;
    const Prefilter m_prefilter;
};

} // namespace lunaris

#endif
