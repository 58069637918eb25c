// SPDX-License-Identifier: MIT
#include "tests/qml/KeyboardFixture.h"

#include "dbus/Names.h"

#include <QAccessible>
#include <QTest>
#include <algorithm>

using namespace lunaris;

/// Where the keyboard can go: everywhere, and one sees where it is.
class WindowFocusTest : public test::KeyboardFixture
{
    Q_OBJECT

private Q_SLOTS:
    void everythingIsReached_data();
    void everythingIsReached();
    void liveDetails();
    void rulesBeyondTheView();
    void settingsScrollAlong();

private:
    void collect(QQuickItem *parent, QList<QQuickItem *> &controls) const;
};

/// All that one would click on.
void WindowFocusTest::collect(QQuickItem *parent, QList<QQuickItem *> &controls) const
{
    const QList<QQuickItem *> children = parent->childItems();
    for (QQuickItem *child : children) {
        if (!child->isVisible() || !child->isEnabled()) {
            continue;
        }
        if (QAccessibleInterface *const interface = QAccessible::queryAccessibleInterface(child)) {
            const QAccessible::Role role = interface->role();
            if (role == QAccessible::Button || role == QAccessible::RadioButton ||
                role == QAccessible::CheckBox || role == QAccessible::EditableText ||
                role == QAccessible::PageTab || role == QAccessible::ColumnHeader) {
                controls.append(child);
            }
        }
        collect(child, controls);
    }
}

void WindowFocusTest::everythingIsReached_data()
{
    QTest::addColumn<int>("page");
    QTest::addColumn<QSize>("size");
    for (int page = 1; page <= Navigation::pages().size(); ++page) {
        const QByteArray name = Navigation::pages().at(page - 1).toLatin1();
        QTest::newRow(name + ", large") << page << QSize(1280, 800);
        QTest::newRow(name + ", small") << page << QSize(800, 600);
    }
}

void WindowFocusTest::everythingIsReached()
{
    QFETCH(int, page);
    QFETCH(QSize, size);
    // Those that are reached in another way than by Tab.
    const QStringList others = {
        QStringLiteral("clearFilter"), // Escape
        QStringLiteral("pill"),        // End, or Space
    };
    m_scope = dbus::scope::own;
    show(page);
    m_window->resize(size);
    QTRY_COMPARE(m_window->size(), size);
    awaitFrame();

    const std::vector<Stop> stops = walk();
    QVERIFY2(stops.size() > 5 && stops.size() < mostStops, qPrintable(QString::number(stops.size())));
    for (std::size_t at = 0; at < stops.size(); ++at) {
        const Stop &stop = stops[at];
        const QByteArray which = stop.item->objectName().toUtf8() + " (" +
                                 stop.item->metaObject()->className() + "), stop " + QByteArray::number(at);
        QVERIFY2(stop.item->isVisible() && stop.item->isEnabled(), which.constData());
        QAccessibleInterface *const interface = QAccessible::queryAccessibleInterface(stop.item);
        QVERIFY2(interface != nullptr && !interface->text(QAccessible::Name).isEmpty(), which.constData());
        // One sees it: what it looks like changes when the keyboard goes on.
        const QRect around = stop.place.adjusted(-6, -6, 6, 6);
        const QImage without = stops[(at + 1) % stops.size()].with;
        QVERIFY2(stop.with.copy(around) != without.copy(around), which.constData());
        QVERIFY2(around.intersects(QRect(QPoint(), m_window->size())), which.constData());
    }

    QList<QQuickItem *> controls;
    collect(m_window->contentItem(), controls);
    QVERIFY(!controls.isEmpty());
    for (const QQuickItem *control : std::as_const(controls)) {
        // Or it is a part of what is reached, and moved in by the arrow keys.
        const bool reached = std::any_of(stops.begin(), stops.end(), [control](const Stop &stop) {
            return stop.item == control || stop.item->isAncestorOf(control);
        });
        QVERIFY2(reached || others.contains(control->objectName()),
                 qPrintable(control->objectName() + QLatin1Char(' ') +
                            QLatin1String(control->metaObject()->className())));
    }

    // The way back is the same.
    for (auto stop = stops.rbegin(); stop != stops.rend(); ++stop) {
        key(Qt::Key_Backtab, Qt::ShiftModifier);
        const QByteArray which = stop->item->objectName().toUtf8() + " not " + focusedName().toUtf8();
        QVERIFY2(focused() == stop->item, which.constData());
        awaitFrame();
        QVERIFY2(!shownOf(focused()).isEmpty(), which.constData());
    }
}

void WindowFocusTest::liveDetails()
{
    show(1);
    key(Qt::Key_Home);
    key(Qt::Key_Return);
    QTRY_VERIFY(item("detailsPane")->isVisible());
    QTRY_VERIFY(!m_monitor->live()->details()->fields().isEmpty());
    awaitFrame();
    // All of its fields, and the lists beside them, and then its end.
    QVERIFY(tabTo("closeDetails"));
    const std::vector<Stop> stops = walk();
    int fields = 0;
    for (std::size_t at = 0; at < stops.size(); ++at) {
        // With its name: where the pane scrolls along, the next may say the same in the same place.
        const QRect around = stops[at].place.adjusted(-104, -4, 4, 4);
        if (item("detailsPane")->isAncestorOf(stops[at].item)) {
            ++fields;
            QVERIFY2(stops[at].with.copy(around) != stops[(at + 1) % stops.size()].with.copy(around),
                     qPrintable(stops[at].item->property("text").toString()));
        }
    }
    QVERIFY(fields >= m_monitor->live()->details()->fields().size());
    QVERIFY(tabTo("closeDetails"));
    key(Qt::Key_Return);
    QTRY_VERIFY(!item("detailsPane")->isVisible());
    QTRY_VERIFY(item("eventTable")->hasActiveFocus());
}

/// More rules than fit: those below come into sight as the keyboard comes to them, and in their order.
void WindowFocusTest::rulesBeyondTheView()
{
    show(4);
    CountedRuleList rules;
    for (int rule = 0; rule < 60; ++rule) {
        rules.append({"/srv/" + QByteArray::number(rule) + '/', dbus::rule::exclude, 0});
    }
    m_helper->setRules(rules);
    key(Qt::Key_1, Qt::ControlModifier);
    key(Qt::Key_4, Qt::ControlModifier);
    QTRY_COMPARE(m_monitor->rules()->model()->rowCount(), 60);
    QVERIFY(tabTo("rulePath"));
    for (int rule = 0; rule < 60; ++rule) {
        for (const char *name : {"ruleAction", "rulePrefix", "ruleRemove"}) {
            key(Qt::Key_Tab);
            QCOMPARE(focused(), ruleItem(rule, name));
            QCOMPARE(shownOf(focused()).height(), placeOf(focused()).height());
        }
    }
    key(Qt::Key_Tab);
    QCOMPARE(focusedName(), QStringLiteral("addRule"));
    for (int rule = 59; rule >= 0; --rule) {
        for (const char *name : {"ruleRemove", "rulePrefix", "ruleAction"}) {
            key(Qt::Key_Backtab, Qt::ShiftModifier);
            QCOMPARE(focused(), ruleItem(rule, name));
            QCOMPARE(shownOf(focused()).height(), placeOf(focused()).height());
        }
    }
    key(Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(focusedName(), QStringLiteral("rulePath"));
}

void WindowFocusTest::settingsScrollAlong()
{
    show(5);
    m_window->resize(800, 600);
    QTRY_COMPARE(m_window->height(), 600);
    awaitFrame();
    for (const char *name : {"scopeOwn", "historyRows", "settingsTimeDelta", "scopeOwn"}) {
        QVERIFY2(tabTo(name), name);
        awaitFrame();
        QTRY_COMPARE(shownOf(item(name)), placeOf(item(name)));
    }
}

QTEST_MAIN(WindowFocusTest)
#include "WindowFocusTest.moc"
