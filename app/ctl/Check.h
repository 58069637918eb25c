// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_CHECK_H
#define LUNARIS_APP_CTL_CHECK_H

#include <QDBusConnection>

namespace lunaris
{

/// `check`: asks the helper, which D-Bus starts if need be, whether it can watch this kernel, and
/// prints what it says. Returns the exit status.
int runCheck(QDBusConnection bus);

} // namespace lunaris

#endif
