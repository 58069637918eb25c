// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_CHECKREPORT_H
#define LUNARIS_HELPER_CHECKREPORT_H

#include "helper/source/Readiness.h"

#include <QString>
#include <optional>

namespace lunaris
{

/// What `--check` prints: for a person, a line an item and what to do; for a machine, one JSON object
/// {"ready": bool, "reason": string, "capture_method": string, "items": [{"name", "ok", "found"}]}.
QString checkReport(const Readiness &readiness, const QString &captureMethod, bool json);

} // namespace lunaris

#endif
