// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_BENCH_THREADPULSE_H
#define LUNARIS_TESTS_BENCH_THREADPULSE_H

#include <QElapsedTimer>
#include <QFile>
#include <QObject>
#include <QTimer>
#include <vector>

namespace lunaris::test
{

/// How late the event loop of the thread that made it comes to what is due: a timer of 5 ms that measures its
/// own lateness, in microseconds. On a machine that is busy with other things a thread also waits for a
/// processor; the kernel counts that, and busy() is what is left without it: computing, and waiting for other
/// threads, which may wait for a processor themselves. computing() is the first of these alone.
class ThreadPulse : public QObject
{
    Q_OBJECT

public:
    struct Lateness {
        qint64 median = 0;
        qint64 p99 = 0;
        qint64 maximum = 0;
    };

    /// Makes room for so long a time at once, so that measuring does not show in the memory measured.
    explicit ThreadPulse(int seconds);

    void start();

    Lateness wall() const { return latenessOf(m_wall); }
    Lateness busy() const { return latenessOf(m_busy); }
    /// Processor time from one beat to the next, late or not.
    Lateness computing() const { return latenessOf(m_computing); }

Q_SIGNALS:
    /// Once for each time it was late.
    void beaten(qint64 wall, qint64 busy, qint64 computing);

private:
    static Lateness latenessOf(std::vector<qint64> times);
    void beat();
    qint64 waitedForProcessor();

    QFile m_schedule; // of this thread, as the kernel tells it
    QTimer m_timer;
    QElapsedTimer m_since;
    qint64 m_waited = 0;
    qint64 m_computed = 0;
    std::vector<qint64> m_wall;
    std::vector<qint64> m_busy;
    std::vector<qint64> m_computing;
};

} // namespace lunaris::test

#endif
