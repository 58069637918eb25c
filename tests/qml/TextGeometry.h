// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_QML_TEXTGEOMETRY_H
#define LUNARIS_TESTS_QML_TEXTGEOMETRY_H

#include <QQuickItem>
#include <QStringList>

namespace lunaris::test
{

/// What a person could not read, or only badly, of the texts among these items of a window (from back to
/// front): that are cut off without an ellipsis, so short of room that nothing but an ellipsis is left,
/// beyond the window's edge, or over one another. A sentence each; empty is good.
QStringList problemsWithTexts(const QList<QQuickItem *> &items);

/// The text that an item shows, without what is only there to direct it.
QString textOf(const QQuickItem *item);

/// The part of the window in which an item's painting is to be seen, in the window's coordinates.
QRectF clipOf(const QQuickItem *item);

/// Where an item's text is painted, in the window's coordinates; empty where all of it is clipped away.
QRectF textRect(const QQuickItem *item);

/// Whether it is something that shows text: a Text, or a line or field of it to be edited.
bool isText(const QQuickItem *item);

} // namespace lunaris::test

#endif
