// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_HELPER_H
#define LUNARIS_APP_CTL_HELPER_H

#include "app/ctl/ExitStatus.h"
#include "app/ctl/Funnel.h"
#include "dbus/MonitorEvent.h"
#include "dbus/PauseStatus.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QString>
#include <QVariantList>
#include <QVariantMap>
#include <optional>
#include <vector>

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
    std::optional<PauseStatus> pause();
    /// In the order in which they were set.
    std::optional<std::vector<PathRule>> rules();
    /// The statistics with the rules.
    std::optional<Funnel::Look> look();
    ExitStatus status() const { return m_status; }

private:
    QDBusMessage call(const QString &interface, const QString &method, const QVariantList &arguments);
    void fail(const QDBusError &error);

    QDBusConnection m_bus;
    const bool m_mayAsk;
    ExitStatus m_status = Done;
};

} // namespace lunaris

#endif
