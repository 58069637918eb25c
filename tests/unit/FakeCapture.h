// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_FAKECAPTURE_H
#define LUNARIS_TESTS_UNIT_FAKECAPTURE_H

#include "helper/service/CaptureAccess.h"

#include <QString>
#include <deque>
#include <functional>
#include <set>
#include <vector>

namespace lunaris
{

/// A capture side that does what it is asked when a test says so, as another thread would: later.
class FakeCapture final : public CaptureAccess
{
public:
    void setFilter(const FilterSettings &settings,
                   const std::function<void(const QString &problem)> &done) override
    {
        m_asked.push_back([this, settings, done] {
            if (problem.isEmpty()) {
                filter = settings;
            }
            done(problem);
        });
    }

    void readRules(const std::function<void(const std::vector<PathRule> &)> &done) override
    {
        m_asked.push_back([this, done] {
            std::vector<PathRule> rules = filter.rules;
            for (PathRule &rule : rules) {
                rule.hits = rule.prefix.size();
            }
            done(rules);
        });
    }

    void setMuted(quint32 uid, bool mute, const std::function<void()> &done) override
    {
        m_asked.push_back([this, uid, mute, done] {
            mute ? void(muted.insert(uid)) : void(muted.erase(uid));
            done();
        });
    }

    /// Does everything that was asked for, and what is asked for meanwhile.
    void work()
    {
        while (!m_asked.empty()) {
            const auto next = std::move(m_asked.front());
            m_asked.pop_front();
            next();
        }
    }

    bool isIdle() const { return m_asked.empty(); }

    FilterSettings filter;
    std::set<quint32> muted;
    QString problem; ///< of the next change; empty: none

private:
    std::deque<std::function<void()>> m_asked;
};

} // namespace lunaris

#endif
