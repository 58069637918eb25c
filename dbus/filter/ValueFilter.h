// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_VALUEFILTER_H
#define LUNARIS_DBUS_FILTER_VALUEFILTER_H

#include "dbus/filter/EventView.h"

#include <optional>
#include <string>

namespace lunaris::filter
{

/// The filter that passes the events with this event's value in a field: `comm == "my program"`. Nothing if
/// the event lacks the field, or if its value is too long for a filter.
std::optional<std::string> onlyThisValue(Field field, const EventView &event);

/// The filter that passes all the others, those without such a field too: `not comm == "my program"`.
/// With `!=` the latter would be gone.
std::optional<std::string> notThisValue(Field field, const EventView &event);

} // namespace lunaris::filter

#endif
