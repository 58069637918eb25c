// SPDX-License-Identifier: MIT
#include "app/capture/CaptureReader.h"
#include "app/ctl/Command.h"
#include "app/ctl/Commands.h"
#include "app/ctl/Output.h"
#include "app/ctl/Terminal.h"
#include "app/format/EventExport.h"
#include "app/format/EventFields.h"

#include <QFile>

namespace lunaris::commands
{

namespace
{

void summarize(const EventExport &events, quint64 lost)
{
    if (lost > 0) {
        complain(QStringLiteral("%1 events had been dropped when the capture was made.").arg(lost));
    }
    if (events.unsayable() > 0) {
        complain(QStringLiteral("%1 events lack what this format requires, and were left out; --format json "
                                "has them.")
                     .arg(events.unsayable()));
    }
    complain(QStringLiteral("%1 events exported.").arg(events.said()));
}

/// Everything that the filter lets pass. False when nobody reads it any more.
bool write(CaptureReader &reader, const filter::Program &program, EventExport &events, quint64 &lost)
{
    while (const std::optional<CaptureReader::Item> item = reader.next()) {
        if (const auto *const loss = std::get_if<CaptureReader::Loss>(&*item)) {
            lost += loss->events;
            continue;
        }
        const auto &event = std::get<MonitorEvent>(*item);
        if (!program.passes(EventFields(event).view())) {
            continue;
        }
        events.add(event);
        if (events.isFull() && !print(events.take())) {
            return false;
        }
    }
    return print(events.take());
}

} // namespace

int exportCapture(const QStringList &arguments)
{
    Command command(QStringLiteral("export"),
                    QStringLiteral("Turns a capture, made by watch --save, into any format."));
    command.takeArguments("FILE", "The capture, and a filter: only events for which it holds.",
                          "FILE [FILTER...]");
    command.add("format", "columns, line, json, csv or ocsf.", "FORMAT", QStringLiteral("line"));
    command.addSwitch("no-color", "No colours in columns; nor if NO_COLOR is set.");
    command.addSwitch("absolute", "In columns the time of day. That is so unless --relative is given.");
    command.addSwitch("relative", "In columns the seconds since the first event.");
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    if (command.arguments().isEmpty()) {
        return wrongUsage(QStringLiteral("export needs the file of a capture"));
    }
    if (command.isSet("absolute") && command.isSet("relative")) {
        return wrongUsage(QStringLiteral("--absolute and --relative exclude each other"));
    }
    const auto filter = readFilter(command.arguments().mid(1));
    if (const int *const status = std::get_if<int>(&filter)) {
        return *status;
    }
    // Both have succeeded in readFilter().
    const auto parsed = filter::parse(std::get<SubscriptionFilter>(filter).text);
    const auto program = filter::Program::compile(std::get<filter::Expression>(parsed));

    const QString name = command.arguments().constFirst();
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly)) {
        complain(QStringLiteral("%1 cannot be read: %2").arg(name, file.errorString()));
        return Failed;
    }
    CaptureReader reader(file);
    if (const std::optional<Sentence> problem = reader.problem()) {
        complain(name + u' ' + QString::fromStdString(problem->english()));
        return Failed;
    }
    const Look look{command.isSet("no-color"), command.isSet("relative")};
    auto format = makeFormat(command.value("format"), settingsFor(look, reader.facts()));
    if (!format) {
        return wrongUsage(QStringLiteral("the format must be one of %1, not \"%2\"")
                              .arg(formatNames().join(QStringLiteral(", ")), command.value("format")));
    }
    EventExport events(std::move(format));
    quint64 lost = 0;
    if (!write(reader, std::get<filter::Program>(program), events, lost)) {
        return Done;
    }
    summarize(events, lost);
    if (const std::optional<Sentence> problem = reader.problem()) {
        complain(name + u' ' + QString::fromStdString(problem->english()));
        return Failed;
    }
    return Done;
}

} // namespace lunaris::commands
