// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_PATHTEXT_H
#define LUNARIS_APP_MODELS_PATHTEXT_H

#include <QByteArray>
#include <QString>

/// Paths are bytes; these are the texts that a person sees of them. Bytes that are no UTF-8 and
/// characters that could deceive are escaped, the front of a truncated path is written "…/", and a
/// name that could not be read says so. `attributes` are those of MonitorEvent.
namespace lunaris::PathText
{

QString whole(const QByteArray &path, quint32 attributes);

/// whole() = directory() + fileName(); the directory ends with its slash, or is empty.
QString directory(const QByteArray &path, quint32 attributes);
QString fileName(const QByteArray &path, quint32 attributes);

/// whole(), and a line for each thing that is special about the path.
QString detail(const QByteArray &path, quint32 attributes);

/// A path as a part of a sentence to be shown: between marks (U+2066, U+2069) that let it read from the left
/// in every language. Not to be copied.
QString isolated(const QString &path);

} // namespace lunaris::PathText

#endif
