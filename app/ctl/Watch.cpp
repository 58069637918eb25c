// SPDX-License-Identifier: MIT
#include "app/ctl/Watch.h"

#include "app/ctl/Output.h"
#include "app/ctl/Terminal.h"

#include <QTimer>
#include <array>
#include <chrono>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace lunaris
{

Watch::Watch(const QDBusConnection &bus, Options options)
    : m_options(std::move(options)), m_client(bus, m_options.subscription)
{
    connect(&m_client, &MonitorClient::eventsReceived, this, &Watch::onEvents);
    connect(&m_client, &MonitorClient::statusChanged, this, &Watch::onStatus);
}

void Watch::start()
{
    m_client.start();
}

/// The time runs from the moment on from which events can be seen, not while a password is typed.
void Watch::startWatching()
{
    if (m_since.isValid()) {
        return;
    }
    m_since.start();
    if (m_options.milliseconds) {
        QTimer::singleShot(std::chrono::milliseconds(*m_options.milliseconds), this, &Watch::stop);
    }
    awaitEnds();
    if (!print(m_options.format->header())) {
        stop();
    }
}

/// Notices what would else be noticed with the next event, which may never come.
void Watch::awaitEnds()
{
    struct stat output {
    };
    if (fstat(STDOUT_FILENO, &output) == 0 && (S_ISFIFO(output.st_mode) || S_ISSOCK(output.st_mode))) {
        m_readerGone = std::make_unique<QSocketNotifier>(STDOUT_FILENO, QSocketNotifier::Exception);
        connect(m_readerGone.get(), &QSocketNotifier::activated, this, &Watch::stop);
    }
    // Only of a terminal, and only in its foreground: "watch … </dev/null &" is meant to go on.
    if (isTerminal(STDIN_FILENO)) {
        m_input = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
        connect(m_input.get(), &QSocketNotifier::activated, this, [this] {
            if (tcgetpgrp(STDIN_FILENO) != getpgrp()) {
                m_input->setEnabled(false);
                return;
            }
            std::array<char, 256> typed{};
            if (read(STDIN_FILENO, typed.data(), typed.size()) <= 0) {
                stop();
            }
        });
    }
}

void Watch::onEvents(const MonitorEventList &events, quint64 dropped)
{
    if (m_finished) {
        return;
    }
    startWatching(); // a backlog can be here before the status
    m_dropped += dropped;
    if (dropped > 0) {
        complain(tr("%1 events could not be shown in time.").arg(dropped));
    }
    std::string lines;
    qsizetype taken = 0;
    for (const MonitorEvent &event : events) {
        if (m_shown == m_options.count) {
            break;
        }
        ++taken;
        if (const std::optional<std::string> line = m_options.format->line(event)) {
            lines += *line;
            ++m_shown;
        } else if (m_unsayable++ == 0) {
            complain(tr(
                "An event lacks what this format requires, and is left out; the last line says how many."));
        }
    }
    if (m_options.capture) {
        m_options.capture->add(events.mid(0, taken), dropped);
        if (const std::optional<Sentence> &problem = m_options.capture->problem()) {
            complain(QString::fromStdString(problem->english()));
            m_options.capture.reset();
            print(lines);
            finish(Failed);
            return;
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
        if (!m_client.problem().isEmpty()) {
            complain(m_client.problem());
        }
        startWatching();
        break;
    case Status::Paused:
        complain(m_client.problem());
        startWatching();
        break;
    case Status::Unavailable:
        complain(m_client.problem());
        // While it is starting it may still become ready.
        if (m_client.properties().stateReason() != QLatin1String("Starting")) {
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
    QString summary =
        tr("%1 events shown, %2 dropped, %3 s.")
            .arg(m_shown)
            .arg(m_dropped)
            .arg(m_since.isValid() ? static_cast<double>(m_since.elapsed()) / 1000 : 0.0, 0, 'f', 1);
    if (m_unsayable > 0) {
        summary.chop(1);
        summary += tr(", %1 left out that this format cannot say.").arg(m_unsayable);
    }
    complain(summary);
    finish(Done);
}

void Watch::finish(ExitStatus status)
{
    m_finished = true;
    for (const auto *notifier : {&m_readerGone, &m_input}) { // one of them may be the caller
        if (*notifier) {
            (*notifier)->setEnabled(false);
        }
    }
    m_options.capture.reset(); // its end is written, however the program ends
    Q_EMIT finished(status);
}

} // namespace lunaris
