// SPDX-License-Identifier: MIT
#include "app/client/WatchStatus.h"

#include "app/client/HelperCalls.h"
#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QStringList>

namespace lunaris
{

namespace
{

using Status = MonitorClient::Status;

/// Why the bus could not bring the helper, by the bus's own names of errors.
QString whyMissing(const QDBusError &error)
{
    switch (error.type()) {
    case QDBusError::ServiceUnknown:
        return MonitorClient::tr(
            "The helper is not installed, or this bus does not know how to start it; install "
            "the package lunaris-kernel-monitor. It is tried again by itself.");
    case QDBusError::AccessDenied:
        return MonitorClient::tr("This bus does not let the helper be talked to (%1); install the package "
                                 "lunaris-kernel-monitor, which brings the bus's policy.")
            .arg(error.message());
    default:
        return MonitorClient::tr(
                   "The helper could not be started (%1); journalctl -u lunaris-kernel-helper says "
                   "why. It is tried again by itself.")
            .arg(error.message());
    }
}

} // namespace

WatchStatus statusOfRefusal(const QDBusError &error)
{
    if (error.name() == dbus::error::notAuthorized) {
        return {Status::NotAuthorized, error.message()};
    }
    if (HelperCalls::isFromHelper(error)) {
        return {Status::Refused, error.message()};
    }
    return {Status::HelperMissing, whyMissing(error)};
}

WatchStatus statusOfEnd(const QString &reason)
{
    if (reason == dbus::ended::notAuthorized) {
        return {Status::NotAuthorized,
                MonitorClient::tr("You may not watch this any more, and the helper has ended the "
                                  "watch; ask an administrator of this machine.")};
    }
    return {Status::Refused,
            MonitorClient::tr("The helper has ended this watch (%1); try again.").arg(reason)};
}

std::optional<WatchStatus> statusOfHelper(const HelperProperties &properties)
{
    const QString state = properties.state();
    const QString reason = properties.stateReason();
    if (state.isEmpty()) {
        return std::nullopt; // a change that overtook the first answer, which will hold everything
    }
    if (state == dbus::state::running || state == dbus::state::degraded) {
        return WatchStatus{Status::Watching, dbus::explainReason(reason)};
    }
    if (state == dbus::state::paused) {
        QStringList sentences{dbus::explainReason(dbus::reason::paused)};
        if (reason != dbus::reason::paused) {
            sentences.append(dbus::explainReason(reason));
        }
        return WatchStatus{Status::Paused, sentences.join(u' ')};
    }
    if (!reason.isEmpty()) {
        return WatchStatus{Status::Unavailable, dbus::explainReason(reason)};
    }
    return WatchStatus{
        Status::Unavailable,
        MonitorClient::tr("The helper is in a state that this program does not know (“%1”); see "
                          "that both are of the same version.")
            .arg(state)};
}

} // namespace lunaris
