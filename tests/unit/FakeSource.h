// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_FAKESOURCE_H
#define LUNARIS_TESTS_UNIT_FAKESOURCE_H

#include "helper/source/EventSource.h"

#include <functional>
#include <optional>
#include <vector>

namespace lunaris
{

/// A source that remembers what it was told, and fails and counts as a test says.
class FakeSource final : public EventSource
{
public:
    std::optional<SourceFailure> start(RecordSink &) override
    {
        ++starts;
        isStarted = !failure;
        return failure;
    }
    std::optional<SourceFailure> setWanted(EventTypes types) override
    {
        wanted = types;
        isStarted = isStarted && !failure;
        return failure;
    }
    EventTypes missing() const override { return wanted & refused; }
    std::optional<SourceFailure> setFilter(const std::vector<PathRule> &newRules,
                                           std::chrono::nanoseconds newWindow) override
    {
        if (isFull) {
            return SourceFailure{QStringLiteral("ProgramRejected"), QStringLiteral("No room.")};
        }
        if (whileReplacing) {
            whileReplacing();
        }
        rules = newRules;
        window = newWindow;
        hits.assign(rules.size(), 0);
        return std::nullopt;
    }
    std::vector<std::uint64_t> ruleHits() const override { return hits; }
    void stop() override { isStarted = false; }
    void ignorePeer(pid_t) override {}
    SourceCounters counters() const override { return {}; }
    QString method() const override { return QStringLiteral("fake"); }

    std::optional<SourceFailure> failure; ///< of whatever is asked for next
    EventTypes refused;                   ///< types that it cannot record
    EventTypes wanted;
    bool isStarted = false;
    int starts = 0;

    bool isFull = false;
    std::function<void()> whileReplacing;
    std::vector<PathRule> rules;
    std::chrono::nanoseconds window{};
    std::vector<std::uint64_t> hits;
};

} // namespace lunaris

#endif
