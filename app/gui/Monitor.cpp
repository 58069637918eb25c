// SPDX-License-Identifier: MIT
#include "app/gui/Monitor.h"

#include "dbus/Names.h"

namespace lunaris
{

namespace
{

// Enough to fill a window at once.
constexpr quint32 backlog = 200;

} // namespace

Monitor::Monitor(const QDBusConnection &bus, const QString &scope, QObject *parent)
    : QObject(parent), m_client(bus, {scope, backlog, {dbus::type::fileOpened}})
{
}

} // namespace lunaris
