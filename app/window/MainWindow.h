// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_WINDOW_MAINWINDOW_H
#define LUNARIS_APP_WINDOW_MAINWINDOW_H

#include <QObject>
#include <QQmlApplicationEngine>

class QQuickWindow;

namespace lunaris
{

class Monitor;

/// The window over a monitor, shown as soon as it is made. To be made after the QGuiApplication
/// and before anything else of Qt Quick Controls, whose style it chooses.
class MainWindow : public QObject
{
    Q_OBJECT

public:
    /// `monitor` must outlive the window.
    explicit MainWindow(Monitor *monitor);

    /// Shows the window before all others, as far as the window system lets that be. `token` is that of
    /// XDG activation, or empty.
    void comeToFront(const QString &token = QString());

    /// Null when the QML did not load; the reason has been logged then.
    QQuickWindow *window() const { return m_window; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    Monitor *const m_monitor;
    QQmlApplicationEngine m_engine;
    QQuickWindow *m_window = nullptr;
};

} // namespace lunaris

#endif
