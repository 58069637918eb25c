// SPDX-License-Identifier: MIT
#include "helper/service/RulesControl.h"

#include "dbus/Names.h"
#include "dbus/RuleLists.h"

#include <QLoggingCategory>
#include <utility>
#include <vector>

namespace lunaris
{

Q_LOGGING_CATEGORY(logRules, "lunaris.kernel.rules")

RulesControl::RulesControl(FilterSettings configured, SavedFilter saved, CaptureAccess &capture,
                           StateFile file)
    : m_configured(std::move(configured))
    , m_saved(std::move(saved))
    , m_capture(capture)
    , m_file(std::move(file))
{
}

std::variant<std::vector<PathRule>, ErrorReply> RulesControl::parse(const MonitorRuleList &rules)
{
    std::optional<std::vector<PathRule>> wanted = toPathRules(rules);
    if (!wanted) {
        return ErrorReply{dbus::error::invalidArgument,
                          QStringLiteral("Nothing was changed: a rule's action must be \"exclude\" or "
                                         "\"include\".")};
    }
    if (std::optional<ErrorReply> problem = SavedFilter::problemWith(*wanted)) {
        return *std::move(problem);
    }
    return *std::move(wanted);
}

void RulesControl::setRules(const std::vector<PathRule> &rules, const Answer &done)
{
    queue({[rules](SavedFilter &saved) { saved.rules = rules; }, done});
}

void RulesControl::resetRules(const Answer &done)
{
    queue({[](SavedFilter &saved) { saved.rules.reset(); }, done});
}

void RulesControl::setWindow(uint milliseconds, const Answer &done)
{
    const std::chrono::milliseconds window(milliseconds);
    if (window > SavedFilter::longestWindow) {
        done(ErrorReply{
            dbus::error::invalidArgument,
            QStringLiteral("Opens can be compared over at most %1 milliseconds; 0 reports every one.")
                .arg(SavedFilter::longestWindow.count())});
        return;
    }
    queue({[window](SavedFilter &saved) { saved.window = window; }, done});
}

void RulesControl::queue(Change change)
{
    if (m_changes.size() > maximumWaiting) {
        change.done(ErrorReply{dbus::error::limitExceeded,
                               QStringLiteral("Too many changes are waiting; try again in a moment.")});
        return;
    }
    m_changes.push_back(std::move(change));
    if (m_changes.size() == 1) {
        carryOut();
    }
}

void RulesControl::carryOut()
{
    SavedFilter wanted = m_saved;
    m_changes.front().apply(wanted);
    m_capture.setFilter(wanted.over(m_configured), [this, wanted](const QString &problem) {
        if (problem.isEmpty()) {
            keep(wanted);
        } else {
            finish(
                ErrorReply{dbus::error::unavailable, QStringLiteral("Nothing was changed: %1").arg(problem)});
        }
    });
}

void RulesControl::keep(const SavedFilter &wanted)
{
    const QString problem = m_file.write(wanted.toBytes());
    if (problem.isEmpty()) {
        const uint before = windowMilliseconds();
        m_saved = wanted;
        const FilterSettings now = settings();
        qCInfo(logRules, "%zu path rules are in force, and opens are compared over %lld ms.",
               now.rules.size(), static_cast<long long>(now.window.count()));
        if (windowMilliseconds() != before) {
            Q_EMIT windowChanged(windowMilliseconds());
        }
        finish(std::nullopt);
        return;
    }
    // In force until the next start only: rather not at all.
    const ErrorReply refusal{
        dbus::error::unavailable,
        QStringLiteral("Nothing was changed, as %1 cannot be written: %2. Free some space, "
                       "or look at the helper's log.")
            .arg(m_file.path(), problem)};
    qCWarning(logRules, "%ls cannot be written: %ls.", qUtf16Printable(m_file.path()),
              qUtf16Printable(problem));
    m_capture.setFilter(settings(), [this, refusal](const QString &) { finish(refusal); });
}

void RulesControl::finish(const std::optional<ErrorReply> &refusal)
{
    m_changes.front().done(refusal);
    m_changes.pop_front();
    if (!m_changes.empty()) {
        carryOut();
    }
}

void RulesControl::read(Hits hits, const std::function<void(const CountedRuleList &)> &done)
{
    m_capture.readRules([hits, done](const std::vector<PathRule> &rules) {
        CountedRuleList counted = toCountedRules(rules);
        if (hits == Hits::Hidden) {
            for (CountedRule &rule : counted) {
                rule.hits = 0;
            }
        }
        done(counted);
    });
}

} // namespace lunaris
