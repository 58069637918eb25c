// SPDX-License-Identifier: MIT
#include "app/gui/EventWindow.h"

#include "app/gui/EventColumns.h"
#include "app/gui/HighlightRules.h"
#include "tests/qml/SettingsFile.h"
#include "tests/unit/ClientEvents.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>
#include <QTest>
#include <chrono>
#include <cmath>
#include <limits>
#include <memory>
#include <random>

using namespace lunaris;

class EventWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void showsWhatFits();
    void followsTheEnd();
    void standsStillWhenScrolledUp();
    void slidesWhenItsRowsAreGone();
    void staysWithinItsBounds();
    void rowsThatComeCloselyAreShownTogether();
    void scrollsWhileRowsWait_data();
    void scrollsWhileRowsWait();
    void currentRowMovesTheView();
    void selectingHoldsTheView();
    void filterKeepsTheCurrentRowInPlace();
    void goesToNumbers();
    void sortedRowsBeginAtTheTop();
    void survivesAnything();

private:
    EventFilter compiled(const char *text)
    {
        return std::get<EventFilter>(EventFilter::compile(QString::fromUtf8(text)));
    }
    void search(const char *text)
    {
        m_listing->setFilter(compiled(text));
        QTRY_VERIFY(!m_listing->isSearching());
    }
    void append(quint64 count, const QByteArray &path = "/x")
    {
        MonitorEvent event = test::openedHosts();
        event.subject = path;
        m_store->append(MonitorEventList(static_cast<qsizetype>(count), event));
    }
    int count() const { return static_cast<int>(m_window->shown()->numbers().size()); }
    quint64 number(int row) const
    {
        return m_window->shown()->index(row).data(ShownRows::NumberRole).toULongLong();
    }

    std::unique_ptr<test::SettingsFile> m_settings;
    std::unique_ptr<EventStore> m_store;
    std::unique_ptr<EventListing> m_listing;
    std::unique_ptr<EventColumns> m_columns;
    std::unique_ptr<HighlightRules> m_highlights;
    std::unique_ptr<EventWindow> m_window;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
};

void EventWindowTest::init()
{
    m_settings = std::make_unique<test::SettingsFile>();
    m_store = std::make_unique<EventStore>();
    m_listing = std::make_unique<EventListing>(m_store.get());
    m_columns = std::make_unique<EventColumns>(m_settings->settings());
    m_highlights = std::make_unique<HighlightRules>(m_settings->settings());
    m_window = std::make_unique<EventWindow>(m_listing.get(), m_columns.get(), m_highlights.get());
    m_tester = std::make_unique<QAbstractItemModelTester>(
        m_window->shown(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    m_window->setViewSize(10);
}

void EventWindowTest::cleanup()
{
    m_tester.reset();
    m_window.reset();
    m_highlights.reset();
    m_columns.reset();
    m_listing.reset();
    m_store.reset();
    m_settings.reset();
}

void EventWindowTest::showsWhatFits()
{
    append(4);
    QCOMPARE(count(), 4);
    append(1000);
    QVERIFY(count() <= 12);
    QCOMPARE(m_window->total(), 1004.0);
    m_listing->clear();
    QCOMPARE(count(), 0);
}

void EventWindowTest::followsTheEnd()
{
    for (int batch = 0; batch < 5; ++batch) {
        append(7);
        QVERIFY(m_window->isFollowing());
        QCOMPARE(number(count() - 1), m_store->rows().end() - 1);
        QCOMPARE(m_window->unseen(), 0.0);
    }
}

void EventWindowTest::standsStillWhenScrolledUp()
{
    m_store->setMaximumRows(100);
    append(100);
    m_window->setPosition(50.25);
    QVERIFY(!m_window->isFollowing());
    QCOMPARE(number(0), 51U);
    QCOMPARE(m_window->fraction(), 0.25);

    // Rows come at the end and go at the front; those in view are the same, and nothing is redrawn.
    QSignalSpy redrawn(m_window->shown(), &QAbstractItemModel::dataChanged);
    append(30);
    QCOMPARE(number(0), 51U);
    QCOMPARE(m_window->position(), 20.25);
    QCOMPARE(m_window->unseen(), 30.0);
    QCOMPARE(redrawn.size(), 0);

    m_window->setFollowing(true);
    QCOMPARE(m_window->position(), 90.0);
    QCOMPARE(m_window->unseen(), 0.0);
}

void EventWindowTest::slidesWhenItsRowsAreGone()
{
    m_store->setMaximumRows(50);
    append(50);
    m_window->setPosition(3);
    append(40);
    QCOMPARE(m_window->position(), 0.0);
    QCOMPARE(number(0), m_store->rows().first());
    QVERIFY(!m_window->isFollowing());
}

void EventWindowTest::staysWithinItsBounds()
{
    append(30);
    m_window->setPosition(-5);
    QCOMPARE(m_window->position(), 0.0);
    m_window->setPosition(std::nan(""));
    QCOMPARE(m_window->position(), 0.0);
    m_window->setPosition(1e9);
    QCOMPARE(m_window->position(), 20.0);
    QVERIFY(m_window->isFollowing());
    m_window->setPosition(5);
    m_window->setViewSize(40);
    QCOMPARE(m_window->position(), 0.0);
    QVERIFY(m_window->isFollowing());
}

void EventWindowTest::rowsThatComeCloselyAreShownTogether()
{
    m_window->setRest(std::chrono::milliseconds(200));
    append(100);
    QCOMPARE(m_window->total(), 0.0); // not in the same turn
    QTRY_COMPARE(number(0), quint64(91));
    const QSignalSpy views(m_window.get(), &EventWindow::viewChanged);
    append(100);
    append(100);
    QCOMPARE(views.size(), 0);
    QCOMPARE(number(0), quint64(91));
    QTRY_COMPARE(number(0), quint64(291));
    QCOMPARE(views.size(), 1);
}

void EventWindowTest::scrollsWhileRowsWait_data()
{
    QTest::addColumn<double>("way");
    QTest::addColumn<quint64>("first");
    QTest::newRow("a little") << -3.0 << quint64(938);
    QTest::newRow("to what is gone") << -840.0 << quint64(201);
    QTest::newRow("to the beginning") << -941.0 << quint64(201);
    QTest::newRow("down") << 1.0 << quint64(942);
}

void EventWindowTest::scrollsWhileRowsWait()
{
    QFETCH(double, way);
    QFETCH(quint64, first);
    m_store->setMaximumRows(1000);
    append(1000);
    m_window->setPosition(940);
    QCOMPARE(number(0), quint64(941));
    m_window->setRest(std::chrono::hours(1));
    append(200); // wait
    QCOMPARE(number(0), quint64(941));
    m_window->setPosition(m_window->position() + way);
    QCOMPARE(number(0), first);

    append(10);
    m_window->moveCurrent(-1); // enters at the lower edge
    QCOMPARE(m_window->currentNumber(), static_cast<double>(std::max<quint64>(first, 211) + 9));

    append(10);
    m_window->moveCurrent(std::numeric_limits<double>::infinity());
    QCOMPARE(m_window->currentNumber(), 1220.0);
    QVERIFY(m_window->isFollowing());
    append(10);
    m_window->moveCurrent(-std::numeric_limits<double>::infinity());
    QCOMPARE(m_window->currentNumber(), 231.0);
}

void EventWindowTest::currentRowMovesTheView()
{
    m_window->moveCurrent(1); // nothing there
    QCOMPARE(m_window->currentNumber(), 0.0);

    m_store->setMaximumRows(30);
    append(30);
    m_window->moveCurrent(-1); // enters at the bottom of the view
    QCOMPARE(m_window->currentNumber(), 30.0);
    m_window->moveCurrent(-1);
    QCOMPARE(m_window->currentNumber(), 29.0);
    QVERIFY(!m_window->isFollowing());
    m_window->moveCurrent(-15);
    QCOMPARE(m_window->currentNumber(), 14.0);
    QCOMPARE(m_window->position(), 13.0);
    QCOMPARE(m_window->currentRow(), 0);
    m_window->moveCurrent(-1000);
    QCOMPARE(m_window->currentNumber(), 1.0);
    QCOMPARE(m_window->position(), 0.0);
    m_window->moveCurrent(1000);
    QCOMPARE(m_window->currentNumber(), 30.0);
    QVERIFY(m_window->isFollowing());

    m_window->moveCurrent(-29);
    append(5); // row 1 is gone
    QCOMPARE(m_window->currentNumber(), 0.0);
    QCOMPARE(m_window->currentRow(), -1);
}

void EventWindowTest::selectingHoldsTheView()
{
    append(30);
    QVERIFY(m_window->isFollowing());
    m_window->setCurrent(4);
    QVERIFY(!m_window->isFollowing());
    const quint64 top = number(0);
    append(10);
    QCOMPARE(number(0), top);
    QCOMPARE(m_window->unseen(), 10.0);

    m_window->setViewSize(3); // something opens below
    QCOMPARE(number(2), 25U);
    QCOMPARE(m_window->currentRow(), 2);
}

void EventWindowTest::filterKeepsTheCurrentRowInPlace()
{
    for (int round = 0; round < 50; ++round) {
        append(1, "/even");
        append(1, "/odd");
    }
    m_window->setPosition(40);
    m_window->setCurrent(6);
    QCOMPARE(m_window->currentNumber(), 47.0); // an even one
    search("path == /even");
    QCOMPARE(m_window->total(), 50.0);
    QCOMPARE(m_window->currentRow(), 6);
    QCOMPARE(number(6), 47U);
    QCOMPARE(number(7), 49U);
    search("");
    QCOMPARE(m_window->currentRow(), 6);
    QCOMPARE(m_window->position(), 40.0);
    search("path == /odd"); // the current row is not among them: the top stays
    QCOMPARE(number(0), 42U);
}

void EventWindowTest::goesToNumbers()
{
    append(100);
    m_window->goTo(20);
    QCOMPARE(m_window->currentNumber(), 20.0);
    QVERIFY(m_window->currentRow() >= 0);
    m_window->goTo(1e12);
    QCOMPARE(m_window->currentNumber(), 100.0);
    m_window->goTo(-3);
    QCOMPARE(m_window->currentNumber(), 1.0);
}

void EventWindowTest::sortedRowsBeginAtTheTop()
{
    append(30, "/b");
    append(30, "/a");
    m_listing->setSorting(EventSorting{EventColumn::Path, false});
    QTRY_VERIFY(!m_listing->isSearching());
    QVERIFY(!m_window->isFollowing());
    QCOMPARE(m_window->position(), 0.0);
    QCOMPARE(number(0), 31U);
    m_window->moveCurrent(1000);
    QCOMPARE(m_window->currentNumber(), 30.0);
    append(10);
    QCOMPARE(m_window->total(), 60.0);
    m_listing->setFrozen(false);
    QVERIFY(m_window->isFollowing());
    QCOMPARE(number(count() - 1), 70U);
}

void EventWindowTest::survivesAnything()
{
    std::mt19937 random(99);
    for (int step = 0; step < 3000; ++step) {
        switch (random() % 11) {
        case 0:
            m_window->setViewSize(static_cast<double>(random() % 200) / 10.0);
            break;
        case 1:
            m_window->setPosition(static_cast<double>(random() % 1000) / 10.0 - 10.0);
            break;
        case 2:
            m_window->setFollowing(random() % 2 == 0);
            break;
        case 3:
            m_store->setMaximumRows(random() % 80);
            break;
        case 4:
            m_listing->setFrozen(random() % 2 == 0);
            break;
        case 5:
            m_window->moveCurrent(static_cast<int>(random() % 40) - 20);
            break;
        case 6:
            m_listing->setFilter(compiled(random() % 2 == 0 ? "path == /a" : ""));
            break;
        case 7:
            if (random() % 2 == 0) {
                m_listing->setSorting(EventSorting{EventColumn::Path, random() % 2 == 0});
            } else {
                m_listing->setSorting(std::nullopt);
            }
            break;
        case 8:
            QCoreApplication::processEvents();
            m_window->setCurrent(static_cast<int>(random() % 20) - 2);
            break;
        default:
            append(random() % 30, random() % 2 == 0 ? "/a" : "/b");
        }
        QVERIFY(count() <= m_window->total());
        QVERIFY(m_window->position() >= 0);
        QVERIFY(m_window->position() <= std::max(0.0, m_window->total() - m_window->viewSize()) + 1e-9);
        for (int row = 0; row < count(); ++row) {
            QCOMPARE(number(row), m_listing->numberAt(static_cast<quint64>(m_window->position()) +
                                                      static_cast<quint64>(row)));
        }
    }
}

QTEST_MAIN(EventWindowTest)
#include "EventWindowTest.moc"
