// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_DISPLAY_TEXT_H
#define LUNARIS_APP_FORMAT_DISPLAY_TEXT_H

#include "proto/sentence/Sentence.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <string_view>

/// What comes from outside or from rooms without Qt, as a person may see it. For every thread.
namespace lunaris
{

/// The bytes, for as long as `bytes` is there and unchanged.
inline std::string_view viewOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

/// As proto::toPrintable(): nothing in it steers a terminal or the layout of a text.
QString printable(std::string_view bytes);
QString printable(const QByteArray &bytes);
QString printable(const QString &text);

/// As proto::toEscaped(): for texts that a person edits, and proto::unescape() reads.
QString escaped(std::string_view bytes);

/// In the language of the translations that are installed; those have all its patterns.
QString translated(const Sentence &sentence);

/// `time`, here and below: microseconds since the epoch. The local wall clock.
QDateTime localTime(quint64 time);

/// HH:mm:ss.
QString clockText(quint64 time);

/// yyyy-MM-dd HH:mm:ss.
QString dateAndClockText(quint64 time);

/// As people write it here; empty for 0, which stands for "not known".
QString momentText(quint64 time);

} // namespace lunaris

#endif
