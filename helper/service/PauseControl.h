// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_PAUSECONTROL_H
#define LUNARIS_HELPER_SERVICE_PAUSECONTROL_H

#include "dbus/PauseStatus.h"
#include "helper/pipeline/Capture.h"
#include "helper/service/Alarm.h"
#include "helper/service/CaptureAccess.h"
#include "helper/service/ErrorReply.h"
#include "helper/service/SavedPauses.h"
#include "helper/service/StateFile.h"

#include <QObject>
#include <QTimer>
#include <chrono>
#include <deque>

namespace lunaris
{

/// Pauses and resumes, of one user or of everybody, and remembers it over a restart: a pause ends when the
/// wall clock says so, or when it is resumed. Asks nobody whether a caller may. D-Bus thread.
class PauseControl : public QObject
{
    Q_OBJECT

public:
    static constexpr quint64 longestSeconds = quint64{7} * 24 * 60 * 60;

    enum class Scope {
        Own, ///< what one uid does is left out everywhere
        All, ///< nothing is captured
    };

    /// `capture` and `alarm` must outlive it. What could not be written down is tried again every
    /// `patience`.
    PauseControl(CaptureAccess &capture, Alarm &alarm, StateFile file,
                 std::chrono::milliseconds patience = std::chrono::minutes(1));

    /// Starts the capture, unless it was paused when the helper ended and still is.
    void start();

    /// 0 seconds: until resumed. A pause in force is replaced. `answer` comes when no event with a later
    /// time is delivered any more.
    void pause(Scope scope, quint32 uid, quint64 seconds, const Answer &answer);
    void resume(Scope scope, quint32 uid, const Answer &answer);

    /// As `uid` may see it.
    PauseStatus statusFor(quint32 uid) const;

    /// The property PausedUntil.
    quint64 pausedUntil() const { return m_pauses.all ? m_pauses.all->until : 0; }

    /// Whether a restart would know of every pause.
    bool isSaved() const { return !m_saveAgain.isActive(); }

public Q_SLOTS:
    void onAnswered(const lunaris::CaptureState &state);

Q_SIGNALS:
    /// To the capture thread; each is answered by one onAnswered().
    void startRequested();
    void pauseRequested();

    void isSavedChanged();

private:
    quint64 endAfter(quint64 seconds) const;
    void pauseOwn(quint32 uid, quint64 until, const Answer &answer);
    void save();
    void setAlarm();
    void endWhatIsOver();

    CaptureAccess &m_capture;
    Alarm &m_alarm;
    const StateFile m_file;
    SavedPauses m_pauses;
    QTimer m_saveAgain;
    std::deque<Answer> m_commands; // sent to the capture thread, not answered yet; may be empty
};

} // namespace lunaris

#endif
