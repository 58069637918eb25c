// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_COMMANDS_H
#define LUNARIS_APP_CTL_COMMANDS_H

#include <QStringList>

/// The commands of the terminal program: each reads its arguments, does its work and gives the exit status.
namespace lunaris::commands
{

int watch(const QStringList &arguments);
int exportCapture(const QStringList &arguments);
int busServe(const QStringList &arguments);
int busTail(const QStringList &arguments);
int check(const QStringList &arguments);
int status(const QStringList &arguments);
int stats(const QStringList &arguments);
int pause(const QStringList &arguments);
int resume(const QStringList &arguments);
int rulesList(const QStringList &arguments);
int rulesAdd(const QStringList &arguments);
int rulesRemove(const QStringList &arguments);
int rulesReset(const QStringList &arguments);
int rulesTest(const QStringList &arguments);
int dedup(const QStringList &arguments);

} // namespace lunaris::commands

#endif
