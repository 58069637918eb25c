// SPDX-License-Identifier: MIT
#include "app/ctl/Commands.h"
#include "app/ctl/HelperOf.h"
#include "app/ctl/Output.h"
#include "app/ctl/RuleText.h"
#include "app/format/DisplayText.h"
#include "app/format/JsonText.h"
#include "dbus/Names.h"
#include "dbus/RuleLists.h"
#include "proto/Escape.h"

#include <QJsonArray>
#include <algorithm>
#include <filesystem>
#include <system_error>

namespace lunaris::commands
{

namespace
{

std::vector<PathRule>::iterator find(std::vector<PathRule> &rules, const std::string &prefix)
{
    return std::find_if(rules.begin(), rules.end(),
                        [&prefix](const PathRule &rule) { return rule.prefix == prefix; });
}

ExitStatus replaceRules(Helper &helper, const std::vector<PathRule> &rules)
{
    return helper.command(QStringLiteral("SetRules"), {QVariant::fromValue(toMonitorRules(rules))});
}

/// What a person means who has left out a slash at the end, or typed one too many.
std::string withOrWithoutSlash(const std::string &path)
{
    return path.ends_with('/') ? path.substr(0, path.size() - 1) : path + '/';
}

} // namespace

int rulesList(const QStringList &arguments)
{
    Command command(QStringLiteral("rules list"),
                    QStringLiteral("Lists the path rules, and how often each has decided."));
    command.addHelperOptions();
    command.addSwitch("json", "As JSON, a line a rule.");
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    HelperOf helper(command);
    const std::optional<std::vector<PathRule>> rules = helper->rules();
    if (!rules) {
        return helper->status();
    }
    if (!command.isSet("json")) {
        print(RuleText::table(*rules));
        return Done;
    }
    std::string lines;
    for (const PathRule &rule : *rules) {
        lines += toJsonLine(RuleText::toJson(rule));
    }
    print(lines);
    return Done;
}

int rulesAdd(const QStringList &arguments)
{
    Command command(QStringLiteral("rules add"),
                    QStringLiteral("Adds a path rule, or changes the one for this path."));
    command.takeArguments("RULE",
                          "exclude or include, and a path: with a slash at its end what lies below and the "
                          "directory itself; without, that path and what lies below. Any byte can be \\xHH.",
                          "exclude|include PATH");
    command.addHelperOptions();
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    const QStringList words = command.arguments();
    if (words.size() != 2 || (words.first() != dbus::rule::exclude && words.first() != dbus::rule::include)) {
        return wrongUsage(QStringLiteral("rules add takes exclude or include, and a path"));
    }
    QString problem;
    const std::string prefix = RuleText::pathTyped(words.last(), problem);
    if (!problem.isEmpty()) {
        return wrongUsage(problem);
    }
    const PathRule::Action action =
        words.first() == dbus::rule::include ? PathRule::Action::Include : PathRule::Action::Exclude;
    HelperOf helper(command);
    std::optional<std::vector<PathRule>> rules = helper->rules();
    if (!rules) {
        return helper->status();
    }
    if (const auto known = find(*rules, prefix); known != rules->end()) {
        known->action = action;
    } else {
        rules->push_back({prefix, action});
    }
    return replaceRules(*helper, *rules);
}

int rulesRemove(const QStringList &arguments)
{
    Command command(QStringLiteral("rules remove"), QStringLiteral("Removes a path rule."));
    command.takeArguments("PATH", "The rule's path, as rules list shows it.", "PATH");
    command.addHelperOptions();
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    if (command.arguments().size() != 1) {
        return wrongUsage(QStringLiteral("rules remove takes the path of a rule"));
    }
    QString problem;
    const std::string prefix = RuleText::pathTyped(command.arguments().constFirst(), problem);
    if (!problem.isEmpty()) {
        return wrongUsage(problem);
    }
    HelperOf helper(command);
    std::optional<std::vector<PathRule>> rules = helper->rules();
    if (!rules) {
        return helper->status();
    }
    const auto rule = find(*rules, prefix);
    if (rule == rules->end()) {
        const std::string similar = withOrWithoutSlash(prefix);
        const QString text = escaped(prefix);
        complain(
            find(*rules, similar) == rules->end()
                ? QStringLiteral("There is no rule for %1; see: lunaris-kernel-ctl rules list").arg(text)
                : QStringLiteral("There is no rule for %1, but one for %2.").arg(text, escaped(similar)));
        return Failed;
    }
    rules->erase(rule);
    return replaceRules(*helper, *rules);
}

int rulesReset(const QStringList &arguments)
{
    Command command(QStringLiteral("rules reset"),
                    QStringLiteral("Goes back to the rules of the configuration, or the built-in ones."));
    command.addHelperOptions();
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    return HelperOf(command)->command(QStringLiteral("ResetRules"), {});
}

int rulesTest(const QStringList &arguments)
{
    Command command(QStringLiteral("rules test"),
                    QStringLiteral("Says which rule decides what becomes of a file, and why."));
    command.takeArguments("PATH",
                          "The file's absolute path. It need not exist; with a slash at its end, or "
                          "if there is one of that name, it is a directory.",
                          "PATH");
    command.addHelperOptions();
    command.addSwitch("json", "As a line of JSON.");
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    if (command.arguments().size() != 1 || command.arguments().constFirst().isEmpty()) {
        return wrongUsage(QStringLiteral("rules test takes the path of a file"));
    }
    QString problem;
    std::string path = RuleText::pathTyped(command.arguments().constFirst(), problem);
    if (!problem.isEmpty()) {
        return wrongUsage(
            QString(problem).replace(QStringLiteral("a rule's path"), QStringLiteral("the path")));
    }
    HelperOf helper(command);
    const std::optional<std::vector<PathRule>> rules = helper->rules();
    if (!rules) {
        return helper->status();
    }
    std::error_code error; // what is not there is no directory, and no link
    const bool isDirectory = path.ends_with('/') || std::filesystem::is_directory(path, error);
    while (path.size() > 1 && path.ends_with('/')) {
        path.pop_back();
    }
    const std::vector<PathRule> matching = PathRules(*rules).matching(path, isDirectory);
    if (command.isSet("json")) {
        QJsonArray list;
        for (const PathRule &rule : matching) {
            list.append(RuleText::toJson(rule));
        }
        const bool kept = matching.empty() || matching.front().action == PathRule::Action::Include;
        print(toJsonLine({
            {QStringLiteral("path"), QString::fromStdString(proto::toUtf8(path))},
            {QStringLiteral("directory"), isDirectory},
            {QStringLiteral("reported"), kept},
            {QStringLiteral("matching"), list},
        }));
        return Done;
    }
    std::string text = RuleText::explanation(path, isDirectory, matching);
    const std::string real = std::filesystem::canonical(path, error).native();
    if (!real.empty() && real != path) {
        text += "It is a link, or behind one: events and rules know it as " + proto::toEscaped(real) + ".\n";
    }
    print(text);
    return Done;
}

} // namespace lunaris::commands
