// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_EXITSTATUS_H
#define LUNARIS_APP_CTL_EXITSTATUS_H

namespace lunaris
{

/// What the terminal program leaves with; documented in its --help and kept.
enum ExitStatus {
    Done = 0,
    Failed = 1,
    WrongUsage = 2,
    NotAuthorized = 3,
    HelperUnavailable = 4,
};

} // namespace lunaris

#endif
