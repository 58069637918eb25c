// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_RULESCONTROL_H
#define LUNARIS_HELPER_SERVICE_RULESCONTROL_H

#include "dbus/MonitorRule.h"
#include "helper/service/CaptureAccess.h"
#include "helper/service/ErrorReply.h"
#include "helper/service/SavedFilter.h"
#include "helper/service/StateFile.h"

#include <QObject>
#include <chrono>
#include <deque>
#include <functional>
#include <optional>
#include <variant>
#include <vector>

namespace lunaris
{

/// Changes the path rules and the deduplication's window at run time: one change after the other, each
/// as a whole, in force and on the disk before it is done. Asks nobody whether a caller may. D-Bus thread.
class RulesControl : public QObject
{
    Q_OBJECT

public:
    /// Changes that may wait for the one before.
    static constexpr std::size_t maximumWaiting = 16;

    /// `saved` is what `file` holds, and in force over `configured` already. `capture` must outlive it.
    RulesControl(FilterSettings configured, SavedFilter saved, CaptureAccess &capture, StateFile file);

    /// What is in force.
    FilterSettings settings() const { return m_saved.over(m_configured); }
    uint windowMilliseconds() const { return static_cast<uint>(settings().window.count()); }

    /// What came from a client, checked as a whole: before anybody is asked whether they may, as it may be
    /// long.
    static std::variant<std::vector<PathRule>, ErrorReply> parse(const MonitorRuleList &rules);

    /// `rules` as parse() gives them.
    void setRules(const std::vector<PathRule> &rules, const Answer &done);
    void resetRules(const Answer &done);
    void setWindow(uint milliseconds, const Answer &done);

    /// The rules in force, with their hits or with none.
    enum class Hits { Shown, Hidden };
    void read(Hits hits, const std::function<void(const CountedRuleList &)> &done);

Q_SIGNALS:
    void windowChanged(uint milliseconds);

private:
    struct Change {
        std::function<void(SavedFilter &)> apply;
        Answer done;
    };

    void queue(Change change);
    void carryOut();
    void keep(const SavedFilter &wanted);
    void finish(const std::optional<ErrorReply> &refusal);

    const FilterSettings m_configured;
    SavedFilter m_saved;
    CaptureAccess &m_capture;
    const StateFile m_file;
    std::deque<Change> m_changes; // the first is being carried out
};

} // namespace lunaris

#endif
