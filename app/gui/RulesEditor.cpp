// SPDX-License-Identifier: MIT
#include "app/gui/RulesEditor.h"

#include "app/client/MonitorClient.h"
#include "app/format/DisplayText.h"
#include "app/models/PathText.h"
#include "dbus/RuleLists.h"
#include "proto/Escape.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace lunaris
{

using namespace std::chrono_literals;

RulesEditor::RulesEditor(MonitorClient *client, QObject *parent) : QObject(parent), m_client(client)
{
    m_timer.setInterval(5s);
    connect(&m_timer, &QTimer::timeout, this, &RulesEditor::ask);
    connect(client, &MonitorClient::statusChanged, this, [this] {
        if (m_watched) {
            ask();
        }
    });
    connect(client, &MonitorClient::rulesReceived, this, [this](const CountedRuleList &rules) {
        m_model.setInForce(rules);
        if (!m_known) {
            m_known = true;
            takeSuggestion();
            Q_EMIT knownChanged();
        }
    });
    connect(client, &MonitorClient::propertiesChanged, this, &RulesEditor::deduplicationChanged);
    connect(client, &MonitorClient::commandDone, this, [this](const QString &method) {
        if (method == m_asked) {
            if (method == QLatin1String("SetRules")) {
                m_model.takeAsInForce();
            } else if (method == QLatin1String("ResetRules")) {
                m_model.discard(); // what is in force instead is about to come
            }
            ask();
            setAsked({});
        }
    });
    connect(client, &MonitorClient::commandFailed, this, [this](const QString &, const QString &method) {
        if (method == m_asked) {
            setAsked({});
        }
    });
    connect(&m_model, &RulesModel::rulesChanged, this, &RulesEditor::decide);
}

void RulesEditor::setWatched(bool watched)
{
    if (watched == m_watched) {
        return;
    }
    m_watched = watched;
    if (watched) {
        ask();
        m_timer.start();
    } else {
        m_timer.stop();
    }
}

void RulesEditor::ask()
{
    if (m_client->isSubscribed()) {
        m_client->requestRules();
    }
}

void RulesEditor::setAsked(const QString &method)
{
    m_asked = method;
    Q_EMIT busyChanged();
}

void RulesEditor::suggestExclusion(const QByteArray &folder)
{
    m_suggested = folder;
    takeSuggestion();
}

/// Rules that are not known yet must not be edited: applied, they would be all there are.
void RulesEditor::takeSuggestion()
{
    if (m_known && !m_suggested.isEmpty()) {
        m_model.exclude(std::exchange(m_suggested, {}));
    }
}

void RulesEditor::apply()
{
    if (isBusy() || !m_model.problem().isEmpty()) {
        return;
    }
    MonitorRuleList rules;
    for (const CountedRule &rule : m_model.rules()) {
        rules.append({rule.prefix, rule.action});
    }
    setAsked(QStringLiteral("SetRules"));
    m_client->setRules(rules);
}

void RulesEditor::resetToConfiguration()
{
    if (!isBusy()) {
        setAsked(QStringLiteral("ResetRules"));
        m_client->resetRules();
    }
}

int RulesEditor::deduplication() const
{
    return static_cast<int>(
        std::min<uint>(m_client->properties().deduplicationMilliseconds(), longestDeduplication));
}

void RulesEditor::applyDeduplication(int milliseconds)
{
    if (!isBusy()) {
        setAsked(QStringLiteral("SetDeduplication"));
        m_client->setDeduplication(static_cast<uint>(std::clamp(milliseconds, 0, longestDeduplication)));
    }
}

void RulesEditor::setPath(const QString &path)
{
    if (path != m_path) {
        m_path = path;
        Q_EMIT pathChanged();
        decide();
    }
}

void RulesEditor::decide()
{
    std::string path = proto::unescape(m_path.toStdString());
    const bool isFolder = path.size() > 1 && path.ends_with('/');
    if (isFolder) {
        path.pop_back();
    }
    m_decidingRow = -1;
    if (path.empty()) {
        m_decision.clear();
    } else if (path.front() != '/') {
        m_decision = tr("A path begins with /.");
    } else {
        m_decision = tr("Kept: no rule matches.");
        const auto rules = toPathRules(m_model.rules());
        const auto matching = rules ? PathRules(*rules).matching(path, isFolder) : std::vector<PathRule>();
        if (!matching.empty()) {
            const PathRule &deciding = matching.front();
            const auto at =
                std::find_if(m_model.rules().begin(), m_model.rules().end(), [&](const CountedRule &rule) {
                    return rule.prefix.toStdString() == deciding.prefix;
                });
            m_decidingRow = static_cast<int>(at - m_model.rules().begin());
            const QString prefix = escaped(deciding.prefix);
            m_decision = deciding.action == PathRule::Action::Include
                             ? tr("Kept, by the rule %1").arg(PathText::isolated(prefix))
                             : tr("Left out, by the rule %1").arg(PathText::isolated(prefix));
        }
    }
    Q_EMIT decisionChanged();
}

} // namespace lunaris
