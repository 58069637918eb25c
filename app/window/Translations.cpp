// SPDX-License-Identifier: MIT
#include "app/window/Translations.h"

#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLoggingCategory>

namespace lunaris
{

Q_LOGGING_CATEGORY(logTranslations, "lunaris.kernel.translations")

Translations::Translations(const QLocale &locale)
{
    const QString name = QStringLiteral("lunaris-kernel-monitor");
    const QString separator = QStringLiteral("_");
    const QString folder = QStringLiteral(":/i18n");
    // English is one, too: it says "1 event" and "2 events".
    if (m_ours.load(locale, name, separator, folder) ||
        m_ours.load(QLocale(QLocale::English), name, separator, folder)) {
        QCoreApplication::installTranslator(&m_ours);
    } else {
        qCWarning(logTranslations) << "The program's own texts are missing in it.";
    }
    // Qt would go by its own translations, which may not be there.
    QGuiApplication::setLayoutDirection(locale.textDirection());
    // Qt's own may not be installed; its few words stay English then.
    if (m_qts.load(locale, QStringLiteral("qt"), separator,
                   QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        QCoreApplication::installTranslator(&m_qts);
    }
}

} // namespace lunaris
