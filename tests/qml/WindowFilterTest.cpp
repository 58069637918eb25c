// SPDX-License-Identifier: MIT
#include "tests/qml/WindowFixture.h"

#include "app/window/Translations.h"
#include "dbus/Names.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace lunaris;

/// The filter of the Live page, by mouse and by keyboard.
class WindowFilterTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void typesAndCounts();
    void saysWhatIsWrong();
    void saysWhatIsWrongInGerman();
    void typingInTheTableBeginsAFilter();
    void completesByKeyboard();
    void completesByMouse();
    void remembersWhatWasTyped();
    void savedFiltersAreButtons();
    void keepsAFilter();
    void clearsByMouse();
    void saysThatNothingPasses();
    void accessible();

private:
    LiveView *live() { return m_monitor->live(); }
    void watchTen();
    void focusFilter()
    {
        QTest::keyClick(m_window, Qt::Key_F, Qt::ControlModifier);
        QVERIFY(item("filterInput")->hasActiveFocus());
    }
};

/// Ten events: those of pids 1 to 5, each with a file that is opened and one that cannot be.
void WindowFilterTest::watchTen()
{
    watch();
    MonitorEventList events;
    for (quint32 pid = 1; pid <= 5; ++pid) {
        MonitorEvent event = m_events.make(1, 1'700'000'000'000'000).constFirst();
        event.pid = pid;
        event.attributes = 0;
        event.subject = "/home/ada/notes";
        events.append(event);
        event.type = dbus::type::fileOpenFailed;
        event.value = -EACCES;
        events.append(event);
    }
    m_helper->send(events);
    QTRY_COMPARE(rows().size(), 10);
    QTRY_VERIFY(item("eventTable")->hasActiveFocus());
}

void WindowFilterTest::typesAndCounts()
{
    watchTen();
    QCOMPARE(value("shownCount", "text").toString(), QStringLiteral("10 events"));
    focusFilter();
    type(QStringLiteral("pid == 3"));
    QTest::keyClick(m_window, Qt::Key_Return);
    QTRY_COMPARE(rows().size(), 2);
    QCOMPARE(value("shownCount", "text").toString(), QStringLiteral("Showing 2 of 10 (20 %)"));
    QVERIFY(item("eventTable")->hasActiveFocus()); // one goes on in the table
    QCOMPARE(rows().constFirst()->property("number").toInt(), 5);

    focusFilter();
    QTest::keyClick(m_window, Qt::Key_Escape); // first what is proposed, if anything is
    QTRY_COMPARE(rows().size(), 10);
    QVERIFY(live()->filter()->text().isEmpty());
    QTest::keyClick(m_window, Qt::Key_Escape);
    QVERIFY(item("eventTable")->hasActiveFocus());
}

void WindowFilterTest::saysWhatIsWrong()
{
    watchTen();
    QVERIFY(!item("filterProblem")->isVisible());
    focusFilter();
    type(QStringLiteral("pid == x"));
    QVERIFY(item("filterProblem")->isVisible());
    QVERIFY(value("filterProblem", "text").toString().contains(QLatin1Char('8')));
    const QColor wrong = value("filterInput", "tone").value<QColor>();
    QTest::keyClick(m_window, Qt::Key_Return);
    QVERIFY(item("filterInput")->hasActiveFocus());
    QCOMPARE(rows().size(), 10); // as before
    QTest::keyClick(m_window, Qt::Key_Backspace);
    type(QStringLiteral("2"));
    QVERIFY(!item("filterProblem")->isVisible());
    QVERIFY(value("filterInput", "tone").value<QColor>() != wrong);
    QTRY_COMPARE(rows().size(), 2); // after a short rest, without Enter
}

void WindowFilterTest::saysWhatIsWrongInGerman()
{
    const Translations german(QLocale(QLocale::German));
    watchTen();
    focusFilter();
    type(QStringLiteral("pid == x"));
    QVERIFY(item("filterProblem")->isVisible());
    QCOMPARE(value("filterProblem", "text").toString(),
             QStringLiteral("Zeichen 8: nach `pid ==` fehlt eine Zahl"));
}

void WindowFilterTest::typingInTheTableBeginsAFilter()
{
    watchTen();
    type(QStringLiteral("pid == 4"));
    QVERIFY(item("filterInput")->hasActiveFocus());
    QCOMPARE(live()->filter()->text(), QStringLiteral("pid == 4"));
    QTRY_COMPARE(rows().size(), 2);
}

void WindowFilterTest::completesByKeyboard()
{
    watchTen();
    focusFilter();
    type(QStringLiteral("ty"));
    QTest::keyClick(m_window, Qt::Key_Tab);
    QCOMPARE(value("filterInput", "text").toString(), QStringLiteral("type "));
    type(QStringLiteral("=="));
    QTest::keyClick(m_window, Qt::Key_Space);
    type(QStringLiteral("file.op"));
    QTest::keyClick(m_window, Qt::Key_Down);
    QTest::keyClick(m_window, Qt::Key_Down);
    QTest::keyClick(m_window, Qt::Key_Up);
    QTest::keyClick(m_window, Qt::Key_Down);
    QTest::keyClick(m_window, Qt::Key_Return);
    QCOMPARE(value("filterInput", "text").toString(), QStringLiteral("type == file.open_failed "));
    QTRY_COMPARE(rows().size(), 5);
}

void WindowFilterTest::completesByMouse()
{
    watchTen();
    focusFilter();
    type(QStringLiteral("pat"));
    QTRY_VERIFY(item("completion0") != nullptr);
    click(item("completion0"));
    QCOMPARE(value("filterInput", "text").toString(), QStringLiteral("path "));
    QVERIFY(item("filterInput")->hasActiveFocus());
}

void WindowFilterTest::remembersWhatWasTyped()
{
    watchTen();
    for (const char *text : {"pid == 1", "pid == 2"}) {
        live()->filter()->use(QLatin1String(text));
    }
    live()->filter()->use(QString());
    focusFilter();
    QTest::keyClick(m_window, Qt::Key_Up);
    QCOMPARE(value("filterInput", "text").toString(), QStringLiteral("pid == 2"));
    QTest::keyClick(m_window, Qt::Key_Up);
    QTest::keyClick(m_window, Qt::Key_Up); // there is no more
    QCOMPARE(value("filterInput", "text").toString(), QStringLiteral("pid == 1"));
    QTest::keyClick(m_window, Qt::Key_Down);
    QCOMPARE(value("filterInput", "text").toString(), QStringLiteral("pid == 2"));
}

void WindowFilterTest::savedFiltersAreButtons()
{
    watchTen();
    click(item("savedFilter0"));
    QTRY_COMPARE(rows().size(), 5);
    QVERIFY(value("savedFilter0", "on").toBool());
    item("savedFilter0")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Space);
    QTRY_COMPARE(rows().size(), 10);
    QTest::keyClick(m_window, Qt::Key_Delete);
    QCOMPARE(live()->savedFilters()->rowCount(), 3);
}

void WindowFilterTest::keepsAFilter()
{
    watchTen();
    QVERIFY(!item("saveFilter")->isEnabled());
    live()->filter()->use(QStringLiteral("pid == 5"));
    click(item("saveFilter"));
    QTRY_VERIFY(item("filterName") != nullptr && item("filterName")->hasActiveFocus());
    QVERIFY(!item("keepFilter")->isEnabled());
    type(QStringLiteral("Five"));
    click(item("keepFilter"));
    QCOMPARE(live()->savedFilters()->rowCount(), 5);
    QTRY_VERIFY(item("savedFilter4") != nullptr);
    QCOMPARE(value("savedFilter4", "text").toString(), QStringLiteral("Five"));

    item("saveFilter")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Space);
    QTRY_VERIFY(item("filterName")->hasActiveFocus());
    type(QStringLiteral("Also five"));
    QTest::keyClick(m_window, Qt::Key_Return);
    QCOMPARE(live()->savedFilters()->rowCount(), 6);
}

void WindowFilterTest::clearsByMouse()
{
    watchTen();
    QVERIFY(!item("clearFilter")->isVisible());
    live()->filter()->use(QStringLiteral("pid == 5"));
    QTRY_COMPARE(rows().size(), 2);
    click(item("clearFilter"));
    QTRY_COMPARE(rows().size(), 10);
}

void WindowFilterTest::saysThatNothingPasses()
{
    watchTen();
    live()->filter()->use(QStringLiteral("pid == 77"));
    QTRY_COMPARE(rows().size(), 0);
    QVERIFY(item("emptyState")->isVisible());
    QVERIFY(value("emptyState", "text").toString().contains(QStringLiteral("10")));
    QCOMPARE(value("shownCount", "text").toString(), QStringLiteral("Showing 0 of 10 (0 %)"));
}

void WindowFilterTest::accessible()
{
    watchTen();
    live()->filter()->setText(QStringLiteral("pid =="));
    QAccessibleInterface *const field = QAccessible::queryAccessibleInterface(item("filterInput"));
    QCOMPARE(field->role(), QAccessible::EditableText);
    QVERIFY(!field->text(QAccessible::Name).isEmpty());
    QVERIFY(!field->text(QAccessible::Description).isEmpty()); // what is wrong
    for (const char *name : {"saveFilter", "savedFilter0", "clearFilter", "timeButton", "columnsButton",
                             "highlightsButton", "detailsButton", "tableHeader", "shownCount"}) {
        QAccessibleInterface *const control = QAccessible::queryAccessibleInterface(item(name));
        QVERIFY2(control != nullptr && !control->text(QAccessible::Name).isEmpty(), name);
    }
}

QTEST_MAIN(WindowFilterTest)
#include "WindowFilterTest.moc"
