// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_POLKITTYPES_H
#define LUNARIS_HELPER_SERVICE_POLKITTYPES_H

#include <QDBusArgument>
#include <QMap>
#include <QMetaType>
#include <QString>
#include <QVariantMap>

namespace lunaris
{

using PolkitDetails = QMap<QString, QString>;

/// (sa{sv})
struct PolkitSubject {
    QString kind;
    QVariantMap details;
};

/// (bba{ss})
struct PolkitResult {
    bool isAuthorized = false;
    bool isChallenge = false;
    PolkitDetails details;
};

QDBusArgument &operator<<(QDBusArgument &argument, const PolkitSubject &subject);
const QDBusArgument &operator>>(const QDBusArgument &argument, PolkitSubject &subject);
QDBusArgument &operator<<(QDBusArgument &argument, const PolkitResult &result);
const QDBusArgument &operator>>(const QDBusArgument &argument, PolkitResult &result);

void registerPolkitTypes();

} // namespace lunaris

Q_DECLARE_METATYPE(lunaris::PolkitSubject)
Q_DECLARE_METATYPE(lunaris::PolkitResult)

#endif
