// SPDX-License-Identifier: MIT
#include "helper/Options.h"

#include "helper/SessionId.h"

#include <QCommandLineParser>
#include <QFileInfo>
#include <functional>

namespace lunaris
{

namespace
{

struct Parser {
    QCommandLineOption check{
        QStringLiteral("check"),
        QStringLiteral("Say whether this kernel can be watched, and leave with 0 if it can.")};
    QCommandLineOption json{QStringLiteral("json"), QStringLiteral("With --check: for machines.")};
    QCommandLineOption config{
        QStringLiteral("config"),
        QStringLiteral("Read FILE instead of %1.").arg(QLatin1String(defaultConfigFile)),
        QStringLiteral("FILE")};
    QCommandLineOption bus{QStringLiteral("bus"),
                           QStringLiteral("Serve this D-Bus: system, session or an address."),
                           QStringLiteral("BUS")};
    QCommandLineOption noDbus{QStringLiteral("no-dbus"), QStringLiteral("Feed the Event Bus only.")};
    QCommandLineOption producerSocket{
        QStringLiteral("producer-socket"),
        QStringLiteral("Where the Event Bus takes events (LUNARIS_PRODUCER_SOCKET)."),
        QStringLiteral("PATH")};
    QCommandLineOption sessionId{
        QStringLiteral("session-id"),
        QStringLiteral("The session to report (LUNARIS_SESSION_ID); default: what %1 says, else a fresh one.")
            .arg(QLatin1String(sessionIdFile)),
        QStringLiteral("ID")};
    QCommandLineOption stateDirectory{QStringLiteral("state-directory"),
                                      QStringLiteral("Where unsent events are kept (STATE_DIRECTORY)."),
                                      QStringLiteral("PATH")};
    QCommandLineOption captureMethod{
        QStringLiteral("capture-method"),
        QStringLiteral("How opens are seen: automatic, tracepoint or trampoline."), QStringLiteral("METHOD")};
    QCommandLineOption captureCompat{
        QStringLiteral("capture-compat"),
        QStringLiteral("See the opens of 32-bit programs, too; every system call pays for it.")};
    QCommandLineOption source{
        QStringLiteral("source"),
        QStringLiteral("kernel, or replay:FILE: a recording, as fast as it goes; then leave "
                       "with 0, or with 1 if some of it did not arrive."),
        QStringLiteral("SOURCE")};
    QCommandLineOption record{
        QStringLiteral("record"),
        QStringLiteral(
            "Write what the kernel says to FILE, which must not exist yet. Everything that everybody "
            "does is in it, whatever the rules leave out: keep it to yourself."),
        QStringLiteral("FILE")};
    QCommandLineOption logLevel{QStringLiteral("log-level"), QStringLiteral("debug, info, warning or error."),
                                QStringLiteral("LEVEL")};
    QCommandLineParser parser;

    Parser()
    {
        parser.setApplicationDescription(QStringLiteral(
            "Watches file activity in the kernel; feeds the Lunaris Event Bus and the D-Bus tap."));
        parser.addHelpOption();
        parser.addVersionOption();
        parser.addOptions({check, json, config, bus, noDbus, producerSocket, sessionId, stateDirectory,
                           source, captureMethod, captureCompat, record, logLevel});
    }
};

Farewell usage(const QString &sentence)
{
    return {QStringLiteral("lunaris-kernel-helper: %1 (see --help)").arg(sentence), 2};
}

/// As systemd sets it: a list when a drop-in has added to ours.
std::optional<QString> setFirstStateDirectory(const QString &value, Config &config)
{
    return setStateDirectory(value.section(u':', 0, 0), config);
}

} // namespace

std::variant<Options, Farewell> parseOptions(const QStringList &arguments,
                                             const QProcessEnvironment &environment)
{
    Parser options;
    QCommandLineParser &parser = options.parser;
    if (!parser.parse(arguments)) {
        return usage(parser.errorText());
    }
    // Qt adds --help-all to --help, and leaves it to us.
    if (parser.isSet(QStringLiteral("help")) || parser.isSet(QStringLiteral("help-all"))) {
        return Farewell{parser.helpText().trimmed(), 0};
    }
    if (parser.isSet(QStringLiteral("version"))) {
        return Farewell{QStringLiteral("lunaris-kernel-helper " LUNARIS_VERSION), 0};
    }
    if (!parser.positionalArguments().isEmpty()) {
        return usage(QStringLiteral("nothing is expected after the options, but there is \"%1\"")
                         .arg(parser.positionalArguments().constFirst()));
    }
    if (parser.isSet(options.json) && !parser.isSet(options.check)) {
        return usage(QStringLiteral("--json goes with --check"));
    }

    Options result;
    result.task = parser.isSet(options.check) ? Options::Task::Check : Options::Task::Run;
    result.json = parser.isSet(options.json);

    const QString file =
        parser.isSet(options.config) ? parser.value(options.config) : QString::fromLatin1(defaultConfigFile);
    if (parser.isSet(options.config) || QFileInfo::exists(file)) {
        if (const auto problem = readConfigFile(file, result.config)) {
            return usage(*problem);
        }
    }

    using Setter = std::function<std::optional<QString>(const QString &, Config &)>;
    const auto fromEnvironment = [&](const char *name, const Setter &set) -> std::optional<QString> {
        const QString value = environment.value(QLatin1String(name));
        return value.isEmpty() ? std::nullopt : set(value, result.config);
    };
    const auto fromCommandLine = [&](const QCommandLineOption &option,
                                     const Setter &set) -> std::optional<QString> {
        return parser.isSet(option) ? set(parser.value(option), result.config) : std::nullopt;
    };
    for (const auto &problem :
         {fromEnvironment("LUNARIS_PRODUCER_SOCKET", setProducerSocket),
          fromEnvironment("LUNARIS_SESSION_ID", setSessionId),
          fromEnvironment("STATE_DIRECTORY", setFirstStateDirectory),
          fromCommandLine(options.producerSocket, setProducerSocket),
          fromCommandLine(options.sessionId, setSessionId),
          fromCommandLine(options.stateDirectory, setStateDirectory),
          fromCommandLine(options.source, setSource),
          fromCommandLine(options.captureMethod, setCaptureMethod),
          parser.isSet(options.captureCompat) ? setCaptureCompat(true, result.config) : std::nullopt,
          fromCommandLine(options.logLevel, setLogLevel), fromCommandLine(options.bus, setDBusAddress)}) {
        if (problem) {
            return usage(*problem);
        }
    }
    if (parser.isSet(options.record)) {
        result.recordFile = parser.value(options.record);
        if (result.recordFile.isEmpty()) {
            return usage(QStringLiteral("--record needs a file"));
        }
        if (result.task == Options::Task::Check || !result.config.replayFile.isEmpty()) {
            return usage(QStringLiteral("--record goes with the kernel as the source"));
        }
    }
    if (parser.isSet(options.noDbus)) {
        result.config.dbusEnabled = false;
    }
    return result;
}

} // namespace lunaris
