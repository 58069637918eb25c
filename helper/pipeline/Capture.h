// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_PIPELINE_CAPTURE_H
#define LUNARIS_HELPER_PIPELINE_CAPTURE_H

#include "helper/source/EventSource.h"

#include <QObject>
#include <QString>

namespace lunaris
{

/// What the helper says of the capture.
struct CaptureState {
    enum class Kind { Unavailable, Running, Paused };

    Kind kind = Kind::Unavailable;
    QString reason; ///< a code of dbus/StateReason.h; empty while all that is wanted is captured
    QString method; ///< the source's

    bool operator==(const CaptureState &) const = default;
};

/// Starts and stops the source. Lives on the capture thread; its slots are reached through queued calls.
class Capture : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it.
    Capture(EventSource &source, RecordSink &sink);

public Q_SLOTS:
    /// Each ends with one stateChanged() and then one answered(), even when nothing changed.
    void start();
    void pause();

    void stop();
    void setWanted(lunaris::EventTypes types);
    void ignorePeer(bool connected, qint64 pid);

Q_SIGNALS:
    void stateChanged(const lunaris::CaptureState &state);
    void answered(const lunaris::CaptureState &state);

private:
    CaptureState runningState() const;
    CaptureState failedState(const SourceFailure &failure) const;
    void setState(const CaptureState &state);

    EventSource &m_source;
    RecordSink &m_sink;
    CaptureState m_state;
};

} // namespace lunaris

#endif
