// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_RATEHISTORY_H
#define LUNARIS_APP_GUI_RATEHISTORY_H

#include "dbus/MonitorEvent.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>
#include <chrono>
#include <deque>
#include <optional>

namespace lunaris
{

/// How many events a second were seen and forwarded, over the last ten minutes. What is between two
/// looks at the totals is known as their mean only, and drawn so.
class RateHistory : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The statistics have one.")

public:
    using QObject::QObject;

    static constexpr std::chrono::milliseconds span = std::chrono::minutes(10);

    /// Events a second between two looks. Times are milliseconds of any one steady clock.
    struct Sample {
        qint64 from = 0;
        qint64 to = 0;
        double seen = 0;
        double forwarded = 0;
    };

    /// The totals at that time. Totals that are smaller than those before are of another helper: nothing is
    /// known about the time between.
    void add(const Statistics &totals, qint64 time);

    /// Oldest first.
    const std::deque<Sample> &samples() const { return m_samples; }

    Q_PROPERTY(double seen READ seen NOTIFY changed)
    Q_PROPERTY(double forwarded READ forwarded NOTIFY changed)
    /// Now.
    double seen() const { return m_samples.empty() ? 0 : m_samples.back().seen; }
    double forwarded() const { return m_samples.empty() ? 0 : m_samples.back().forwarded; }

    Q_PROPERTY(double peak READ peak NOTIFY changed)
    /// The highest of all.
    double peak() const;

    Q_PROPERTY(double top READ top NOTIFY changed)
    /// peak() rounded up to 1, 2 or 5 with zeros, at least 10: what an axis ends with.
    double top() const;

Q_SIGNALS:
    void changed();

private:
    struct Look {
        qint64 time;
        quint64 seen;
        quint64 forwarded;
    };

    std::deque<Sample> m_samples;
    std::optional<Look> m_last;
};

} // namespace lunaris

#endif
