// SPDX-License-Identifier: MIT
#include "helper/service/IdleWatch.h"

namespace lunaris
{

IdleWatch::IdleWatch(const Subscriptions &subscriptions, std::chrono::milliseconds patience)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(patience);
    connect(&m_timer, &QTimer::timeout, this, &IdleWatch::idle);
    connect(&subscriptions, &Subscriptions::countChanged, this, &IdleWatch::look);
    look(subscriptions.count());
}

void IdleWatch::look(qsizetype subscriptions)
{
    if (subscriptions > 0) {
        m_timer.stop();
    } else if (!m_timer.isActive()) {
        m_timer.start();
    }
}

} // namespace lunaris
