// SPDX-License-Identifier: MIT
#include "app/format/JsonText.h"

#include "proto/Escape.h"

#include <QJsonDocument>
#include <QString>
#include <algorithm>

namespace lunaris
{

std::string toJsonLine(const QJsonObject &object)
{
    const QByteArray json = QJsonDocument(object).toJson(QJsonDocument::Compact);
    const bool plain = std::all_of(json.begin(), json.end(), [](char byte) {
        return static_cast<unsigned char>(byte) >= 0x20 && static_cast<unsigned char>(byte) < 0x7f;
    });
    if (plain) {
        return json.toStdString() + '\n';
    }
    // All of them lie in the basic plane, and outside of strings JSON is ASCII.
    QString text;
    for (const QChar character : QString::fromUtf8(json)) {
        if (character.isSurrogate() || proto::isPrintable(character.unicode())) {
            text += character;
        } else {
            text += QStringLiteral("\\u%1").arg(character.unicode(), 4, 16, QLatin1Char('0'));
        }
    }
    return text.toStdString() + '\n';
}

} // namespace lunaris
