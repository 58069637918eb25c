// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_IDLEWATCH_H
#define LUNARIS_HELPER_SERVICE_IDLEWATCH_H

#include "helper/service/Subscriptions.h"

#include <QObject>
#include <QTimer>
#include <chrono>

namespace lunaris
{

/// Says when nobody has had a subscription for a while, from the start on or since the last one ended: a
/// helper that feeds no Event Bus is of no use then. D-Bus starts it again for the next caller.
class IdleWatch : public QObject
{
    Q_OBJECT

public:
    /// `subscriptions` must outlive it.
    IdleWatch(const Subscriptions &subscriptions, std::chrono::milliseconds patience);

Q_SIGNALS:
    void idle();

private:
    void look(qsizetype subscriptions);

    QTimer m_timer;
};

} // namespace lunaris

#endif
