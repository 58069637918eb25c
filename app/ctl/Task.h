// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_TASK_H
#define LUNARIS_APP_CTL_TASK_H

#include "process/TerminationSignal.h"

#include <QCoreApplication>

namespace lunaris
{

/// Runs until the task says that it is finished, or a signal says that it shall be. The exit status.
template<typename Task>
int runUntilFinished(Task &task, TerminationSignal &termination)
{
    QObject::connect(&termination, &TerminationSignal::received, &task, &Task::stop);
    QObject::connect(
        &task, &Task::finished, qApp, [](int status) { QCoreApplication::exit(status); },
        Qt::QueuedConnection);
    task.start();
    return QCoreApplication::exec();
}

} // namespace lunaris

#endif
