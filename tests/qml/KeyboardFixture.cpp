// SPDX-License-Identifier: MIT
#include "tests/qml/KeyboardFixture.h"

#include "dbus/Names.h"
#include "tests/qml/TextGeometry.h"

#include <QTest>

namespace lunaris::test
{

void KeyboardFixture::show(int page)
{
    CountedRuleList rules;
    for (const char *prefix : {"/proc/", "/sys/", "/usr/"}) {
        rules.append({prefix, dbus::rule::exclude, 5});
    }
    m_helper->setRules(rules);
    m_helper->setStatistics({{QStringLiteral("seen"), 12}, {QStringLiteral("forwarded"), 3}});
    watch();
    send(200);
    QTRY_COMPARE(m_monitor->live()->totalCount(), 200.0);
    key(Qt::Key_0 + page, Qt::ControlModifier);
    QTRY_COMPARE(m_monitor->navigation()->page(), Navigation::pages().at(page - 1));
    if (page == 3) {
        QTRY_VERIFY(m_monitor->statistics()->areKnown());
    }
    if (page == 4) {
        QTRY_VERIFY(ruleItem(2, "rulePrefix") != nullptr);
    }
    awaitFrame();
}

bool KeyboardFixture::tabTo(const char *name) const
{
    for (int stop = 0; stop < mostStops; ++stop) {
        if (focusedName() == QLatin1String(name)) {
            return true;
        }
        key(Qt::Key_Tab);
    }
    return false;
}

QRect KeyboardFixture::placeOf(const QQuickItem *item) const
{
    return item->mapRectToScene(QRectF(0, 0, item->width(), item->height())).toAlignedRect();
}

QRect KeyboardFixture::shownOf(const QQuickItem *item) const
{
    return placeOf(item) & clipOf(item).toAlignedRect();
}

std::vector<KeyboardFixture::Stop> KeyboardFixture::walk() const
{
    std::vector<Stop> stops;
    for (int stop = 0; stop < mostStops; ++stop) {
        key(Qt::Key_Tab);
        awaitFrame();
        if (!stops.empty() && focused() == stops.front().item) {
            break;
        }
        stops.push_back({focused(), placeOf(focused()), m_window->grabWindow()});
    }
    return stops;
}

QQuickItem *KeyboardFixture::ruleItem(int row, const char *name) const
{
    QQuickItem *found = nullptr;
    QMetaObject::invokeMethod(item("rulesList"), "itemAtIndex", Q_RETURN_ARG(QQuickItem *, found),
                              Q_ARG(int, row));
    return found == nullptr ? nullptr : found->findChild<QQuickItem *>(QLatin1String(name));
}

} // namespace lunaris::test
