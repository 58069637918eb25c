// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_FAKES_SCRIPT_H
#define LUNARIS_TESTS_FAKES_SCRIPT_H

#include <QString>
#include <QtGlobal>
#include <variant>
#include <vector>

namespace lunaris::test
{

/// What a fake helper is to do, one command a line. Words are parted by blanks, a text with blanks stands
/// between quotation marks, # begins a comment. A helper is not there until its script says so.
///
///   appear                  takes its name on the bus
///   vanish                  gives it back and forgets its subscriptions, as if it had ended
///   burst N [DROPPED]       N events at once; DROPPED before them are said to be missing
///   stream N RATE           N events, RATE a second
///   dropped N               so many are missing, and none has come since
///   skip N                  leaves out so many sequence numbers, and says nothing
///   garbage KIND            what no helper should say; see Garbage.h
///   answers wrong|right     whether GetStatistics, GetRules and GetPause answer something else from now on
///   state STATE [REASON]    of the properties State and StateReason, anything
///   pause all UID [SECONDS] who has paused for everybody; without SECONDS until it is resumed
///   pause own [SECONDS]     who watches has paused for himself
///   pause none              neither
///   refuse subscribe|commands ERROR TEXT    with that error of the interface, as NotAuthorized
///   allow subscribe|commands
///   end REASON              ends every subscription, and says why
///   statistics KEY N        GetStatistics has this from now on
///   wait MILLISECONDS
///   await subscription      until somebody has subscribed; a second such line waits for another time
///   await acknowledgement   until all that was sent is acknowledged
///   quit                    ends the program that plays it
class Script
{
public:
    enum class Command {
        Appear,
        Vanish,
        Burst,
        Stream,
        Dropped,
        Skip,
        Garbage,
        Answers,
        State,
        PauseAll,
        PauseOwn,
        PauseNone,
        Refuse,
        Allow,
        End,
        Statistics,
        Wait,
        AwaitSubscription,
        AwaitAcknowledgement,
        Quit,
    };

    struct Step {
        Command command = Command::Quit;
        quint64 first = 0; ///< the numbers, in the order of the line; a time that is not there is 0
        quint64 second = 0;
        QString word = {}; ///< what is neither number nor command
        QString other = {};
        QString text = {};
    };

    /// The script, or a sentence about what is wrong with it, which begins with the line.
    static std::variant<Script, QString> parse(const QString &text);

    const std::vector<Step> &steps() const { return m_steps; }

private:
    std::vector<Step> m_steps;
};

} // namespace lunaris::test

#endif
