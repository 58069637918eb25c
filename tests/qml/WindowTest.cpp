// SPDX-License-Identifier: MIT
#include "tests/qml/LetterSize.h"
#include "tests/qml/WindowFixture.h"

#include "dbus/Names.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QTest>
#include <QWheelEvent>

using namespace lunaris;

/// What the window shows while all is well, and how one moves in it.
class WindowTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void rowsAppear();
    void freezeHoldsTheViewWhileCountingGoesOn();
    void spaceFreezes();
    void scrollingUpYieldsAndThePillReturns();
    void scrollBarMovesTheView();
    void keyboardMovesAndCopies();
    void lossStandsOut();
    void statisticsOnlyWhileVisible();
    void accessible();
    void whatGivesWayToLargeLetters();
};

void WindowTest::rowsAppear()
{
    watch();
    QVERIFY(rows().isEmpty());
    MonitorEvent event = m_events.make(1, 1).constFirst();
    event.subject = "/home/ada/<b>bold</b>\n.txt";
    event.comm = QStringLiteral("cat");
    event.attributes = DeletedFile;
    m_helper->send({event});
    QTRY_COMPARE(rows().size(), 1);
    const QQuickItem *row = rows().constFirst();
    QCOMPARE(row->property("application").toString(), QStringLiteral("cat"));
    QCOMPARE(row->property("directory").toString(), QStringLiteral("/home/ada/<b>bold</"));
    QCOMPARE(row->property("fileName").toString(), QStringLiteral("b>\\x0a.txt"));
    QVERIFY(row->property("deleted").toBool());
    QCOMPARE(row->height(), 24.0);

    send(5000);
    QTRY_COMPARE(m_monitor->live()->rows()->total(), 5001);
    QCOMPARE(rows().constLast()->property("number").toInt(), 5001);
    QVERIFY(rows().size() < 40);
    QVERIFY(!item("problemBanner")->isVisible());
    QVERIFY(!item("pill")->isVisible());
}

void WindowTest::freezeHoldsTheViewWhileCountingGoesOn()
{
    watch();
    send(3);
    QTRY_COMPARE(rows().size(), 3);
    m_helper->setStatistics({{QStringLiteral("seen"), 10}});
    click(item("freezeButton"));
    QVERIFY(m_monitor->live()->isFrozen());

    send(5);
    m_helper->setStatistics({{QStringLiteral("seen"), 20}, {QStringLiteral("forwarded"), 8}});
    QTRY_COMPARE(m_monitor->live()->pendingCount(), 5.0);
    QTRY_COMPARE(value("seenCounter", "value").toInt(), 20);
    QCOMPARE(value("forwardedCounter", "value").toInt(), 8);
    QCOMPARE(rows().size(), 3);
    QVERIFY(item("pill")->isVisible());
    QVERIFY(value("pill", "text").toString().contains(QLatin1Char('5')));

    click(item("freezeButton"));
    QVERIFY(!m_monitor->live()->isFrozen());
    QTRY_COMPARE(rows().size(), 8);
    QVERIFY(!item("pill")->isVisible());
    QVERIFY(m_helper->pauseCalls().empty());
}

void WindowTest::spaceFreezes()
{
    watch();
    QTRY_VERIFY(item("eventTable")->hasActiveFocus());
    QTest::keyClick(m_window, Qt::Key_Space);
    QVERIFY(m_monitor->live()->isFrozen());
    QTest::keyClick(m_window, Qt::Key_Space);
    QVERIFY(!m_monitor->live()->isFrozen());
}

void WindowTest::scrollingUpYieldsAndThePillReturns()
{
    watch();
    send(500);
    QTRY_COMPARE(m_monitor->live()->rows()->total(), 500);
    const QQuickItem *table = item("eventTable");
    const QPointF center = table->mapToScene({table->width() / 2, table->height() / 2});
    QWheelEvent wheel(center, m_window->mapToGlobal(center), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QGuiApplication::sendEvent(m_window, &wheel);
    QTRY_VERIFY(!m_monitor->live()->rows()->isFollowing());
    const int top = rows().constFirst()->property("number").toInt();

    send(10);
    QTRY_COMPARE(m_monitor->live()->rows()->total(), 510);
    QCOMPARE(rows().constFirst()->property("number").toInt(), top);
    QVERIFY(item("pill")->isVisible());
    QVERIFY(value("pill", "text").toString().startsWith(QStringLiteral("10 new")));

    click(item("pill"));
    QTRY_VERIFY(m_monitor->live()->rows()->isFollowing());
    QCOMPARE(rows().constLast()->property("number").toInt(), 510);
    QVERIFY(!item("pill")->isVisible());
}

void WindowTest::scrollBarMovesTheView()
{
    watch();
    send(1000);
    QTRY_COMPARE(m_monitor->live()->rows()->total(), 1000);
    const QQuickItem *bar = item("scrollBar");
    QTRY_VERIFY(bar->property("position").toDouble() > 0.9);
    const QPoint handle = bar->mapToScene({bar->width() / 2, bar->height() - 8}).toPoint();
    QTest::mousePress(m_window, Qt::LeftButton, {}, handle);
    QVERIFY(m_monitor->live()->rows()->position() > 900); // taking hold of it moves nothing
    QTest::mouseMove(m_window, handle - QPoint(0, static_cast<int>(bar->height() / 2)));
    QTRY_VERIFY(m_monitor->live()->rows()->position() < 600);
    QVERIFY(m_monitor->live()->rows()->position() > 300);
    QVERIFY(!m_monitor->live()->rows()->isFollowing());
    QTest::mouseRelease(m_window, Qt::LeftButton, {}, handle);
}

void WindowTest::keyboardMovesAndCopies()
{
    watch();
    send(500);
    QTRY_COMPARE(m_monitor->live()->rows()->total(), 500);
    QTRY_VERIFY(item("eventTable")->hasActiveFocus());
    QTest::keyClick(m_window, Qt::Key_Home);
    QCOMPARE(m_monitor->live()->rows()->currentNumber(), 1.0);
    QVERIFY(rows().constFirst()->property("current").toBool());
    QTest::keyClick(m_window, Qt::Key_Down);
    QCOMPARE(m_monitor->live()->rows()->currentNumber(), 2.0);
    QTest::keyClick(m_window, Qt::Key_C, Qt::ControlModifier);
    const QString path =
        rows().at(1)->property("directory").toString() + rows().at(1)->property("fileName").toString();
    QCOMPARE(QGuiApplication::clipboard()->text(), path);
    QTest::keyClick(m_window, Qt::Key_End);
    QVERIFY(m_monitor->live()->rows()->isFollowing());
}

void WindowTest::lossStandsOut()
{
    watch();
    QTRY_VERIFY(m_helper->statisticsCalls() > 0);
    QVERIFY(!value("lostCounter", "alarming").toBool());
    m_helper->setStatistics({{QStringLiteral("lost"), 1},
                             {QStringLiteral("raced"), 2},
                             {QStringLiteral("malformed"), 3},
                             {QStringLiteral("dropped"), 4}});
    m_helper->send({}, 5);
    QTRY_COMPARE(value("lostCounter", "value").toInt(), 15);
    QVERIFY(value("lostCounter", "alarming").toBool());
    QCOMPARE(m_monitor->statistics()->lostDetail().count(QLatin1Char('\n')), 4);
}

void WindowTest::statisticsOnlyWhileVisible()
{
    watch();
    QTRY_VERIFY(m_helper->statisticsCalls() > 0);
    m_window->hide();
    QTRY_VERIFY(!m_window->isExposed());
    send(1); // what was asked for before has been answered when this has arrived
    QTRY_COMPARE(m_monitor->live()->rows()->total(), 1);
    const int calls = m_helper->statisticsCalls();
    m_window->show();
    QTRY_COMPARE(m_helper->statisticsCalls(), calls + 1); // at once, not a second later
}

void WindowTest::accessible()
{
    watch();
    send(3);
    QTRY_COMPARE(rows().size(), 3);
    const auto interface = [this](const char *name) {
        return QAccessible::queryAccessibleInterface(item(name));
    };
    for (const char *name :
         {"freezeButton", "pauseButton", "statusText", "eventRowsArea", "seenCounter", "lostCounter"}) {
        QVERIFY2(interface(name) != nullptr, name);
        QVERIFY2(!interface(name)->text(QAccessible::Name).isEmpty(), name);
    }
    QCOMPARE(interface("freezeButton")->role(), QAccessible::Button);
    QCOMPARE(interface("pauseButton")->role(), QAccessible::Button);
    QCOMPARE(interface("eventRowsArea")->role(), QAccessible::Table);
    QAccessibleInterface *const row = QAccessible::queryAccessibleInterface(rows().constFirst());
    QCOMPARE(row->role(), QAccessible::Row);
    QVERIFY(row->text(QAccessible::Name).contains(rows().constFirst()->property("fileName").toString()));

    interface("freezeButton")->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(m_monitor->live()->isFrozen());
    interface("pauseButton")->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QTRY_VERIFY(item("pauseMine") != nullptr);
    interface("pauseMine")->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QTRY_COMPARE(m_helper->pauseCalls().size(), 1U);
}

void WindowTest::whatGivesWayToLargeLetters()
{
    const test::LetterSize large(26);
    watch();
    m_window->resize(800, 600);
    send(3);
    m_helper->setStatistics({{QStringLiteral("seen"), 1'000'000}});
    // One line of counters; the others are on the Statistics page.
    QTRY_VERIFY(!item("filteredCounter")->isVisible());
    for (const char *name : {"shownCounter", "seenCounter", "lostCounter"}) {
        QVERIFY2(item(name)->isVisible(), name);
        QTRY_COMPARE(item(name)->y(), item("seenCounter")->y());
    }
    m_monitor->navigation()->setPage(QStringLiteral("summary"));
    QTRY_VERIFY(item("sortByLast")->isVisible());
    QTRY_VERIFY(!item("sortByFirst")->isVisible());
    QVERIFY(item("sortByName")->width() >= 200);

    m_window->resize(1600, 1000);
    QTRY_VERIFY(item("filteredCounter")->isVisible());
    QTRY_VERIFY(item("sortByFirst")->isVisible());
}

QTEST_MAIN(WindowTest)
#include "WindowTest.moc"
