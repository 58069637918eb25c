// SPDX-License-Identifier: MIT
#include "helper/service/SavedFilter.h"

#include "dbus/Names.h"
#include "helper/service/SavedState.h"

#include <QJsonArray>
#include <QJsonObject>
#include <numeric>

namespace lunaris
{

namespace
{

const QString rulesKey = QStringLiteral("rules");
const QString prefixKey = QStringLiteral("prefix");
const QString actionKey = QStringLiteral("action");
const QString windowKey = QStringLiteral("deduplication_milliseconds");

std::optional<PathRule> ruleIn(const QJsonValue &value)
{
    const QJsonObject rule = value.toObject();
    const QString action = rule.value(actionKey).toString();
    if (rule.size() != 2 || (action != dbus::rule::exclude && action != dbus::rule::include)) {
        return std::nullopt;
    }
    const QByteArray prefix = QByteArray::fromPercentEncoding(rule.value(prefixKey).toString().toUtf8());
    return PathRule{prefix.toStdString(),
                    action == dbus::rule::include ? PathRule::Action::Include : PathRule::Action::Exclude};
}

std::optional<std::vector<PathRule>> rulesIn(const QJsonValue &value)
{
    if (!value.isArray()) {
        return std::nullopt;
    }
    std::vector<PathRule> rules;
    for (const QJsonValue element : value.toArray()) {
        const std::optional<PathRule> rule = ruleIn(element);
        if (!rule) {
            return std::nullopt;
        }
        rules.push_back(*rule);
    }
    return SavedFilter::problemWith(rules) ? std::nullopt : std::optional(rules);
}

std::optional<std::chrono::milliseconds> windowIn(const QJsonValue &value)
{
    const qint64 number = value.toInteger(-1);
    return number >= 0 && number <= SavedFilter::longestWindow.count()
               ? std::optional(std::chrono::milliseconds(number))
               : std::nullopt;
}

} // namespace

FilterSettings SavedFilter::over(const FilterSettings &configured) const
{
    return {rules.value_or(configured.rules), window.value_or(configured.window)};
}

QByteArray SavedFilter::toBytes() const
{
    QJsonObject root;
    if (window) {
        root.insert(windowKey, static_cast<qint64>(window->count()));
    }
    if (rules) {
        QJsonArray list;
        for (const PathRule &rule : *rules) {
            const QByteArray prefix = QByteArray::fromStdString(rule.prefix).toPercentEncoding("/");
            const bool includes = rule.action == PathRule::Action::Include;
            list.append(QJsonObject{
                {prefixKey, QString::fromLatin1(prefix)},
                {actionKey, QString(includes ? dbus::rule::include : dbus::rule::exclude)},
            });
        }
        root.insert(rulesKey, list);
    }
    return SavedState::toBytes(root);
}

std::optional<SavedFilter> SavedFilter::fromBytes(const QByteArray &bytes)
{
    const std::optional<QJsonObject> root = SavedState::contentOf(bytes);
    if (!root) {
        return std::nullopt;
    }
    SavedFilter saved;
    for (auto entry = root->begin(); entry != root->end(); ++entry) {
        bool isGood = false;
        if (entry.key() == rulesKey) {
            saved.rules = rulesIn(entry.value());
            isGood = saved.rules.has_value();
        } else if (entry.key() == windowKey) {
            saved.window = windowIn(entry.value());
            isGood = saved.window.has_value();
        }
        if (!isGood) {
            return std::nullopt;
        }
    }
    return saved;
}

SavedFilter SavedFilter::load(const StateFile &file)
{
    std::optional<SavedFilter> saved;
    SavedState::load(file, QStringLiteral("its rules are not used, but those of the configuration"),
                     [&saved](const QByteArray &bytes) { return (saved = fromBytes(bytes)).has_value(); });
    return saved.value_or(SavedFilter());
}

std::optional<ErrorReply> SavedFilter::problemWith(const std::vector<PathRule> &rules)
{
    const std::size_t bytes =
        std::accumulate(rules.begin(), rules.end(), std::size_t{0},
                        [](std::size_t sum, const PathRule &rule) { return sum + rule.prefix.size(); });
    if (rules.size() > maximumRules || bytes > maximumPrefixBytes) {
        return ErrorReply{dbus::error::limitExceeded,
                          QStringLiteral("There may be %1 rules of %2 bytes together; leave some out.")
                              .arg(maximumRules)
                              .arg(maximumPrefixBytes)};
    }
    if (const std::string problem = PathRules::problemWith(rules); !problem.empty()) {
        return ErrorReply{dbus::error::invalidArgument,
                          QStringLiteral("Nothing was changed: %1.").arg(QString::fromStdString(problem))};
    }
    return std::nullopt;
}

} // namespace lunaris
