// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_NAMES_H
#define LUNARIS_DBUS_NAMES_H

#include "proto/EventNames.h"

#include <QLatin1String>

/// Every name of the contract that is not a member of the interface, each written once in C++.
/// The members themselves stand in org.lunaris.KernelMonitor1.xml.
namespace lunaris::dbus
{

inline constexpr QLatin1String serviceName{"org.lunaris.KernelMonitor1"};
inline constexpr QLatin1String objectPath{"/org/lunaris/KernelMonitor1"};
inline constexpr QLatin1String interfaceName{"org.lunaris.KernelMonitor1"};

namespace action
{
inline constexpr QLatin1String watchOwn{"org.lunaris.KernelMonitor1.watch-own"};
inline constexpr QLatin1String watchAll{"org.lunaris.KernelMonitor1.watch-all"};
inline constexpr QLatin1String pauseOwn{"org.lunaris.KernelMonitor1.pause-own"};
inline constexpr QLatin1String pauseAll{"org.lunaris.KernelMonitor1.pause-all"};
inline constexpr QLatin1String configure{"org.lunaris.KernelMonitor1.configure"};
} // namespace action

namespace error
{
inline constexpr QLatin1String notAuthorized{"org.lunaris.KernelMonitor1.Error.NotAuthorized"};
inline constexpr QLatin1String invalidArgument{"org.lunaris.KernelMonitor1.Error.InvalidArgument"};
inline constexpr QLatin1String invalidFilter{"org.lunaris.KernelMonitor1.Error.InvalidFilter"};
inline constexpr QLatin1String limitExceeded{"org.lunaris.KernelMonitor1.Error.LimitExceeded"};
inline constexpr QLatin1String noSuchSubscription{"org.lunaris.KernelMonitor1.Error.NoSuchSubscription"};
inline constexpr QLatin1String unavailable{"org.lunaris.KernelMonitor1.Error.Unavailable"};
} // namespace error

/// Reasons of SubscriptionEnded: stable codes.
namespace ended
{
inline constexpr QLatin1String notAuthorized{"NotAuthorized"};
} // namespace ended

/// Scopes of Subscribe, Pause and Resume.
namespace scope
{
inline constexpr QLatin1String own{"own"};
inline constexpr QLatin1String all{"all"};

/// Whether a text is one of them.
inline bool isOne(const QString &text)
{
    return text == own || text == all;
}
} // namespace scope

/// What a path rule does with what it matches.
namespace rule
{
inline constexpr QLatin1String exclude{"exclude"};
inline constexpr QLatin1String include{"include"};
} // namespace rule

/// Values of the property State.
namespace state
{
inline constexpr QLatin1String running{"running"};
inline constexpr QLatin1String paused{"paused"};
inline constexpr QLatin1String degraded{"degraded"};
inline constexpr QLatin1String unavailable{"unavailable"};
} // namespace state

/// Types of events.
namespace type
{
inline constexpr QLatin1String fileOpened{proto::type::fileOpened.data()};
inline constexpr QLatin1String fileOpenFailed{proto::type::fileOpenFailed.data()};
inline constexpr QLatin1String fileWritten{proto::type::fileWritten.data()};
inline constexpr QLatin1String processStarted{proto::type::processStarted.data()};
inline constexpr QLatin1String processExited{proto::type::processExited.data()};
inline constexpr QLatin1String networkConnect{proto::type::networkConnect.data()};
inline constexpr QLatin1String networkAccept{proto::type::networkAccept.data()};
} // namespace type

} // namespace lunaris::dbus

#endif
