// SPDX-License-Identifier: MIT
#include "dbus/BusConnection.h"

#include "dbus/MonitorEvent.h"

namespace lunaris
{

namespace
{

const QLatin1String systemBus("system");
const QLatin1String sessionBus("session");

} // namespace

std::optional<QString> problemWithBus(const QString &bus)
{
    if (bus == systemBus || bus == sessionBus || bus.contains(u':')) {
        return std::nullopt;
    }
    return QStringLiteral("the bus must be system, session or a D-Bus address, not \"%1\"").arg(bus);
}

QDBusConnection connectToBus(const QString &bus)
{
    // Qt's table of types, which this makes, then outlives its D-Bus thread, which is made with the first
    // connection and may still be at work when the program ends.
    registerDBusTypes();
    if (bus == systemBus) {
        return QDBusConnection::systemBus();
    }
    if (bus == sessionBus) {
        return QDBusConnection::sessionBus();
    }
    return QDBusConnection::connectToBus(bus, QStringLiteral("lunaris ") + bus);
}

QDBusConnection connectToBus(const QString &bus, const QString &name)
{
    registerDBusTypes();
    if (bus == systemBus) {
        return QDBusConnection::connectToBus(QDBusConnection::SystemBus, name);
    }
    if (bus == sessionBus) {
        return QDBusConnection::connectToBus(QDBusConnection::SessionBus, name);
    }
    return QDBusConnection::connectToBus(bus, name);
}

} // namespace lunaris
