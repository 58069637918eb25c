// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_ERRORREPLY_H
#define LUNARIS_HELPER_SERVICE_ERRORREPLY_H

#include <QLatin1String>
#include <QString>
#include <functional>
#include <optional>

namespace lunaris
{

/// Why something was not done: an error name of dbus/Names.h, and a sentence that says what to do.
struct ErrorReply {
    QLatin1String error;
    QString sentence;
};

/// Called once, when it is done or refused.
using Answer = std::function<void(const std::optional<ErrorReply> &)>;

} // namespace lunaris

#endif
