// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_EVENTCOLUMN_H
#define LUNARIS_APP_MODELS_EVENTCOLUMN_H

namespace lunaris
{

/// What a table of events can show of each, in the order in which it is offered.
enum class EventColumn {
    Number,
    Time,
    Application, ///< by the name that people know it by
    Pid,
    User,
    Operation,
    Path, ///< of connections the other end
    Result,
    Flags,
    ParentPid,
    Uid,
    Comm,
    ApplicationId,
    Amount, ///< bytes written, or the local port
};

inline constexpr int eventColumnCount = 14;

} // namespace lunaris

#endif
