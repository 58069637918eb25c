// SPDX-License-Identifier: MIT
#ifndef LUNARIS_PROTO_EVENTNAMES_H
#define LUNARIS_PROTO_EVENTNAMES_H

#include <array>
#include <string_view>

/// The types of events by the names that they have on the Event Bus and on D-Bus alike.
namespace lunaris::proto::type
{

inline constexpr std::string_view fileOpened{"file.opened"};
inline constexpr std::string_view fileOpenFailed{"file.open_failed"};
inline constexpr std::string_view fileWritten{"file.written"};
inline constexpr std::string_view processStarted{"process.started"};
inline constexpr std::string_view processExited{"process.exited"};
inline constexpr std::string_view networkConnect{"network.connect"};
inline constexpr std::string_view networkAccept{"network.accept"};

inline constexpr std::array all = {
    fileOpened, fileOpenFailed, fileWritten, processStarted, processExited, networkConnect, networkAccept,
};

} // namespace lunaris::proto::type

#endif
