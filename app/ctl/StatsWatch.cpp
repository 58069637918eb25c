// SPDX-License-Identifier: MIT
#include "app/ctl/StatsWatch.h"

#include "app/ctl/Funnel.h"
#include "app/ctl/Output.h"
#include "app/ctl/Terminal.h"

#include <chrono>
#include <unistd.h>

namespace lunaris
{

namespace
{

using namespace std::chrono_literals;

const std::string home = "\x1b[H\x1b[J"; // to the first line, and nothing below it

} // namespace

StatsWatch::StatsWatch(Helper &helper, bool json) : m_helper(helper), m_json(json)
{
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &StatsWatch::show);
}

void StatsWatch::start()
{
    m_timer.start();
    show();
}

void StatsWatch::show()
{
    const std::optional<Statistics> now = m_helper.statistics();
    if (!now) {
        m_timer.stop();
        Q_EMIT finished(m_helper.status());
        return;
    }
    const bool isFirst = !m_since.isValid();
    const auto since = std::chrono::milliseconds(isFirst ? 0 : m_since.restart());
    if (isFirst) {
        m_since.start();
    }
    const std::string text = m_json ? Funnel::json(*now)
                                    : (isTerminal(STDOUT_FILENO) ? home : std::string()) +
                                          Funnel::text(*now, isFirst ? nullptr : &m_before, since) + '\n';
    m_before = *now;
    if (!print(text)) {
        stop();
    }
}

void StatsWatch::stop()
{
    m_timer.stop();
    Q_EMIT finished(Done);
}

} // namespace lunaris
