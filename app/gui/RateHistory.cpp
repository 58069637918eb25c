// SPDX-License-Identifier: MIT
#include "app/gui/RateHistory.h"

#include <algorithm>
#include <cmath>

namespace lunaris
{

void RateHistory::add(const Statistics &totals, qint64 time)
{
    const Look look{time, totals.value(QStringLiteral("seen")), totals.value(QStringLiteral("forwarded"))};
    if (m_last && time <= m_last->time) {
        return;
    }
    if (m_last && look.seen >= m_last->seen && look.forwarded >= m_last->forwarded) {
        const double seconds = static_cast<double>(time - m_last->time) / 1000;
        m_samples.push_back({m_last->time, time, static_cast<double>(look.seen - m_last->seen) / seconds,
                             static_cast<double>(look.forwarded - m_last->forwarded) / seconds});
    }
    m_last = look;
    while (!m_samples.empty() && m_samples.front().to <= time - span.count()) {
        m_samples.pop_front();
    }
    Q_EMIT changed();
}

double RateHistory::peak() const
{
    double highest = 0;
    for (const Sample &sample : m_samples) {
        highest = std::max({highest, sample.seen, sample.forwarded});
    }
    return highest;
}

double RateHistory::top() const
{
    const double highest = std::max(peak(), 10.0);
    const double magnitude = std::pow(10, std::floor(std::log10(highest)));
    for (const double step : {1.0, 2.0, 5.0}) {
        if (highest <= step * magnitude) {
            return step * magnitude;
        }
    }
    return 10 * magnitude;
}

} // namespace lunaris
