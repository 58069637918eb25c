// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_PIPELINE_WALLCLOCK_H
#define LUNARIS_HELPER_PIPELINE_WALLCLOCK_H

#include <QObject>
#include <cstdint>
#include <memory>

class QSocketNotifier;

namespace lunaris
{

/// How far the wall clock is ahead of the time since boot. Read once, and again when somebody sets
/// the clock, which the kernel tells through a timer (timerfd_create(2), TFD_TIMER_CANCEL_ON_SET):
/// no system call an event. Belongs to the thread it is made on.
class WallClock : public QObject
{
    Q_OBJECT

public:
    WallClock();
    ~WallClock() override;

    /// CLOCK_REALTIME − CLOCK_BOOTTIME in nanoseconds.
    std::int64_t offset() const { return m_offset; }

private:
    void arm();
    void refresh();

    int m_timer = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::int64_t m_offset = 0;
};

} // namespace lunaris

#endif
