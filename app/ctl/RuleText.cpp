// SPDX-License-Identifier: MIT
#include "app/ctl/RuleText.h"

#include "proto/Escape.h"

#include <QByteArray>
#include <cstdio>

namespace lunaris::RuleText
{

namespace
{

const char *nameOf(PathRule::Action action)
{
    return action == PathRule::Action::Include ? "include" : "exclude";
}

std::string row(const char *action, const char *hits, const std::string &prefix)
{
    char start[64];
    std::snprintf(start, sizeof(start), "%-7s %12s  ", action, hits);
    return start + prefix + '\n';
}

} // namespace

std::string table(const std::vector<PathRule> &rules)
{
    std::string text = row("ACTION", "HITS", "PATH");
    for (const PathRule &rule : rules) {
        text += row(nameOf(rule.action), std::to_string(rule.hits).c_str(), proto::toEscaped(rule.prefix));
    }
    return text;
}

QJsonObject toJson(const PathRule &rule)
{
    const std::string text = proto::toUtf8(rule.prefix);
    QJsonObject object{
        {QStringLiteral("action"), QLatin1String(nameOf(rule.action))},
        {QStringLiteral("hits"), static_cast<qint64>(rule.hits)},
        {QStringLiteral("prefix"), QString::fromStdString(text)},
    };
    if (text != rule.prefix) {
        object.insert(QStringLiteral("prefix_base64"),
                      QString::fromLatin1(QByteArray::fromStdString(rule.prefix).toBase64()));
    }
    return object;
}

std::string explanation(const std::string &path, bool isDirectory, const std::vector<PathRule> &matching)
{
    const std::string what = (isDirectory ? "The directory " : "The file ") + proto::toEscaped(path);
    if (matching.empty()) {
        return what + " is reported: no rule matches it.\n";
    }
    const PathRule &decides = matching.front();
    const bool kept = decides.action == PathRule::Action::Include;
    std::string text = what + (kept ? " is reported: " : " is left out: ") + nameOf(decides.action) + ' ' +
                       proto::toEscaped(decides.prefix) + " decides";
    if (matching.size() == 1) {
        return text + ", the one rule that matches it.\n";
    }
    text += ", as it is the longest that matches it. Shorter:\n";
    for (std::size_t index = 1; index < matching.size(); ++index) {
        text += std::string("  ") + nameOf(matching[index].action) + ' ' +
                proto::toEscaped(matching[index].prefix) + '\n';
    }
    return text;
}

std::string pathTyped(const QString &text, QString &problem)
{
    // What Qt could not read stands there as U+FFFD: another path than the one that was meant.
    if (text.contains(QChar::ReplacementCharacter)) {
        problem = QStringLiteral("bytes of a path that are no UTF-8 are to be written as \\xHH");
        return {};
    }
    std::string path = proto::unescape(text.toStdString());
    problem = QString::fromStdString(PathRules::problemWith(path));
    return problem.isEmpty() ? path : std::string();
}

} // namespace lunaris::RuleText
