// SPDX-License-Identifier: MIT
#include "app/gui/MonitorController.h"

#include "dbus/Names.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QStringList>
#include <array>
#include <chrono>
#include <utility>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

// Enough to fill a window at once.
constexpr quint32 backlog = 200;

// What GetStatistics counts as not reported, and the words for each.
constexpr std::array<std::pair<QLatin1String, const char *>, 5> lossCauses = {{
    {QLatin1String("lost"),
     QT_TRANSLATE_NOOP("lunaris::MonitorController", "%1 had no room in the kernel's buffer")},
    {QLatin1String("raced"),
     QT_TRANSLATE_NOOP("lunaris::MonitorController", "%1 were closed before they could be named")},
    {QLatin1String("skipped"),
     QT_TRANSLATE_NOOP("lunaris::MonitorController", "%1 came while the kernel was busy with another")},
    {QLatin1String("malformed"), QT_TRANSLATE_NOOP("lunaris::MonitorController", "%1 could not be read")},
    {QLatin1String("dropped"),
     QT_TRANSLATE_NOOP("lunaris::MonitorController", "%1 were given up because the Event Bus was too slow")},
}};

} // namespace

MonitorController::MonitorController(const QDBusConnection &bus, const QString &scope, QObject *parent)
    : QObject(parent)
    , m_scope(scope)
    , m_window(&m_events)
    , m_client(bus, {scope, backlog, {dbus::type::fileOpened}})
{
    m_statisticsTimer.setInterval(1s);
    connect(&m_statisticsTimer, &QTimer::timeout, &m_client, &MonitorClient::requestStatistics);
    connect(&m_client, &MonitorClient::eventsReceived, this, &MonitorController::onEvents);
    connect(&m_client, &MonitorClient::statusChanged, this, &MonitorController::onStatus);
    connect(&m_client, &MonitorClient::commandFailed, this, &MonitorController::setCommandError);
    connect(&m_client, &MonitorClient::statisticsReceived, this, [this](const Statistics &statistics) {
        m_statistics = statistics;
        Q_EMIT statisticsChanged();
    });
    connect(&m_events, &EventListModel::frozenChanged, this, &MonitorController::frozenChanged);
    connect(&m_events, &EventListModel::pendingCountChanged, this, &MonitorController::pendingCountChanged);
}

void MonitorController::start()
{
    m_client.start();
}

QString MonitorController::watched() const
{
    return m_scope == dbus::scope::all ? tr("Files opened by everyone on this machine")
                                       : tr("Files opened by your programs");
}

MonitorController::Condition MonitorController::condition() const
{
    switch (m_client.status()) {
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
    switch (m_client.status()) {
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
        m_client.retry();
    }
}

bool MonitorController::isCaptureSwitchable() const
{
    switch (m_client.status()) {
    case MonitorClient::Status::Watching:
    case MonitorClient::Status::Paused:
    case MonitorClient::Status::Unavailable:
        return true;
    default:
        return false;
    }
}

void MonitorController::requestCapture(bool capture)
{
    dismissCommandError();
    if (capture) {
        m_client.resume();
    } else {
        m_client.pause(0);
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

double MonitorController::statistic(const QString &key) const
{
    return static_cast<double>(m_statistics.value(key));
}

double MonitorController::lost() const
{
    quint64 sum = m_skipped;
    for (const auto &[key, words] : lossCauses) {
        sum += m_statistics.value(key);
    }
    return static_cast<double>(sum);
}

QString MonitorController::lostDetail() const
{
    QStringList lines;
    const auto add = [&lines](quint64 count, const char *words) {
        if (count > 0) {
            lines.append(tr(words).arg(QLocale().toString(count)));
        }
    };
    for (const auto &[key, words] : lossCauses) {
        add(m_statistics.value(key), words);
    }
    add(m_skipped, QT_TR_NOOP("%1 came too fast for this window"));
    return lines.join(QLatin1Char('\n'));
}

void MonitorController::setActive(bool active)
{
    m_active = active;
    runTimer();
}

void MonitorController::runTimer()
{
    const bool wanted = m_active && isCaptureSwitchable();
    if (wanted && !m_statisticsTimer.isActive()) {
        m_client.requestStatistics();
        m_statisticsTimer.start();
    } else if (!wanted) {
        m_statisticsTimer.stop();
    }
}

void MonitorController::copyPath() const
{
    const QString path = m_window.currentText(QStringLiteral("path"));
    if (!path.isEmpty()) {
        QGuiApplication::clipboard()->setText(path);
    }
}

void MonitorController::onEvents(const MonitorEventList &events, quint64 dropped)
{
    m_events.append(events);
    if (dropped > 0) {
        m_skipped += dropped;
        Q_EMIT statisticsChanged();
    }
}

void MonitorController::onStatus()
{
    dismissCommandError();
    runTimer();
    Q_EMIT statusChanged();
}

} // namespace lunaris
