// SPDX-License-Identifier: MIT
#include "app/client/BusAddress.h"

namespace lunaris
{

QDBusConnection connectToBus(const QString &bus)
{
    if (bus == QLatin1String("system")) {
        return QDBusConnection::systemBus();
    }
    if (bus == QLatin1String("session")) {
        return QDBusConnection::sessionBus();
    }
    return QDBusConnection::connectToBus(bus, QStringLiteral("lunaris"));
}

} // namespace lunaris
