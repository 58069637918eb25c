// SPDX-License-Identifier: MIT
#include "app/client/HelperSignals.h"

#include "dbus/Names.h"

#include <QDBusArgument>
#include <QDBusServiceWatcher>

namespace lunaris
{

HelperSignals::HelperSignals(const QDBusConnection &bus, QObject *parent) : QObject(parent)
{
    QDBusConnection connection = bus;
    const QString properties = QStringLiteral("org.freedesktop.DBus.Properties");
    connection.connect(dbus::serviceName, dbus::objectPath, dbus::interfaceName, QStringLiteral("Events"),
                       this, SLOT(onEvents(QDBusMessage)));
    connection.connect(dbus::serviceName, dbus::objectPath, dbus::interfaceName,
                       QStringLiteral("SubscriptionEnded"), this, SLOT(onSubscriptionEnded(QDBusMessage)));
    connection.connect(dbus::serviceName, dbus::objectPath, properties, QStringLiteral("PropertiesChanged"),
                       this, SLOT(onPropertiesChanged(QDBusMessage)));
    connection.connect(QString(), QStringLiteral("/org/freedesktop/DBus/Local"),
                       QStringLiteral("org.freedesktop.DBus.Local"), QStringLiteral("Disconnected"), this,
                       SIGNAL(busWent()));

    auto *watcher = new QDBusServiceWatcher(
        dbus::serviceName, bus,
        QDBusServiceWatcher::WatchForRegistration | QDBusServiceWatcher::WatchForUnregistration, this);
    connect(watcher, &QDBusServiceWatcher::serviceRegistered, this, &HelperSignals::helperCame);
    connect(watcher, &QDBusServiceWatcher::serviceUnregistered, this, &HelperSignals::helperWent);
}

void HelperSignals::onEvents(const QDBusMessage &message)
{
    if (const std::optional<EventBatch> batch = EventBatch::read(message)) {
        Q_EMIT batchReceived(*batch);
    } else {
        const QVariant id = message.arguments().value(0);
        Q_EMIT batchSpoiled(id.typeId() == QMetaType::ULongLong ? id.toULongLong() : 0);
    }
}

void HelperSignals::onSubscriptionEnded(const QDBusMessage &message)
{
    if (message.signature() == QLatin1String("ts")) {
        Q_EMIT subscriptionEnded(message.arguments()[0].toULongLong(), message.arguments()[1].toString());
    }
}

void HelperSignals::onPropertiesChanged(const QDBusMessage &message)
{
    if (message.signature() == QLatin1String("sa{sv}as") &&
        message.arguments()[0].toString() == dbus::interfaceName) {
        Q_EMIT propertiesChanged(qdbus_cast<QVariantMap>(message.arguments()[1]));
    }
}

} // namespace lunaris
