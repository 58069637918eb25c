// SPDX-License-Identifier: MIT
//
// The whole way, from a program that opens a file to a person's eyes: the real window in an X server with a
// window manager, over the real helper and kernel. All that is done to it is done with keys, and what it
// shows is what it copies to the clipboard.
#include "tests/fakes/PrivateDisplay.h"
#include "tests/integration/TestSystem.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <memory>
#include <optional>
#include <unistd.h>

namespace
{

const QString home = QStringLiteral("/home/alex");
constexpr int patience = 30'000;

} // namespace

class RealWindowTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void showsWhatIsOpenedUntilItIsClosed();

private:
    std::unique_ptr<QProcess> inSession(const QString &path, const QStringList &arguments);
    std::optional<QString> xdotool(const QStringList &arguments);
    void key(const char *keys);
    void type(const QString &text);
    QString firstWindow();
    void open(const QString &file);
    /// The path in the first row of the table, or in the row so many below it.
    QString shownPath(int below = 0);
    QByteArray pauses() const;
    static std::optional<quint64> subscriptions();

    lunaris::test::PrivateDisplay m_display;
    std::unique_ptr<QProcess> m_helper;
    std::unique_ptr<QProcess> m_manager;
    std::unique_ptr<QProcess> m_window;
    const TestUser m_alex = TestUser::named("alex");
};

void RealWindowTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    QVERIFY2(!m_display.name().isEmpty(), "Xvfb did not start; apt install xvfb");
    for (const char *name : {"/one.letter", "/two.letter", "/three.letter", "/four.letter"}) {
        QFile file(home + QLatin1String(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.setPermissions(QFile::ReadOwner | QFile::ReadOther);
    }
    const QString runtime = home + QStringLiteral("/.run");
    QVERIFY(QDir().mkpath(runtime));
    QVERIFY(QFile::setPermissions(runtime, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
    QCOMPARE(chown(qPrintable(runtime), m_alex.uid, m_alex.gid), 0);
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
    m_manager = inSession(QStringLiteral("openbox"), {QStringLiteral("--sm-disable")});
    m_manager->start();
    QVERIFY2(m_manager->waitForStarted(), "openbox did not start; apt install openbox");
    m_window = inSession(QStringLiteral(MONITOR_PROGRAM), {});
}

void RealWindowTest::cleanupTestCase()
{
    for (QProcess *const process : {m_window.get(), m_manager.get(), m_helper.get()}) {
        if (process != nullptr) {
            TestSystem::stop(*process);
        }
    }
}

/// As alex, whose display this is.
std::unique_ptr<QProcess> RealWindowTest::inSession(const QString &path, const QStringList &arguments)
{
    auto process = TestSystem::program(path, arguments, m_alex);
    QProcessEnvironment environment = m_display.environment();
    environment.insert(QStringLiteral("HOME"), home);
    environment.insert(QStringLiteral("XDG_RUNTIME_DIR"), home + QStringLiteral("/.run"));
    environment.remove(QStringLiteral("XDG_CONFIG_HOME"));
    environment.remove(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"));
    process->setProcessEnvironment(environment);
    return process;
}

/// What it prints; nothing where it has failed.
std::optional<QString> RealWindowTest::xdotool(const QStringList &arguments)
{
    auto process = inSession(QStringLiteral("xdotool"), arguments);
    process->start();
    const bool done = process->waitForFinished() && process->exitCode() == 0;
    return done ? std::optional(QString::fromUtf8(process->readAllStandardOutput()).trimmed()) : std::nullopt;
}

void RealWindowTest::key(const char *keys)
{
    QVERIFY2(xdotool({QStringLiteral("key"), QString::fromLatin1(keys)}),
             "xdotool did not run; apt install xdotool");
}

void RealWindowTest::type(const QString &text)
{
    QVERIFY(xdotool({QStringLiteral("type"), text}));
}

/// The title of the window that has the keyboard.
QString RealWindowTest::firstWindow()
{
    return xdotool({QStringLiteral("getactivewindow"), QStringLiteral("getwindowname")}).value_or(QString());
}

void RealWindowTest::open(const QString &file)
{
    QCOMPARE(TestSystem::run(QStringLiteral("/bin/cat"), {home + file}, m_alex).status, 0);
}

QString RealWindowTest::shownPath(int below)
{
    const auto clipboard = [this](const QString &direction, const QByteArray &text) {
        auto xclip = inSession(QStringLiteral("xclip"),
                               {QStringLiteral("-selection"), QStringLiteral("clipboard"), direction});
        xclip->setStandardOutputFile(direction == QLatin1String("-i") ? QProcess::nullDevice() : QString());
        xclip->start();
        xclip->write(text);
        xclip->closeWriteChannel();
        xclip->waitForFinished();
        return QString::fromUtf8(xclip->readAllStandardOutput());
    };
    clipboard(QStringLiteral("-i"), "nothing was copied");
    key("Home");
    for (int row = 0; row < below; ++row) {
        key("Down");
    }
    key("ctrl+c");
    return clipboard(QStringLiteral("-o"), {});
}

QByteArray RealWindowTest::pauses() const
{
    return TestSystem::call(m_alex, QStringLiteral("GetPause")).out;
}

std::optional<quint64> RealWindowTest::subscriptions()
{
    // The first value of a map stands behind its type.
    static const QRegularExpression number(QStringLiteral("'subscriptions': (?:uint64 )?(\\d+)"));
    const QByteArray out = TestSystem::call({}, QStringLiteral("GetStatistics")).out;
    const auto match = number.match(QString::fromUtf8(out));
    return match.hasMatch() ? std::optional(match.captured(1).toULongLong()) : std::nullopt;
}

void RealWindowTest::showsWhatIsOpenedUntilItIsClosed()
{
    m_window->start();
    QTRY_VERIFY_WITH_TIMEOUT(subscriptions() == 1U, patience);
    QTRY_COMPARE_WITH_TIMEOUT(firstWindow(), QStringLiteral("Lunaris Kernel Monitor"), patience);

    open(QStringLiteral("/one.letter"));
    open(QStringLiteral("/two.letter"));
    // Typing anywhere is typing a filter; Return puts it in force, and the keyboard back onto the table.
    type(QStringLiteral("ext == letter"));
    key("Return");
    QTRY_COMPARE_WITH_TIMEOUT(shownPath(), home + QStringLiteral("/one.letter"), patience);
    QTRY_COMPARE_WITH_TIMEOUT(shownPath(1), home + QStringLiteral("/two.letter"), patience);
    key("ctrl+f");
    type(QStringLiteral(" and name startswith two"));
    key("Return");
    QTRY_COMPARE_WITH_TIMEOUT(shownPath(), home + QStringLiteral("/two.letter"), patience);

    // The first line of the menu is: for me, 15 minutes.
    key("ctrl+e");
    key("Return");
    QTRY_VERIFY_WITH_TIMEOUT(pauses().startsWith("(true, "), patience);
    open(QStringLiteral("/three.letter"));
    key("ctrl+e");
    key("Return");
    QTRY_VERIFY_WITH_TIMEOUT(pauses().startsWith("(false, "), patience);
    open(QStringLiteral("/four.letter"));
    key("ctrl+f");
    key("ctrl+a");
    type(QStringLiteral("ext == letter"));
    key("Return");
    QTRY_COMPARE_WITH_TIMEOUT(shownPath(2), home + QStringLiteral("/four.letter"), patience);
    QCOMPARE(shownPath(1), home + QStringLiteral("/two.letter"));

    // The window manager's own key, by which it asks the window to close.
    key("alt+F4");
    QTRY_COMPARE_WITH_TIMEOUT(m_window->state(), QProcess::NotRunning, patience);
    QCOMPARE(m_window->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_window->exitCode(), 0);
    QCOMPARE(m_window->readAllStandardError(), QByteArray());
    QTRY_VERIFY_WITH_TIMEOUT(subscriptions() == 0U, patience);
}

QTEST_GUILESS_MAIN(RealWindowTest)
#include "RealWindowTest.moc"
