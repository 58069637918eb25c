// SPDX-License-Identifier: MIT
#include "app/ctl/Command.h"
#include "app/ctl/Commands.h"
#include "app/ctl/Funnel.h"
#include "app/ctl/HelperOf.h"
#include "app/ctl/Output.h"
#include "app/ctl/StatsWatch.h"
#include "app/ctl/Task.h"
#include "app/format/DisplayText.h"
#include "app/format/JsonText.h"
#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QElapsedTimer>
#include <QTimer>

namespace lunaris::commands
{

namespace
{

QString untilText(quint64 microseconds)
{
    return microseconds == 0 ? QStringLiteral("until resumed")
                             : QStringLiteral("until ") + dateAndClockText(microseconds);
}

std::string row(const char *title, const QString &value)
{
    return QStringLiteral("%1  %2\n").arg(QLatin1String(title), -9).arg(value).toStdString();
}

QString textOf(const QVariantMap &properties, const char *name)
{
    return properties.value(QLatin1String(name)).toString();
}

QString busText(const QVariantMap &properties)
{
    return properties.value(QStringLiteral("BusConnected")).toBool() ? QStringLiteral("connected")
                                                                     : QStringLiteral("not connected");
}

/// What `check` and `status` begin with.
std::string facts(const QVariantMap &properties)
{
    return row("helper", textOf(properties, "Version")) + row("kernel", textOf(properties, "KernelRelease")) +
           row("state", textOf(properties, "State")) + row("method", textOf(properties, "CaptureMethod")) +
           row("event bus", busText(properties));
}

/// own or all, the command's one argument; "all" where there is none. Nothing if it is another.
std::optional<QString> scopeOf(const Command &command)
{
    const QStringList words = command.arguments();
    const QString scope = words.isEmpty() ? QString(dbus::scope::all) : words.constFirst();
    return words.size() <= 1 && dbus::scope::isOne(scope) ? std::optional(scope) : std::nullopt;
}

} // namespace

int check(const QStringList &arguments)
{
    Command command(QStringLiteral("check"),
                    QStringLiteral("Says whether the helper can watch this kernel."));
    command.addHelperOptions();
    command.addSwitch("json", "As one line of JSON.");
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    Helper helper(connectToBus(command.value("bus")), false);
    const std::optional<QVariantMap> properties = helper.properties();
    if (!properties) {
        return helper.status();
    }
    const QString reason = textOf(*properties, "StateReason");
    const bool ready = textOf(*properties, "State") != dbus::state::unavailable;
    if (command.isSet("json")) {
        print(toJsonLine({
            {QStringLiteral("ready"), ready},
            {QStringLiteral("state"), textOf(*properties, "State")},
            {QStringLiteral("reason"), reason},
            {QStringLiteral("explanation"), dbus::explainReason(reason)},
            {QStringLiteral("helper"), textOf(*properties, "Version")},
            {QStringLiteral("kernel"), textOf(*properties, "KernelRelease")},
            {QStringLiteral("method"), textOf(*properties, "CaptureMethod")},
            {QStringLiteral("bus_connected"), properties->value(QStringLiteral("BusConnected")).toBool()},
        }));
    } else {
        print(facts(*properties));
        if (!reason.isEmpty()) {
            complain(dbus::explainReason(reason));
        }
    }
    return ready ? Done : Failed;
}

int status(const QStringList &arguments)
{
    Command command(QStringLiteral("status"),
                    QStringLiteral("Says what the helper is doing: state, capture, Event Bus, rates."));
    command.addHelperOptions();
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    HelperOf helper(command);
    const std::optional<QVariantMap> properties = helper->properties();
    if (!properties) {
        return helper->status();
    }
    const std::optional<PauseStatus> pause = helper->pause();
    if (!pause) {
        return helper->status();
    }
    std::string text = facts(*properties);
    text += row("since", dateAndClockText(properties->value(QStringLiteral("StateSince")).toULongLong()));
    const QString reason = textOf(*properties, "StateReason");
    if (!reason.isEmpty()) {
        text += row("reason", dbus::explainReason(reason));
    }
    if (pause->all) {
        text += row(
            "paused",
            QStringLiteral("for everybody, %1, by uid %2").arg(untilText(pause->allUntil)).arg(pause->allBy));
    }
    if (pause->own) {
        text += row("paused", QStringLiteral("for you, %1").arg(untilText(pause->ownUntil)));
    }
    if (!print(text)) {
        return Done;
    }
    // A rate needs two looks, and the helper refreshes its statistics once a second.
    const std::optional<Statistics> before = helper->statistics();
    if (!before) {
        return helper->status();
    }
    QElapsedTimer since;
    since.start();
    QTimer::singleShot(std::chrono::seconds(1), qApp, &QCoreApplication::quit);
    QCoreApplication::exec();
    const std::optional<Statistics> now = helper->statistics();
    if (!now) {
        return helper->status();
    }
    print('\n' + Funnel::text({*now, {}},
                              Funnel::Before{{*before, {}}, std::chrono::milliseconds(since.elapsed())}));
    return Done;
}

int stats(const QStringList &arguments)
{
    Command command(QStringLiteral("stats"),
                    QStringLiteral("Counts what became of everything that was seen."));
    command.addHelperOptions();
    command.addSwitch("watch", "Once a second, with rates, until Ctrl-C.");
    command.addSwitch(
        "json",
        "As a line of JSON, with the keys of the D-Bus method GetStatistics, the rules and the rates.");
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    if (command.isSet("watch")) {
        TerminationSignal termination; // before the thread that D-Bus brings
        HelperOf helper(command);
        StatsWatch task(*helper, command.isSet("json"));
        return runUntilFinished(task, termination);
    }
    HelperOf helper(command);
    const std::optional<Funnel::Look> now = helper->look();
    if (!now) {
        return helper->status();
    }
    print(command.isSet("json") ? Funnel::json(*now) : Funnel::text(*now));
    return Done;
}

int pause(const QStringList &arguments)
{
    Command command(QStringLiteral("pause"),
                    QStringLiteral("Switches the recording off: of everybody's activity, or of one's own."));
    command.takeArguments("SCOPE", "all (needs an administrator; that is so unless given), or own.",
                          "[all|own]");
    command.addHelperOptions();
    command.add("for", "Resume after a time, as 15m or 2h, at most 7d. Unless given: until resumed.", "TIME");
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    const std::optional<QString> scope = scopeOf(command);
    if (!scope) {
        return wrongUsage(QStringLiteral("pause takes all or own"));
    }
    quint64 seconds = 0;
    if (command.isSet("for")) {
        constexpr qint64 longest = qint64{7} * 86'400 * 1000;
        const std::optional<qint64> milliseconds = Command::duration(command.value("for"));
        if (!milliseconds || *milliseconds == 0 || *milliseconds > longest) {
            return wrongUsage(QStringLiteral("--for takes a time as 15m or 2h, at most 7d, not \"%1\"")
                                  .arg(command.value("for")));
        }
        seconds = static_cast<quint64>(*milliseconds / 1000);
    }
    return HelperOf(command)->command(QStringLiteral("Pause"), {*scope, seconds});
}

int resume(const QStringList &arguments)
{
    Command command(QStringLiteral("resume"), QStringLiteral("Ends a pause."));
    command.takeArguments("SCOPE", "all (that is so unless given), or own.", "[all|own]");
    command.addHelperOptions();
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    const std::optional<QString> scope = scopeOf(command);
    if (!scope) {
        return wrongUsage(QStringLiteral("resume takes all or own"));
    }
    return HelperOf(command)->command(QStringLiteral("Resume"), {*scope});
}

int dedup(const QStringList &arguments)
{
    Command command(
        QStringLiteral("dedup"),
        QStringLiteral("Says or sets the time in which a process's opens of one file are reported "
                       "once."));
    command.takeArguments("MILLISECONDS", "At most 3600000; 0 reports every open. Unless given: says it.",
                          "[MILLISECONDS]");
    command.addHelperOptions();
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    const QStringList words = command.arguments();
    bool isNumber = true;
    const uint milliseconds = words.isEmpty() ? 0 : words.constFirst().toUInt(&isNumber);
    if (words.size() > 1 || !isNumber) {
        return wrongUsage(QStringLiteral("dedup takes a number of milliseconds"));
    }
    HelperOf helper(command);
    if (!words.isEmpty()) {
        return helper->command(QStringLiteral("SetDeduplication"), {milliseconds});
    }
    const std::optional<QVariantMap> properties = helper->properties();
    if (!properties) {
        return helper->status();
    }
    const QVariant window = properties->value(QStringLiteral("DeduplicationMilliseconds"));
    print(std::to_string(window.toUInt()) + '\n');
    return Done;
}

} // namespace lunaris::commands
