// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_MONITORRULE_H
#define LUNARIS_DBUS_MONITORRULE_H

#include <QByteArray>
#include <QDBusArgument>
#include <QList>
#include <QMetaType>
#include <QString>

namespace lunaris
{

/// A path rule as SetRules takes it, signature (ays).
struct MonitorRule {
    QByteArray prefix; ///< bytes, not text
    QString action;    ///< "exclude" or "include"

    bool operator==(const MonitorRule &) const = default;
};

/// A path rule as GetRules gives it, signature (ayst).
struct CountedRule {
    QByteArray prefix;
    QString action;
    quint64 hits = 0; ///< how often it decided; 0 for who may not watch everybody

    bool operator==(const CountedRule &) const = default;
};

using MonitorRuleList = QList<MonitorRule>;
using CountedRuleList = QList<CountedRule>;

QDBusArgument &operator<<(QDBusArgument &argument, const MonitorRule &rule);
const QDBusArgument &operator>>(const QDBusArgument &argument, MonitorRule &rule);
QDBusArgument &operator<<(QDBusArgument &argument, const CountedRule &rule);
const QDBusArgument &operator>>(const QDBusArgument &argument, CountedRule &rule);

} // namespace lunaris

Q_DECLARE_METATYPE(lunaris::MonitorRule)
Q_DECLARE_METATYPE(lunaris::CountedRule)

#endif
