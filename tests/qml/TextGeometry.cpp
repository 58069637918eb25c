// SPDX-License-Identifier: MIT
#include "tests/qml/TextGeometry.h"

#include <QQuickWindow>

namespace lunaris::test
{

namespace
{

// Rounding of glyphs and places.
constexpr double tolerance = 1.5;

bool isEdited(const QQuickItem *item)
{
    return item->inherits("QQuickTextInput") || item->inherits("QQuickTextEdit");
}

/// Something scrolls what is cut off into view: a Flickable, or what clips the rows of a table.
bool isScrolled(const QQuickItem *item)
{
    for (const QQuickItem *parent = item->parentItem(); parent != nullptr; parent = parent->parentItem()) {
        if (parent->clip() || parent->inherits("QQuickFlickable")) {
            return true;
        }
    }
    return false;
}

/// Where an item may paint its text.
QRectF roomOf(const QQuickItem *item)
{
    if (!isEdited(item)) {
        return item->boundingRect();
    }
    const auto padding = [item](const char *side) { return item->property(side).toDouble(); };
    return QRectF(0, 0, item->width(), item->height())
        .adjusted(padding("leftPadding"), padding("topPadding"), -padding("rightPadding"),
                  -padding("bottomPadding"));
}

/// Neither of the two is part of what lies on the other, such as a button over a table.
bool areInOneLayer(const QQuickItem *one, const QQuickItem *other)
{
    const auto layerOf = [](const QQuickItem *item) {
        const QQuickItem *layer = nullptr;
        for (const QQuickItem *at = item; at != nullptr; at = at->parentItem()) {
            if (at->inherits("QQuickPopupItem") || at->inherits("QQuickAbstractButton")) {
                layer = at;
            }
        }
        return layer;
    };
    return layerOf(one) == layerOf(other);
}

QString said(const QQuickItem *item)
{
    QString text = textOf(item);
    if (text.size() > 40) {
        text = text.left(40) + QStringLiteral("…");
    }
    QString where;
    for (const QQuickItem *at = item; at != nullptr; at = at->parentItem()) {
        if (!at->objectName().isEmpty()) {
            where = QStringLiteral(" in ") + at->objectName();
            break;
        }
    }
    return QStringLiteral("“%1”%2").arg(text, where);
}

QString rectText(const QRectF &rect)
{
    return QStringLiteral("%1,%2 %3x%4").arg(rect.x()).arg(rect.y()).arg(rect.width()).arg(rect.height());
}

/// What is wrong with one text by itself.
QString problemWith(const QQuickItem *item)
{
    const double contentHeight = item->property("contentHeight").toDouble();
    if (contentHeight > item->height() + tolerance && !item->inherits("QQuickTextEdit")) {
        return QStringLiteral("is %1 high in %2").arg(contentHeight).arg(item->height());
    }
    if (isEdited(item)) {
        return {}; // the keyboard moves what does not fit
    }
    const bool elides = item->property("elide").toInt() != Qt::ElideNone;
    const double contentWidth = item->property("contentWidth").toDouble();
    if (!elides && contentWidth > item->width() + tolerance) {
        return QStringLiteral("is %1 wide in %2").arg(contentWidth).arg(item->width());
    }
    const double size = item->property("font").value<QFont>().pixelSize();
    if (item->property("truncated").toBool() && item->width() < 0.8 * size) {
        return QStringLiteral("has but %1 left of %2").arg(item->width()).arg(item->implicitWidth());
    }
    const QRectF painted = item->mapRectToScene(item->boundingRect());
    const QRectF seen = painted & clipOf(item);
    if (!isScrolled(item) &&
        (seen.width() < painted.width() - tolerance || seen.height() < painted.height() - tolerance)) {
        return QStringLiteral("at %1 is seen at %2 only").arg(rectText(painted), rectText(seen));
    }
    return {};
}

} // namespace

QRectF clipOf(const QQuickItem *item)
{
    QRectF clip(QPointF(), item->window()->size());
    for (const QQuickItem *parent = item->parentItem(); parent != nullptr; parent = parent->parentItem()) {
        if (parent->clip()) {
            clip &= parent->mapRectToScene({0, 0, parent->width(), parent->height()});
        }
    }
    return clip;
}

bool isText(const QQuickItem *item)
{
    return item->inherits("QQuickText") || isEdited(item);
}

QString textOf(const QQuickItem *item)
{
    QString text = item->property("text").toString();
    text.remove(QChar(0x2066)).remove(QChar(0x2069));
    return text;
}

QRectF textRect(const QQuickItem *item)
{
    return item->mapRectToScene(roomOf(item)) & clipOf(item);
}

QStringList problemsWithTexts(const QList<QQuickItem *> &items)
{
    QStringList problems;
    struct Seen {
        const QQuickItem *item;
        QRectF rect;
    };
    QList<Seen> seen;
    for (const QQuickItem *item : items) {
        if (!isText(item) || textOf(item).trimmed().isEmpty() || item->width() <= 0) {
            continue;
        }
        const QRectF rect = textRect(item);
        if (rect.isEmpty() && isScrolled(item)) {
            continue;
        }
        if (const QString problem = problemWith(item); !problem.isEmpty()) {
            problems.append(said(item) + QLatin1Char(' ') + problem);
        }
        for (const Seen &other : seen) {
            const QRectF both = rect & other.rect;
            if (both.width() > tolerance && both.height() > tolerance && areInOneLayer(item, other.item)) {
                problems.append(QStringLiteral("%1 at %2 lies over %3 at %4")
                                    .arg(said(item), rectText(rect), said(other.item), rectText(other.rect)));
            }
        }
        seen.append({item, rect});
    }
    return problems;
}

} // namespace lunaris::test
