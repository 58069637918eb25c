// SPDX-License-Identifier: MIT
#include "helper/service/MonitorSignals.h"

#include "dbus/Names.h"

#include <QDBusMessage>

namespace lunaris
{

namespace
{

QDBusMessage toOwner(const QString &owner, const QString &signal)
{
    return QDBusMessage::createTargetedSignal(owner, dbus::objectPath, dbus::interfaceName, signal);
}

} // namespace

void MonitorSignals::publish(const QString &owner, quint64 id, quint64 dropped,
                             const MonitorEventList &events)
{
    QDBusMessage batch = toOwner(owner, QStringLiteral("Events"));
    batch << id << dropped << QVariant::fromValue(events);
    m_bus.send(batch);
}

void MonitorSignals::subscriptionEnded(const QString &owner, quint64 id, const QString &reason)
{
    QDBusMessage farewell = toOwner(owner, QStringLiteral("SubscriptionEnded"));
    farewell << id << reason;
    m_bus.send(farewell);
}

void MonitorSignals::propertiesChanged(const QVariantMap &changed)
{
    QDBusMessage signal =
        QDBusMessage::createSignal(dbus::objectPath, QStringLiteral("org.freedesktop.DBus.Properties"),
                                   QStringLiteral("PropertiesChanged"));
    signal << QString(dbus::interfaceName) << changed << QStringList();
    m_bus.send(signal);
}

} // namespace lunaris
