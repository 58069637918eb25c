// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_FAKES_PRIVATEBUS_H
#define LUNARIS_TESTS_FAKES_PRIVATEBUS_H

#include <QDBusConnection>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

namespace lunaris::test
{

/// A real dbus-daemon of one's own, for as long as the object lives.
class PrivateBus
{
public:
    PrivateBus();
    ~PrivateBus();
    Q_DISABLE_COPY_MOVE(PrivateBus)

    /// Ends the daemon under everybody's feet; starts it again at the same address. To be called in turn.
    void stop();
    void start();

    /// Where it listens; empty when dbus-daemon could not be started.
    const QString &address() const { return m_address; }

    /// A connection of its own, with its own unique name; closed with the bus.
    QDBusConnection connect();

private:
    QTemporaryDir m_folder;
    QProcess m_daemon;
    QString m_address;
    QStringList m_connections;
};

} // namespace lunaris::test

#endif
