// SPDX-License-Identifier: MIT
#include "tests/fakes/ScriptPlayer.h"

#include "dbus/StateReason.h"
#include "tests/fakes/FakeHelper.h"
#include "tests/fakes/Garbage.h"

#include <QDateTime>
#include <algorithm>
#include <chrono>
#include <utility>

namespace lunaris::test
{

using namespace std::chrono_literals;

namespace
{

constexpr std::chrono::milliseconds streamInterval = 50ms;
const QString errorPrefix = QStringLiteral("org.lunaris.KernelMonitor1.Error.");

quint64 now()
{
    return static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) * 1000;
}

/// 0 is until it is resumed.
quint64 endOf(quint64 seconds)
{
    return seconds == 0 ? 0 : now() + seconds * 1'000'000;
}

} // namespace

ScriptPlayer::ScriptPlayer(FakeHelper *helper, Script script, QObject *parent)
    : QObject(parent)
    , m_helper(helper)
    , m_script(std::move(script))
    , m_subscriptions(helper->timesSubscribed())
{
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, [this] {
        m_waited = true;
        go();
    });
    // Queued: the helper is in the middle of an answer.
    connect(helper, &FakeHelper::subscribed, this, &ScriptPlayer::go, Qt::QueuedConnection);
    connect(helper, &FakeHelper::acknowledged, this, &ScriptPlayer::go, Qt::QueuedConnection);
}

void ScriptPlayer::play()
{
    m_going = true;
    go();
}

void ScriptPlayer::go()
{
    while (m_going) {
        if (isFinished()) {
            m_going = false;
            Q_EMIT finished();
            return;
        }
        switch (perform(m_script.steps()[m_next])) {
        case Then::GoOn:
            ++m_next;
            break;
        case Then::Wait:
            return;
        case Then::Stop:
            m_going = false;
            break;
        }
    }
}

ScriptPlayer::Then ScriptPlayer::perform(const Script::Step &step)
{
    using Command = Script::Command;
    switch (step.command) {
    case Command::Appear:
        if (!m_helper->appear()) {
            Q_EMIT failed();
            return Then::Stop;
        }
        return Then::GoOn;
    case Command::Vanish:
        m_helper->vanish();
        return Then::GoOn;
    case Command::Burst:
        m_helper->send(m_events.mixed(static_cast<qsizetype>(step.first), now()), step.second);
        return Then::GoOn;
    case Command::Stream:
        return stream();
    case Command::Dropped:
        m_helper->send({}, step.first);
        return Then::GoOn;
    case Command::Skip:
        m_helper->skipNumbers(step.first);
        return Then::GoOn;
    case Command::Garbage:
        send(*m_helper, *garbageOf(step.word));
        return Then::GoOn;
    case Command::Answers:
        m_helper->setAnswersWrong(step.word == QLatin1String("wrong"));
        return Then::GoOn;
    case Command::State:
        m_helper->setState(step.word, step.other);
        return Then::GoOn;
    case Command::PauseAll:
    case Command::PauseOwn:
    case Command::PauseNone:
        return performPause(step);
    case Command::Refuse:
    case Command::Allow: {
        const FakeHelper::Refusal refusal = step.command == Command::Allow
                                                ? FakeHelper::Refusal{}
                                                : FakeHelper::Refusal{errorPrefix + step.other, step.text};
        if (step.word == QLatin1String("subscribe")) {
            m_helper->refuseSubscribe(refusal);
        } else {
            m_helper->refuseCommands(refusal);
        }
        return Then::GoOn;
    }
    case Command::End:
        m_helper->endSubscriptions(step.word);
        return Then::GoOn;
    case Command::Statistics:
        m_statistics.insert(step.word, step.first);
        m_helper->setStatistics(m_statistics);
        return Then::GoOn;
    case Command::Wait:
        if (std::exchange(m_waited, false)) {
            return Then::GoOn;
        }
        if (!m_timer.isActive()) {
            m_timer.start(std::chrono::milliseconds(step.first));
        }
        return Then::Wait;
    case Command::AwaitSubscription:
        if (m_helper->timesSubscribed() == m_subscriptions) {
            return Then::Wait;
        }
        ++m_subscriptions;
        return Then::GoOn;
    case Command::AwaitAcknowledgement:
        return m_helper->isAllAcknowledged() ? Then::GoOn : Then::Wait;
    case Command::Quit:
        Q_EMIT quitWanted();
        return Then::Stop;
    }
    return Then::Stop;
}

ScriptPlayer::Then ScriptPlayer::performPause(const Script::Step &step)
{
    PauseStatus pause;
    if (step.command == Script::Command::PauseAll) {
        pause = {false, 0, true, endOf(step.second), static_cast<quint32>(step.first)};
    } else if (step.command == Script::Command::PauseOwn) {
        pause = {true, endOf(step.first)};
    }
    m_helper->setPause(pause);
    if (pause.all) {
        m_helper->setState(dbus::state::paused, dbus::reason::paused);
    } else {
        m_helper->setState(dbus::state::running, dbus::reason::none);
    }
    return Then::GoOn;
}

ScriptPlayer::Then ScriptPlayer::stream()
{
    const Script::Step &step = m_script.steps()[m_next];
    if (m_timer.isActive()) {
        return Then::Wait;
    }
    m_waited = false;
    constexpr quint64 batchesPerSecond = 1s / streamInterval;
    const quint64 batch =
        std::min(std::max<quint64>(step.second / batchesPerSecond, 1), step.first - m_streamed);
    m_helper->send(m_events.mixed(static_cast<qsizetype>(batch), now()));
    m_streamed += batch;
    if (m_streamed == step.first) {
        m_streamed = 0;
        return Then::GoOn;
    }
    m_timer.start(streamInterval);
    return Then::Wait;
}

} // namespace lunaris::test
