// SPDX-License-Identifier: MIT
#include "app/gui/MonitorStatistics.h"

#include "app/client/MonitorClient.h"

#include <QLocale>
#include <QStringList>
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

} // namespace

MonitorStatistics::MonitorStatistics(MonitorClient *client, QObject *parent)
    : QObject(parent), m_client(client)
{
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, client, &MonitorClient::requestStatistics);
    connect(client, &MonitorClient::statusChanged, this, &MonitorStatistics::runTimer);
    connect(client, &MonitorClient::statisticsReceived, this, [this](const Statistics &totals) {
        m_totals = totals;
        Q_EMIT changed();
    });
    connect(client, &MonitorClient::eventsReceived, this, [this](const MonitorEventList &, quint64 dropped) {
        if (dropped > 0) {
            m_skipped += dropped;
            Q_EMIT changed();
        }
    });
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
