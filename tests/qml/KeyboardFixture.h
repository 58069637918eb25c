// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_QML_KEYBOARDFIXTURE_H
#define LUNARIS_TESTS_QML_KEYBOARDFIXTURE_H

#include "tests/qml/WindowFixture.h"

#include <QImage>
#include <QRect>
#include <QTest>
#include <vector>

namespace lunaris::test
{

/// The window without a mouse.
class KeyboardFixture : public WindowFixture
{
    Q_OBJECT

protected:
    static constexpr int mostStops = 250;

    struct Stop {
        QQuickItem *item;
        QRect place; // in the window
        QImage with; // the keyboard on it
    };

    /// On the page with this number, from 1 on, with events and rules to show.
    void show(int page);

    void key(int code, Qt::KeyboardModifiers modifiers = {}) const
    {
        QTest::keyClick(m_window, static_cast<Qt::Key>(code), modifiers);
    }

    QQuickItem *focused() const { return m_window->activeFocusItem(); }
    QString focusedName() const { return focused() == nullptr ? QString() : focused()->objectName(); }

    /// Goes on with Tab until the keyboard is on the item with this name; false where it never comes there.
    bool tabTo(const char *name) const;

    /// With Tab from where the keyboard is, all the way round.
    std::vector<Stop> walk() const;

    /// In the window; and what of it a person sees.
    QRect placeOf(const QQuickItem *item) const;
    QRect shownOf(const QQuickItem *item) const;

    QQuickItem *ruleItem(int row, const char *name) const;
};

} // namespace lunaris::test

#endif
