// SPDX-License-Identifier: MIT
#include "helper/service/PauseControl.h"

#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QDateTime>
#include <QLoggingCategory>
#include <algorithm>
#include <utility>
#include <vector>

namespace lunaris
{

Q_LOGGING_CATEGORY(logPause, "lunaris.kernel.pause")

namespace
{

QString endOf(quint64 until)
{
    if (until == 0) {
        return QStringLiteral("it is resumed");
    }
    return QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(until / 1000), Qt::UTC).toString(Qt::ISODate);
}

const Answer nobody;

} // namespace

PauseControl::PauseControl(CaptureAccess &capture, Alarm &alarm, StateFile file,
                           std::chrono::milliseconds patience)
    : m_capture(capture), m_alarm(alarm), m_file(std::move(file))
{
    m_saveAgain.setInterval(patience);
    connect(&m_saveAgain, &QTimer::timeout, this, &PauseControl::save);
    m_alarm.onRing([this] { endWhatIsOver(); });
}

void PauseControl::start()
{
    m_pauses = SavedPauses::load(m_file);
    const bool wasPaused = m_pauses.all.has_value();
    for (const auto &[uid, until] : m_pauses.own) {
        qCInfo(logPause, "Uid %u is still paused, until %ls.", uid, qUtf16Printable(endOf(until)));
        m_capture.setMuted(uid, true, [] {});
    }
    m_commands.push_back(nobody);
    if (wasPaused) {
        qCInfo(logPause, "Capture is still paused by uid %u, until %ls.", m_pauses.all->by,
               qUtf16Printable(endOf(m_pauses.all->until)));
        Q_EMIT pauseRequested();
    } else {
        Q_EMIT startRequested();
    }
    setAlarm(); // rings for what ended in the meantime, too
}

quint64 PauseControl::endAfter(quint64 seconds) const
{
    return seconds == 0 ? 0 : m_alarm.now() + seconds * 1'000'000;
}

void PauseControl::pause(Scope scope, quint32 uid, quint64 seconds, const Answer &answer)
{
    if (seconds > longestSeconds) {
        answer(ErrorReply{dbus::error::invalidArgument,
                          QStringLiteral("A pause lasts at most %1 seconds; 0 is until it is resumed.")
                              .arg(longestSeconds)});
        return;
    }
    const quint64 until = endAfter(seconds);
    if (scope == Scope::Own) {
        pauseOwn(uid, until, answer);
        return;
    }
    m_pauses.all = SavedPauses::OfAll{until, uid};
    qCInfo(logPause, "Capture is paused by uid %u, until %ls.", uid, qUtf16Printable(endOf(until)));
    save();
    m_commands.push_back(answer);
    Q_EMIT pauseRequested();
}

void PauseControl::pauseOwn(quint32 uid, quint64 until, const Answer &answer)
{
    if (m_pauses.own.size() >= SavedPauses::maximumOwn && !m_pauses.own.contains(uid)) {
        answer(ErrorReply{dbus::error::limitExceeded,
                          QStringLiteral("Too many users have paused (%1); ask an administrator to pause for "
                                         "everyone.")
                              .arg(SavedPauses::maximumOwn)});
        return;
    }
    m_pauses.own[uid] = until;
    qCInfo(logPause, "Uid %u has paused for itself, until %ls.", uid, qUtf16Printable(endOf(until)));
    save();
    m_capture.setMuted(uid, true, [answer] { answer(std::nullopt); });
}

void PauseControl::resume(Scope scope, quint32 uid, const Answer &answer)
{
    if (scope == Scope::Own) {
        if (m_pauses.own.erase(uid) == 0) {
            answer(std::nullopt); // as it is
            return;
        }
        qCInfo(logPause, "Uid %u has resumed for itself.", uid);
        save();
        m_capture.setMuted(uid, false, [answer] { answer(std::nullopt); });
        return;
    }
    if (m_pauses.all) {
        m_pauses.all.reset();
        save();
    }
    qCInfo(logPause, "Capture is resumed by uid %u.", uid);
    m_commands.push_back(answer);
    Q_EMIT startRequested();
}

void PauseControl::save()
{
    const bool wasSaved = isSaved();
    const QString problem = m_file.write(m_pauses.toBytes());
    if (problem.isEmpty()) {
        m_saveAgain.stop();
    } else if (wasSaved) {
        // Who wants to be left alone is left alone, as long as the helper runs.
        qCWarning(logPause, "%ls cannot be written, so a restart will not know what is paused: %ls.",
                  qUtf16Printable(m_file.path()), qUtf16Printable(problem));
        m_saveAgain.start();
    }
    if (isSaved() != wasSaved) {
        Q_EMIT isSavedChanged();
    }
    setAlarm();
}

void PauseControl::setAlarm()
{
    std::vector<quint64> ends;
    if (m_pauses.all) {
        ends.push_back(m_pauses.all->until);
    }
    for (const auto &[uid, until] : m_pauses.own) {
        ends.push_back(until);
    }
    std::erase(ends, quint64{0});
    const auto first = std::min_element(ends.begin(), ends.end());
    m_alarm.setFor(first == ends.end() ? 0 : *first);
}

void PauseControl::endWhatIsOver()
{
    const quint64 now = m_alarm.now();
    const auto isOver = [now](quint64 until) { return until != 0 && until <= now; };
    const bool allIsOver = m_pauses.all && isOver(m_pauses.all->until);
    if (allIsOver) {
        qCInfo(logPause, "The pause by uid %u is over.", m_pauses.all->by);
        m_pauses.all.reset();
    }
    for (auto entry = m_pauses.own.begin(); entry != m_pauses.own.end();) {
        if (isOver(entry->second)) {
            qCInfo(logPause, "The pause of uid %u for itself is over.", entry->first);
            m_capture.setMuted(entry->first, false, [] {});
            entry = m_pauses.own.erase(entry);
        } else {
            ++entry;
        }
    }
    save();
    if (allIsOver) {
        m_commands.push_back(nobody);
        Q_EMIT startRequested();
    }
}

void PauseControl::onAnswered(const CaptureState &state)
{
    if (m_commands.empty()) {
        return;
    }
    const Answer answer = std::move(m_commands.front());
    m_commands.pop_front();
    if (!answer) {
        return;
    }
    if (state.kind == CaptureState::Kind::Unavailable) {
        answer(ErrorReply{dbus::error::unavailable, dbus::explainReason(state.reason)});
    } else {
        answer(std::nullopt);
    }
}

PauseStatus PauseControl::statusFor(quint32 uid) const
{
    PauseStatus status;
    if (const auto own = m_pauses.own.find(uid); own != m_pauses.own.end()) {
        status.own = true;
        status.ownUntil = own->second;
    }
    if (m_pauses.all) {
        status.all = true;
        status.allUntil = m_pauses.all->until;
        status.allBy = m_pauses.all->by;
    }
    return status;
}

} // namespace lunaris
