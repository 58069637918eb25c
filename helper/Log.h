// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_LOG_H
#define LUNARIS_HELPER_LOG_H

#include <QtGlobal>

namespace lunaris
{

/// Sends Qt's log to stderr from `minimum` on, one line a message: "info: lunaris.kernel.bus: …".
void installLog(QtMsgType minimum);

} // namespace lunaris

#endif
