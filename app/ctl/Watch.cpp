// SPDX-License-Identifier: MIT
#include "app/ctl/Watch.h"

#include "app/ctl/LineFormat.h"
#include "app/ctl/Output.h"

#include <QTimer>
#include <chrono>
#include <string>

namespace lunaris
{

Watch::Watch(const QDBusConnection &bus, const Options &options)
    : m_options(options), m_client(bus, options.subscription)
{
    connect(&m_client, &MonitorClient::eventsReceived, this, &Watch::onEvents);
    connect(&m_client, &MonitorClient::statusChanged, this, &Watch::onStatus);
}

void Watch::start()
{
    m_client.start();
}

/// The time runs from the moment on from which events can be seen, not while a password is typed.
void Watch::startTime()
{
    if (m_since.isValid()) {
        return;
    }
    m_since.start();
    if (m_options.milliseconds) {
        QTimer::singleShot(std::chrono::milliseconds(*m_options.milliseconds), this, &Watch::stop);
    }
}

void Watch::onEvents(const MonitorEventList &events, quint64 dropped)
{
    if (m_finished) {
        return;
    }
    m_dropped += dropped;
    if (dropped > 0) {
        complain(tr("%1 events could not be shown in time.").arg(dropped));
    }
    std::string lines;
    for (const MonitorEvent &event : events) {
        lines += toLine(event) + '\n';
        if (++m_shown == m_options.count) {
            break;
        }
    }
    if (!print(lines) || m_shown == m_options.count) {
        stop();
    }
}

void Watch::onStatus()
{
    using Status = MonitorClient::Status;
    if (m_finished) {
        return;
    }
    switch (m_client.status()) {
    case Status::Connecting:
        break;
    case Status::Watching:
        complain(tr("Watching; Ctrl-C ends it."));
        startTime();
        break;
    case Status::Paused:
        complain(m_client.problem());
        startTime();
        break;
    case Status::Unavailable:
        complain(m_client.problem());
        // While it is starting it may still become ready.
        if (m_client.stateReason() != QLatin1String("Starting")) {
            finish(HelperUnavailable);
        }
        break;
    case Status::NotAuthorized:
        complain(m_client.problem());
        finish(NotAuthorized);
        break;
    case Status::HelperMissing:
    case Status::NoBus:
        complain(m_client.problem());
        finish(HelperUnavailable);
        break;
    case Status::Refused:
        complain(m_client.problem());
        finish(Failed);
        break;
    }
}

void Watch::stop()
{
    if (m_finished) {
        return;
    }
    complain(tr("%1 events shown, %2 dropped, %3 s.")
                 .arg(m_shown)
                 .arg(m_dropped)
                 .arg(m_since.isValid() ? static_cast<double>(m_since.elapsed()) / 1000 : 0.0, 0, 'f', 1));
    finish(Done);
}

void Watch::finish(ExitStatus status)
{
    m_finished = true;
    Q_EMIT finished(status);
}

} // namespace lunaris
