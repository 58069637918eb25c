// SPDX-License-Identifier: MIT
#include "app/window/ApplicationIcons.h"

#include <QIcon>

namespace lunaris
{

QPixmap ApplicationIcons::requestPixmap(const QString &id, QSize *size, const QSize &requestedSize)
{
    const QSize wanted = requestedSize.isValid() ? requestedSize : QSize(16, 16);
    const QIcon icon = id.startsWith(QLatin1Char('/')) ? QIcon(id) : QIcon::fromTheme(id);
    QPixmap pixmap = icon.pixmap(wanted);
    if (pixmap.isNull()) {
        // A broken file is no reason to complain in every row.
        pixmap = QPixmap(wanted);
        pixmap.fill(Qt::transparent);
    }
    *size = pixmap.size();
    return pixmap;
}

} // namespace lunaris
