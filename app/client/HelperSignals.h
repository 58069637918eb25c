// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CLIENT_HELPERSIGNALS_H
#define LUNARIS_APP_CLIENT_HELPERSIGNALS_H

#include "app/client/EventBatch.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>
#include <QVariantMap>

namespace lunaris
{

/// What comes over a bus without being asked for: the helper's signals, its own coming and going, and the
/// end of the bus. What is not as the interface says stops here. Belongs to the thread that made it.
class HelperSignals : public QObject
{
    Q_OBJECT

public:
    /// The bus must be connected.
    explicit HelperSignals(const QDBusConnection &bus, QObject *parent = nullptr);

Q_SIGNALS:
    void batchReceived(const lunaris::EventBatch &batch);
    /// Events of this subscription that cannot be read; 0 where not even its number can.
    void batchSpoiled(quint64 id);
    void subscriptionEnded(quint64 id, const QString &reason);
    void propertiesChanged(const QVariantMap &properties);
    void helperCame();
    void helperWent();
    void busWent();

private Q_SLOTS:
    void onEvents(const QDBusMessage &message);
    void onSubscriptionEnded(const QDBusMessage &message);
    void onPropertiesChanged(const QDBusMessage &message);
};

} // namespace lunaris

#endif
