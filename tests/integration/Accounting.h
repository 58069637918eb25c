// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_INTEGRATION_ACCOUNTING_H
#define LUNARIS_TESTS_INTEGRATION_ACCOUNTING_H

#include "dbus/MonitorEvent.h"

#include <QString>
#include <initializer_list>

namespace lunaris
{

/// What the statistics of GetStatistics promise at rest; empty when they add up, else the sum that does not.
/// To be asked again while events may be on their way: QTRY_COMPARE(imbalanceOf(fetch()), QString()).
inline QString imbalanceOf(const Statistics &totals)
{
    QString missing;
    const auto sum = [&](std::initializer_list<const char *> keys) {
        quint64 total = 0;
        for (const char *key : keys) {
            const auto found = totals.constFind(QLatin1String(key));
            if (found == totals.constEnd()) {
                missing += QStringLiteral("there is no %1; ").arg(QLatin1String(key));
            } else {
                total += found.value();
            }
        }
        return total;
    };
    const auto check = [&](const char *what, quint64 left, quint64 right) {
        if (left != right) {
            missing += QStringLiteral("%1: %2 against %3; ").arg(QLatin1String(what)).arg(left).arg(right);
        }
    };
    check("seen", sum({"seen"}),
          sum({"filtered", "duplicates", "raced", "malformed", "withheld", "lost", "skipped", "forwarded"}));
    check("forwarded + recovered", sum({"forwarded", "recovered"}),
          sum({"delivered", "queued", "spooled", "dropped"}));
    check("dropped", sum({"dropped"}), sum({"dropped.queue", "dropped.spool"}));
    return missing;
}

} // namespace lunaris

#endif
