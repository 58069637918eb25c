// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_SAVEDFILTER_H
#define LUNARIS_HELPER_SERVICE_SAVEDFILTER_H

#include "helper/pipeline/CaptureFilter.h"
#include "helper/service/ErrorReply.h"
#include "helper/service/StateFile.h"

#include <QByteArray>
#include <chrono>
#include <optional>
#include <vector>

namespace lunaris
{

/// What was changed of the filter at run time; what was not comes from the configuration.
struct SavedFilter {
    static constexpr std::size_t maximumRules = 10'000;
    static constexpr std::size_t maximumPrefixBytes = std::size_t{1024} * 1024; ///< of all together
    static constexpr std::chrono::milliseconds longestWindow = std::chrono::hours(1);

    std::optional<std::vector<PathRule>> rules;
    std::optional<std::chrono::milliseconds> window;

    FilterSettings over(const FilterSettings &configured) const;

    /// JSON; prefixes are percent-encoded, as they may hold any bytes.
    QByteArray toBytes() const;

    /// All of it or nothing: also nothing when one rule in it is wrong.
    static std::optional<SavedFilter> fromBytes(const QByteArray &bytes);

    /// Of a damaged file nothing is taken: a line in the log says so.
    static SavedFilter load(const StateFile &file);

    /// Why they cannot be the rules; nothing when they can.
    static std::optional<ErrorReply> problemWith(const std::vector<PathRule> &rules);
};

} // namespace lunaris

#endif
