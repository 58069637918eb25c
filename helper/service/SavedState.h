// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_SAVEDSTATE_H
#define LUNARIS_HELPER_SERVICE_SAVEDSTATE_H

#include "helper/service/StateFile.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <functional>
#include <optional>

/// What the files of the state directory have in common: one JSON object with a version, taken whole or not
/// at all.
namespace lunaris::SavedState
{

QByteArray toBytes(QJsonObject content);

/// Without its version; nothing when it is none of ours, or of another version.
std::optional<QJsonObject> contentOf(const QByteArray &bytes);

/// Hands the file's bytes to `take`, which says whether they could be used. When they could not, and when
/// the file is not to be read, the log has `consequence` as its line, and the reason.
void load(const StateFile &file, const QString &consequence,
          const std::function<bool(const QByteArray &bytes)> &take);

} // namespace lunaris::SavedState

#endif
