// SPDX-License-Identifier: MIT
#include "app/gui/Announcement.h"
#include "tests/qml/WindowScenes.h"

#include <QAccessible>
#include <QMetaEnum>
#include <QSet>
#include <QTest>
#include <algorithm>

using namespace lunaris;

namespace
{

QString roleName(const QAccessibleInterface *interface)
{
    static const QMetaEnum roles = QMetaEnum::fromType<QAccessible::Role>();
    return QString::fromLatin1(roles.valueToKey(interface->role()));
}

QQuickItem *itemOf(const QAccessibleInterface *interface)
{
    return qobject_cast<QQuickItem *>(interface->object());
}

/// One element of the tree, and how to find it in the sources.
struct Element {
    QAccessibleInterface *interface;
    QString where;
};

void walk(QAccessibleInterface *parent, const QString &above, QList<Element> &found)
{
    for (int index = 0; index < parent->childCount(); ++index) {
        QAccessibleInterface *const child = parent->child(index);
        if (child == nullptr || child->state().invisible) {
            continue;
        }
        const QString where =
            QStringLiteral("%1/%2 “%3”").arg(above, roleName(child), child->text(QAccessible::Name));
        found.append({child, where});
        walk(child, where, found);
    }
}

/// Roles that something a person can act on may have.
bool isActive(QAccessible::Role role)
{
    static const QSet<QAccessible::Role> roles = {
        QAccessible::Button,       QAccessible::ButtonMenu,   QAccessible::CheckBox,
        QAccessible::ColumnHeader, QAccessible::EditableText, QAccessible::Grouping,
        QAccessible::List,         QAccessible::ListItem,     QAccessible::MenuItem,
        QAccessible::PageTab,      QAccessible::RadioButton,  QAccessible::Row,
        QAccessible::SpinBox,      QAccessible::StaticText,   QAccessible::Table,
        QAccessible::Tree,         QAccessible::PopupMenu,
    };
    return roles.contains(role);
}

/// Whether an alert has been made of what it says. (That alerts are sent is WindowCaptureTest's.)
bool isAnnounced(const QQuickItem &item, const QString &name)
{
    const QList<Announcement *> announcements = item.findChildren<Announcement *>();
    return std::any_of(announcements.begin(), announcements.end(), [&](const Announcement *announcement) {
        return announcement->item() == &item && announcement->text() == name;
    });
}

} // namespace

/// What a screen reader finds, in every state of the window.
class WindowAccessibilityTest : public test::WindowScenes
{
    Q_OBJECT

private Q_SLOTS:
    void cleanupTestCase() { QAccessible::setActive(false); }
    void everythingHasANameAndARole_data();
    void everythingHasANameAndARole();

private:
    void checkElement(const Element &element, QStringList &problems) const;
};

void WindowAccessibilityTest::everythingHasANameAndARole_data()
{
    QTest::addColumn<QString>("scene");
    QTest::addColumn<bool>("late");
    for (const QString &scene : scenes()) {
        QTest::addRow("%s", qPrintable(scene)) << scene << false;
        QTest::addRow("%s, the reader comes later", qPrintable(scene)) << scene << true;
    }
}

void WindowAccessibilityTest::checkElement(const Element &element, QStringList &problems) const
{
    const QAccessible::State state = element.interface->state();
    const QString name = element.interface->text(QAccessible::Name);
    const QQuickItem *const item = itemOf(element.interface);
    const auto complain = [&](const QString &what) {
        problems.append(element.where + QStringLiteral(": ") + what);
    };
    if (item == nullptr) {
        return;
    }
    if (state.focusable && name.trimmed().isEmpty()) {
        complain(QStringLiteral("can have the keyboard, and no name"));
    }
    if (state.focusable && !isActive(element.interface->role())) {
        complain(QStringLiteral("can have the keyboard, and a role that says nothing"));
    }
    // Qt 6.4 has no such state for items: then it is said in words.
    if (!item->isEnabled() && state.focusable && element.interface->role() != QAccessible::StaticText &&
        !state.disabled &&
        element.interface->text(QAccessible::Description) != QLatin1String("Not available now")) {
        complain(QStringLiteral("is disabled, and does not say so"));
    }
    for (const char *shown : {"chosen", "on", "checked"}) {
        const QVariant value = item->property(shown);
        if (value.isValid() && value.toBool() != static_cast<bool>(state.checked)) {
            complain(QStringLiteral("its “%1” is another").arg(QLatin1String(shown)));
        }
    }
    if (state.checked && !state.checkable) {
        complain(QStringLiteral("is checked without being checkable"));
    }
    const bool isOneOfMany =
        element.interface->role() == QAccessible::Row || element.interface->role() == QAccessible::PageTab;
    if (isOneOfMany && item->property("current").toBool() != static_cast<bool>(state.selected)) {
        complain(QStringLiteral("whether it is the current one is another"));
    }
    if (element.interface->role() == QAccessible::AlertMessage && !name.isEmpty() &&
        !isAnnounced(*item, name)) {
        complain(QStringLiteral("nobody is told"));
    }
    // What a row says, it says as a whole.
    if (element.interface->role() == QAccessible::Row && element.interface->childCount() > 0) {
        complain(QStringLiteral("has %1 parts of its own").arg(element.interface->childCount()));
    }
}

void WindowAccessibilityTest::everythingHasANameAndARole()
{
    QFETCH(QString, scene);
    QFETCH(bool, late);
    QAccessible::setActive(!late);
    stage(scene);
    if (QTest::currentTestFailed()) {
        return;
    }
    QAccessible::setActive(true);
    QAccessibleInterface *const window = QAccessible::queryAccessibleInterface(m_window);
    QVERIFY(window != nullptr);
    QList<Element> elements;
    walk(window, QString(), elements);
    QVERIFY(elements.size() > 10);

    QStringList problems;
    QSet<const QQuickItem *> found;
    QSet<QString> known;
    for (const Element &element : elements) {
        found.insert(itemOf(element.interface));
        checkElement(element, problems);
        const QAccessible::Role role = element.interface->role();
        if (element.interface->state().focusable && role != QAccessible::Row &&
            role != QAccessible::StaticText) {
            if (known.contains(element.where)) {
                problems.append(element.where + QStringLiteral(": is there twice"));
            }
            known.insert(element.where);
        }
    }
    // What the Tab key reaches is in the tree.
    for (const QQuickItem *item : visibleItems()) {
        if (item->activeFocusOnTab() && item->isEnabled() && !found.contains(item)) {
            problems.append(
                QStringLiteral("%1 “%2” takes the keyboard, and is not in the tree")
                    .arg(QString::fromLatin1(item->metaObject()->className()), item->objectName()));
        }
    }
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
}

QTEST_MAIN(WindowAccessibilityTest)
#include "WindowAccessibilityTest.moc"
