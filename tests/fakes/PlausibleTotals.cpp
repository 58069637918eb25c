// SPDX-License-Identifier: MIT
#include "tests/fakes/PlausibleTotals.h"

#include "dbus/Names.h"

namespace lunaris::test
{

Statistics plausibleStatistics(quint64 forwarded, quint64 lost, quint64 since)
{
    return {{QStringLiteral("counting_since"), since},
            {QStringLiteral("seen"), forwarded * 12 + lost},
            {QStringLiteral("filtered"), forwarded * 8},
            {QStringLiteral("duplicates"), forwarded * 3},
            {QStringLiteral("forwarded"), forwarded},
            {QStringLiteral("delivered"), forwarded - forwarded / 50},
            {QStringLiteral("queued"), forwarded / 50},
            {QStringLiteral("queued_bytes"), forwarded * 3},
            {QStringLiteral("queued_bytes_max"), 64U << 20U},
            {QStringLiteral("spooled_bytes_max"), 256U << 20U},
            {QStringLiteral("latency.bus.count"), forwarded},
            {QStringLiteral("latency.bus.p50"), 420},
            {QStringLiteral("latency.bus.p99"), 3'900},
            {QStringLiteral("latency.bus.max"), 18'300},
            {QStringLiteral("latency.subscribers.count"), forwarded},
            {QStringLiteral("latency.subscribers.p50"), 26'000},
            {QStringLiteral("latency.subscribers.p99"), 51'000},
            {QStringLiteral("latency.subscribers.max"), 74'000},
            {QStringLiteral("lost"), lost}};
}

CountedRuleList plausibleRules(quint64 forwarded)
{
    const QString exclude = dbus::rule::exclude;
    return {{"/proc/", exclude, forwarded * 4},
            {"/usr/lib/", exclude, forwarded * 3},
            {"/tmp/", exclude, forwarded},
            {"/run/media/", dbus::rule::include, 12}};
}

} // namespace lunaris::test
