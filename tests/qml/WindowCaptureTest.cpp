// SPDX-License-Identifier: MIT
#include "tests/qml/WindowFixture.h"

#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QTest>

using namespace lunaris;
using PauseCall = test::FakeHelper::PauseCall;

/// Capture as the window shows and switches it: paused, refused, unavailable, gone.
class WindowCaptureTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void captureSwitchPausesForEveryone();
    void refusedPauseIsSaidAndTheSwitchTellsTheTruth();
    void missingHelper();
    void notAuthorized();
    void unavailable();
    void helperRestart();
};

void WindowCaptureTest::captureSwitchPausesForEveryone()
{
    watch();
    QVERIFY(value("captureSwitch", "on").toBool());
    click(item("captureSwitch"));
    QTRY_VERIFY(!value("captureSwitch", "on").toBool());
    QVERIFY(m_helper->pauseCalls() == std::vector<PauseCall>({{QStringLiteral("all"), 0}}));
    QVERIFY(item("problemBanner")->isVisible());
    QCOMPARE(value("problemBanner", "text").toString(), dbus::explainReason(dbus::reason::paused));

    QQuickItem *const resume = bannerButton("problemBanner");
    QCOMPARE(resume->property("text").toString(), QStringLiteral("Resume"));
    click(resume);
    QTRY_VERIFY(value("captureSwitch", "on").toBool());
    QCOMPARE(m_helper->resumeCalls().size(), 1U);
    QVERIFY(!item("problemBanner")->isVisible());
}

void WindowCaptureTest::refusedPauseIsSaidAndTheSwitchTellsTheTruth()
{
    watch();
    m_helper->refuseCommands({QString(dbus::error::notAuthorized), QStringLiteral("An administrator may.")});
    click(item("captureSwitch"));
    QTRY_VERIFY(item("commandBanner")->isVisible());
    QCOMPARE(value("commandBanner", "text").toString(), QStringLiteral("An administrator may."));
    QVERIFY(value("captureSwitch", "on").toBool());
    QVERIFY(!item("problemBanner")->isVisible());

    QQuickItem *const dismiss = bannerButton("commandBanner");
    click(dismiss);
    QTRY_VERIFY(!item("commandBanner")->isVisible());
}

void WindowCaptureTest::missingHelper()
{
    open();
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QVERIFY(value("problemBanner", "text").toString().startsWith(QStringLiteral("The helper does not run")));
    QCOMPARE(bannerButton("problemBanner")->property("text").toString(), QStringLiteral("Try again"));
    QVERIFY(!item("captureSwitch")->isEnabled());
    QVERIFY(!value("captureSwitch", "on").toBool());

    QVERIFY(m_helper->appear());
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    QVERIFY(!item("problemBanner")->isVisible());
    QVERIFY(item("captureSwitch")->isEnabled());
}

void WindowCaptureTest::notAuthorized()
{
    m_helper->refuseSubscribe({QString(dbus::error::notAuthorized), QStringLiteral("Log in at the screen.")});
    QVERIFY(m_helper->appear());
    open();
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QCOMPARE(value("problemBanner", "text").toString(), QStringLiteral("Log in at the screen."));
    QVERIFY(!item("captureSwitch")->isEnabled());

    m_helper->refuseSubscribe({});
    QQuickItem *const again = bannerButton("problemBanner");
    QCOMPARE(again->property("text").toString(), QStringLiteral("Try again"));
    click(again);
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    QCOMPARE(m_helper->subscribeCalls().size(), 2U);
}

void WindowCaptureTest::unavailable()
{
    watch();
    m_helper->setState(dbus::state::unavailable, dbus::reason::missingTracefs);
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QCOMPARE(value("problemBanner", "text").toString(), dbus::explainReason(dbus::reason::missingTracefs));
    QVERIFY(!value("captureSwitch", "on").toBool());

    QQuickItem *const again = bannerButton("problemBanner");
    QCOMPARE(again->property("text").toString(), QStringLiteral("Try again"));
    click(again);
    QTRY_VERIFY(value("captureSwitch", "on").toBool());
    QCOMPARE(m_helper->resumeCalls().size(), 1U);
}

void WindowCaptureTest::helperRestart()
{
    watch();
    send(2);
    QTRY_COMPARE(rows().size(), 2);
    m_helper->vanish();
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QVERIFY(m_helper->appear());
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    send(2);
    QTRY_COMPARE(rows().size(), 5);
    QCOMPARE(rows().constLast()->property("number").toInt(), 5);
    // Between them a mark: what happened meanwhile is not known.
    QVERIFY(rows().at(2)->property("gap").toBool());
    QCOMPARE(m_monitor->live()->totalCount(), 4.0);
}

QTEST_MAIN(WindowCaptureTest)
#include "WindowCaptureTest.moc"
