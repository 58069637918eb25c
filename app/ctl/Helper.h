// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_HELPER_H
#define LUNARIS_APP_CTL_HELPER_H

#include "app/ctl/ExitStatus.h"
#include "dbus/MonitorEvent.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QString>
#include <QVariantList>
#include <QVariantMap>
#include <optional>

namespace lunaris
{

/// The helper, asked one question at a time; D-Bus starts it if need be. What goes wrong is said on stderr,
/// and becomes the exit status. Calls block: until polkit has asked the person, where it may.
class Helper
{
public:
    Helper(const QDBusConnection &bus, bool mayAsk);

    /// Done, or why not.
    ExitStatus command(const QString &method, const QVariantList &arguments);

    /// Nothing when it could not be had; status() says why.
    std::optional<Statistics> statistics();
    /// When it is not starting any more.
    std::optional<QVariantMap> properties();
    ExitStatus status() const { return m_status; }

    /// Since when it runs, in microseconds since the epoch; nothing when this cannot be told.
    std::optional<quint64> startTime();

private:
    QDBusMessage call(const QString &interface, const QString &method, const QVariantList &arguments);
    void fail(const QDBusError &error);

    QDBusConnection m_bus;
    const bool m_mayAsk;
    ExitStatus m_status = Done;
};

} // namespace lunaris

#endif
