// SPDX-License-Identifier: MIT
#include "app/models/PathText.h"

#include "app/format/DisplayText.h"
#include "dbus/MonitorEvent.h"

#include <QCoreApplication>
#include <string_view>

namespace lunaris::PathText
{

namespace
{

QString translated(const char *text)
{
    return QCoreApplication::translate("PathText", text);
}

} // namespace

QString directory(const QByteArray &path, quint32 attributes)
{
    // Split before escaping: an escaped byte is never a slash, and only the part asked for is made.
    QString text = printable(path.left(path.lastIndexOf('/') + 1));
    if ((attributes & TruncatedPath) == 0) {
        return text;
    }
    const QString start = QStringLiteral("…/");
    if (text.startsWith(start)) {
        return text;
    }
    return text.startsWith(QLatin1Char('/')) ? QStringLiteral("…") + text : start + text;
}

QString fileName(const QByteArray &path, quint32 attributes)
{
    if (path.isEmpty() || (attributes & UnreadableName) != 0) {
        return translated(QT_TRANSLATE_NOOP("PathText", "(the name could not be read)"));
    }
    return printable(path.mid(path.lastIndexOf('/') + 1));
}

QString whole(const QByteArray &path, quint32 attributes)
{
    return directory(path, attributes) + fileName(path, attributes);
}

QString detail(const QByteArray &path, quint32 attributes)
{
    QString text = whole(path, attributes);
    const auto add = [&](Attribute attribute, const char *line) {
        if ((attributes & attribute) != 0) {
            text += QLatin1Char('\n') + translated(line);
        }
    };
    add(TruncatedPath,
        QT_TRANSLATE_NOOP("PathText", "Only the end of this path is known; it is longer than 4096 bytes."));
    add(DeletedFile, QT_TRANSLATE_NOOP("PathText", "The file was deleted before it was reported."));
    add(ForeignMountNamespace,
        QT_TRANSLATE_NOOP("PathText", "The path is the one that a container or sandbox sees."));
    add(CreatedFile, QT_TRANSLATE_NOOP("PathText", "The file was created by this open."));
    return text;
}

QString isolated(const QString &path)
{
    return QChar(0x2066) + path + QChar(0x2069);
}

} // namespace lunaris::PathText
