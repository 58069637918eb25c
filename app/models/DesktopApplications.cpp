// SPDX-License-Identifier: MIT
#include "app/models/DesktopApplications.h"

#include "app/format/DisplayText.h"

#include <QDir>
#include <QFile>
#include <QLocale>
#include <QStandardPaths>

namespace lunaris
{

namespace
{

constexpr qint64 largestFile = 1024 * 1024;
constexpr qsizetype longestName = 100;
// A system has hundreds; ids that are made up are forgotten again.
constexpr qsizetype mostKnown = 4096;

/// Those of a snap are called by its name and the application's, with an underscore.
QString fileNameOf(const QString &id)
{
    const QStringList parts = id.split(QLatin1Char('.'));
    const bool snap = parts.size() == 3 && parts[0] == QLatin1String("snap");
    return (snap ? parts[1] + QLatin1Char('_') + parts[2] : id) + QStringLiteral(".desktop");
}

QString unescaped(const QByteArray &value)
{
    QByteArray text;
    for (qsizetype at = 0; at < value.size(); ++at) {
        if (value[at] == '\\' && at + 1 < value.size()) {
            ++at;
            text += value[at] == '\\' ? '\\' : ' '; // the others stand for blanks of some kind
        } else {
            text += value[at];
        }
    }
    return printable(text).left(longestName);
}

DesktopApplication read(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    const QString locale = QLocale().name();
    // The later, the better.
    const QList<QByteArray> nameKeys = {"Name",
                                        "Name[" + locale.section(QLatin1Char('_'), 0, 0).toUtf8() + ']',
                                        "Name[" + locale.toUtf8() + ']'};
    DesktopApplication application;
    qsizetype best = -1;
    bool inEntry = false;
    const QList<QByteArray> lines = file.read(largestFile).split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith('[')) {
            inEntry = line.trimmed() == "[Desktop Entry]";
            continue;
        }
        const qsizetype sign = line.indexOf('=');
        if (!inEntry || sign < 0) {
            continue;
        }
        const QByteArray key = line.left(sign).trimmed();
        const qsizetype quality = nameKeys.lastIndexOf(key);
        if (quality > best) {
            best = quality;
            application.name = unescaped(line.mid(sign + 1).trimmed());
        } else if (key == "Icon") {
            application.icon = unescaped(line.mid(sign + 1).trimmed());
        }
    }
    return application;
}

} // namespace

DesktopApplications::DesktopApplications()
    : m_folders(QStandardPaths::standardLocations(QStandardPaths::ApplicationsLocation))
{
    // Not in XDG_DATA_DIRS of every session.
    m_folders += {QDir::homePath() + QStringLiteral("/.local/share/flatpak/exports/share/applications"),
                  QStringLiteral("/var/lib/flatpak/exports/share/applications"),
                  QStringLiteral("/var/lib/snapd/desktop/applications")};
}

const DesktopApplication &DesktopApplications::find(const QString &id) const
{
    const auto known = m_known.constFind(id);
    if (known != m_known.constEnd()) {
        return *known;
    }
    if (m_known.size() >= mostKnown) {
        m_known.clear();
    }
    DesktopApplication found;
    // Without a slash it cannot lead out of the folders.
    if (!id.isEmpty() && !id.contains(QLatin1Char('/'))) {
        for (const QString &folder : m_folders) {
            found = read(folder + QLatin1Char('/') + fileNameOf(id));
            if (!found.name.isEmpty()) {
                break;
            }
        }
    }
    return *m_known.insert(id, found);
}

} // namespace lunaris
