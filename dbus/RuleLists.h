// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_RULELISTS_H
#define LUNARIS_DBUS_RULELISTS_H

#include "dbus/MonitorRule.h"
#include "dbus/rules/PathRules.h"

#include <optional>
#include <vector>

namespace lunaris
{

/// Path rules as they travel and as they decide. Their order stays; prefixes are not looked at. Nothing when
/// an action is neither "exclude" nor "include".
std::optional<std::vector<PathRule>> toPathRules(const MonitorRuleList &rules);
std::optional<std::vector<PathRule>> toPathRules(const CountedRuleList &rules);

MonitorRuleList toMonitorRules(const std::vector<PathRule> &rules);
CountedRuleList toCountedRules(const std::vector<PathRule> &rules);

} // namespace lunaris

#endif
