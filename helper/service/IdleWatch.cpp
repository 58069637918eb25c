// SPDX-License-Identifier: MIT
#include "helper/service/IdleWatch.h"

#include <utility>

namespace lunaris
{

IdleWatch::IdleWatch(std::function<bool()> isNeeded, std::chrono::milliseconds patience)
    : m_isNeeded(std::move(isNeeded))
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(patience);
    connect(&m_timer, &QTimer::timeout, this, &IdleWatch::idle);
    look();
}

void IdleWatch::look()
{
    if (m_isNeeded()) {
        m_timer.stop();
    } else if (!m_timer.isActive()) {
        m_timer.start();
    }
}

} // namespace lunaris
