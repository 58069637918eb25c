// SPDX-License-Identifier: MIT
#ifndef LUNARIS_PROCESS_TERMINATIONSIGNAL_H
#define LUNARIS_PROCESS_TERMINATIONSIGNAL_H

#include <QObject>
#include <QSocketNotifier>

namespace lunaris
{

/// Turns SIGINT and SIGTERM into received(), in the event loop. To be made before any other thread:
/// the signals are blocked in this one, and threads inherit that.
class TerminationSignal : public QObject
{
    Q_OBJECT

public:
    TerminationSignal();
    ~TerminationSignal() override;

Q_SIGNALS:
    void received();

private:
    int m_fd;
    QSocketNotifier m_notifier;
};

} // namespace lunaris

#endif
