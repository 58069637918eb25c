// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_RULETEXT_H
#define LUNARIS_APP_CTL_RULETEXT_H

#include "dbus/rules/PathRules.h"

#include <QJsonObject>
#include <QString>
#include <string>
#include <vector>

/// Path rules in a terminal. Paths are bytes, and stand there so that they can be typed again: control
/// characters, what is no UTF-8 and the backslash as \xHH.
namespace lunaris::RuleText
{

/// A line each with its newline, and a line of titles.
std::string table(const std::vector<PathRule> &rules);

/// Keys action, hits, prefix; and prefix_base64 where prefix cannot say it.
QJsonObject toJson(const PathRule &rule);

/// Why a path is kept or left out, in a few lines; `matching` as PathRules::matching() gives them.
std::string explanation(const std::string &path, bool isDirectory, const std::vector<PathRule> &matching);

/// The bytes of a path that somebody has typed. Empty, and `problem` says why, when they are not to be had.
std::string pathTyped(const QString &text, QString &problem);

} // namespace lunaris::RuleText

#endif
