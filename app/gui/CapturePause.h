// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_CAPTUREPAUSE_H
#define LUNARIS_APP_GUI_CAPTUREPAUSE_H

#include "app/models/UserNames.h"
#include "dbus/PauseStatus.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class MonitorClient;

/// The two pauses of capture: of what the user's own programs do, and of everybody's. It shows what
/// the helper says, never what was asked of it; a refusal comes as MonitorClient::commandFailed().
class CapturePause : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    enum class Whose { Mine, Everyones };
    Q_ENUM(Whose)

    /// `client` must outlive it.
    explicit CapturePause(MonitorClient *client, QObject *parent = nullptr);

    Q_PROPERTY(bool possible READ isPossible NOTIFY changed)
    /// Whether there is a helper to ask.
    bool isPossible() const;

    Q_PROPERTY(bool mine READ isMine NOTIFY changed)
    Q_PROPERTY(bool everyones READ isEveryones NOTIFY changed)
    Q_PROPERTY(bool on READ isOn NOTIFY changed)
    bool isMine() const { return m_status.own; }
    bool isEveryones() const;
    bool isOn() const { return isMine() || isEveryones(); }

    Q_PROPERTY(QString explanation READ explanation NOTIFY changed)
    /// What is paused, by whom and until when; empty when nothing is.
    QString explanation() const;

    Q_PROPERTY(QString countdown READ countdown NOTIFY ticked)
    /// How long the pause that counts still lasts, as "14:59"; empty when it does not end by itself.
    QString countdown() const;

    /// Seconds 0 is until it is resumed. The helper may ask for a password first.
    Q_INVOKABLE void pause(lunaris::CapturePause::Whose whose, int seconds);
    Q_INVOKABLE void resume(lunaris::CapturePause::Whose whose);

    /// Ends the pause that counts: everybody's, then one's own.
    Q_INVOKABLE void resume();

Q_SIGNALS:
    void changed();
    void ticked();

private:
    quint64 until() const { return isEveryones() ? m_status.allUntil : m_status.ownUntil; }
    void ask();
    void setStatus(const PauseStatus &status);
    void tick();

    MonitorClient *const m_client;
    const UserNames m_users;
    QTimer m_timer;
    PauseStatus m_status;
};

} // namespace lunaris

#endif
