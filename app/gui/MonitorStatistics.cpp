// SPDX-License-Identifier: MIT
#include "app/gui/MonitorStatistics.h"

#include "app/client/MonitorClient.h"
#include "app/format/DisplayText.h"

#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

// What GetStatistics counts as not reported, and the words for each.
constexpr std::array<std::pair<QLatin1String, const char *>, 5> lossCauses = {{
    {QLatin1String("lost"),
     QT_TRANSLATE_NOOP("lunaris::MonitorStatistics", "%1 had no room in the kernel's buffer")},
    {QLatin1String("raced"),
     QT_TRANSLATE_NOOP("lunaris::MonitorStatistics", "%1 were closed before they could be named")},
    {QLatin1String("skipped"),
     QT_TRANSLATE_NOOP("lunaris::MonitorStatistics", "%1 came while the kernel was busy with another")},
    {QLatin1String("malformed"), QT_TRANSLATE_NOOP("lunaris::MonitorStatistics", "%1 could not be read")},
    {QLatin1String("dropped"),
     QT_TRANSLATE_NOOP("lunaris::MonitorStatistics", "%1 were given up because the Event Bus was too slow")},
}};

QString durationText(quint64 microseconds)
{
    const QLocale locale;
    const auto number = static_cast<double>(microseconds);
    if (microseconds < 1000) {
        return MonitorStatistics::tr("%1 µs").arg(locale.toString(microseconds));
    }
    if (microseconds < 1'000'000) {
        return MonitorStatistics::tr("%1 ms").arg(
            locale.toString(number / 1000, 'f', microseconds < 10'000 ? 1 : 0));
    }
    return MonitorStatistics::tr("%1 s").arg(locale.toString(number / 1'000'000, 'f', 1));
}

QString sizeText(quint64 bytes)
{
    return QLocale().formattedDataSize(static_cast<qint64>(bytes), 1);
}

} // namespace

MonitorStatistics::MonitorStatistics(MonitorClient *client, QObject *parent)
    : QObject(parent), m_client(client)
{
    m_clock.start();
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, client, &MonitorClient::requestStatistics);
    connect(client, &MonitorClient::statusChanged, this, &MonitorStatistics::runTimer);
    connect(client, &MonitorClient::statisticsReceived, this, [this](const Statistics &totals) {
        m_totals = totals;
        m_funnel.setTotals(totals);
        m_rates.add(totals, m_clock.elapsed());
        Q_EMIT changed();
    });
    connect(client, &MonitorClient::rulesReceived, &m_funnel, &FunnelModel::setRules);
    connect(client, &MonitorClient::eventsReceived, this, [this](const MonitorEventList &, quint64 dropped) {
        if (dropped > 0) {
            m_skipped += dropped;
            Q_EMIT changed();
        }
    });
}

QString MonitorStatistics::since() const
{
    return momentText(m_totals.value(QStringLiteral("counting_since")));
}

Latency MonitorStatistics::latency(const QString &prefix) const
{
    if (m_totals.value(prefix + QLatin1String("count")) == 0) {
        return {};
    }
    const auto text = [&](const char *which) {
        return durationText(m_totals.value(prefix + QLatin1String(which)));
    };
    return {text("p50"), text("p99"), text("max")};
}

Fill MonitorStatistics::fill(const QString &key) const
{
    const quint64 limit = m_totals.value(key + QLatin1String("_max"));
    if (limit == 0) {
        return {};
    }
    const quint64 bytes = m_totals.value(key);
    return {tr("%1 of %2").arg(sizeText(bytes), sizeText(limit)),
            std::min(1.0, static_cast<double>(bytes) / static_cast<double>(limit))};
}

double MonitorStatistics::lost() const
{
    quint64 sum = m_skipped;
    for (const auto &[key, words] : lossCauses) {
        sum += m_totals.value(key);
    }
    return static_cast<double>(sum);
}

QString MonitorStatistics::lostDetail() const
{
    QStringList lines;
    const auto add = [&lines](quint64 count, const char *words) {
        if (count > 0) {
            lines.append(tr(words).arg(QLocale().toString(count)));
        }
    };
    for (const auto &[key, words] : lossCauses) {
        add(m_totals.value(key), words);
    }
    add(m_skipped, QT_TR_NOOP("%1 came too fast for this window"));
    return lines.join(QLatin1Char('\n'));
}

void MonitorStatistics::setActive(bool active)
{
    m_active = active;
    runTimer();
}

void MonitorStatistics::runTimer()
{
    const bool wanted = m_active && m_client->isSubscribed();
    if (wanted && !m_timer.isActive()) {
        m_client->requestStatistics();
        m_timer.start();
    } else if (!wanted) {
        m_timer.stop();
    }
}

} // namespace lunaris
