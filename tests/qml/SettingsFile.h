// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_QML_SETTINGSFILE_H
#define LUNARIS_TESTS_QML_SETTINGSFILE_H

#include <QSettings>
#include <QTemporaryDir>
#include <memory>

namespace lunaris::test
{

/// Settings in a file of their own, which can be read again as by the next start.
class SettingsFile
{
public:
    SettingsFile() { reopen(); }

    QSettings *settings() { return m_settings.get(); }

    void reopen()
    {
        m_settings.reset();
        m_settings = std::make_unique<QSettings>(m_folder.filePath(QStringLiteral("settings.ini")),
                                                 QSettings::IniFormat);
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<QSettings> m_settings;
};

} // namespace lunaris::test

#endif
