// SPDX-License-Identifier: MIT
#include "helper/pipeline/Capture.h"

#include "dbus/StateReason.h"

#include <QLoggingCategory>

namespace lunaris
{

Q_LOGGING_CATEGORY(logCapture, "lunaris.kernel.capture")

Capture::Capture(EventSource &source, RecordSink &sink)
    : m_source(source)
    , m_sink(sink)
    , m_state{CaptureState::Kind::Unavailable, dbus::reason::starting, source.method()}
{
}

void Capture::start()
{
    if (m_state.kind != CaptureState::Kind::Running) {
        if (const auto failure = m_source.start(m_sink)) {
            qCWarning(logCapture, "Nothing can be captured: %ls", qUtf16Printable(failure->sentence));
            m_state = {CaptureState::Kind::Unavailable, failure->reason, m_source.method()};
        } else {
            m_state = {CaptureState::Kind::Running, QString(), m_source.method()};
        }
    }
    Q_EMIT stateChanged(m_state);
}

void Capture::pause()
{
    stop();
    m_state = {CaptureState::Kind::Paused, dbus::reason::paused, m_source.method()};
    Q_EMIT stateChanged(m_state);
}

void Capture::stop()
{
    if (m_state.kind == CaptureState::Kind::Running) {
        m_source.stop();
        m_state = {CaptureState::Kind::Unavailable, dbus::reason::starting, m_source.method()};
    }
}

void Capture::setWanted(EventTypes types)
{
    m_source.setWanted(types);
}

void Capture::ignorePeer(bool connected, qint64 pid)
{
    m_source.ignorePeer(connected ? static_cast<pid_t>(pid) : 0);
}

} // namespace lunaris
