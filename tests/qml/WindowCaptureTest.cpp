// SPDX-License-Identifier: MIT
#include "tests/qml/WindowFixture.h"

#include "app/gui/Announcement.h"
#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QAccessible>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace lunaris;
using PauseCall = test::FakeHelper::PauseCall;

/// Capture as the window shows and switches it: paused, refused, unavailable, gone.
class WindowCaptureTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup();

    void pauseByMouse_data();
    void pauseByMouse();
    void pauseByKeyboard();
    void pauseEndsByItself();
    void saysWhoPaused();
    void refusedPauseIsSaidAndNothingElseChanges();
    void helperNotInstalled();
    void helperThatDoesNotStart();
    void notAuthorized();
    void authorizationRevoked();
    void unavailable_data();
    void unavailable();
    void degraded();
    void helperRestart();
    void busGone();
    void changesAreAnnounced();

private:
    void openMenu() const
    {
        click(item("pauseButton"));
        const auto *menu = m_window->findChild<QObject *>(QStringLiteral("pauseMenu"));
        QTRY_VERIFY(menu->property("opened").toBool());
    }
    QString banner() const { return value("problemBanner", "text").toString(); }
    QString bannerButtonText() const { return bannerButton("problemBanner")->property("text").toString(); }
};

void WindowCaptureTest::cleanup()
{
    qunsetenv("XDG_DATA_HOME");
    WindowFixture::cleanup();
}

void WindowCaptureTest::pauseByMouse_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<quint64>("seconds");
    QTest::newRow("mine, 15 minutes") << QByteArray("pauseMineQuarter") << "own" << quint64(900);
    QTest::newRow("mine, an hour") << QByteArray("pauseMineHour") << "own" << quint64(3600);
    QTest::newRow("mine") << QByteArray("pauseMine") << "own" << quint64(0);
    QTest::newRow("everyone, 15 minutes") << QByteArray("pauseEveryoneQuarter") << "all" << quint64(900);
    QTest::newRow("everyone, an hour") << QByteArray("pauseEveryoneHour") << "all" << quint64(3600);
    QTest::newRow("everyone") << QByteArray("pauseEveryone") << "all" << quint64(0);
}

void WindowCaptureTest::pauseByMouse()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, scope);
    QFETCH(quint64, seconds);
    watch();
    QCOMPARE(value("pauseButton", "text").toString(), QStringLiteral("Pause capture"));
    openMenu();
    QVERIFY(!item("resumeMine") || !item("resumeMine")->isVisible());
    click(item(line));
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QCOMPARE(m_helper->pauseCalls().size(), 1U);
    QCOMPARE(m_helper->pauseCalls().front().scope, scope);
    QCOMPARE(m_helper->pauseCalls().front().seconds, seconds);
    QTRY_VERIFY2(banner().contains(QStringLiteral("until")), qPrintable(banner()));
    QCOMPARE(banner().contains(QStringLiteral("for everyone, by you")), scope == dbus::scope::all);
    QCOMPARE(value("statusText", "text").toString(), QStringLiteral("Paused"));
    const QString clock = seconds == 3600 ? QStringLiteral("59:") : QStringLiteral("14:");
    const QString text = value("pauseButton", "text").toString();
    QVERIFY2(seconds == 0 ? text == QStringLiteral("Paused")
                          : text.startsWith(QStringLiteral("Paused · ")) &&
                                (text.contains(clock) || text.endsWith(QStringLiteral(":00"))),
             qPrintable(text));

    QCOMPARE(bannerButtonText(), QStringLiteral("Resume"));
    click(bannerButton("problemBanner"));
    QTRY_VERIFY(!item("problemBanner")->isVisible());
    QVERIFY(m_helper->resumeCalls() == std::vector<QString>({scope}));
    QCOMPARE(value("statusText", "text").toString(), QStringLiteral("Watching"));
    QCOMPARE(value("pauseButton", "text").toString(), QStringLiteral("Pause capture"));
}

void WindowCaptureTest::pauseByKeyboard()
{
    watch();
    QTest::keyClick(m_window, Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(item("pauseMineQuarter") != nullptr &&
                item("pauseMineQuarter")->property("highlighted").toBool());
    QTest::keyClick(m_window, Qt::Key_Down);
    QTest::keyClick(m_window, Qt::Key_Return);
    QTRY_VERIFY(m_helper->pauseCalls() == std::vector<PauseCall>({{QStringLiteral("own"), 3600}}));
    QTRY_VERIFY(item("problemBanner")->isVisible());

    QTest::keyClick(m_window, Qt::Key_E, Qt::ControlModifier);
    QTRY_VERIFY(item("resumeMine") != nullptr && item("resumeMine")->property("highlighted").toBool());
    QTest::keyClick(m_window, Qt::Key_Return);
    QTRY_VERIFY(m_helper->resumeCalls() == std::vector<QString>({QStringLiteral("own")}));
    QTRY_VERIFY(!item("problemBanner")->isVisible());
}

void WindowCaptureTest::pauseEndsByItself()
{
    const auto now = static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) * 1000;
    m_helper->setPause({true, now + 2'000'000});
    watch();
    QTRY_VERIFY(m_monitor->pause()->isMine());
    QVERIFY(value("pauseButton", "text").toString().startsWith(QStringLiteral("Paused · 00:0")));
    m_helper->setPause({});
    QTRY_VERIFY(!m_monitor->pause()->isOn());
    QVERIFY(static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) * 1000 >= now + 2'000'000);
    QVERIFY(!item("problemBanner")->isVisible());
}

void WindowCaptureTest::saysWhoPaused()
{
    watch();
    m_helper->setPause({false, 0, true, 0, 4'000'000'001});
    m_helper->setState(dbus::state::paused, dbus::reason::paused);
    QTRY_VERIFY2(banner().contains(QStringLiteral("by 4000000001")), qPrintable(banner()));
    QVERIFY(banner().contains(QStringLiteral("somebody resumes")));
}

void WindowCaptureTest::refusedPauseIsSaidAndNothingElseChanges()
{
    watch();
    m_helper->refuseCommands({QString(dbus::error::notAuthorized), QStringLiteral("An administrator may.")});
    openMenu();
    click(item("pauseEveryone"));
    QTRY_VERIFY(item("commandBanner")->isVisible());
    QCOMPARE(value("commandBanner", "text").toString(), QStringLiteral("An administrator may."));
    QCOMPARE(value("pauseButton", "text").toString(), QStringLiteral("Pause capture"));
    QVERIFY(!item("problemBanner")->isVisible());

    QQuickItem *const dismiss = bannerButton("commandBanner");
    click(dismiss);
    QTRY_VERIFY(!item("commandBanner")->isVisible());
}

void WindowCaptureTest::helperNotInstalled()
{
    open();
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QVERIFY2(banner().contains(QStringLiteral("not installed")), qPrintable(banner()));
    QCOMPARE(bannerButtonText(), QStringLiteral("Try again"));
    QVERIFY(!item("pauseButton")->isEnabled());
    QCOMPARE(value("eventTable", "emptyTitle").toString(), QStringLiteral("Nothing to show"));

    QVERIFY(m_helper->appear());
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    QVERIFY(!item("problemBanner")->isVisible());
    QVERIFY(item("pauseButton")->isEnabled());
    QCOMPARE(value("eventTable", "emptyTitle").toString(), QStringLiteral("Waiting for the first event"));
}

void WindowCaptureTest::helperThatDoesNotStart()
{
    const QTemporaryDir data;
    QVERIFY(QDir(data.path()).mkpath(QStringLiteral("dbus-1/services")));
    QFile service(data.filePath(QStringLiteral("dbus-1/services/helper.service")));
    QVERIFY(service.open(QIODevice::WriteOnly));
    service.write("[D-BUS Service]\nName=org.lunaris.KernelMonitor1\nExec=/bin/false\n");
    service.close();
    qputenv("XDG_DATA_HOME", data.path().toLocal8Bit());
    m_helper.reset();
    m_bus = std::make_unique<test::PrivateBus>();
    open();
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QVERIFY2(banner().contains(QStringLiteral("could not be started")), qPrintable(banner()));
    QVERIFY(banner().contains(QStringLiteral("journalctl")));
}

void WindowCaptureTest::notAuthorized()
{
    m_helper->refuseSubscribe({QString(dbus::error::notAuthorized), QStringLiteral("Log in at the screen.")});
    QVERIFY(m_helper->appear());
    open();
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QCOMPARE(banner(), QStringLiteral("Log in at the screen."));
    QVERIFY(!item("pauseButton")->isEnabled());

    m_helper->refuseSubscribe({});
    QCOMPARE(bannerButtonText(), QStringLiteral("Authorize…"));
    click(bannerButton("problemBanner"));
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    QCOMPARE(m_helper->subscribeCalls().size(), 2U);
}

void WindowCaptureTest::authorizationRevoked()
{
    watch();
    send(3);
    QTRY_COMPARE(rows().size(), 3);
    m_helper->endSubscriptions(dbus::ended::notAuthorized);
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QVERIFY(banner().startsWith(QStringLiteral("You may not watch this any more")));
    QCOMPARE(bannerButtonText(), QStringLiteral("Authorize…"));
    QCOMPARE(m_monitor->live()->totalCount(), 3.0);
}

void WindowCaptureTest::unavailable_data()
{
    QTest::addColumn<QString>("reason");
    for (const QLatin1String reason :
         {dbus::reason::starting, dbus::reason::kernelTooOld, dbus::reason::missingBtf,
          dbus::reason::missingTracefs, dbus::reason::missingCapability, dbus::reason::lockedDown,
          dbus::reason::programRejected, QLatin1String("FromALaterVersion")}) {
        QTest::newRow(reason.data()) << QString(reason);
    }
}

void WindowCaptureTest::unavailable()
{
    QFETCH(QString, reason);
    watch();
    m_helper->setState(dbus::state::unavailable, reason);
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QCOMPARE(banner(), dbus::explainReason(reason));
    QCOMPARE(value("statusText", "text").toString(), QStringLiteral("Not watching"));

    QCOMPARE(bannerButtonText(), QStringLiteral("Try again"));
    click(bannerButton("problemBanner"));
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    QCOMPARE(m_helper->resumeCalls().size(), 1U);
}

void WindowCaptureTest::degraded()
{
    watch();
    m_helper->setState(dbus::state::degraded, dbus::reason::typesMissing);
    QTRY_COMPARE(banner(), dbus::explainReason(dbus::reason::typesMissing));
    QCOMPARE(value("statusText", "text").toString(), QStringLiteral("Watching"));
    QCOMPARE(bannerButtonText(), QStringLiteral("Try again"));

    m_helper->setState(dbus::state::paused, dbus::reason::stateNotSaved);
    QTRY_VERIFY(banner().endsWith(dbus::explainReason(dbus::reason::stateNotSaved)));
    QCOMPARE(bannerButtonText(), QStringLiteral("Resume"));
    m_helper->setState(dbus::state::running, dbus::reason::none);
    QTRY_VERIFY(!item("problemBanner")->isVisible());
}

void WindowCaptureTest::helperRestart()
{
    watch();
    send(2);
    QTRY_COMPARE(rows().size(), 2);
    m_helper->vanish();
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QCOMPARE(m_monitor->live()->totalCount(), 2.0);
    QVERIFY(m_helper->appear());
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    send(2);
    QTRY_COMPARE(rows().size(), 5);
    QCOMPARE(rows().constLast()->property("number").toInt(), 5);
    // Between them a mark: what happened meanwhile is not known.
    QVERIFY(rows().at(2)->property("gap").toBool());
    QCOMPARE(m_monitor->live()->totalCount(), 4.0);
}

void WindowCaptureTest::busGone()
{
    watch();
    send(2);
    QTRY_COMPARE(rows().size(), 2);
    m_helper.reset();
    m_bus.reset();
    QTRY_VERIFY(banner().contains(QStringLiteral("has gone away")));
    QCOMPARE(m_monitor->live()->totalCount(), 2.0);
    QVERIFY(!item("pauseButton")->isEnabled());
}

void WindowCaptureTest::changesAreAnnounced()
{
    watch();
    QCoreApplication::sendPostedEvents(); // that it watches now has been said
    const QSignalSpy banners(item("problemBanner")->findChild<Announcement *>(), &Announcement::announced);
    const QSignalSpy states(item("statusText")->findChild<Announcement *>(), &Announcement::announced);
    m_helper->setState(dbus::state::unavailable, dbus::reason::lockedDown);
    QTRY_COMPARE(banners.size(), 1);
    QCOMPARE(states.size(), 1);
    QCOMPARE(QAccessible::queryAccessibleInterface(item("problemBanner"))->role(), QAccessible::AlertMessage);
    QCOMPARE(QAccessible::queryAccessibleInterface(item("problemBanner"))->text(QAccessible::Name), banner());
}

QTEST_MAIN(WindowCaptureTest)
#include "WindowCaptureTest.moc"
