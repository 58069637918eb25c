// SPDX-License-Identifier: MIT
#include "app/gui/Announcement.h"

#include <QAccessible>
#include <utility>

namespace lunaris
{

void Announcement::setText(const QString &text)
{
    if (text == m_text) {
        return;
    }
    m_text = text;
    if (!text.isEmpty() && !std::exchange(m_due, true)) {
        // The item's name may be bound to the same and follow only now.
        QMetaObject::invokeMethod(this, &Announcement::announce, Qt::QueuedConnection);
    }
    Q_EMIT textChanged();
}

void Announcement::announce()
{
    m_due = false;
    if (m_item != nullptr && !m_text.isEmpty()) {
        QAccessibleEvent alert(m_item, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
        Q_EMIT announced();
    }
}

} // namespace lunaris
