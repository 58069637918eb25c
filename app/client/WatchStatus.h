// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CLIENT_WATCHSTATUS_H
#define LUNARIS_APP_CLIENT_WATCHSTATUS_H

#include "app/client/MonitorClient.h"

#include <QDBusError>
#include <QString>
#include <optional>

namespace lunaris
{

/// How a watch goes, and what people are told of it.
struct WatchStatus {
    MonitorClient::Status status = MonitorClient::Status::Connecting;
    QString problem; ///< as MonitorClient::problem()
};

/// After a Subscribe that did not succeed.
WatchStatus statusOfRefusal(const QDBusError &error);

/// After SubscriptionEnded with this reason.
WatchStatus statusOfEnd(const QString &reason);

/// Of a subscriber to a helper that says so of itself; nothing while not all of it is known.
std::optional<WatchStatus> statusOfHelper(const HelperProperties &properties);

} // namespace lunaris

#endif
