// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_FAKES_SCRIPTPLAYER_H
#define LUNARIS_TESTS_FAKES_SCRIPTPLAYER_H

#include "dbus/MonitorEvent.h"
#include "tests/fakes/PlausibleEvents.h"
#include "tests/fakes/Script.h"

#include <QObject>
#include <QTimer>

namespace lunaris::test
{

class FakeHelper;

/// Makes a fake helper do what a script says; waits without blocking. Belongs to the helper's thread.
class ScriptPlayer : public QObject
{
    Q_OBJECT

public:
    /// The helper must outlive it.
    ScriptPlayer(FakeHelper *helper, Script script, QObject *parent = nullptr);

    /// To be called once.
    void play();

    bool isFinished() const { return m_next == m_script.steps().size(); }

Q_SIGNALS:
    void finished();
    /// The script says so; it goes no further.
    void quitWanted();
    /// The helper's name could not be had, and the script goes no further.
    void failed();

private:
    enum class Then { GoOn, Wait, Stop };

    void go();
    Then perform(const Script::Step &step);
    Then performPause(const Script::Step &step);
    Then stream();

    FakeHelper *const m_helper;
    const Script m_script;
    std::size_t m_next = 0;
    QTimer m_timer;
    bool m_waited = false; // the time of the step has passed
    bool m_going = false;
    quint64 m_streamed = 0;  // of the step's events
    int m_subscriptions = 0; // awaited so far
    Statistics m_statistics;
    PlausibleEvents m_events{3};
};

} // namespace lunaris::test

#endif
