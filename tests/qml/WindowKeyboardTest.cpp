// SPDX-License-Identifier: MIT
#include "tests/qml/KeyboardFixture.h"

#include "dbus/Names.h"
#include "tests/qml/Settled.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace lunaris;
using PauseCall = test::FakeHelper::PauseCall;

/// What every page is for, done without a mouse.
class WindowKeyboardTest : public test::KeyboardFixture
{
    Q_OBJECT

private Q_SLOTS:
    void live();
    void letterAnywhereBeginsAFilter_data();
    void letterAnywhereBeginsAFilter();
    void summary();
    void statistics();
    void rulesPathAndEdit();
    void rulesAddAndRemove();
    void rulesReset();
    void deduplication();
    void settings();
    void fileMenu();
};

void WindowKeyboardTest::live()
{
    show(1);
    QVERIFY(item("eventTable")->hasActiveFocus());
    type(QStringLiteral("firefox")); // wherever one is
    QTRY_COMPARE(focusedName(), QStringLiteral("filterInput"));
    key(Qt::Key_Return);
    key(Qt::Key_Return); // the first took what was proposed, if anything was
    QTRY_VERIFY(item("eventTable")->hasActiveFocus());
    QTRY_VERIFY(m_monitor->live()->shownCount() < 200);
    QVERIFY(m_monitor->live()->shownCount() > 0);

    key(Qt::Key_Home);
    key(Qt::Key_Down);
    const double number = m_monitor->live()->rows()->currentNumber();
    QVERIFY(number > 1);
    key(Qt::Key_Menu);
    const auto *menu = m_window->findChild<QObject *>(QStringLiteral("cellMenu"));
    QTRY_VERIFY(menu->property("opened").toBool());
    for (int line = 0; line < 10 && !item("copyValue")->property("highlighted").toBool(); ++line) {
        key(Qt::Key_Down);
    }
    QGuiApplication::clipboard()->clear();
    key(Qt::Key_Return);
    QTRY_VERIFY(!menu->property("visible").toBool());
    QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith(u'/'));
    const QString path = QGuiApplication::clipboard()->text();
    QGuiApplication::clipboard()->clear();
    QTRY_VERIFY(item("eventTable")->hasActiveFocus());
    key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), path);

    key(Qt::Key_Space);
    QVERIFY(m_monitor->live()->isFrozen());
    key(Qt::Key_Space);
    QVERIFY(!m_monitor->live()->isFrozen());

    key(Qt::Key_F, Qt::ControlModifier);
    key(Qt::Key_Escape);
    key(Qt::Key_Escape);
    QTRY_COMPARE(m_monitor->live()->shownCount(), 200.0);
    QCOMPARE(m_monitor->live()->rows()->currentNumber(), number);

    key(Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(item("pauseMineQuarter") != nullptr &&
                item("pauseMineQuarter")->property("highlighted").toBool());
    key(Qt::Key_Return);
    QTRY_VERIFY(m_helper->pauseCalls() == std::vector<PauseCall>({{QStringLiteral("own"), 900}}));
    QTRY_VERIFY(item("problemBanner")->isVisible());
    // What the banner offers can be had too.
    QVERIFY(tabTo("bannerButton"));
    key(Qt::Key_Space);
    QTRY_COMPARE(m_helper->resumeCalls().size(), 1U);
    QTRY_VERIFY(!item("problemBanner")->isVisible());
}

void WindowKeyboardTest::letterAnywhereBeginsAFilter_data()
{
    QTest::addColumn<QByteArray>("place");
    for (const char *place :
         {"eventRowsArea", "tableHeader", "liveTab", "freezeButton", "savedFilter0", "columnsButton"}) {
        QTest::newRow(place) << QByteArray(place);
    }
}

void WindowKeyboardTest::letterAnywhereBeginsAFilter()
{
    QFETCH(QByteArray, place);
    show(1);
    QVERIFY(tabTo(place.constData()));
    type(QStringLiteral("zz"));
    QTRY_COMPARE(focusedName(), QStringLiteral("filterInput"));
    QCOMPARE(m_monitor->live()->filter()->text(), QStringLiteral("zz"));

    // Not where there is no filter to be seen.
    QVERIFY(m_monitor->live()->filter()->use({}));
    key(Qt::Key_3, Qt::ControlModifier);
    QVERIFY(tabTo("freezeButton"));
    type(QStringLiteral("zz"));
    QCOMPARE(focusedName(), QStringLiteral("freezeButton"));
    QVERIFY(m_monitor->live()->filter()->text().isEmpty());
}

void WindowKeyboardTest::summary()
{
    show(2);
    QTRY_VERIFY(m_monitor->summary()->groups()->rowCount() > 3);
    SummaryModel &groups = *m_monitor->summary()->groups();
    const bool before = groups.isDescending();
    QVERIFY(tabTo("sortByEvents"));
    key(Qt::Key_Space);
    QTRY_VERIFY(groups.isDescending() != before || groups.sortColumn() != SummaryModel::EventsColumn);
    QVERIFY(tabTo("sortByName"));
    key(Qt::Key_Space);
    QTRY_COMPARE(static_cast<int>(groups.sortColumn()), static_cast<int>(SummaryModel::NameColumn));
    QVERIFY(test::settled(groups));
    QVERIFY(tabTo("groupList"));
    key(Qt::Key_Home);
    QCOMPARE(groups.currentRow(), 0);
    key(Qt::Key_Return);
    QTRY_COMPARE(m_monitor->navigation()->page(), QStringLiteral("live"));
    QTRY_VERIFY(m_monitor->live()->shownCount() < 200);
    QVERIFY(m_monitor->live()->isFiltered());
}

void WindowKeyboardTest::statistics()
{
    show(3);
    m_window->resize(800, 600);
    QTRY_COMPARE(m_window->height(), 600);
    awaitFrame();
    const QQuickItem *view = item("statisticsView");
    QTRY_VERIFY(view->property("contentHeight").toDouble() > view->height());
    key(Qt::Key_End);
    QTRY_COMPARE(view->property("contentY").toDouble(),
                 view->property("contentHeight").toDouble() - view->height());
    key(Qt::Key_Home);
    QTRY_COMPARE(view->property("contentY").toDouble(), 0.0);
    key(Qt::Key_Down);
    QTRY_VERIFY(view->property("contentY").toDouble() > 0);
}

void WindowKeyboardTest::rulesPathAndEdit()
{
    show(4);
    QVERIFY(tabTo("rulePath"));
    type(QStringLiteral("/usr/bin"));
    QTRY_VERIFY(value("ruleDecision", "text").toString().contains(QStringLiteral("/usr/")));
    key(Qt::Key_Tab);
    QCOMPARE(focused(), ruleItem(0, "ruleAction"));
    key(Qt::Key_Down);
    QCOMPARE(focused(), ruleItem(1, "ruleAction"));
    key(Qt::Key_Down);
    key(Qt::Key_Space);
    QCOMPARE(focused()->property("text").toString(), QStringLiteral("Keep"));
    key(Qt::Key_Tab);
    QCOMPARE(focused(), ruleItem(2, "rulePrefix"));
    key(Qt::Key_End);
    type(QStringLiteral("bin/"));
    key(Qt::Key_Tab);
    QCOMPARE(focused(), ruleItem(2, "ruleRemove"));
    key(Qt::Key_Tab);
    QCOMPARE(focusedName(), QStringLiteral("addRule"));
    key(Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(focused(), ruleItem(2, "ruleRemove"));
    QVERIFY(tabTo("applyRules"));
    key(Qt::Key_Space);
    QTRY_COMPARE(m_helper->rules().constLast().prefix, QByteArray("/usr/bin/"));
    QCOMPARE(m_helper->rules().constLast().action, QString(dbus::rule::include));
    // Apply is out of use; one stands where one sees it.
    QTRY_COMPARE(focusedName(), QStringLiteral("addRule"));
    QVERIFY(focused()->property("visualFocus").toBool());
}

void WindowKeyboardTest::rulesAddAndRemove()
{
    show(4);
    QVERIFY(tabTo("addRule"));
    key(Qt::Key_Space);
    QTRY_VERIFY(ruleItem(3, "rulePrefix") != nullptr && ruleItem(3, "rulePrefix")->hasActiveFocus());
    type(QStringLiteral("/srv/"));
    key(Qt::Key_Up);
    QCOMPARE(focused(), ruleItem(2, "rulePrefix"));
    key(Qt::Key_Tab);
    QCOMPARE(focused(), ruleItem(2, "ruleRemove"));
    key(Qt::Key_Space);
    QTRY_COMPARE(m_monitor->rules()->model()->rowCount(), 3);
    // The keyboard is on the rule that came in its place.
    QTRY_COMPARE(focused(), ruleItem(2, "ruleRemove"));
    QVERIFY(focused()->property("visualFocus").toBool());
    for (int left = 2; left >= 0; --left) {
        key(Qt::Key_Space);
        QTRY_COMPARE(m_monitor->rules()->model()->rowCount(), left);
    }
    QTRY_COMPARE(focusedName(), QStringLiteral("addRule"));
    QVERIFY(tabTo("discardRules"));
    key(Qt::Key_Space);
    QTRY_COMPARE(m_monitor->rules()->model()->rowCount(), 3);
    QCOMPARE(focusedName(), QStringLiteral("addRule"));
    QVERIFY(focused()->property("visualFocus").toBool());
}

void WindowKeyboardTest::rulesReset()
{
    show(4);
    QVERIFY(tabTo("resetRules"));
    key(Qt::Key_Space);
    QTRY_VERIFY(m_window->findChild<QObject *>(QStringLiteral("resetMenu"))->property("opened").toBool());
    key(Qt::Key_Return);
    QTRY_VERIFY(m_helper->rules().isEmpty());
}

void WindowKeyboardTest::deduplication()
{
    show(4);
    QTRY_COMPARE(value("deduplication", "text").toString(), QStringLiteral("100"));
    QVERIFY(tabTo("deduplication"));
    key(Qt::Key_A, Qt::ControlModifier);
    type(QStringLiteral("250"));
    key(Qt::Key_Tab);
    QCOMPARE(focusedName(), QStringLiteral("applyDeduplication"));
    key(Qt::Key_Space);
    QTRY_COMPARE(m_helper->deduplicationMilliseconds(), 250U);
    QTRY_COMPARE(focusedName(), QStringLiteral("deduplication"));
}

void WindowKeyboardTest::settings()
{
    show(5);
    Settings &settings = *m_monitor->settings();
    const auto choose = [this](const char *name) {
        QVERIFY2(tabTo(name), name);
        key(Qt::Key_Space);
        QTRY_VERIFY2(value(name, "chosen").toBool(), name);
    };
    QVERIFY(tabTo("scopeEveryone"));
    key(Qt::Key_Space);
    QTRY_COMPARE(focusedName(), QStringLiteral("everyoneDecline")); // explained first
    QVERIFY(tabTo("everyoneConfirm"));
    key(Qt::Key_Space);
    QTRY_VERIFY(value("scopeEveryone", "chosen").toBool());
    QTRY_COMPARE(m_helper->subscribeCalls().size(), 2U);
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    choose("scopeOwn");
    choose("backlogNo");
    QVERIFY(!settings.wantsBacklog());
    choose("backlogYes");
    QVERIFY(tabTo("historyRows"));
    key(Qt::Key_A, Qt::ControlModifier);
    type(QStringLiteral("5000"));
    key(Qt::Key_Tab); // taken when one goes on
    QCOMPARE(settings.historyRows(), 5000);
    QCOMPARE(focusedName(), QStringLiteral("historyMegabytes"));
    key(Qt::Key_A, Qt::ControlModifier);
    type(QStringLiteral("64"));
    key(Qt::Key_Return);
    QCOMPARE(settings.historyMegabytes(), 64);
    choose("lookLight");
    choose("lookDark");
    choose("lookSystem");
    choose("settingsTimeRelative");
    choose("settingsTimeDelta");
    choose("settingsTimeClock");
    QCOMPARE(m_monitor->live()->rows()->shown()->timeForm(), ShownRows::TimeForm::Clock);
}

void WindowKeyboardTest::fileMenu()
{
    show(1);
    QVERIFY(tabTo("fileButton"));
    key(Qt::Key_Space);
    const auto *menu = m_window->findChild<QObject *>(QStringLiteral("fileMenu"));
    QTRY_VERIFY(menu->property("opened").toBool());
    QTRY_VERIFY(item("openCapture")->property("highlighted").toBool());
    key(Qt::Key_Escape);
    QTRY_VERIFY(!menu->property("visible").toBool());
    QTRY_COMPARE(focusedName(), QStringLiteral("fileButton"));
}

QTEST_MAIN(WindowKeyboardTest)
#include "WindowKeyboardTest.moc"
