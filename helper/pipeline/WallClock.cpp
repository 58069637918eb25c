// SPDX-License-Identifier: MIT
#include "helper/pipeline/WallClock.h"

#include "helper/timing/Clocks.h"

#include <QLoggingCategory>
#include <QSocketNotifier>
#include <cerrno>
#include <cstring>
#include <limits>
#include <sys/timerfd.h>
#include <unistd.h>

namespace lunaris
{

Q_LOGGING_CATEGORY(logClock, "lunaris.kernel.clock")

WallClock::WallClock() : m_timer(timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC))
{
    if (m_timer >= 0) {
        m_notifier = std::make_unique<QSocketNotifier>(m_timer, QSocketNotifier::Read);
        connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
            std::uint64_t expirations = 0;
            // ECANCELED says that the clock was set; the timer must be armed anew.
            if (read(m_timer, &expirations, sizeof(expirations)) < 0 && errno != ECANCELED &&
                errno != EAGAIN) {
                qCWarning(logClock, "The clock can no longer be watched: %s", std::strerror(errno));
                m_notifier->setEnabled(false);
            }
            arm();
            refresh();
        });
        arm();
    }
    refresh();
}

WallClock::~WallClock()
{
    m_notifier.reset();
    if (m_timer >= 0) {
        close(m_timer);
    }
}

void WallClock::arm()
{
    // It never expires by itself: only a clock that was set wakes us.
    itimerspec never{};
    never.it_value.tv_sec = std::numeric_limits<std::int32_t>::max();
    if (timerfd_settime(m_timer, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &never, nullptr) != 0) {
        qCWarning(logClock, "The clock cannot be watched for changes: %s", std::strerror(errno));
    }
}

void WallClock::refresh()
{
    // Boot time before and after: their middle is the moment of the wall clock.
    const std::uint64_t before = bootTime();
    const std::uint64_t wall = wallTime();
    const std::uint64_t after = bootTime();
    m_offset = static_cast<std::int64_t>(wall - (before + (after - before) / 2));
}

} // namespace lunaris
