// SPDX-License-Identifier: MIT
#include "app/models/BackgroundTask.h"

#include <chrono>
#include <utility>

namespace lunaris
{

using namespace std::chrono_literals;

BackgroundTask::BackgroundTask(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    m_progressTimer.setInterval(50ms);
    connect(&m_progressTimer, &QTimer::timeout, this, &BackgroundTask::progressChanged);
}

BackgroundTask::~BackgroundTask()
{
    if (m_course) {
        m_course->m_cancelled = true;
    }
    m_pool.waitForDone(); // what it still posts goes with this object
}

void BackgroundTask::run(std::function<Finish(Course &)> work)
{
    const bool wasRunning = isRunning();
    if (m_course) {
        m_course->m_cancelled = true;
    }
    m_course = std::make_shared<Course>();
    m_pool.start([this, course = m_course, work = std::move(work)]() mutable {
        if (course->isCancelled()) {
            return;
        }
        Finish done = work(*course);
        // What it used is let go here: taking many rows apart takes a while.
        work = nullptr;
        if (!course->isCancelled()) {
            QMetaObject::invokeMethod(this, [this, course, done = std::move(done)] { finish(course, done); });
        }
    });
    m_progressTimer.start();
    if (!wasRunning) {
        Q_EMIT runningChanged();
    }
    Q_EMIT progressChanged();
}

void BackgroundTask::cancel()
{
    if (m_course) {
        m_course->m_cancelled = true;
        m_course.reset();
        m_progressTimer.stop();
        Q_EMIT runningChanged();
        Q_EMIT progressChanged();
    }
}

double BackgroundTask::progress() const
{
    return m_course ? m_course->m_progress.load(std::memory_order_relaxed) : 0;
}

void BackgroundTask::finish(const std::shared_ptr<Course> &course, const Finish &done)
{
    if (course != m_course) {
        return; // another one was started meanwhile
    }
    m_course.reset();
    m_progressTimer.stop();
    done();
    if (!isRunning()) {
        Q_EMIT runningChanged();
        Q_EMIT progressChanged();
    }
}

} // namespace lunaris
