// SPDX-License-Identifier: MIT
#include "app/gui/Announcement.h"

#include <QAccessible>

namespace lunaris
{

void Announcement::setText(const QString &text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    if (m_item != nullptr && !text.isEmpty()) {
        QAccessibleEvent alert(m_item, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
        Q_EMIT announced();
    }
    Q_EMIT textChanged();
}

} // namespace lunaris
