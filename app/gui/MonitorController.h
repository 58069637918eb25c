// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_MONITORCONTROLLER_H
#define LUNARIS_APP_GUI_MONITORCONTROLLER_H

#include "app/client/MonitorClient.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class CapturePause;

/// How the watch goes, what is wrong with it and what to do about it.
class MonitorController : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    /// What the state of the watch means to the eye.
    enum class Condition { Connecting, Watching, Paused, Trouble };
    Q_ENUM(Condition)

    /// What a person can do about problem().
    enum class Remedy { Nothing, TryAgain, Authorize, Resume };
    Q_ENUM(Remedy)

    /// Both must outlive it.
    MonitorController(MonitorClient *client, CapturePause *pause, QObject *parent = nullptr);

    Q_PROPERTY(QString watched READ watched NOTIFY statusChanged)
    /// Whose activity this is.
    QString watched() const;

    Q_PROPERTY(lunaris::MonitorController::Condition condition READ condition NOTIFY statusChanged)
    Condition condition() const;

    Q_PROPERTY(QString statusText READ statusText NOTIFY statusChanged)
    /// One or two words.
    QString statusText() const;

    Q_PROPERTY(QString problem READ problem NOTIFY statusChanged)
    /// What is wrong and what to do about it; empty while all is well.
    QString problem() const;

    Q_PROPERTY(lunaris::MonitorController::Remedy remedy READ remedy NOTIFY statusChanged)
    Remedy remedy() const;

    /// Does what remedy() says.
    Q_INVOKABLE void remedyProblem();

    Q_PROPERTY(bool capturing READ isCapturing NOTIFY statusChanged)
    /// Whether the helper captures anything: what it says, never what was asked of it.
    bool isCapturing() const { return m_client->status() == MonitorClient::Status::Watching; }

    Q_PROPERTY(QString emptyTitle READ emptyTitle NOTIFY statusChanged)
    Q_PROPERTY(QString emptyText READ emptyText NOTIFY statusChanged)
    /// What a page without events says instead: what it waits for, and what would bring some.
    QString emptyTitle() const;
    QString emptyText() const;

    Q_PROPERTY(QString commandError READ commandError NOTIFY commandErrorChanged)
    /// Why what was asked of the helper last was refused; empty when it was not, or was dismissed.
    QString commandError() const { return m_commandError; }
    Q_INVOKABLE void dismissCommandError();

Q_SIGNALS:
    void statusChanged();
    void commandErrorChanged();

private:
    void onStatus();
    void setCommandError(const QString &sentence);

    MonitorClient *const m_client;
    CapturePause *const m_pause;
    QString m_commandError;
};

} // namespace lunaris

#endif
