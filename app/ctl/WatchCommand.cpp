// SPDX-License-Identifier: MIT
#include "app/ctl/Command.h"
#include "app/ctl/Commands.h"
#include "app/ctl/Output.h"
#include "app/ctl/PasswordAgent.h"
#include "app/ctl/Task.h"
#include "app/ctl/Terminal.h"
#include "app/ctl/Watch.h"
#include "dbus/BusConnection.h"
#include "dbus/Names.h"

#include <unistd.h>

namespace lunaris::commands
{

namespace
{

QStringList allTypes()
{
    QStringList types;
    for (const std::string_view type : proto::type::all) {
        types.append(QString::fromLatin1(type.data()));
    }
    return types;
}

void addOptions(Command &command)
{
    command.takeArguments("FILTER", "Only events for which this holds, as 'name endswith .txt and uid == 0'.",
                          "[FILTER...]");
    command.addHelperOptions();
    command.add("scope", "Whose: own, or all (needs an administrator).", "SCOPE", dbus::scope::own);
    command.add("backlog", "Start with up to N events that have just been.", "N");
    command.add("types",
                "Which events, separated by commas; as listed above. Unless given: file.opened, or all of "
                "them if the filter asks for the type.",
                "TYPES");
    command.add("count", "Stop after N events.", "N");
    command.add({QStringLiteral("duration"), QStringLiteral("for")}, "Stop after a time, as 10s, 5m or 1h.",
                "TIME");
    command.add("format", "columns, line, json, csv or ocsf. Unless given: columns on a terminal, else line.",
                "FORMAT");
    command.add("save", "Keep the events in a new FILE, too; see export.", "FILE");
    command.addSwitch("no-color", "No colours in columns; nor if NO_COLOR is set.");
    command.addSwitch("absolute", "In columns the time of day. That is so unless --relative is given.");
    command.addSwitch("relative", "In columns the seconds since the first event.");
}

} // namespace

int watch(const QStringList &arguments)
{
    Command command(QStringLiteral("watch"),
                    QStringLiteral("Prints the files that programs open, as it happens.\n"
                                   "Types: %1.\n"
                                   "Filters: lunaris-kernel-filter(7).")
                        .arg(allTypes().join(QStringLiteral(", "))));
    addOptions(command);
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    Watch::Options options;
    options.subscription.scope = command.value("scope");
    if (!dbus::scope::isOne(options.subscription.scope)) {
        return wrongUsage(
            QStringLiteral("the scope must be own or all, not \"%1\"").arg(command.value("scope")));
    }
    const auto filter = readFilter(command.arguments());
    if (const int *const status = std::get_if<int>(&filter)) {
        return *status;
    }
    const auto &[filterText, filterFields] = std::get<SubscriptionFilter>(filter);
    options.subscription.filter = QString::fromStdString(filterText);
    options.subscription.types =
        command.isSet("types")                       ? command.value("types").split(u',', Qt::SkipEmptyParts)
        : filterFields.contains(filter::Field::Type) ? allTypes()
                                                     : QStringList{dbus::type::fileOpened};
    options.subscription.mayAsk = !command.isSet("no-ask");
    bool ok = true;
    options.count = command.number("count", ok);
    const std::optional<quint64> backlog = command.number("backlog", ok);
    if (!ok || backlog.value_or(0) > 10'000) {
        return wrongUsage(
            QStringLiteral("--count and --backlog take a number above 0, --backlog at most 10000"));
    }
    options.subscription.backlog = static_cast<quint32>(backlog.value_or(0));
    if (command.isSet("duration")) {
        options.milliseconds = Command::duration(command.value("duration"));
        if (!options.milliseconds) {
            return wrongUsage(QStringLiteral("--duration takes a time as 10s, 5m or 1h, not \"%1\"")
                                  .arg(command.value("duration")));
        }
    }
    if (command.isSet("absolute") && command.isSet("relative")) {
        return wrongUsage(QStringLiteral("--absolute and --relative exclude each other"));
    }
    const capture::Facts facts = CaptureWriter::factsOfThisMachine();
    const QString format = command.isSet("format")     ? command.value("format")
                           : isTerminal(STDOUT_FILENO) ? QStringLiteral("columns")
                                                       : QStringLiteral("line");
    const Look look{command.isSet("no-color"), command.isSet("relative")};
    options.format = makeFormat(format, settingsFor(look, facts));
    if (!options.format) {
        return wrongUsage(QStringLiteral("the format must be one of %1, not \"%2\"")
                              .arg(formatNames().join(QStringLiteral(", ")), format));
    }
    if (command.isSet("save")) {
        auto capture = CaptureWriter::create(command.value("save"), facts);
        if (const Sentence *const problem = std::get_if<Sentence>(&capture)) {
            complain(QString::fromStdString(problem->english()));
            return Failed;
        }
        options.capture = std::get<std::unique_ptr<CaptureWriter>>(std::move(capture));
    }
    TerminationSignal termination; // before the thread that D-Bus brings
    std::optional<PasswordAgent> agent;
    if (options.subscription.mayAsk) {
        agent.emplace();
    }
    Watch task(connectToBus(command.value("bus")), std::move(options));
    return runUntilFinished(task, termination);
}

} // namespace lunaris::commands
