// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_MONITORSIGNALS_H
#define LUNARIS_HELPER_SERVICE_MONITORSIGNALS_H

#include "helper/service/Subscriptions.h"

#include <QDBusConnection>
#include <QVariantMap>

namespace lunaris
{

/// Sends the signals of dbus/org.lunaris.KernelMonitor1.xml: what belongs to a subscription to its owner
/// alone, changes of properties to everybody.
class MonitorSignals final : public EventPublisher
{
public:
    explicit MonitorSignals(const QDBusConnection &bus) : m_bus(bus) {}

    void publish(const QString &owner, quint64 id, quint64 dropped, const MonitorEventList &events) override;
    void subscriptionEnded(const QString &owner, quint64 id, const QString &reason);
    void propertiesChanged(const QVariantMap &changed);

private:
    QDBusConnection m_bus;
};

} // namespace lunaris

#endif
