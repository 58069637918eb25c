// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SESSIONID_H
#define LUNARIS_HELPER_SESSIONID_H

#include <QString>
#include <optional>

namespace lunaris
{

/// Where the desktop's session says which one it is.
inline constexpr const char *sessionIdFile = "/run/lunaris/session-id";

/// A sentence when the text cannot be a session id: it has 1 to 128 characters, none of them a control
/// character, for it stands in every event.
std::optional<QString> problemWithSessionId(const QString &id);

/// The first line of the file, empty when there is no file. When there is one that cannot be read safely, or
/// its line is no session id, that is one warning in the log, and empty.
///
/// Links are not followed: whoever may write that folder must not make us tell the bus what only root can
/// read.
QString sessionIdIn(const QString &file);

} // namespace lunaris

#endif
