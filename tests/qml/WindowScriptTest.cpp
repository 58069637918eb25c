// SPDX-License-Identifier: MIT
#include "tests/qml/WindowFixture.h"

#include "dbus/StateReason.h"
#include "tests/fakes/Garbage.h"

#include <QTest>

using namespace lunaris;

/// What can happen to a watch, played as scripts: the window says it, keeps what it shows, and goes on.
class WindowScriptTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void states_data();
    void states();
    void everyPageSaysWhy_data();
    void everyPageSaysWhy();
    void everyPageStands_data();
    void everyPageStands();
    void helperAppearsLate();
    void busComesBack();
    void busComesLate();
    void frozenViewStaysThroughAll();

private:
    /// Twenty rows, of which the keyboard is on the fifth.
    void begin();
    QString banner() const { return value("problemBanner", "text").toString(); }
    QString statusText() const { return value("statusText", "text").toString(); }
    /// The sentences of the gaps that are marked in the table.
    QStringList gaps() const;
};

void WindowScriptTest::begin()
{
    open();
    play("appear\nawait subscription\nburst 20\nawait acknowledgement\n");
    QTRY_VERIFY(m_player->isFinished());
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    QTRY_COMPARE(m_monitor->live()->totalCount(), 20.0);
    QTest::keyClick(m_window, Qt::Key_1, Qt::ControlModifier);
    QTRY_VERIFY(item("eventTable")->hasActiveFocus());
    m_monitor->live()->rows()->goTo(5);
}

QStringList WindowScriptTest::gaps() const
{
    QStringList found;
    const QList<QQuickItem *> shown = rows();
    for (const QQuickItem *row : shown) {
        if (row->property("gap").toBool()) {
            found.append(row->property("fileName").toString());
        }
    }
    return found;
}

void WindowScriptTest::states_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QString>("said");   // in the banner; empty: there is none
    QTest::addColumn<QString>("status"); // in the header
    QTest::addColumn<QString>("button"); // of the banner; empty: there is none
    QTest::addColumn<bool>("pressed");   // or it mends itself
    QTest::addColumn<QByteArray>("mended");
    QTest::addColumn<QStringList>("marked"); // how the gaps begin that are marked then
    QTest::addColumn<int>("odd");            // events that were none of the helper's, and are shown

    const QString watching = QStringLiteral("Watching");
    const QString paused = QStringLiteral("Paused");
    const QString notWatching = QStringLiteral("Not watching");
    const QString tryAgain = QStringLiteral("Try again");
    const QString authorize = QStringLiteral("Authorize…");
    const QString resume = QStringLiteral("Resume");
    const QString lost = QStringLiteral("The connection was lost here");
    bool pressed = true;
    const auto row = [&pressed](const char *name, const QByteArray &script, const QString &said,
                                const QString &status, const QString &button, const QByteArray &mended,
                                const QStringList &marked, int odd = 0) {
        QTest::newRow(name) << script << said << status << button << (pressed && !button.isEmpty()) << mended
                            << marked << odd;
    };

    row("a burst", "burst 0", {}, watching, {}, "", {});
    row("drops before events", "burst 0 40", {}, watching, {}, "", {QStringLiteral("40 event")});
    row("drops and nothing else", "dropped 1\nwait 20\ndropped 2", {}, watching, {}, "",
        {QStringLiteral("1 event"), QStringLiteral("2 event")});
    row("numbers left out", "skip 7", {}, watching, {}, "", {QStringLiteral("7 event")});

    row("authorization revoked", "end NotAuthorized", QStringLiteral("You may not watch this any more"),
        notWatching, authorize, "", {lost});
    row("revoked for good", "refuse subscribe NotAuthorized \"Ask Ada for a password.\"\nend NotAuthorized",
        QStringLiteral("You may not watch this any more"), notWatching, authorize, "allow subscribe", {lost});
    row("ended for a reason of tomorrow", "end Moon", QStringLiteral("Moon"), notWatching, tryAgain, "",
        {lost});
    pressed = false;
    row("the helper ends", "vanish", QStringLiteral("The helper"), notWatching, tryAgain, "appear", {lost});
    row("garbage and nothing else", "garbage other-events\nawait subscription\nwait 50\ngarbage disorder",
        QStringLiteral("cannot read"), notWatching, tryAgain, "", {lost, lost});
    pressed = true;

    for (const QLatin1String reason :
         {dbus::reason::starting, dbus::reason::kernelTooOld, dbus::reason::missingBtf,
          dbus::reason::missingTracefs, dbus::reason::missingCapability, dbus::reason::lockedDown,
          dbus::reason::programRejected, QLatin1String("Moon")}) {
        row(reason.data(), QByteArray("state unavailable ") + reason.data(), dbus::explainReason(reason),
            notWatching, tryAgain, "", {});
    }
    row("degraded", "state degraded TypesMissing", dbus::explainReason(dbus::reason::typesMissing), watching,
        tryAgain, "", {});
    row("a state of tomorrow", "state moonlit", QStringLiteral("moonlit"), notWatching, tryAgain, "", {});

    row("paused by another, for a while", "pause all 4000000001 900",
        QStringLiteral("paused for everyone, by 4000000001, until "), paused, resume, "", {});
    row("paused by another", "pause all 4000000001",
        QStringLiteral("paused for everyone, by 4000000001, until somebody resumes it"), paused, resume, "",
        {});
    row("paused by me", "pause own 900", QStringLiteral("What your programs do is left out until "), paused,
        resume, "", {});

    for (const char *garbage :
         {"no-arguments", "other-arguments", "other-events", "repeated", "disorder", "overstated",
          "huge-number", "huge-dropped", "huge-time", "huge-value", "huge-text"}) {
        row(garbage, QByteArray("garbage ") + garbage + "\nawait subscription", {}, watching, {}, "", {lost});
    }
    for (const char *garbage : {"other-watch", "ended", "properties"}) {
        row(garbage, QByteArray("garbage ") + garbage, {}, watching, {}, "", {});
    }
    row("odd-events", "garbage odd-events", {}, watching, {}, "", {}, 3);
    row("wrong answers", "answers wrong\nstatistics moon 7\nstate running", {}, watching, {}, "answers right",
        {});
}

void WindowScriptTest::states()
{
    QFETCH(QByteArray, script);
    QFETCH(QString, said);
    QFETCH(QString, status);
    QFETCH(QString, button);
    QFETCH(bool, pressed);
    QFETCH(QByteArray, mended);
    QFETCH(QStringList, marked);
    QFETCH(int, odd);
    begin();

    play(script.constData());
    QTRY_VERIFY2(m_player->isFinished(), "the script still waits");
    if (said.isEmpty()) {
        // What comes now came through.
        m_helper->send(m_events.make(1, 1));
        QTRY_COMPARE(m_monitor->live()->totalCount(), 21.0 + odd);
        QTRY_VERIFY(!item("problemBanner")->isVisible());
    } else {
        QTRY_VERIFY2(item("problemBanner")->isVisible() && banner().contains(said), qPrintable(banner()));
    }
    QTRY_COMPARE(statusText(), status);
    if (!said.isEmpty()) {
        QCOMPARE(bannerButton("problemBanner")->property("text").toString(), button);
    }

    // The view is kept.
    QCOMPARE(m_monitor->live()->rows()->currentNumber(), 5.0);
    QCOMPARE(rows().constFirst()->property("number").toInt(), 1);

    play(mended.constData());
    if (pressed) {
        click(bannerButton("problemBanner"));
    }
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    QTRY_COMPARE(statusText(), QStringLiteral("Watching"));
    QTRY_VERIFY(!item("problemBanner")->isVisible());
    const double before = m_monitor->live()->totalCount();
    play("burst 3\nawait acknowledgement\n");
    QTRY_COMPARE(m_monitor->live()->totalCount(), before + 3);
    QTRY_VERIFY(m_player->isFinished());
    QCOMPARE(m_monitor->live()->rows()->currentNumber(), 5.0);

    item("eventTable")->forceActiveFocus();
    QTest::keyClick(m_window, Qt::Key_End);
    QTRY_VERIFY(m_monitor->live()->rows()->isFollowing());
    QTRY_COMPARE(gaps().size(), marked.size());
    for (qsizetype at = 0; at < marked.size(); ++at) {
        QVERIFY2(gaps().at(at).startsWith(marked.at(at)), qPrintable(gaps().at(at)));
    }
}

void WindowScriptTest::everyPageSaysWhy_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<QByteArray>("sentence"); // the item, or nothing where the banner has to do
    QTest::newRow("live") << "live" << QByteArray("emptyState");
    QTest::newRow("summary") << "summary" << QByteArray();
    QTest::newRow("statistics") << "statistics" << QByteArray("noStatistics");
    QTest::newRow("rules") << "rules" << QByteArray("noRules");
    QTest::newRow("settings") << "settings" << QByteArray();
}

/// No helper, one that refuses, and one that comes at last: never an empty page without a sentence.
void WindowScriptTest::everyPageSaysWhy()
{
    QFETCH(QString, page);
    QFETCH(QByteArray, sentence);
    const auto says = [&](const char *part) {
        return banner().contains(QLatin1String(part)) && item("problemBanner")->isVisible() &&
               (sentence.isEmpty() ||
                (item(sentence)->isVisible() && !value(sentence, "text").toString().isEmpty()));
    };
    open();
    m_monitor->navigation()->setPage(page);
    QTRY_VERIFY2(says("not installed"), qPrintable(banner()));
    play("refuse subscribe NotAuthorized \"Log in at the screen.\"\nappear\n");
    QTRY_VERIFY2(says("Log in at the screen."), qPrintable(banner()));
    play("allow subscribe\n");
    click(bannerButton("problemBanner"));
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    QTRY_VERIFY(!item("problemBanner")->isVisible());
    QCOMPARE(m_monitor->navigation()->page(), page);
}

void WindowScriptTest::everyPageStands_data()
{
    QTest::addColumn<QString>("page");
    for (const QString &page : Navigation::pages()) {
        QTest::newRow(qPrintable(page)) << page;
    }
}

/// All of it at once, on every page: what is no good does no harm.
void WindowScriptTest::everyPageStands()
{
    QFETCH(QString, page);
    begin();
    m_monitor->navigation()->setPage(page);
    QByteArray script = "statistics seen 18446744073709551615\nstatistics lost 18446744073709551615\n"
                        "statistics latency.bus.p99 18446744073709551615\nstatistics queued_bytes 7\n"
                        "statistics moon 3\nanswers wrong\nburst 500 1000000000\n";
    const QStringList kinds = test::garbageNames();
    for (const QString &kind : kinds) {
        script += "garbage " + kind.toLatin1() + "\nburst 2\nwait 5\n";
    }
    script += "state running Moon\npause own 3\nanswers right\npause none\nwait 20\nburst 1\n";
    play(script.constData());
    QTRY_VERIFY_WITH_TIMEOUT(m_player->isFinished(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_monitor->controller()->isCapturing(), 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_helper->isAllAcknowledged(), 20'000);
    QCOMPARE(m_monitor->navigation()->page(), page);
    // The last event came, and none of the first has gone.
    const double before = m_monitor->live()->totalCount();
    QVERIFY(before >= 520);
    play("burst 2\n");
    QTRY_COMPARE(m_monitor->live()->totalCount(), before + 2);
    QVERIFY(!m_window->grabWindow().isNull());
}

void WindowScriptTest::helperAppearsLate()
{
    open();
    QTRY_VERIFY(item("problemBanner")->isVisible());
    play("wait 50\nappear\nawait subscription\nstream 30 400\nawait acknowledgement\n");
    QTRY_COMPARE(m_monitor->live()->totalCount(), 30.0);
    QTRY_VERIFY(!item("problemBanner")->isVisible());
    QCOMPARE(gaps(), QStringList()); // nothing is missed before anything came
}

void WindowScriptTest::busComesBack()
{
    begin();
    m_player.reset();
    m_bus->stop();
    QTRY_VERIFY(item("problemBanner")->isVisible());
    // What goes first, the helper or its bus, is a matter of luck.
    QTRY_VERIFY2(banner().contains(QStringLiteral("has gone away")), qPrintable(banner()));
    QCOMPARE(statusText(), QStringLiteral("Not watching"));
    QCOMPARE(bannerButton("problemBanner")->property("text").toString(), QStringLiteral("Try again"));
    QCOMPARE(m_monitor->live()->totalCount(), 20.0);
    QCOMPARE(m_monitor->live()->rows()->currentNumber(), 5.0);

    m_bus->start();
    m_helper = std::make_unique<test::FakeHelper>(m_bus->connect());
    play("appear\nawait subscription\nburst 4\nawait acknowledgement\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_monitor->controller()->isCapturing(), 10'000);
    QTRY_COMPARE(m_monitor->live()->totalCount(), 24.0);
    QTRY_VERIFY(!item("problemBanner")->isVisible());
    QCOMPARE(m_monitor->live()->rows()->currentNumber(), 5.0);
    item("eventTable")->forceActiveFocus();
    QTest::keyClick(m_window, Qt::Key_End);
    QTRY_COMPARE(gaps().size(), 1);
    QVERIFY(gaps().constFirst().startsWith(QStringLiteral("The connection was lost here")));
    // It can be paused again: whatever is asked goes over the new connection.
    click(item("pauseButton"));
    QTRY_VERIFY(item("pauseMine") != nullptr && item("pauseMine")->isVisible());
    click(item("pauseMine"));
    QTRY_COMPARE(m_helper->pauseCalls().size(), 1U);
}

void WindowScriptTest::busComesLate()
{
    m_helper.reset();
    m_bus->stop();
    open();
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QVERIFY2(banner().contains(QStringLiteral("no D-Bus")), qPrintable(banner()));
    m_bus->start();
    m_helper = std::make_unique<test::FakeHelper>(m_bus->connect());
    play("appear\n");
    click(bannerButton("problemBanner"));
    QTRY_VERIFY_WITH_TIMEOUT(m_monitor->controller()->isCapturing(), 10'000);
    QTRY_VERIFY(!item("problemBanner")->isVisible());
}

void WindowScriptTest::frozenViewStaysThroughAll()
{
    begin();
    m_monitor->live()->setFrozen(true);
    play("burst 5 3\ngarbage disorder\nawait subscription\nburst 5\nvanish\n");
    QTRY_VERIFY(m_player->isFinished());
    QTRY_COMPARE(m_monitor->controller()->statusText(), QStringLiteral("Not watching"));
    play("appear\nawait subscription\nburst 5\nawait acknowledgement\n");
    QTRY_VERIFY_WITH_TIMEOUT(m_player->isFinished(), 10'000);
    QTRY_COMPARE(m_monitor->live()->pendingCount(), 15.0); // gaps are none
    QCOMPARE(rows().size(), 20);
    m_monitor->live()->setFrozen(false);
    QTRY_COMPARE(m_monitor->live()->totalCount(), 35.0);
    QTRY_COMPARE(gaps().size(), 3);
}

QTEST_MAIN(WindowScriptTest)
#include "WindowScriptTest.moc"
