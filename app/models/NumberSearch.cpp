// SPDX-License-Identifier: MIT
#include "app/models/NumberSearch.h"

#include <chrono>
#include <utility>

namespace lunaris
{

using namespace std::chrono_literals;

NumberSearch::NumberSearch(QObject *parent) : QObject(parent)
{
    m_pool.setMaxThreadCount(1);
    m_progressTimer.setInterval(50ms);
    connect(&m_progressTimer, &QTimer::timeout, this, &NumberSearch::progressChanged);
}

NumberSearch::~NumberSearch()
{
    if (m_course) {
        m_course->m_cancelled = true;
    }
    m_pool.waitForDone(); // what it still posts goes with this object
}

void NumberSearch::start(Work work, Done done)
{
    const bool wasRunning = isRunning();
    if (m_course) {
        m_course->m_cancelled = true;
    }
    m_course = std::make_shared<Course>();
    m_pool.start([this, course = m_course, work = std::move(work), done = std::move(done)]() mutable {
        if (course->isCancelled()) {
            return;
        }
        Numbers numbers = work(*course);
        // Its rows are let go here: taking many apart takes a while.
        work = nullptr;
        if (!course->isCancelled()) {
            QMetaObject::invokeMethod(
                this, [this, course, done = std::move(done), numbers = std::move(numbers)]() mutable {
                    finish(course, done, std::move(numbers));
                });
        }
    });
    m_progressTimer.start();
    if (!wasRunning) {
        Q_EMIT runningChanged();
    }
    Q_EMIT progressChanged();
}

void NumberSearch::cancel()
{
    if (m_course) {
        m_course->m_cancelled = true;
        m_course.reset();
        m_progressTimer.stop();
        Q_EMIT runningChanged();
        Q_EMIT progressChanged();
    }
}

double NumberSearch::progress() const
{
    return m_course ? m_course->m_progress.load(std::memory_order_relaxed) : 0;
}

void NumberSearch::finish(const std::shared_ptr<Course> &course, const Done &done, Numbers numbers)
{
    if (course != m_course) {
        return; // another one was started meanwhile
    }
    m_course.reset();
    m_progressTimer.stop();
    done(std::move(numbers));
    if (!isRunning()) {
        Q_EMIT runningChanged();
        Q_EMIT progressChanged();
    }
}

} // namespace lunaris
