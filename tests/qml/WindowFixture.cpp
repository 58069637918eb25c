// SPDX-License-Identifier: MIT
#include "tests/qml/WindowFixture.h"

#include "dbus/Names.h"
#include "tests/qml/FindItem.h"

#include <QRegularExpression>
#include <QSettings>
#include <QSignalSpy>
#include <QTest>
#include <variant>

namespace lunaris::test
{

void WindowFixture::init()
{
    // A person's own settings are none of a test's business, nor are another test's.
    m_settings = std::make_unique<QTemporaryDir>();
    QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_settings->path());
    qputenv("XDG_CONFIG_HOME", m_settings->path().toLocal8Bit()); // nor is the desktop's look
    QTest::failOnWarning(QRegularExpression(QStringLiteral("qrc:|QML|Qml")));
    m_bus = std::make_unique<PrivateBus>();
    QVERIFY2(!m_bus->address().isEmpty(), "dbus-daemon did not start; apt install dbus-daemon");
    m_helper = std::make_unique<FakeHelper>(m_bus->connect());
}

void WindowFixture::cleanup()
{
    m_scope.clear();
    m_window = nullptr;
    m_main.reset();
    m_monitor.reset();
    m_player.reset();
    m_helper.reset();
    m_bus.reset();
}

void WindowFixture::open()
{
    m_monitor = std::make_unique<Monitor>(m_bus->address(), m_scope);
    prepare();
    m_main = std::make_unique<MainWindow>(m_monitor.get());
    m_window = m_main->window();
    QVERIFY(m_window != nullptr);
    m_window->requestActivate();
    QVERIFY(QTest::qWaitForWindowExposed(m_window));
    m_monitor->start();
}

void WindowFixture::watch()
{
    QVERIFY(m_helper->appear());
    open();
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
}

void WindowFixture::play(const char *script)
{
    const auto parsed = Script::parse(QString::fromUtf8(script));
    const auto *const complaint = std::get_if<QString>(&parsed);
    QVERIFY2(complaint == nullptr, complaint == nullptr ? "" : qPrintable(*complaint));
    m_player = std::make_unique<ScriptPlayer>(m_helper.get(), std::get<Script>(parsed));
    m_player->play();
}

QQuickItem *WindowFixture::item(const char *name) const
{
    return findItem(m_window->contentItem(), QLatin1String(name));
}

QQuickItem *WindowFixture::bannerButton(const char *banner) const
{
    return findItem(item(banner), QLatin1String("bannerButton"));
}

QList<QQuickItem *> WindowFixture::rows() const
{
    QList<QQuickItem *> found;
    const QList<QQuickItem *> children = item("eventRows")->parentItem()->childItems();
    for (QQuickItem *child : children) {
        if (child->isVisible() && child->property("fileName").isValid()) {
            found.append(child);
        }
    }
    return found;
}

void WindowFixture::awaitFrame() const
{
    const QSignalSpy frames(m_window, &QQuickWindow::frameSwapped);
    m_window->update();
    QTRY_VERIFY(!frames.isEmpty());
}

void WindowFixture::type(const QString &text) const
{
    for (const QChar character : text) {
        QTest::keyClick(m_window, character.toLatin1());
    }
}

void WindowFixture::click(QQuickItem *target) const
{
    QTRY_VERIFY(target->isVisible() && target->width() > 0);
    awaitFrame(); // what stands where is settled before
    const QPointF center = target->mapToScene({target->width() / 2, target->height() / 2});
    QTest::mouseClick(m_window, Qt::LeftButton, {}, center.toPoint());
}

} // namespace lunaris::test
