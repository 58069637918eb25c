// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_WINDOW_TRANSLATIONS_H
#define LUNARIS_APP_WINDOW_TRANSLATIONS_H

#include <QLocale>
#include <QTranslator>

namespace lunaris
{

/// The window's sentences in the person's language, for as long as this lives; English where there is
/// no translation. To be made after the application and before anything that has a text.
class Translations
{
public:
    explicit Translations(const QLocale &locale = QLocale());

private:
    QTranslator m_ours;
    QTranslator m_qts; // the buttons of dialogs
};

} // namespace lunaris

#endif
