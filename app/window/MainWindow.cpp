// SPDX-License-Identifier: MIT
#include "app/window/MainWindow.h"

#include "app/gui/Monitor.h"
#include "app/window/ApplicationIcons.h"

#include <QEvent>
#include <QGuiApplication>
#include <QQuickStyle>
#include <QQuickWindow>
#include <QScreen>
#include <QtPlugin>

// The QML modules are static; their registration would be left out by the linker otherwise.
Q_IMPORT_PLUGIN(org_lunaris_KernelMonitorPlugin)
Q_IMPORT_PLUGIN(org_lunaris_KernelMonitor_GuiPlugin)

namespace lunaris
{

MainWindow::MainWindow(Monitor *monitor) : m_monitor(monitor)
{
    // The style cannot be set any more once a window has been there.
    const QString style = QStringLiteral("Basic");
    if (QQuickStyle::name() != style) {
        QQuickStyle::setStyle(style);
    }
    m_engine.addImageProvider(QStringLiteral("application"), new ApplicationIcons); // owns it
    QVariantMap initial = {{QStringLiteral("monitor"), QVariant::fromValue(monitor)}};
    const QRect place = monitor->settings()->windowPlace();
    // Where there is no such screen any more the window system finds a place.
    if (place.isValid() && QGuiApplication::screenAt(place.center()) != nullptr) {
        initial.insert({{QStringLiteral("x"), place.x()},
                        {QStringLiteral("y"), place.y()},
                        {QStringLiteral("width"), place.width()},
                        {QStringLiteral("height"), place.height()}});
    }
    if (monitor->settings()->isWindowMaximized()) {
        initial.insert(QStringLiteral("visibility"), QWindow::Maximized);
    }
    m_engine.setInitialProperties(initial);
    m_engine.load(QUrl(QStringLiteral("qrc:/qt-project.org/imports/org/lunaris/KernelMonitor/Main.qml")));
    if (!m_engine.rootObjects().isEmpty()) {
        m_window = qobject_cast<QQuickWindow *>(m_engine.rootObjects().constFirst());
    }
    if (m_window != nullptr) {
        m_window->installEventFilter(this);
        m_monitor->setActive(m_window->isExposed());
    }
}

void MainWindow::comeToFront(const QString &token)
{
    if (!token.isEmpty()) {
        qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8()); // where Qt looks for it
    }
    QMetaObject::invokeMethod(m_window, "comeToFront");
}

bool MainWindow::eventFilter(QObject *watched, QEvent *event)
{
    // Minimized, on another desktop or wholly covered: what the window system calls not exposed.
    if (watched == m_window && event->type() == QEvent::Expose) {
        m_monitor->setActive(m_window->isExposed());
    }
    if (watched == m_window && event->type() == QEvent::Close) {
        const bool maximized = m_window->visibility() == QWindow::Maximized;
        m_monitor->settings()->setWindow(
            maximized ? m_monitor->settings()->windowPlace() : m_window->geometry(), maximized);
    }
    return QObject::eventFilter(watched, event);
}

} // namespace lunaris
