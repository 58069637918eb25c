// SPDX-License-Identifier: MIT
#include "dbus/Names.h"
#include "dbus/StateReason.h"
#include "tests/fakes/EndWithParent.h"
#include "tests/fakes/FakeHelper.h"
#include "tests/fakes/FakeTray.h"
#include "tests/fakes/PrivateBus.h"
#include "tests/fakes/PrivateDisplay.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <set>

using namespace lunaris;
using test::FakeTray;

/// The program's item in a tray, from the outside: the real program in a real X server, over a session bus
/// with a desktop's part played by us.
class TrayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void followsTheState();
    void pausesAndResumes_data();
    void pausesAndResumes();
    void saysHowItIs();
    void quits();
    void comesAndGoesWithTheTray();
    void livesWithoutOne();

private:
    void start();
    void startInTray();
    void quit();
    QStringList labels() const;

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<test::PrivateBus> m_bus;
    std::unique_ptr<test::PrivateDisplay> m_display;
    std::unique_ptr<test::FakeHelper> m_helper;
    std::unique_ptr<FakeTray> m_tray;
    std::unique_ptr<QProcess> m_program;
};

void TrayTest::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_bus = std::make_unique<test::PrivateBus>();
    QVERIFY2(!m_bus->address().isEmpty(), "dbus-daemon did not start; apt install dbus-daemon");
    m_display = std::make_unique<test::PrivateDisplay>();
    QVERIFY2(!m_display->name().isEmpty(), "Xvfb did not start; apt install xvfb");
    m_helper = std::make_unique<test::FakeHelper>(m_bus->connect());
    QVERIFY(m_helper->appear());
    m_tray = std::make_unique<FakeTray>(m_bus->connect());
    m_program = std::make_unique<QProcess>();
    test::endWithParent(*m_program);
}

void TrayTest::cleanup()
{
    m_program->kill();
    m_program->waitForFinished();
    m_program.reset();
    m_tray.reset();
    m_helper.reset();
    m_display.reset();
    m_bus.reset();
}

void TrayTest::start()
{
    QProcessEnvironment environment = m_display->environment();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), m_bus->address());
    environment.insert(QStringLiteral("XDG_CONFIG_HOME"), m_home->path());
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), m_home->path());
    m_program->setProcessEnvironment(environment);
    m_program->start(QStringLiteral(LUNARIS_MONITOR_PROGRAM), {QStringLiteral("--bus"), m_bus->address()});
    QTRY_COMPARE_WITH_TIMEOUT(m_helper->subscriptions(), std::size_t(1), 30'000);
}

void TrayTest::startInTray()
{
    QVERIFY(m_tray->appear());
    start();
    QTRY_COMPARE_WITH_TIMEOUT(m_tray->items().size(), 1, 30'000);
    QTRY_VERIFY(m_tray->toolTip().startsWith(QLatin1String("Watching")));
}

/// By the menu, which closes the window; the program has nothing to complain about.
void TrayTest::quit()
{
    m_tray->choose(QStringLiteral("Quit"));
    QTRY_COMPARE_WITH_TIMEOUT(m_program->state(), QProcess::NotRunning, 30'000);
    QCOMPARE(m_program->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->readAllStandardError(), QByteArray());
}

QStringList TrayTest::labels() const
{
    QStringList texts;
    for (const FakeTray::Line &line : m_tray->menu()) {
        if (!line.label.isEmpty()) {
            texts += line.label;
        }
    }
    return texts;
}

void TrayTest::followsTheState()
{
    startInTray();
    std::set<QByteArray> icons = {m_tray->icon()};
    QVERIFY(!m_tray->icon().isEmpty());

    m_helper->setPause({false, 0, true, 0, 0});
    m_helper->setState(dbus::state::paused, dbus::reason::paused);
    QTRY_VERIFY(m_tray->toolTip().startsWith(QLatin1String("Paused: Capture is paused for everyone, by ")));
    QTRY_VERIFY(!icons.contains(m_tray->icon()));
    icons.insert(m_tray->icon());

    m_helper->setPause({});
    m_helper->setState(dbus::state::unavailable, dbus::reason::kernelTooOld);
    QTRY_VERIFY(m_tray->toolTip().startsWith(QLatin1String("Not watching: ")));
    QTRY_VERIFY(!icons.contains(m_tray->icon()));
    icons.insert(m_tray->icon());

    m_helper->setState(dbus::state::running, dbus::reason::none);
    QTRY_COMPARE(m_tray->toolTip(), QStringLiteral("Watching: Files opened by your programs"));
    QTRY_VERIFY(icons.contains(m_tray->icon()));
    QCOMPARE(icons.size(), std::size_t(3));
    QCOMPARE(m_tray->property("Status").toString(), QStringLiteral("Active"));
    quit();
}

void TrayTest::pausesAndResumes_data()
{
    QTest::addColumn<QString>("line");
    QTest::addColumn<QString>("scope");
    QTest::addColumn<quint64>("seconds");
    QTest::addColumn<QString>("resume");
    const QString me = QStringLiteral("Resume for me");
    const QString everyone = QStringLiteral("Resume for everyone");
    QTest::newRow("mine, 15 minutes") << "For me: 15 minutes"
                                      << "own" << quint64(900) << me;
    QTest::newRow("mine, an hour") << "For me: 1 hour"
                                   << "own" << quint64(3600) << me;
    QTest::newRow("mine") << "For me: until I resume"
                          << "own" << quint64(0) << me;
    QTest::newRow("everyone, 15 minutes") << "For everyone: 15 minutes"
                                          << "all" << quint64(900) << everyone;
    QTest::newRow("everyone, an hour") << "For everyone: 1 hour"
                                       << "all" << quint64(3600) << everyone;
    QTest::newRow("everyone") << "For everyone: until somebody resumes"
                              << "all" << quint64(0) << everyone;
}

void TrayTest::pausesAndResumes()
{
    QFETCH(QString, line);
    QFETCH(QString, scope);
    QFETCH(quint64, seconds);
    QFETCH(QString, resume);
    startInTray();
    QVERIFY(!m_tray->offers(resume)); // nothing is paused

    QTRY_VERIFY(m_tray->offers(line));
    m_tray->choose(line);
    QTRY_COMPARE(m_helper->pauseCalls().size(), std::size_t(1));
    QCOMPARE(m_helper->pauseCalls().front(), test::FakeHelper::PauseCall({scope, seconds}));
    QTRY_VERIFY(m_tray->toolTip().startsWith(QLatin1String("Paused: ")));

    QTRY_VERIFY(m_tray->offers(resume));
    m_tray->choose(resume);
    QTRY_COMPARE(m_helper->resumeCalls(), std::vector<QString>{scope});
    QTRY_VERIFY(m_tray->toolTip().startsWith(QLatin1String("Watching: ")));
    QTRY_VERIFY(!labels().contains(resume));
}

void TrayTest::saysHowItIs()
{
    startInTray();
    const QStringList expected = {QStringLiteral("Watching"),
                                  QStringLiteral("Show the window"),
                                  QStringLiteral("Pause capture"),
                                  QStringLiteral("For me: 15 minutes"),
                                  QStringLiteral("For me: 1 hour"),
                                  QStringLiteral("For me: until I resume"),
                                  QStringLiteral("For everyone: 15 minutes"),
                                  QStringLiteral("For everyone: 1 hour"),
                                  QStringLiteral("For everyone: until somebody resumes"),
                                  QStringLiteral("Quit")};
    QTRY_COMPARE(labels(), expected);
    QVERIFY(!m_tray->offers(QStringLiteral("Watching"))); // is there to be read

    // Nothing can be paused where there is no helper.
    QVERIFY(m_tray->offers(QStringLiteral("For me: 1 hour")));
    m_helper->vanish();
    QTRY_COMPARE(labels().value(0), QStringLiteral("Not watching"));
    QTRY_VERIFY(!m_tray->offers(QStringLiteral("For me: 1 hour")));
    m_tray->activate();
    QTRY_VERIFY(m_tray->offers(QStringLiteral("Show the window")));
    m_tray->choose(QStringLiteral("Show the window"));
    quit();
}

void TrayTest::quits()
{
    startInTray();
    quit();
    QTRY_VERIFY(m_tray->items().isEmpty());
}

void TrayTest::comesAndGoesWithTheTray()
{
    start();
    QVERIFY(m_tray->items().isEmpty());
    QVERIFY(m_tray->appear(false));
    m_tray->setHost(true);
    QTRY_COMPARE(m_tray->items().size(), 1);
    QTRY_VERIFY(m_tray->toolTip().startsWith(QLatin1String("Watching")));

    // The desktop's shell is started anew.
    m_tray->vanish();
    QVERIFY(m_tray->appear());
    QTRY_COMPARE(m_tray->items().size(), 1);
    QTRY_VERIFY(m_tray->toolTip().startsWith(QLatin1String("Watching")));
    QCOMPARE(m_program->state(), QProcess::Running);
    quit();
}

void TrayTest::livesWithoutOne()
{
    start();
    m_program->terminate();
    QTRY_COMPARE_WITH_TIMEOUT(m_program->state(), QProcess::NotRunning, 30'000);
    QCOMPARE(m_program->exitCode(), 0);
    QCOMPARE(m_program->readAllStandardError(), QByteArray());
}

QTEST_GUILESS_MAIN(TrayTest)
#include "TrayTest.moc"
