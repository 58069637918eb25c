// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_STATEREASON_H
#define LUNARIS_DBUS_STATEREASON_H

#include <QString>

namespace lunaris::dbus
{

/// Why not everything is as it should be: the stable codes of the property StateReason.
namespace reason
{
inline constexpr QLatin1String none{""};
inline constexpr QLatin1String starting{"Starting"};
inline constexpr QLatin1String paused{"Paused"};
inline constexpr QLatin1String kernelTooOld{"KernelTooOld"};
inline constexpr QLatin1String missingBtf{"MissingBtf"};
inline constexpr QLatin1String missingTracefs{"MissingTracefs"};
inline constexpr QLatin1String missingCapability{"MissingCapability"};
inline constexpr QLatin1String lockedDown{"LockedDown"};
inline constexpr QLatin1String programRejected{"ProgramRejected"};
inline constexpr QLatin1String typesMissing{"TypesMissing"};
inline constexpr QLatin1String stateNotSaved{"StateNotSaved"};
} // namespace reason

/// One sentence for a code, in the program's language: what is wrong, and what can be done about it.
/// A code that this version does not know is named as it is.
QString explainReason(const QString &code);

} // namespace lunaris::dbus

#endif
