// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_HOME_WATCHDOG_H
#define LUNARIS_HELPER_HOME_WATCHDOG_H

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>

namespace lunaris
{

/// Tells the service manager that both threads are alive: a question goes round by the event loop of the
/// other one, and only when it has come back is the manager told. A thread that hangs, either of them, ends
/// the heart-beat, and the manager starts us anew.
///
/// Lives on the D-Bus thread.
class Watchdog final : public QObject
{
    Q_OBJECT

public:
    using Tell = std::function<void()>;

    /// What the service manager wants to hear, and how long it waits at most; 0 when it does not care.
    static std::chrono::microseconds wantedByManager();
    static void tellManager();

    /// Beats twice in `limit`. `other` lives on the other thread and must outlive the watchdog.
    Watchdog(QObject &other, std::chrono::microseconds limit, Tell tell = tellManager);

private:
    void ask();

    QObject &m_other;
    const Tell m_tell;
    QTimer m_timer;
    bool m_isAsked = false;
};

} // namespace lunaris

#endif
