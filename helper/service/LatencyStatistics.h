// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_LATENCYSTATISTICS_H
#define LUNARIS_HELPER_SERVICE_LATENCYSTATISTICS_H

#include "dbus/MonitorEvent.h"
#include "helper/timing/LatencyHistogram.h"

#include <QLatin1String>

namespace lunaris
{

/// Adds the keys "latency.PLACE.count", ".p50", ".p99" and ".max" of GetStatistics.
void addLatency(QLatin1String place, const LatencyHistogram &latency, Statistics &totals);

} // namespace lunaris

#endif
