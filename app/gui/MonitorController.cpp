// SPDX-License-Identifier: MIT
#include "app/gui/MonitorController.h"

#include "dbus/Names.h"

namespace lunaris
{

MonitorController::MonitorController(MonitorClient *client, QObject *parent)
    : QObject(parent), m_client(client)
{
    connect(client, &MonitorClient::statusChanged, this, &MonitorController::onStatus);
    connect(client, &MonitorClient::commandFailed, this, &MonitorController::setCommandError);
}

QString MonitorController::watched() const
{
    return m_client->scope() == dbus::scope::all ? tr("Files opened by everyone on this machine")
                                                 : tr("Files opened by your programs");
}

MonitorController::Condition MonitorController::condition() const
{
    switch (m_client->status()) {
    case MonitorClient::Status::Connecting:
        return Condition::Connecting;
    case MonitorClient::Status::Watching:
        return Condition::Watching;
    case MonitorClient::Status::Paused:
        return Condition::Paused;
    default:
        return Condition::Trouble;
    }
}

QString MonitorController::statusText() const
{
    switch (condition()) {
    case Condition::Connecting:
        return tr("Connecting…");
    case Condition::Watching:
        return tr("Watching");
    case Condition::Paused:
        return tr("Paused");
    case Condition::Trouble:
        break;
    }
    return tr("Not watching");
}

MonitorController::Remedy MonitorController::remedy() const
{
    switch (m_client->status()) {
    case MonitorClient::Status::Paused:
        return Remedy::Resume;
    case MonitorClient::Status::Unavailable:
    case MonitorClient::Status::NotAuthorized:
    case MonitorClient::Status::HelperMissing:
    case MonitorClient::Status::Refused:
        return Remedy::TryAgain;
    default:
        return Remedy::Nothing;
    }
}

void MonitorController::remedyProblem()
{
    if (isCaptureSwitchable()) {
        requestCapture(true);
    } else {
        m_client->retry();
    }
}

void MonitorController::requestCapture(bool capture)
{
    dismissCommandError();
    if (capture) {
        m_client->resume();
    } else {
        m_client->pause(0);
    }
}

void MonitorController::dismissCommandError()
{
    setCommandError(QString());
}

void MonitorController::setCommandError(const QString &sentence)
{
    if (sentence != m_commandError) {
        m_commandError = sentence;
        Q_EMIT commandErrorChanged();
    }
}

void MonitorController::onStatus()
{
    dismissCommandError();
    Q_EMIT statusChanged();
}

} // namespace lunaris
