// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_JSONTEXT_H
#define LUNARIS_APP_FORMAT_JSONTEXT_H

#include <QJsonObject>
#include <string>

namespace lunaris
{

/// One line of JSON with its newline, keys in alphabetical order. Characters that no terminal should get,
/// those of proto::toPrintable(), are written \uXXXX: the same text to a parser.
std::string toJsonLine(const QJsonObject &object);

} // namespace lunaris

#endif
