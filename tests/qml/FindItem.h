// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_QML_FINDITEM_H
#define LUNARIS_TESTS_QML_FINDITEM_H

#include <QQuickItem>

namespace lunaris::test
{

/// The first item below `parent` with this object name, null where there is none. QObject::findChild() would
/// not do: what delegates make is nobody's child but its item's.
inline QQuickItem *findItem(const QQuickItem *parent, QLatin1String name)
{
    const QList<QQuickItem *> children = parent->childItems();
    for (QQuickItem *child : children) {
        if (child->objectName() == name) {
            return child;
        }
        if (QQuickItem *const found = findItem(child, name)) {
            return found;
        }
    }
    return nullptr;
}

} // namespace lunaris::test

#endif
