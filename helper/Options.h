// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_OPTIONS_H
#define LUNARIS_HELPER_OPTIONS_H

#include "helper/Config.h"

#include <QProcessEnvironment>
#include <QString>
#include <QStringList>
#include <variant>

namespace lunaris
{

/// What the command line asks for.
struct Options {
    enum class Task { Run, Check };

    Task task = Task::Run;
    bool json = false;  ///< of Check
    QString recordFile; ///< of Run: where to write down what the kernel says; empty: nowhere
    Config config;
};

/// Something to print, and to leave with.
struct Farewell {
    QString text;
    int status = 0; ///< 0: to stdout, as --help; 2: a sentence on what is wrong, to stderr
};

/// `arguments` with the program's name first.
std::variant<Options, Farewell> parseOptions(const QStringList &arguments,
                                             const QProcessEnvironment &environment);

} // namespace lunaris

#endif
