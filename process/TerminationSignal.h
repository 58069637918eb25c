// SPDX-License-Identifier: MIT
#ifndef LUNARIS_PROCESS_TERMINATIONSIGNAL_H
#define LUNARIS_PROCESS_TERMINATIONSIGNAL_H

#include <QObject>
#include <QSocketNotifier>

namespace lunaris
{

/// Turns SIGINT and SIGTERM into received(), in the event loop. Needs an application object, and no
/// thread may have been started without block() before it.
class TerminationSignal : public QObject
{
    Q_OBJECT

public:
    /// Blocks both signals in this thread and in all that it will start, so that none of them is ended
    /// the hard way. For programs whose application object starts threads; the constructor does it, too.
    static void block();

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
