// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CLIENT_BUSRETURN_H
#define LUNARIS_APP_CLIENT_BUSRETURN_H

#include "app/client/Backoff.h"

#include <QDBusConnection>
#include <QObject>
#include <QString>
#include <QThreadPool>
#include <QTimer>

namespace lunaris
{

/// Waits for a bus that is gone, or was not there, by trying to connect again and again. A bus that lets
/// itself be connected to and then does not answer takes its time: that is spent on another thread. Belongs
/// to the thread that made it.
class BusReturn : public QObject
{
    Q_OBJECT

public:
    /// `bus` as connectToBus() takes it.
    explicit BusReturn(const QString &bus, QObject *parent = nullptr);

    /// Ends the connection that it has made.
    ~BusReturn() override;

    /// Begins to wait. The connection that it has made before ends.
    void wait();

    /// Tries now, while it waits.
    void hurry();

Q_SIGNALS:
    /// It has come back, with this connection.
    void returned(const QDBusConnection &connection);

private:
    void attempt();
    void onAttempted(const QDBusConnection &connection);
    void leave();

    const QString m_bus;
    QString m_name; // of the connection; empty is none
    QTimer m_timer;
    Backoff m_backoff;
    QThreadPool m_pool;
};

} // namespace lunaris

#endif
