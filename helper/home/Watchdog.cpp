// SPDX-License-Identifier: MIT
#include "helper/home/Watchdog.h"

#include <QMetaObject>
#include <cstdint>
#include <systemd/sd-daemon.h>
#include <utility>

namespace lunaris
{

std::chrono::microseconds Watchdog::wantedByManager()
{
    std::uint64_t limit = 0;
    return sd_watchdog_enabled(0, &limit) > 0 ? std::chrono::microseconds(limit)
                                              : std::chrono::microseconds(0);
}

void Watchdog::tellManager()
{
    sd_notify(0, "WATCHDOG=1");
}

Watchdog::Watchdog(QObject &other, std::chrono::microseconds limit, Tell tell)
    : m_other(other), m_tell(std::move(tell))
{
    connect(&m_timer, &QTimer::timeout, this, &Watchdog::ask);
    m_timer.start(std::chrono::duration_cast<std::chrono::milliseconds>(limit) / 2);
    ask();
}

void Watchdog::ask()
{
    if (std::exchange(m_isAsked, true)) {
        return; // not back yet: silence is what the manager is to hear
    }
    QMetaObject::invokeMethod(
        &m_other,
        [this] {
            QMetaObject::invokeMethod(
                this,
                [this] {
                    m_isAsked = false;
                    m_tell();
                },
                Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

} // namespace lunaris
