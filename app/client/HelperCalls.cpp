// SPDX-License-Identifier: MIT
#include "app/client/HelperCalls.h"

#include "dbus/Names.h"

#include <chrono>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

// polkit may ask a person for a password: as long as the helper's own limit, and a little more.
constexpr std::chrono::milliseconds interactiveTimeout = 5min + 10s;

QDBusMessage methodCall(const QString &interface, const QString &method, const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(dbus::serviceName, dbus::objectPath, interface, method);
    message.setArguments(arguments);
    return message;
}

} // namespace

bool HelperCalls::isFromHelper(const QDBusError &error)
{
    return error.name().startsWith(QLatin1String("org.lunaris.KernelMonitor1.Error."));
}

void HelperCalls::call(const QString &method, const QVariantList &arguments, Ask ask, const Done &done)
{
    call(methodCall(dbus::interfaceName, method, arguments), ask, done);
}

void HelperCalls::fetchProperties(const Done &done)
{
    call(methodCall(QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("GetAll"),
                    {QString(dbus::interfaceName)}),
         Ask::Never, done);
}

void HelperCalls::send(const QString &method, const QVariantList &arguments) const
{
    m_bus.send(methodCall(dbus::interfaceName, method, arguments));
}

void HelperCalls::call(QDBusMessage message, Ask ask, const Done &done)
{
    message.setInteractiveAuthorizationAllowed(ask == Ask::MayAsk);
    const int timeout = ask == Ask::MayAsk ? static_cast<int>(interactiveTimeout.count()) : -1;
    auto *watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(message, timeout), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [done](QDBusPendingCallWatcher *finished) {
        done(*finished);
        finished->deleteLater();
    });
}

} // namespace lunaris
