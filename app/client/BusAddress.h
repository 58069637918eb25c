// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CLIENT_BUSADDRESS_H
#define LUNARIS_APP_CLIENT_BUSADDRESS_H

#include <QDBusConnection>
#include <QString>

namespace lunaris
{

/// Connects to the bus that `--bus` names: "system", "session", or a D-Bus address such as
/// "unix:path=/run/x". Where that fails the connection is not connected and lastError() says why.
QDBusConnection connectToBus(const QString &bus);

} // namespace lunaris

#endif
