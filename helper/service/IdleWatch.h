// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_IDLEWATCH_H
#define LUNARIS_HELPER_SERVICE_IDLEWATCH_H

#include <QObject>
#include <QTimer>
#include <chrono>
#include <functional>

namespace lunaris
{

/// Says when nobody has needed the helper for a while, from the start on or since the last one left: one that
/// feeds no Event Bus is of no use then. D-Bus starts it again for the next caller.
class IdleWatch : public QObject
{
    Q_OBJECT

public:
    /// `isNeeded` is asked whenever it may have changed: see look().
    IdleWatch(std::function<bool()> isNeeded, std::chrono::milliseconds patience);

public Q_SLOTS:
    void look();

Q_SIGNALS:
    void idle();

private:
    const std::function<bool()> m_isNeeded;
    QTimer m_timer;
};

} // namespace lunaris

#endif
