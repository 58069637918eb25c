// SPDX-License-Identifier: MIT
#include "app/gui/CapturePause.h"

#include "app/client/MonitorClient.h"
#include "app/format/DisplayText.h"
#include "dbus/StateReason.h"

#include <QDateTime>
#include <QLocale>
#include <chrono>
#include <unistd.h>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

/// The day only where it is another one.
QString endText(quint64 microseconds)
{
    const QDateTime time = localTime(microseconds);
    return time.date() == QDate::currentDate() ? QLocale().toString(time.time(), QLocale::ShortFormat)
                                               : momentText(microseconds);
}

} // namespace

CapturePause::CapturePause(MonitorClient *client, QObject *parent) : QObject(parent), m_client(client)
{
    m_timer.setInterval(1s);
    connect(&m_timer, &QTimer::timeout, this, &CapturePause::tick);
    connect(client, &MonitorClient::statusChanged, this, &CapturePause::ask);
    connect(client, &MonitorClient::propertiesChanged, this, &CapturePause::ask);
    connect(client, &MonitorClient::pauseReceived, this, &CapturePause::setStatus);
    connect(client, &MonitorClient::commandDone, this, [this](const QString &method) {
        if (method == QLatin1String("Pause") || method == QLatin1String("Resume")) {
            ask();
        }
    });
}

bool CapturePause::isPossible() const
{
    return m_client->isSubscribed();
}

/// The state leads: by whom, and for how long, is the answer to a question that it raises.
bool CapturePause::isEveryones() const
{
    return m_client->status() == MonitorClient::Status::Paused;
}

QString CapturePause::explanation() const
{
    QStringList sentences;
    if (isEveryones() && !m_status.all) {
        sentences += dbus::explainReason(dbus::reason::paused);
    } else if (isEveryones()) {
        const QString who = m_status.allBy == getuid() ? tr("you") : m_users.name(m_status.allBy);
        sentences +=
            m_status.allUntil == 0
                ? tr("Capture is paused for everyone, by %1, until somebody resumes it.").arg(who)
                : tr("Capture is paused for everyone, by %1, until %2.").arg(who, endText(m_status.allUntil));
    }
    if (isEveryones() && m_client->properties().stateReason() != dbus::reason::paused) {
        sentences += dbus::explainReason(m_client->properties().stateReason()); // what else is wrong
    }
    if (m_status.own) {
        sentences += m_status.ownUntil == 0
                         ? tr("What your programs do is left out until you resume.")
                         : tr("What your programs do is left out until %1.").arg(endText(m_status.ownUntil));
    }
    return sentences.join(QLatin1Char(' '));
}

QString CapturePause::countdown() const
{
    if (!isOn() || until() == 0) {
        return {};
    }
    const qint64 left = std::max<qint64>(0, QDateTime::currentDateTime().secsTo(localTime(until())));
    const auto twoDigits = [](qint64 number) {
        return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
    };
    const QString minutes = twoDigits(left / 60 % 60) + QLatin1Char(':') + twoDigits(left % 60);
    return left < 3600 ? minutes : QString::number(left / 3600) + QLatin1Char(':') + minutes;
}

void CapturePause::pause(Whose whose, int seconds)
{
    const auto time = static_cast<quint64>(std::max(seconds, 0));
    if (whose == Whose::Everyones) {
        m_client->pause(time);
    } else {
        m_client->pauseOwn(time);
    }
}

void CapturePause::resume(Whose whose)
{
    if (whose == Whose::Everyones) {
        m_client->resume();
    } else {
        m_client->resumeOwn();
    }
}

void CapturePause::resume()
{
    resume(isEveryones() ? Whose::Everyones : Whose::Mine);
}

void CapturePause::ask()
{
    if (!isPossible()) {
        setStatus({});
        return;
    }
    Q_EMIT changed();
    m_client->requestPause();
}

void CapturePause::setStatus(const PauseStatus &status)
{
    m_status = status;
    if (isOn() && until() != 0) {
        m_timer.start();
    } else {
        m_timer.stop();
    }
    Q_EMIT changed();
    Q_EMIT ticked();
}

void CapturePause::tick()
{
    Q_EMIT ticked();
    if (localTime(until()) <= QDateTime::currentDateTime()) {
        ask();
    }
}

} // namespace lunaris
