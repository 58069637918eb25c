// SPDX-License-Identifier: MIT
#include "app/gui/Monitor.h"

#include "proto/EventNames.h"

#include <string_view>

namespace lunaris
{

namespace
{

// Enough to fill a window at once.
constexpr quint32 backlog = 200;

/// Also those that are only captured while somebody wants them.
QStringList everyType()
{
    QStringList types;
    for (const std::string_view type : proto::type::all) {
        types.append(QString::fromLatin1(type.data(), static_cast<qsizetype>(type.size())));
    }
    return types;
}

} // namespace

Monitor::Monitor(const QDBusConnection &bus, const QString &scope, QObject *parent)
    : QObject(parent)
    , m_client(bus, {scope, backlog, everyType()})
    , m_settings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("lunaris"),
                 QStringLiteral("kernel-monitor"))
{
}

} // namespace lunaris
