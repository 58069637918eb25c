// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_BACKGROUNDTASK_H
#define LUNARIS_APP_MODELS_BACKGROUNDTASK_H

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>
#include <type_traits>
#include <utility>

namespace lunaris
{

/// Does one long piece of work at a time on a thread of its own; a new one ends the one that runs. Belongs to
/// the thread that made it, where all signals and results arrive.
class BackgroundTask : public QObject
{
    Q_OBJECT

public:
    /// How the work tells how far it is, and hears that nobody wants it any more. Any thread.
    class Course
    {
    public:
        bool isCancelled() const { return m_cancelled.load(std::memory_order_relaxed); }
        /// 0 to 1.
        void setProgress(double progress) { m_progress.store(progress, std::memory_order_relaxed); }

    private:
        friend class BackgroundTask;

        std::atomic<bool> m_cancelled = false;
        std::atomic<double> m_progress = 0;
    };

    explicit BackgroundTask(QObject *parent = nullptr);
    ~BackgroundTask() override;

    /// `work(Course &)` runs on the other thread: all that it uses has to be its own. `done(result)` is
    /// called with what it returns, on this thread, and not at all once it was cancelled.
    template<typename Work, typename Done>
    void start(Work work, Done done)
    {
        run([work = std::move(work), done = std::move(done)](Course &course) mutable -> Finish {
            using Result = std::invoke_result_t<Work &, Course &>;
            const auto result = std::make_shared<Result>(work(course));
            return [done = std::move(done), result]() mutable { done(std::move(*result)); };
        });
    }
    void cancel();

    bool isRunning() const { return m_course != nullptr; }
    /// 0 to 1; 0 while none runs.
    double progress() const;

Q_SIGNALS:
    void runningChanged();
    void progressChanged();

private:
    using Finish = std::function<void()>;

    void run(std::function<Finish(Course &)> work);
    void finish(const std::shared_ptr<Course> &course, const Finish &done);

    QThreadPool m_pool;
    QTimer m_progressTimer;
    std::shared_ptr<Course> m_course; // of the work that runs
};

} // namespace lunaris

#endif
