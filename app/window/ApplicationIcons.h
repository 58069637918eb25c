// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_WINDOW_APPLICATIONICONS_H
#define LUNARIS_APP_WINDOW_APPLICATIONICONS_H

#include <QQuickImageProvider>

namespace lunaris
{

/// Icons of applications for QML, by a name of the icon theme or an absolute path:
/// image://application/firefox.
class ApplicationIcons : public QQuickImageProvider
{
public:
    ApplicationIcons() : QQuickImageProvider(QQuickImageProvider::Pixmap) {}

    QPixmap requestPixmap(const QString &id, QSize *size, const QSize &requestedSize) override;
};

} // namespace lunaris

#endif
