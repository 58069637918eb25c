// SPDX-License-Identifier: MIT
#include "app/ctl/BusTail.h"
#include "app/ctl/Command.h"
#include "app/ctl/Commands.h"
#include "app/ctl/EventBusServer.h"
#include "app/ctl/Output.h"
#include "app/ctl/Task.h"

#include <google/protobuf/stubs/logging.h>

namespace lunaris::commands
{

namespace
{

const QString producerSocket = QStringLiteral("/run/lunaris/event-bus-producer.sock");
const QString consumerSocket = QStringLiteral("/run/lunaris/event-bus-consumer.sock");

} // namespace

int busServe(const QStringList &arguments)
{
    Command command(QStringLiteral("bus serve"),
                    QStringLiteral("A minimal Event Bus: hands the events of producers to consumers."));
    command.add("producer-socket", "Where events come in.", "PATH", producerSocket);
    command.add("consumer-socket", "Where events go out.", "PATH", consumerSocket);
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    TerminationSignal termination;
    QObject::connect(&termination, &TerminationSignal::received, qApp, &QCoreApplication::quit);
    google::protobuf::SetLogHandler(nullptr); // what does not parse is dropped silently
    EventBusServer server(command.value("producer-socket"), command.value("consumer-socket"));
    if (const auto problem = server.listen()) {
        complain(*problem);
        return Failed;
    }
    complain(QStringLiteral("Serving %1.").arg(command.value("producer-socket")));
    return QCoreApplication::exec();
}

int busTail(const QStringList &arguments)
{
    Command command(QStringLiteral("bus tail"), QStringLiteral("Prints what travels on the Event Bus."));
    command.add("consumer-socket", "Where the bus hands out events.", "PATH", consumerSocket);
    command.add("types", "Only these, separated by commas; \"file.\" is a prefix.", "TYPES",
                QStringLiteral("*"));
    command.add("uid", "Only events of this uid; * is everybody (root only).", "UID", QStringLiteral("*"));
    command.add("count", "Stop after N events.", "N");
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    bool ok = true;
    const BusTail::Options options{command.value("consumer-socket"), command.value("types"),
                                   command.value("uid"), command.number("count", ok)};
    if (!ok) {
        return wrongUsage(QStringLiteral("--count takes a number above 0"));
    }
    TerminationSignal termination;
    BusTail task(options);
    return runUntilFinished(task, termination);
}

} // namespace lunaris::commands
