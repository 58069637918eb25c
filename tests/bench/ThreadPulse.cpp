// SPDX-License-Identifier: MIT
#include "tests/bench/ThreadPulse.h"

#include <algorithm>
#include <chrono>
#include <ctime>

namespace lunaris::test
{

using namespace std::chrono_literals;

namespace
{

constexpr std::chrono::milliseconds interval = 5ms;

/// Microseconds.
qint64 processorTime()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000 + time.tv_nsec / 1000;
}

} // namespace

ThreadPulse::ThreadPulse(int seconds) : m_schedule(QStringLiteral("/proc/thread-self/schedstat"))
{
    m_wall.reserve(static_cast<std::size_t>(std::chrono::seconds(seconds) / interval));
    m_busy.reserve(m_wall.capacity());
    m_computing.reserve(m_wall.capacity());
    // Opened here it stays this thread's, whoever reads it.
    if (!m_schedule.open(QIODevice::ReadOnly | QIODevice::Unbuffered)) {
        qFatal("The kernel does not say how long threads wait for a processor (CONFIG_SCHED_INFO).");
    }
    m_timer.setTimerType(Qt::PreciseTimer);
    m_timer.setInterval(interval);
    connect(&m_timer, &QTimer::timeout, this, &ThreadPulse::beat);
}

void ThreadPulse::start()
{
    m_waited = waitedForProcessor();
    m_computed = processorTime();
    m_since.start();
    m_timer.start();
}

void ThreadPulse::beat()
{
    const qint64 waited = waitedForProcessor();
    const qint64 wall =
        std::max<qint64>(0, m_since.nsecsElapsed() / 1000 - std::chrono::microseconds(interval).count());
    const qint64 busy = std::max<qint64>(0, wall - (waited - m_waited) / 1000);
    m_since.start();
    m_waited = waited;
    const qint64 computed = processorTime();
    m_computing.push_back(computed - m_computed);
    m_computed = computed;
    m_wall.push_back(wall);
    m_busy.push_back(busy);
    Q_EMIT beaten(wall, busy, m_computing.back());
}

/// Nanoseconds: the second number of the line.
qint64 ThreadPulse::waitedForProcessor()
{
    m_schedule.seek(0);
    return m_schedule.readAll().split(' ').value(1).toLongLong();
}

ThreadPulse::Lateness ThreadPulse::latenessOf(std::vector<qint64> times)
{
    if (times.empty()) {
        return {};
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100], times.back()};
}

} // namespace lunaris::test
