// SPDX-License-Identifier: MIT
#include "app/ctl/StatsWatch.h"

#include "app/ctl/Funnel.h"
#include "app/ctl/Output.h"
#include "app/ctl/Terminal.h"

#include <chrono>
#include <unistd.h>
#include <utility>

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
    std::optional<Funnel::Look> now = m_helper.look();
    if (!now) {
        m_timer.stop();
        Q_EMIT finished(m_helper.status());
        return;
    }
    std::optional<Funnel::Before> before;
    if (m_before) {
        before = {*std::move(m_before), std::chrono::milliseconds(m_since.elapsed())};
    }
    m_since.start();
    const std::string clear = isTerminal(STDOUT_FILENO) ? home : std::string();
    const std::string text = m_json ? Funnel::json(*now, before) : clear + Funnel::text(*now, before) + '\n';
    m_before = std::move(now);
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
