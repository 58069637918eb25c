// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_TRAYHOST_H
#define LUNARIS_APP_GUI_TRAYHOST_H

#include <QDBusConnection>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// Whether there is a tray that would show an item of ours: the desktop's StatusNotifierWatcher is on the
/// session bus and has somebody who shows items. It may come and go with the desktop's shell.
///
/// Only then may a SystemTrayIcon be made: without a tray of the platform's own Qt falls back to widgets,
/// which a QGuiApplication does not have; and it asks for the tray once, and remembers the answer for ever.
class TrayHost : public QObject
{
    Q_OBJECT
    QML_ELEMENT

public:
    explicit TrayHost(QObject *parent = nullptr);
    explicit TrayHost(const QDBusConnection &session, QObject *parent = nullptr);

    Q_PROPERTY(bool available READ isAvailable NOTIFY availableChanged)
    bool isAvailable() const { return m_available; }

Q_SIGNALS:
    void availableChanged();

private Q_SLOTS:
    void ask();

private:
    void setAvailable(bool available);

    QDBusConnection m_session;
    quint64 m_question = 0; // an answer to an earlier one does not count
    bool m_available = false;
};

} // namespace lunaris

#endif
