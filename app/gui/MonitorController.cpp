// SPDX-License-Identifier: MIT
#include "app/gui/MonitorController.h"

#include "app/gui/CapturePause.h"
#include "dbus/Names.h"

namespace lunaris
{

MonitorController::MonitorController(MonitorClient *client, CapturePause *pause, QObject *parent)
    : QObject(parent), m_client(client), m_pause(pause)
{
    connect(pause, &CapturePause::changed, this, &MonitorController::statusChanged);
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
        // Of a watch over one's own activity nothing is left.
        return m_pause->isMine() && m_client->scope() == dbus::scope::own ? Condition::Paused
                                                                          : Condition::Watching;
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

QString MonitorController::problem() const
{
    return m_pause->isOn() ? m_pause->explanation() : m_client->problem();
}

MonitorController::Remedy MonitorController::remedy() const
{
    if (m_pause->isOn()) {
        return Remedy::Resume;
    }
    switch (m_client->status()) {
    case MonitorClient::Status::NotAuthorized:
        return Remedy::Authorize;
    case MonitorClient::Status::Watching: // where something is wrong all the same
        return problem().isEmpty() ? Remedy::Nothing : Remedy::TryAgain;
    case MonitorClient::Status::NoBus:
        return m_client->returnsToBus() ? Remedy::TryAgain : Remedy::Nothing;
    case MonitorClient::Status::Unavailable:
    case MonitorClient::Status::HelperMissing:
    case MonitorClient::Status::Refused:
        return Remedy::TryAgain;
    default:
        return Remedy::Nothing;
    }
}

void MonitorController::remedyProblem()
{
    dismissCommandError();
    if (m_pause->isOn()) {
        m_pause->resume();
    } else if (m_client->isSubscribed()) {
        m_client->resume(); // also what makes the helper attach its programs once more
    } else {
        m_client->retry();
    }
}

QString MonitorController::emptyTitle() const
{
    switch (condition()) {
    case Condition::Connecting:
        return tr("Asking the helper");
    case Condition::Watching:
        return tr("Waiting for the first event");
    case Condition::Paused:
        return tr("Capture is paused");
    case Condition::Trouble:
        break;
    }
    return tr("Nothing to show");
}

QString MonitorController::emptyText() const
{
    switch (condition()) {
    case Condition::Connecting:
        return tr("It may ask for a password first.");
    case Condition::Watching:
        return tr("Open a file anywhere, and it appears here.");
    case Condition::Paused:
        return tr("Events appear here as soon as it is resumed.");
    case Condition::Trouble:
        break;
    }
    return tr("Events appear here as soon as they are captured; above is said what is in the way.");
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
