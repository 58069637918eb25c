// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_ALARM_H
#define LUNARIS_HELPER_SERVICE_ALARM_H

#include <QObject>
#include <QtGlobal>
#include <functional>
#include <memory>
#include <utility>

class QSocketNotifier;

namespace lunaris
{

/// Rings when the wall clock has reached a time, however it gets there. Times are microseconds since the
/// Unix epoch.
class Alarm
{
public:
    virtual ~Alarm() = default;

    virtual quint64 now() const = 0;

    /// In place of the time that was set before; 0: never. A time that has passed rings at once, and yet
    /// later than this call.
    virtual void setFor(quint64 time) = 0;

    void onRing(std::function<void()> ring) { m_ring = std::move(ring); }

protected:
    void ring() const
    {
        if (m_ring) {
            m_ring();
        }
    }

private:
    std::function<void()> m_ring;
};

/// By the system's clock: a set clock and a suspended machine are the kernel's business
/// (timerfd_create(2), CLOCK_REALTIME and an absolute time). Belongs to the thread it is made on.
class WallAlarm final : public QObject, public Alarm
{
public:
    WallAlarm();
    ~WallAlarm() override;

    quint64 now() const override;
    void setFor(quint64 time) override;

private:
    int m_timer = -1;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace lunaris

#endif
