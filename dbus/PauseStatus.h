// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_PAUSESTATUS_H
#define LUNARIS_DBUS_PAUSESTATUS_H

#include <QMetaType>
#include <QtGlobal>

namespace lunaris
{

/// What GetPause answers. Times are microseconds since the Unix epoch; 0 is until it is resumed.
struct PauseStatus {
    bool own = false; ///< what the asking user does is left out
    quint64 ownUntil = 0;
    bool all = false; ///< nothing is captured for anybody
    quint64 allUntil = 0;
    quint32 allBy = 0; ///< uid of who paused for everybody

    bool operator==(const PauseStatus &) const = default;
};

} // namespace lunaris

Q_DECLARE_METATYPE(lunaris::PauseStatus)

#endif
