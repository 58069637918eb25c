// SPDX-License-Identifier: MIT
#include "app/gui/EventWindow.h"

#include "app/models/EventListModel.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <random>

using namespace lunaris;

class EventWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void showsWhatFits();
    void followsTheEnd();
    void standsStillWhenScrolledUp();
    void slidesWhenItsRowsAreGone();
    void staysWithinItsBounds();
    void currentRowMovesTheView();
    void survivesAnything();
};

namespace
{

constexpr auto tested = QAbstractItemModelTester::FailureReportingMode::QtTest;

MonitorEventList events(qsizetype count)
{
    MonitorEvent event;
    event.subject = "/x";
    return MonitorEventList(count, event);
}

quint64 number(const EventWindow &window, int row)
{
    return window.index(row).data(EventListModel::NumberRole).toULongLong();
}

} // namespace

void EventWindowTest::showsWhatFits()
{
    EventListModel model;
    EventWindow window(&model);
    const QAbstractItemModelTester tester(&window, tested);
    window.setViewSize(10);
    model.append(events(4));
    QCOMPARE(window.rowCount(), 4);
    model.append(events(1000));
    QVERIFY(window.rowCount() <= 12);
    QCOMPARE(window.total(), 1004);
    QCOMPARE(window.roleNames(), model.roleNames());
    model.clear();
    QCOMPARE(window.rowCount(), 0);
}

void EventWindowTest::followsTheEnd()
{
    EventListModel model;
    EventWindow window(&model);
    const QAbstractItemModelTester tester(&window, tested);
    window.setViewSize(10);
    for (int batch = 0; batch < 5; ++batch) {
        model.append(events(7));
        QVERIFY(window.isFollowing());
        QCOMPARE(number(window, window.rowCount() - 1), model.endNumber() - 1);
        QCOMPARE(window.unseen(), 0.0);
    }
}

void EventWindowTest::standsStillWhenScrolledUp()
{
    EventListModel model;
    EventWindow window(&model);
    const QAbstractItemModelTester tester(&window, tested);
    window.setViewSize(10);
    model.setCapacity(100);
    model.append(events(100));
    window.setPosition(50.25);
    QVERIFY(!window.isFollowing());
    QCOMPARE(number(window, 0), 51U);
    QCOMPARE(window.fraction(), 0.25);

    // Rows come at the end and go at the front; those in view are the same, and nothing is redrawn.
    QSignalSpy redrawn(&window, &QAbstractItemModel::dataChanged);
    model.append(events(30));
    QCOMPARE(number(window, 0), 51U);
    QCOMPARE(window.position(), 20.25);
    QCOMPARE(window.unseen(), 30.0);
    QCOMPARE(redrawn.size(), 0);

    window.setFollowing(true);
    QCOMPARE(window.position(), 90.0);
    QCOMPARE(window.unseen(), 0.0);
}

void EventWindowTest::slidesWhenItsRowsAreGone()
{
    EventListModel model;
    EventWindow window(&model);
    const QAbstractItemModelTester tester(&window, tested);
    window.setViewSize(10);
    model.setCapacity(50);
    model.append(events(50));
    window.setPosition(3);
    model.append(events(40));
    QCOMPARE(window.position(), 0.0);
    QCOMPARE(number(window, 0), model.firstNumber());
    QVERIFY(!window.isFollowing());
}

void EventWindowTest::staysWithinItsBounds()
{
    EventListModel model;
    EventWindow window(&model);
    window.setViewSize(10);
    model.append(events(30));
    window.setPosition(-5);
    QCOMPARE(window.position(), 0.0);
    window.setPosition(std::nan(""));
    QCOMPARE(window.position(), 0.0);
    window.setPosition(1e9);
    QCOMPARE(window.position(), 20.0);
    QVERIFY(window.isFollowing());
    window.setPosition(5);
    window.setViewSize(40);
    QCOMPARE(window.position(), 0.0);
    QVERIFY(window.isFollowing());
}

void EventWindowTest::currentRowMovesTheView()
{
    EventListModel model;
    EventWindow window(&model);
    window.moveCurrent(1); // nothing there
    QCOMPARE(window.currentNumber(), 0.0);

    window.setViewSize(10);
    model.setCapacity(30);
    model.append(events(30));
    window.moveCurrent(-1); // enters at the bottom of the view
    QCOMPARE(window.currentNumber(), 30.0);
    window.moveCurrent(-1);
    QCOMPARE(window.currentNumber(), 29.0);
    QVERIFY(!window.isFollowing());
    window.moveCurrent(-15);
    QCOMPARE(window.currentNumber(), 14.0);
    QCOMPARE(window.position(), 13.0);
    QCOMPARE(window.currentText(QStringLiteral("path")), QStringLiteral("/x"));
    window.moveCurrent(-1000);
    QCOMPARE(window.currentNumber(), 1.0);
    QCOMPARE(window.position(), 0.0);
    window.moveCurrent(1000);
    QCOMPARE(window.currentNumber(), 30.0);
    QVERIFY(window.isFollowing());

    window.moveCurrent(-29);
    model.append(events(5)); // row 1 is gone
    QCOMPARE(window.currentNumber(), 0.0);
    QVERIFY(window.currentText(QStringLiteral("path")).isEmpty());
}

void EventWindowTest::survivesAnything()
{
    EventListModel model;
    EventWindow window(&model);
    const QAbstractItemModelTester tester(&window, tested);
    std::mt19937 random(99);
    for (int step = 0; step < 3000; ++step) {
        switch (random() % 8) {
        case 0:
            window.setViewSize(static_cast<double>(random() % 200) / 10.0);
            break;
        case 1:
            window.setPosition(static_cast<double>(random() % 1000) / 10.0 - 10.0);
            break;
        case 2:
            window.setFollowing(random() % 2 == 0);
            break;
        case 3:
            model.setCapacity(static_cast<qsizetype>(random() % 80));
            break;
        case 4:
            model.setFrozen(random() % 2 == 0);
            break;
        case 5:
            window.moveCurrent(static_cast<int>(random() % 40) - 20);
            break;
        default:
            model.append(events(static_cast<qsizetype>(random() % 30)));
        }
        QVERIFY(window.rowCount() <= window.total());
        QVERIFY(window.position() >= 0);
        QVERIFY(window.position() <= std::max(0.0, window.total() - window.viewSize()) + 1e-9);
        if (window.rowCount() > 0) {
            QVERIFY(number(window, 0) >= model.firstNumber());
            QVERIFY(number(window, window.rowCount() - 1) < model.endNumber());
        }
    }
}

QTEST_GUILESS_MAIN(EventWindowTest)
#include "EventWindowTest.moc"
