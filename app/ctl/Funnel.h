// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_FUNNEL_H
#define LUNARIS_APP_CTL_FUNNEL_H

#include "dbus/MonitorEvent.h"
#include "dbus/rules/PathRules.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

/// The statistics as a person reads them: seen, what fell out and why, forwarded, delivered; how often each
/// rule decided; how long events were on their way.
namespace lunaris::Funnel
{

struct Look {
    Statistics totals;
    std::vector<PathRule> rules; ///< those that decided are shown; none where they do not matter
};

/// An earlier look, for rates.
struct Before {
    Look look;
    std::chrono::milliseconds since{};
};

std::string text(const Look &now, const std::optional<Before> &before = std::nullopt);

/// A line of JSON: the totals by their names on D-Bus, "rules", and with an earlier look "rates", the
/// totals' growth a second.
std::string json(const Look &now, const std::optional<Before> &before = std::nullopt);

} // namespace lunaris::Funnel

#endif
