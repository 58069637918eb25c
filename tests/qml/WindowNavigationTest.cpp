// SPDX-License-Identifier: MIT
#include "tests/qml/WindowFixture.h"

#include <QAccessible>
#include <QSignalSpy>
#include <QTest>

using namespace lunaris;

/// The pages, and the ways to each.
class WindowNavigationTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void everyPageIsThere();
    void everyPageByMouse();
    void everyPageByShortcut();
    void unknownPageChangesNothing();

private:
    QQuickItem *tab(const QString &page) const { return item(qPrintable(page + QLatin1String("Tab"))); }
    bool isOnTop(const QString &page) const
    {
        const QList<QQuickItem *> pages = item("pages")->childItems();
        return std::all_of(pages.begin(), pages.end(), [&page](const QQuickItem *shown) {
            return shown->isVisible() == (shown->property("name").toString() == page);
        });
    }
};

void WindowNavigationTest::everyPageIsThere()
{
    open();
    QStringList names;
    const QList<QQuickItem *> pages = item("pages")->childItems();
    for (const QQuickItem *page : pages) {
        names.append(page->property("name").toString());
        QAccessibleInterface *const interface = QAccessible::queryAccessibleInterface(tab(names.constLast()));
        QCOMPARE(interface->role(), QAccessible::PageTab);
        QCOMPARE(interface->text(QAccessible::Name), page->property("title").toString());
    }
    QCOMPARE(names, Navigation::pages());
}

void WindowNavigationTest::everyPageByMouse()
{
    watch();
    for (const QString &page : Navigation::pages()) {
        click(tab(page));
        QVERIFY2(isOnTop(page), qPrintable(page));
        QVERIFY(tab(page)->property("current").toBool());
    }
}

void WindowNavigationTest::everyPageByShortcut()
{
    watch();
    int key = Qt::Key_0;
    for (const QString &page : Navigation::pages()) {
        QTest::keyClick(m_window, static_cast<Qt::Key>(++key), Qt::ControlModifier);
        QTRY_VERIFY2(isOnTop(page), qPrintable(page));
        // The keyboard goes along.
        const QQuickItem *focused = m_window->activeFocusItem();
        while (focused != nullptr && focused->property("name").toString() != page) {
            focused = focused->parentItem();
        }
        QVERIFY2(focused != nullptr, qPrintable(page));
    }
}

void WindowNavigationTest::unknownPageChangesNothing()
{
    open();
    const QString before = m_monitor->navigation()->page();
    const QSignalSpy changed(m_monitor->navigation(), &Navigation::pageChanged);
    m_monitor->navigation()->setPage(QStringLiteral("nowhere"));
    QCOMPARE(m_monitor->navigation()->page(), before);
    QCOMPARE(changed.size(), 0);
}

QTEST_MAIN(WindowNavigationTest)
#include "WindowNavigationTest.moc"
