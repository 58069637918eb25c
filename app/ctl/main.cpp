// SPDX-License-Identifier: MIT
// The terminal twin: reads the command line and runs one of the commands.
#include "app/client/SubscriptionFilter.h"
#include "app/ctl/BusTail.h"
#include "app/ctl/Check.h"
#include "app/ctl/EventBusServer.h"
#include "app/ctl/ExitStatus.h"
#include "app/ctl/Output.h"
#include "app/ctl/PasswordAgent.h"
#include "app/ctl/Watch.h"
#include "dbus/BusConnection.h"
#include "dbus/Names.h"
#include "process/TerminationSignal.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QRegularExpression>
#include <csignal>
#include <cstdio>
#include <google/protobuf/stubs/logging.h>
#include <optional>
#include <utility>

using namespace lunaris;

namespace
{

const char *const overview = R"(Usage: lunaris-kernel-ctl COMMAND [OPTIONS]

Commands:
  watch      Print the files that programs open, a line each, as it happens; with a
             filter, those for which it holds.
  check      Say whether the helper can watch this kernel.
  bus serve  Be a minimal Event Bus, on a machine that has none.
  bus tail   Print what travels on the Event Bus.

Options of each command: lunaris-kernel-ctl COMMAND --help

Exit status: 0 done, 1 failed, 2 wrong usage, 3 not authorized, 4 helper unavailable.)";

const QString producerSocket = QStringLiteral("/run/lunaris/event-bus-producer.sock");
const QString consumerSocket = QStringLiteral("/run/lunaris/event-bus-consumer.sock");

int wrongUsage(const QString &sentence)
{
    complain(sentence + QStringLiteral(" (see --help)"));
    return WrongUsage;
}

/// A command's options: parses them, and answers --help and mistakes.
class Command
{
public:
    Command(const QString &name, const QString &description) : m_name(name)
    {
        m_parser.setApplicationDescription(description);
        m_parser.addHelpOption();
    }

    /// Lets arguments follow that are no options.
    void takeArguments(const char *name, const char *description)
    {
        m_parser.addPositionalArgument(QLatin1String(name), QLatin1String(description),
                                       u'[' + QLatin1String(name) + QStringLiteral("…]"));
        m_takesArguments = true;
    }

    void add(const char *name, const char *description, const char *value,
             const QString &standard = QString())
    {
        m_parser.addOption({QLatin1String(name), QLatin1String(description), QLatin1String(value), standard});
    }

    /// The exit status when there is nothing left to do.
    std::optional<int> parse(const QStringList &arguments)
    {
        QStringList all = arguments;
        all.prepend(QStringLiteral("lunaris-kernel-ctl ") + m_name);
        if (!m_parser.parse(all)) {
            return wrongUsage(m_parser.errorText());
        }
        if (m_parser.isSet(QStringLiteral("help"))) {
            print(m_parser.helpText().toStdString());
            return Done;
        }
        if (!m_takesArguments && !m_parser.positionalArguments().isEmpty()) {
            return wrongUsage(QStringLiteral("%1 takes options only, but there is \"%2\"")
                                  .arg(m_name, m_parser.positionalArguments().constFirst()));
        }
        return std::nullopt;
    }

    QStringList arguments() const { return m_parser.positionalArguments(); }
    bool isSet(const char *name) const { return m_parser.isSet(QLatin1String(name)); }
    QString value(const char *name) const { return m_parser.value(QLatin1String(name)); }

    /// A whole number above 0; nothing if the option is not there. `ok` is cleared if it is none.
    std::optional<quint64> number(const char *name, bool &ok) const
    {
        const QString text = value(name);
        if (text.isEmpty()) {
            return std::nullopt;
        }
        bool isNumber = false;
        const quint64 parsed = text.toULongLong(&isNumber);
        ok = ok && isNumber && parsed > 0;
        return parsed;
    }

private:
    const QString m_name;
    QCommandLineParser m_parser;
    bool m_takesArguments = false;
};

/// "10s", "5m", "2h", or seconds without a unit; in milliseconds.
std::optional<qint64> parseDuration(const QString &text)
{
    static const QRegularExpression form(QStringLiteral("^(\\d{1,6})([smh]?)$"));
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch()) {
        return std::nullopt;
    }
    const QString unit = match.captured(2);
    const qint64 factor = unit == QLatin1String("h") ? 3'600 : unit == QLatin1String("m") ? 60 : 1;
    return match.captured(1).toLongLong() * factor * 1000;
}

QStringList allTypes()
{
    QStringList types;
    for (const std::string_view type : proto::type::all) {
        types.append(QString::fromLatin1(type.data()));
    }
    return types;
}

void addBusOption(Command &command)
{
    command.add("bus", "The D-Bus of the helper: system, session or an address.", "BUS",
                QStringLiteral("system"));
}

/// Runs until the task says that it is finished, or a signal says that it shall be.
template<typename Task>
int runUntilFinished(Task &task, TerminationSignal &termination)
{
    QObject::connect(&termination, &TerminationSignal::received, &task, &Task::stop);
    QObject::connect(
        &task, &Task::finished, qApp, [](int status) { QCoreApplication::exit(status); },
        Qt::QueuedConnection);
    task.start();
    return QCoreApplication::exec();
}

int watch(const QStringList &arguments)
{
    Command command(QStringLiteral("watch"),
                    QStringLiteral("Prints the files that programs open, as it happens.\n"
                                   "Types: %1.\n"
                                   "Filters: lunaris-kernel-filter(7).")
                        .arg(allTypes().join(QStringLiteral(", "))));
    command.takeArguments("FILTER",
                          "Only events for which this holds, as 'name endswith .txt and uid == 0'.");
    addBusOption(command);
    command.add("scope", "Whose: own, or all (needs an administrator).", "SCOPE", dbus::scope::own);
    command.add("backlog", "Start with up to N events that have just been.", "N");
    command.add("types",
                "Which events, separated by commas; as listed above. Unless given: file.opened, or all of "
                "them if the filter asks for the type.",
                "TYPES");
    command.add("count", "Stop after N events.", "N");
    command.add("for", "Stop after a time, as 10s, 5m or 1h.", "TIME");
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    if (const auto problem = problemWithBus(command.value("bus"))) {
        return wrongUsage(*problem);
    }
    Watch::Options options;
    options.subscription.scope = command.value("scope");
    if (options.subscription.scope != dbus::scope::own && options.subscription.scope != dbus::scope::all) {
        return wrongUsage(
            QStringLiteral("the scope must be own or all, not \"%1\"").arg(command.value("scope")));
    }
    const auto filter = SubscriptionFilter::read(command.arguments().join(u' ').toStdString());
    if (const auto *const error = std::get_if<filter::Error>(&filter)) {
        return wrongUsage(QStringLiteral("the filter is wrong at byte %1: %2")
                              .arg(error->at.position)
                              .arg(QString::fromStdString(error->sentence)));
    }
    const auto &[filterText, filterFields] = std::get<SubscriptionFilter>(filter);
    options.subscription.filter = QString::fromStdString(filterText);
    options.subscription.types =
        command.isSet("types")                       ? command.value("types").split(u',', Qt::SkipEmptyParts)
        : filterFields.contains(filter::Field::Type) ? allTypes()
                                                     : QStringList{dbus::type::fileOpened};
    bool ok = true;
    options.count = command.number("count", ok);
    const std::optional<quint64> backlog = command.number("backlog", ok);
    if (!ok || backlog.value_or(0) > 10'000) {
        return wrongUsage(
            QStringLiteral("--count and --backlog take a number above 0, --backlog at most 10000"));
    }
    options.subscription.backlog = static_cast<quint32>(backlog.value_or(0));
    if (!command.value("for").isEmpty()) {
        options.milliseconds = parseDuration(command.value("for"));
        if (!options.milliseconds) {
            return wrongUsage(
                QStringLiteral("--for takes a time as 10s, 5m or 1h, not \"%1\"").arg(command.value("for")));
        }
    }
    TerminationSignal termination; // before the thread that D-Bus brings
    const PasswordAgent agent;
    Watch task(connectToBus(command.value("bus")), options);
    return runUntilFinished(task, termination);
}

int check(const QStringList &arguments)
{
    Command command(QStringLiteral("check"),
                    QStringLiteral("Says whether the helper can watch this kernel."));
    addBusOption(command);
    if (const auto status = command.parse(arguments)) {
        return *status;
    }
    if (const auto problem = problemWithBus(command.value("bus"))) {
        return wrongUsage(*problem);
    }
    return runCheck(connectToBus(command.value("bus")));
}

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

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("lunaris-kernel-ctl"));
    std::signal(SIGPIPE, SIG_IGN); // a reader that leaves ends us by the failed write

    using Run = int (*)(const QStringList &);
    static const std::pair<QStringList, Run> commands[] = {
        {{QStringLiteral("watch")}, watch},
        {{QStringLiteral("check")}, check},
        {{QStringLiteral("bus"), QStringLiteral("serve")}, busServe},
        {{QStringLiteral("bus"), QStringLiteral("tail")}, busTail},
    };
    const QStringList arguments = QCoreApplication::arguments().mid(1);
    for (const auto &[words, run] : commands) {
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
    return wrongUsage(arguments.isEmpty()
                          ? QStringLiteral("a command is needed")
                          : QStringLiteral("there is no command \"%1\"").arg(arguments.join(u' ')));
}
