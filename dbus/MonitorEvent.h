// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_MONITOREVENT_H
#define LUNARIS_DBUS_MONITOREVENT_H

#include <QByteArray>
#include <QDBusArgument>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QVariantMap>

namespace lunaris
{

/// One event as it crosses D-Bus, signature (ttsuuussayuuxut).
struct MonitorEvent {
    quint64 sequence = 0; ///< of the subscription; gaps are explained by `dropped`
    quint64 time = 0;     ///< microseconds since the Unix epoch
    QString type;         ///< "file.opened", …: see proto/EventNames.h
    quint32 pid = 0;      ///< of the process (tgid)
    quint32 parentPid = 0;
    quint32 uid = 0;        ///< real uid
    QString comm;           ///< bytes that are no UTF-8 are written \xHH
    QString application;    ///< application id
    QByteArray subject;     ///< absolute path, of processes the executable; bytes, not text
    quint32 flags = 0;      ///< as the caller of open(2) passed them
    quint32 mode = 0;       ///< st_mode
    qint64 value = 0;       ///< descriptor or -errno, exit code or -signal
    quint32 attributes = 0; ///< Attribute
    quint64 cgroup = 0;     ///< cgroup id

    bool operator==(const MonitorEvent &) const = default;
};

using MonitorEventList = QList<MonitorEvent>;

/// Bits of MonitorEvent::attributes.
enum Attribute : quint32 {
    TruncatedPath = 1,
    DeletedFile = 2,
    ForeignMountNamespace = 4,
    UnreadableName = 8,
    CreatedFile = 16,
};

/// GetStatistics: documented key → value. See the interface XML.
using Statistics = QMap<QString, quint64>;

QDBusArgument &operator<<(QDBusArgument &argument, const MonitorEvent &event);
const QDBusArgument &operator>>(const QDBusArgument &argument, MonitorEvent &event);

/// Makes the types above and those of MonitorRule.h known to Qt D-Bus; to be called once before the first
/// connection is used.
void registerDBusTypes();

} // namespace lunaris

Q_DECLARE_METATYPE(lunaris::MonitorEvent)

#endif
