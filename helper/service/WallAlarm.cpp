// SPDX-License-Identifier: MIT
#include "helper/service/Alarm.h"

#include "helper/timing/Clocks.h"

#include <QLoggingCategory>
#include <QSocketNotifier>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <sys/timerfd.h>
#include <unistd.h>

namespace lunaris
{

Q_LOGGING_CATEGORY(logAlarm, "lunaris.kernel.alarm")

namespace
{

constexpr quint64 second = 1'000'000;

} // namespace

WallAlarm::WallAlarm() : m_timer(timerfd_create(CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK))
{
    if (m_timer < 0) {
        qCWarning(logAlarm, "There is no timer (%s): pauses will not end by themselves.",
                  std::strerror(errno));
        return;
    }
    m_notifier = std::make_unique<QSocketNotifier>(m_timer, QSocketNotifier::Read);
    QObject::connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] {
        std::uint64_t expirations = 0;
        if (read(m_timer, &expirations, sizeof(expirations)) == sizeof(expirations)) {
            ring();
        }
    });
}

WallAlarm::~WallAlarm()
{
    m_notifier.reset();
    if (m_timer >= 0) {
        close(m_timer);
    }
}

quint64 WallAlarm::now() const
{
    return wallTime() / 1000;
}

void WallAlarm::setFor(quint64 time)
{
    itimerspec timer{};
    timer.it_value.tv_sec = static_cast<time_t>(time / second);
    timer.it_value.tv_nsec = static_cast<long>(time % second * 1000);
    timerfd_settime(m_timer, TFD_TIMER_ABSTIME, &timer, nullptr);
}

} // namespace lunaris
