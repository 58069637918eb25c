// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_NUMBERSEARCH_H
#define LUNARIS_APP_MODELS_NUMBERSEARCH_H

#include <QObject>
#include <QThreadPool>
#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

namespace lunaris
{

/// Makes a list of row numbers on a thread of its own; a new search ends the one that runs. Belongs to the
/// thread that made it, where all signals and results arrive.
class NumberSearch : public QObject
{
    Q_OBJECT

public:
    using Numbers = std::vector<quint64>;

    /// How a search tells how far it is, and hears that nobody wants it any more. Any thread.
    class Course
    {
    public:
        bool isCancelled() const { return m_cancelled.load(std::memory_order_relaxed); }
        /// 0 to 1.
        void setProgress(double progress) { m_progress.store(progress, std::memory_order_relaxed); }

    private:
        friend class NumberSearch;

        std::atomic<bool> m_cancelled = false;
        std::atomic<double> m_progress = 0;
    };

    /// Runs on the other thread: all that it uses has to be its own. What it returns after it was cancelled
    /// is thrown away.
    using Work = std::function<Numbers(Course &)>;
    using Done = std::function<void(Numbers)>;

    explicit NumberSearch(QObject *parent = nullptr);
    ~NumberSearch() override;

    void start(Work work, Done done);
    void cancel();

    bool isRunning() const { return m_course != nullptr; }
    /// 0 to 1; 0 while none runs.
    double progress() const;

Q_SIGNALS:
    void runningChanged();
    void progressChanged();

private:
    void finish(const std::shared_ptr<Course> &course, const Done &done, Numbers numbers);

    QThreadPool m_pool;
    QTimer m_progressTimer;
    std::shared_ptr<Course> m_course; // of the search that runs
};

} // namespace lunaris

#endif
