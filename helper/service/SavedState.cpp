// SPDX-License-Identifier: MIT
#include "helper/service/SavedState.h"

#include <QJsonDocument>
#include <QLoggingCategory>

namespace lunaris
{

Q_LOGGING_CATEGORY(logState, "lunaris.kernel.state")

namespace
{

constexpr int formatVersion = 1;
const QString versionKey = QStringLiteral("version");

} // namespace

QByteArray SavedState::toBytes(QJsonObject content)
{
    content.insert(versionKey, formatVersion);
    return QJsonDocument(content).toJson();
}

std::optional<QJsonObject> SavedState::contentOf(const QByteArray &bytes)
{
    QJsonObject root = QJsonDocument::fromJson(bytes).object();
    if (root.take(versionKey).toInt() != formatVersion) {
        return std::nullopt;
    }
    return root;
}

void SavedState::load(const StateFile &file, const QString &consequence,
                      const std::function<bool(const QByteArray &bytes)> &take)
{
    QString problem;
    const std::optional<QByteArray> bytes = file.read(problem);
    if (bytes && !take(*bytes)) {
        problem = QStringLiteral("it is damaged");
    }
    if (!problem.isEmpty()) {
        qCWarning(logState, "%ls: %ls: %ls.", qUtf16Printable(file.path()), qUtf16Printable(consequence),
                  qUtf16Printable(problem));
    }
}

} // namespace lunaris
