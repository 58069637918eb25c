// SPDX-License-Identifier: MIT
#include "helper/service/LatencyStatistics.h"

namespace lunaris
{

void addLatency(QLatin1String place, const LatencyHistogram &latency, Statistics &totals)
{
    const LatencyHistogram::Summary summary = latency.summary();
    const QString key = QStringLiteral("latency.%1.%2").arg(place);
    totals[key.arg(QLatin1String("count"))] = summary.count;
    totals[key.arg(QLatin1String("p50"))] = summary.p50;
    totals[key.arg(QLatin1String("p99"))] = summary.p99;
    totals[key.arg(QLatin1String("max"))] = summary.max;
}

} // namespace lunaris
