// SPDX-License-Identifier: MIT
// The terminal twin: finds the command that the command line names, and runs it.
#include "app/ctl/Command.h"
#include "app/ctl/Commands.h"
#include "app/ctl/Output.h"

#include <QCoreApplication>
#include <csignal>
#include <utility>

using namespace lunaris;

namespace
{

const char *const overview = R"(Usage: lunaris-kernel-ctl COMMAND [OPTIONS]

Commands:
  watch         Print the files that programs open, a line each, as it happens; with
                a filter, those for which it holds.
  export        Print what watch --save has kept, in any format.
  status        Say what the helper is doing.
  stats         Count what became of everything that was seen.
  pause         Switch the recording off, for a time or until resumed.
  resume        End a pause.
  rules list    List the path rules, and how often each has decided.
  rules add     Add a path rule, or change one.
  rules remove  Remove a path rule.
  rules reset   Go back to the rules of the configuration.
  rules test    Say which rule decides what becomes of a file, and why.
  dedup         Say or set the time in which the same open is reported once.
  check         Say whether the helper can watch this kernel.
  bus serve     Be a minimal Event Bus, on a machine that has none.
  bus tail      Print what travels on the Event Bus.

Options of each command: lunaris-kernel-ctl COMMAND --help

Exit status: 0 done, 1 failed, 2 wrong usage, 3 not authorized, 4 helper unavailable.)";

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("lunaris-kernel-ctl"));
    std::signal(SIGPIPE, SIG_IGN); // a reader that leaves ends us by the failed write

    using Run = int (*)(const QStringList &);
    static const std::pair<QStringList, Run> all[] = {
        {{QStringLiteral("watch")}, commands::watch},
        {{QStringLiteral("export")}, commands::exportCapture},
        {{QStringLiteral("status")}, commands::status},
        {{QStringLiteral("stats")}, commands::stats},
        {{QStringLiteral("pause")}, commands::pause},
        {{QStringLiteral("resume")}, commands::resume},
        {{QStringLiteral("rules"), QStringLiteral("list")}, commands::rulesList},
        {{QStringLiteral("rules"), QStringLiteral("add")}, commands::rulesAdd},
        {{QStringLiteral("rules"), QStringLiteral("remove")}, commands::rulesRemove},
        {{QStringLiteral("rules"), QStringLiteral("reset")}, commands::rulesReset},
        {{QStringLiteral("rules"), QStringLiteral("test")}, commands::rulesTest},
        {{QStringLiteral("dedup")}, commands::dedup},
        {{QStringLiteral("check")}, commands::check},
        {{QStringLiteral("bus"), QStringLiteral("serve")}, commands::busServe},
        {{QStringLiteral("bus"), QStringLiteral("tail")}, commands::busTail},
    };
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    for (const auto &[words, run] : all) {
        if (arguments.mid(0, words.size()) == words) {
            return run(arguments.mid(words.size()));
        }
    }
    if (arguments.contains(QStringLiteral("--version"))) {
        print("lunaris-kernel-ctl " LUNARIS_VERSION "\n");
        return Done;
    }
    if (arguments.contains(QStringLiteral("--help")) || arguments.contains(QStringLiteral("-h"))) {
        print(std::string(overview) + '\n');
        return Done;
    }
    if (arguments.isEmpty()) {
        return wrongUsage(QStringLiteral("a command is needed"));
    }
    QStringList second;
    for (const auto &[words, run] : all) {
        if (words.size() == 2 && words.first() == arguments.first()) {
            second.append(words.last());
        }
    }
    return wrongUsage(second.isEmpty()
                          ? QStringLiteral("there is no command \"%1\"").arg(arguments.join(u' '))
                          : QStringLiteral("after %1 there must be one of: %2")
                                .arg(arguments.first(), second.join(QStringLiteral(", "))));
}
