// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_BUS_SPOOLDIRECTORY_H
#define LUNARIS_HELPER_BUS_SPOOLDIRECTORY_H

#include "helper/bus/FileDescriptor.h"

#include <QString>
#include <cstdint>
#include <vector>

namespace lunaris
{

/// Numbers of segments are from 1 to below this.
inline constexpr std::uint64_t spoolNumbersEnd = std::uint64_t{1} << 63;

/// The folder "spool" of the state directory; both are made if need be, for us alone. Not open, and `problem`
/// says why, when one of them is somebody else's, or others may write there.
FileDescriptor openSpoolDirectory(const QString &stateDirectory, QString &problem);

/// Held as long as it is open, by one process at a time. Not open, and `problem` says why, when another has
/// it.
FileDescriptor lockSpool(const FileDescriptor &directory, QString &problem);

/// The numbers of the files that are named like segments, ascending; what they are is not looked at.
std::vector<std::uint64_t> segmentsIn(const FileDescriptor &directory);

} // namespace lunaris

#endif
