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
    const bool isWhole = m_state.kind == CaptureState::Kind::Running && m_state.reason.isEmpty();
    if (isWhole) {
        setState(m_state);
    } else {
        const auto failure = m_source.start(m_sink);
        setState(failure ? failedState(*failure) : runningState());
    }
    Q_EMIT answered(m_state);
}

void Capture::pause()
{
    stop();
    setState({CaptureState::Kind::Paused, dbus::reason::paused, m_source.method()});
    Q_EMIT answered(m_state);
}

CaptureState Capture::runningState() const
{
    const bool isWhole = m_source.missing().isEmpty();
    return {CaptureState::Kind::Running, isWhole ? QString() : QString(dbus::reason::typesMissing),
            m_source.method()};
}

CaptureState Capture::failedState(const SourceFailure &failure) const
{
    qCWarning(logCapture, "Nothing can be captured: %ls", qUtf16Printable(failure.sentence));
    return {CaptureState::Kind::Unavailable, failure.reason, m_source.method()};
}

void Capture::setState(const CaptureState &state)
{
    m_state = state;
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
    const auto failure = m_source.setWanted(types);
    if (m_state.kind != CaptureState::Kind::Running) {
        return;
    }
    if (const CaptureState state = failure ? failedState(*failure) : runningState(); state != m_state) {
        setState(state);
    }
}

void Capture::ignorePeer(bool connected, qint64 pid)
{
    m_source.ignorePeer(connected ? static_cast<pid_t>(pid) : 0);
}

} // namespace lunaris
