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
    void whatComesAndGoes();
    void whatGoesGivesTheKeyboardBack();
    void highlights();
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
        QVERIFY2(reached, qPrintable(control->objectName() + QLatin1Char(' ') +
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

/// Buttons that are only there while there is something for them to do; what they do takes them away.
void WindowFocusTest::whatComesAndGoes()
{
    show(1);
    for (const Qt::Key press : {Qt::Key_Return, Qt::Key_Space}) {
        QVERIFY(m_monitor->live()->filter()->use(QStringLiteral("comm == git")));
        QTRY_VERIFY(item("clearFilter")->isVisible());
        QVERIFY(tabTo("clearFilter"));
        awaitFrame();
        const QRect around = placeOf(item("clearFilter"));
        const QImage with = m_window->grabWindow().copy(around);
        key(Qt::Key_Tab);
        awaitFrame();
        QVERIFY(with != m_window->grabWindow().copy(around));
        key(Qt::Key_Backtab, Qt::ShiftModifier);
        QCOMPARE(focusedName(), QStringLiteral("clearFilter"));
        key(press);
        QTRY_VERIFY(!m_monitor->live()->isFiltered());
        QCOMPARE(focusedName(), QStringLiteral("filterInput"));
    }
    QVERIFY(tabTo("tableHeader"));
    key(Qt::Key_Tab);
    QCOMPARE(focusedName(), QStringLiteral("eventRowsArea")); // although the titles had it last
    key(Qt::Key_Up);                                          // to the last row
    key(Qt::Key_Up);
    QVERIFY(!m_monitor->live()->rows()->isFollowing());
    send(5);
    QTRY_VERIFY(item("pill")->isVisible());
    QVERIFY(tabTo("pill"));
    key(Qt::Key_Space);
    QTRY_VERIFY(m_monitor->live()->rows()->isFollowing());
    QVERIFY(!item("pill")->isVisible());
    QCOMPARE(focusedName(), QStringLiteral("eventRowsArea"));
}

/// A message that is done with takes its button away.
void WindowFocusTest::whatGoesGivesTheKeyboardBack()
{
    show(1);
    m_monitor->pause()->pause(CapturePause::Whose::Mine, 900);
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QVERIFY(tabTo("bannerButton"));
    key(Qt::Key_Space);
    QTRY_VERIFY(!item("problemBanner")->isVisible());
    QTRY_VERIFY(focused()->isVisible() && item("pages")->isAncestorOf(focused()));
    key(Qt::Key_2, Qt::ControlModifier);
    m_monitor->files()->openFile(QStringLiteral("/nowhere/at/all.capture"));
    QTRY_VERIFY(item("fileBanner")->isVisible());
    QVERIFY(tabTo("bannerButton"));
    key(Qt::Key_Return);
    QTRY_VERIFY(!item("fileBanner")->isVisible());
    // Where it was last on this page.
    QTRY_VERIFY(focused()->isVisible() && item("pages")->isAncestorOf(focused()));
}

/// A rule is made, changed, moved and taken away.
void WindowFocusTest::highlights()
{
    show(1);
    const HighlightRules &rules = *m_monitor->live()->highlights();
    const auto said = [&rules](int row, HighlightRules::Role role) {
        return rules.index(row).data(role).toString();
    };
    QVERIFY(tabTo("highlightsButton"));
    key(Qt::Key_Space);
    QTRY_COMPARE(focusedName(), QStringLiteral("addHighlight"));
    key(Qt::Key_Space);
    key(Qt::Key_Space);
    QTRY_COMPARE(rules.count(), 2);
    QTRY_VERIFY(item("highlightFilter1") != nullptr);
    awaitFrame();
    const std::vector<Stop> stops = walk();
    for (const char *name : {"highlightColor0", "highlightFilter0", "highlightRemove0", "highlightColor1",
                             "highlightFilter1", "highlightUp1", "highlightRemove1", "addHighlight"}) {
        const auto stop = std::find_if(stops.begin(), stops.end(), [name](const Stop &one) {
            return one.item->objectName() == QLatin1String(name);
        });
        QVERIFY2(stop != stops.end(), name);
        const auto next = std::next(stop) == stops.end() ? stops.begin() : std::next(stop);
        const QRect around = stop->place.adjusted(-6, -6, 6, 6);
        QVERIFY2(stop->with.copy(around) != next->with.copy(around), name);
        QAccessibleInterface *const interface = QAccessible::queryAccessibleInterface(stop->item);
        QVERIFY2(interface != nullptr && !interface->text(QAccessible::Name).isEmpty(), name);
    }

    QVERIFY(tabTo("highlightFilter1"));
    type(QStringLiteral("comm == \"a b\" and pid == x"));
    QTRY_VERIFY(said(1, HighlightRules::ProblemRole).startsWith(QStringLiteral("Character 26: ")));
    for (int letter = 0; letter < 13; ++letter) {
        key(Qt::Key_Backspace);
    }
    QTRY_COMPARE(said(1, HighlightRules::FilterRole), QStringLiteral("comm == \"a b\""));
    QVERIFY(said(1, HighlightRules::ProblemRole).isEmpty());
    QVERIFY(tabTo("highlightUp1"));
    key(Qt::Key_Space);
    QTRY_COMPARE(said(0, HighlightRules::FilterRole), QStringLiteral("comm == \"a b\""));
    QVERIFY(tabTo("highlightColor0"));
    const QString before = said(0, HighlightRules::ColorRole);
    key(Qt::Key_Return);
    QTRY_VERIFY(item("color_" + HighlightRules::colors().constFirst().toLatin1()) != nullptr);
    key(Qt::Key_Down);
    key(Qt::Key_Down);
    key(Qt::Key_Return);
    QTRY_VERIFY(said(0, HighlightRules::ColorRole) != before);
    QVERIFY(tabTo("highlightRemove1"));
    key(Qt::Key_Space);
    QTRY_COMPARE(rules.count(), 1);
    key(Qt::Key_Escape);
    QTRY_COMPARE(focusedName(), QStringLiteral("highlightsButton"));
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
