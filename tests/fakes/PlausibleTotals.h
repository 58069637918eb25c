// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_FAKES_PLAUSIBLETOTALS_H
#define LUNARIS_TESTS_FAKES_PLAUSIBLETOTALS_H

#include "dbus/MonitorEvent.h"
#include "dbus/MonitorRule.h"

namespace lunaris::test
{

/// What a helper says of itself that has handed on so many events since a time (microseconds since the
/// epoch), and lost some.
Statistics plausibleStatistics(quint64 forwarded, quint64 lost, quint64 since);

/// The rules that left out the others.
CountedRuleList plausibleRules(quint64 forwarded);

} // namespace lunaris::test

#endif
