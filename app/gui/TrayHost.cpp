// SPDX-License-Identifier: MIT
#include "app/gui/TrayHost.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QDBusVariant>
#include <QGuiApplication>

namespace lunaris
{

namespace
{

// https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/, under the name
// that is in use.
constexpr QLatin1String watcherName{"org.kde.StatusNotifierWatcher"};
constexpr QLatin1String watcherPath{"/StatusNotifierWatcher"};
constexpr QLatin1String hasHost{"IsStatusNotifierHostRegistered"};

/// No connection where Qt has no tray to offer: it would not be used.
QDBusConnection sessionOfPlatform()
{
    const QString platform = QGuiApplication::platformName();
    const bool hasTray = platform == QLatin1String("xcb") || platform.startsWith(QLatin1String("wayland"));
    return hasTray ? QDBusConnection::sessionBus() : QDBusConnection(QStringLiteral("none"));
}

} // namespace

TrayHost::TrayHost(QObject *parent) : TrayHost(sessionOfPlatform(), parent) {}

TrayHost::TrayHost(const QDBusConnection &session, QObject *parent) : QObject(parent), m_session(session)
{
    if (!m_session.isConnected()) {
        return;
    }
    const auto *watcher =
        new QDBusServiceWatcher(watcherName, m_session, QDBusServiceWatcher::WatchForOwnerChange, this);
    connect(watcher, &QDBusServiceWatcher::serviceOwnerChanged, this, &TrayHost::ask);
    for (const char *const signal : {"StatusNotifierHostRegistered", "StatusNotifierHostUnregistered"}) {
        m_session.connect(watcherName, watcherPath, watcherName, QLatin1String(signal), this, SLOT(ask()));
    }
    ask();
}

void TrayHost::ask()
{
    QDBusMessage get = QDBusMessage::createMethodCall(
        watcherName, watcherPath, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
    get.setArguments({QString(watcherName), QString(hasHost)});
    get.setAutoStartService(false); // it is the desktop's to start
    const quint64 question = ++m_question;
    auto *call = new QDBusPendingCallWatcher(m_session.asyncCall(get), this);
    connect(call, &QDBusPendingCallWatcher::finished, this, [this, call, question] {
        call->deleteLater();
        if (question == m_question) {
            const QDBusPendingReply<QDBusVariant> reply = *call;
            setAvailable(!reply.isError() && reply.value().variant().toBool());
        }
    });
}

void TrayHost::setAvailable(bool available)
{
    if (available != m_available) {
        m_available = available;
        Q_EMIT availableChanged();
    }
}

} // namespace lunaris
