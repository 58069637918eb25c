// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_FUNNEL_H
#define LUNARIS_APP_CTL_FUNNEL_H

#include "dbus/MonitorEvent.h"

#include <chrono>
#include <string>

/// The helper's statistics for a person: what became of everything that was seen.
namespace lunaris::Funnel
{

/// A line a counter, losses by their cause only where there are any. With `before`, statistics from `since`
/// ago, also how many a second.
std::string text(const Statistics &now, const Statistics *before = nullptr,
                 std::chrono::milliseconds since = {});

/// One line of JSON with the helper's own keys.
std::string json(const Statistics &now);

} // namespace lunaris::Funnel

#endif
