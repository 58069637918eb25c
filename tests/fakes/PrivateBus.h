// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_FAKES_PRIVATEBUS_H
#define LUNARIS_TESTS_FAKES_PRIVATEBUS_H

#include <QDBusConnection>
#include <QProcess>
#include <QStringList>

namespace lunaris::test
{

/// A real dbus-daemon of one's own, for as long as the object lives.
class PrivateBus
{
public:
    PrivateBus();
    ~PrivateBus();
    Q_DISABLE_COPY_MOVE(PrivateBus)

    /// Where it listens; empty when dbus-daemon could not be started.
    const QString &address() const { return m_address; }

    /// A connection of its own, with its own unique name; closed with the bus.
    QDBusConnection connect();

private:
    QProcess m_daemon;
    QString m_address;
    QStringList m_connections;
};

} // namespace lunaris::test

#endif
