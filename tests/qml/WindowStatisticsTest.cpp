// SPDX-License-Identifier: MIT
#include "tests/qml/WindowFixture.h"

#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QAccessible>
#include <QTest>

using namespace lunaris;

/// The Statistics page.
class WindowStatisticsTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAHelperItSaysWhy();
    void tellsWhatBecameOfEverything();
    void lossAppearsOnlyWhenThereIsAny();
    void tellsWhatItIsCapturedWith();
    void keyboardScrolls();

private:
    void show(const Statistics &statistics)
    {
        m_helper->setStatistics(statistics);
        watch();
        m_monitor->navigation()->setPage(QStringLiteral("statistics"));
        QTRY_VERIFY(m_monitor->statistics()->areKnown());
    }
};

void WindowStatisticsTest::withoutAHelperItSaysWhy()
{
    open();
    m_monitor->navigation()->setPage(QStringLiteral("statistics"));
    QTRY_VERIFY(item("noStatistics")->isVisible());
    QTRY_COMPARE(value("noStatistics", "text").toString(), m_monitor->controller()->problem());
    QVERIFY(!m_monitor->controller()->problem().isEmpty());
}

void WindowStatisticsTest::tellsWhatBecameOfEverything()
{
    show({{QStringLiteral("seen"), 2'000},
          {QStringLiteral("filtered"), 1'500},
          {QStringLiteral("forwarded"), 100},
          {QStringLiteral("delivered"), 100},
          {QStringLiteral("queued_bytes"), 32U << 20U},
          {QStringLiteral("queued_bytes_max"), 64U << 20U},
          {QStringLiteral("latency.bus.count"), 100},
          {QStringLiteral("latency.bus.p50"), 900},
          {QStringLiteral("latency.bus.p99"), 4'200},
          {QStringLiteral("latency.bus.max"), 1'500'000}});
    QVERIFY(!item("noStatistics")->isVisible());
    const QQuickItem *const funnel = item("funnel")->parentItem();
    QMap<QString, QString> rows;
    for (const QQuickItem *row : funnel->childItems()) {
        if (row->property("countText").isValid()) {
            rows.insert(row->property("title").toString(), row->property("countText").toString());
        }
    }
    QCOMPARE(rows.value(QStringLiteral("Seen")), QStringLiteral("2,000"));
    QCOMPARE(rows.value(QStringLiteral("Left out by a rule")), QStringLiteral("1,500"));
    QCOMPARE(rows.value(QStringLiteral("Delivered to the Event Bus")), QStringLiteral("100"));
    QVERIFY(!rows.contains(QStringLiteral("Given up")));

    QCOMPARE(value("queueFill", "share").toDouble(), 0.5);
    QVERIFY(value("queueFill", "value").toString().contains(QStringLiteral("32")));
    QVERIFY(!item("spoolFill")->isVisible());
    QCOMPARE(value("busTimes", "half").toString(), QStringLiteral("900 µs"));
    QCOMPARE(value("busTimes", "most").toString(), QStringLiteral("4.2 ms"));
    QCOMPARE(value("busTimes", "longest").toString(), QStringLiteral("1.5 s"));
    QVERIFY(value("windowTimes", "half").toString().isEmpty()); // nothing was timed

    m_helper->setStatistics({{QStringLiteral("seen"), 9'000}, {QStringLiteral("forwarded"), 200}});
    QTRY_VERIFY(value("seenRate", "value").toDouble() > 0);
    QVERIFY(value("peakRate", "value").toDouble() >= value("seenRate", "value").toDouble());
}

void WindowStatisticsTest::lossAppearsOnlyWhenThereIsAny()
{
    show({{QStringLiteral("seen"), 10}});
    QVERIFY(!item("lossCard")->isVisible());
    m_helper->setStatistics({{QStringLiteral("seen"), 10}, {QStringLiteral("raced"), 4}});
    m_helper->send({}, 3);
    QTRY_VERIFY(item("lossCard")->isVisible());
    QTRY_COMPARE(value("lossText", "text").toString().count(QLatin1Char('\n')), 1);
    QCOMPARE(value("lossCard", "title").toString(), QStringLiteral("7 events were lost"));
    QCOMPARE(QAccessible::queryAccessibleInterface(item("lossText"))->text(QAccessible::Name),
             m_monitor->statistics()->lostDetail());
}

void WindowStatisticsTest::tellsWhatItIsCapturedWith()
{
    show({{QStringLiteral("seen"), 10}});
    QCOMPARE(value("kernelFact", "value").toString(), QStringLiteral("6.1.0-fake"));
    QVERIFY(value("methodFact", "value").toString().startsWith(QStringLiteral("Tracepoints")));
    QVERIFY(!value("sinceFact", "value").toString().isEmpty());
    m_helper->setState(dbus::state::paused, dbus::reason::paused);
    QTRY_COMPARE(value("methodFact", "shown").toString(), QStringLiteral("–"));
}

void WindowStatisticsTest::keyboardScrolls()
{
    show({{QStringLiteral("seen"), 10}});
    m_window->resize(800, 600);
    QTRY_VERIFY(value("statisticsView", "contentHeight").toDouble() > item("statisticsView")->height());
    const auto isAtEnd = [this] {
        QTest::keyClick(m_window, Qt::Key_End); // the smaller window may still be about to be laid out
        const double end =
            value("statisticsView", "contentHeight").toDouble() - item("statisticsView")->height();
        return end > 0 && value("statisticsView", "contentY").toDouble() == end;
    };
    QTRY_VERIFY(isAtEnd());
    QTest::keyClick(m_window, Qt::Key_Home);
    QCOMPARE(value("statisticsView", "contentY").toDouble(), 0.0);
}

QTEST_MAIN(WindowStatisticsTest)
#include "WindowStatisticsTest.moc"
