// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_DESKTOPAPPLICATIONS_H
#define LUNARIS_APP_MODELS_DESKTOPAPPLICATIONS_H

#include <QHash>
#include <QString>
#include <QStringList>

namespace lunaris
{

/// What a desktop file says of an application.
struct DesktopApplication {
    QString name; ///< in the person's language, printable; empty when there is no such application
    QString icon; ///< a name for QIcon::fromTheme(), or an absolute path
};

/// Applications by the id that events carry, each looked up once (freedesktop.org's Desktop Entry
/// Specification). One thread.
class DesktopApplications
{
public:
    /// Where desktop files lie on this system, for this person.
    DesktopApplications();

    explicit DesktopApplications(QStringList folders) : m_folders(std::move(folders)) {}

    const DesktopApplication &find(const QString &id) const;

private:
    QStringList m_folders;
    mutable QHash<QString, DesktopApplication> m_known;
};

} // namespace lunaris

#endif
