// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_BUSCONNECTION_H
#define LUNARIS_DBUS_BUSCONNECTION_H

#include <QDBusConnection>
#include <QString>
#include <optional>

namespace lunaris
{

/// A sentence when a value of `--bus` is none of "system", "session" and a D-Bus address such as
/// "unix:path=/run/x".
std::optional<QString> problemWithBus(const QString &bus);

/// Connects to the bus that `--bus` names. Where that fails the connection is not connected and its
/// lastError() says why.
QDBusConnection connectToBus(const QString &bus);

/// The same with a connection of one's own, which no one else has under this name; to be given back with
/// QDBusConnection::disconnectFromBus(). Any thread may.
QDBusConnection connectToBus(const QString &bus, const QString &name);

} // namespace lunaris

#endif
