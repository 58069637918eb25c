// SPDX-License-Identifier: MIT
#include "helper/Config.h"

#include "dbus/BusConnection.h"
#include "helper/SessionId.h"

#include <QFile>
#include <algorithm>
#include <array>
#include <bit>
#include <iterator>
#include <pwd.h>
#include <string_view>
#include <sys/un.h>
#include <toml++/toml.h>
#include <unordered_set>

namespace lunaris
{

namespace
{

/// All at once: a file may be called 100%2.
QString problemAt(const QString &file, toml::source_index line, const QString &sentence)
{
    return QStringLiteral("%1, line %2: %3.").arg(file, QString::number(line), sentence);
}

/// Reads one table key by key. The first problem is kept, with its line; what follows does nothing.
class TableReader
{
public:
    TableReader(const toml::table &table, QString file, std::optional<QString> &problem)
        : m_table(table), m_file(std::move(file)), m_problem(problem)
    {
    }

    template<typename Value, typename Use>
    void read(std::string_view key, const char *expected, Use use)
    {
        m_known.push_back(key);
        const toml::node *node = m_table.get(key);
        if (!node || m_problem) {
            return;
        }
        const auto value = node->value_exact<Value>();
        if (!value) {
            fail(*node, QStringLiteral("\"%1\" must be %2").arg(toQString(key), QLatin1String(expected)));
            return;
        }
        if (const std::optional<QString> wrong = use(*value)) {
            fail(*node, *wrong);
        }
    }

    template<typename Use>
    void readTable(std::string_view key, Use use)
    {
        m_known.push_back(key);
        const toml::node *node = m_table.get(key);
        if (!node || m_problem) {
            return;
        }
        if (const toml::table *table = node->as_table()) {
            TableReader reader(*table, m_file, m_problem);
            use(reader);
            reader.refuseUnknown();
        } else {
            fail(*node, QStringLiteral("\"%1\" must be a table").arg(toQString(key)));
        }
    }

    template<typename Use>
    void readStrings(std::string_view key, Use use)
    {
        m_known.push_back(key);
        const toml::node *node = m_table.get(key);
        if (!node || m_problem) {
            return;
        }
        const toml::array *array = node->as_array();
        if (!array || !(array->empty() || array->is_homogeneous<std::string>())) {
            fail(*node, QStringLiteral("\"%1\" must be a list of strings").arg(toQString(key)));
            return;
        }
        for (const toml::node &element : *array) {
            if (const std::optional<QString> wrong = use(element.ref<std::string>()); wrong && !m_problem) {
                fail(element, *wrong);
            }
        }
    }

    void refuseUnknown()
    {
        for (const auto &[key, node] : m_table) {
            if (!m_problem && std::find(m_known.begin(), m_known.end(), key.str()) == m_known.end()) {
                fail(node, QStringLiteral("there is no setting \"%1\" here").arg(toQString(key.str())));
            }
        }
    }

private:
    static QString toQString(std::string_view text)
    {
        return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    }

    void fail(const toml::node &node, const QString &sentence)
    {
        m_problem = problemAt(m_file, node.source().begin.line, sentence);
    }

    const toml::table &m_table;
    const QString m_file;
    std::optional<QString> &m_problem;
    std::vector<std::string_view> m_known;
};

using Problem = std::optional<QString>;

template<typename Target>
auto setNumber(std::int64_t minimum, std::int64_t maximum, Target set)
{
    return [minimum, maximum, set](std::int64_t value) -> Problem {
        if (value < minimum || value > maximum) {
            return QStringLiteral("the number must be from %1 to %2").arg(minimum).arg(maximum);
        }
        set(value);
        return std::nullopt;
    };
}

template<typename Set>
auto withText(Set set, Config &config)
{
    return [set, &config](const std::string &value) { return set(QString::fromStdString(value), config); };
}

Problem setOwner(const QString &value, Config &config)
{
    const passwd *entry = getpwnam(value.toLocal8Bit().constData());
    if (!entry) {
        return QStringLiteral("there is no user \"%1\"").arg(value);
    }
    config.busOwner = entry->pw_uid;
    return std::nullopt;
}

Problem setPrivilegedEvents(const QString &value, Config &config)
{
    static const std::array<std::pair<QLatin1String, PrivilegedEvents>, 3> names = {{
        {QLatin1String("public"), PrivilegedEvents::Public},
        {QLatin1String("all"), PrivilegedEvents::All},
        {QLatin1String("none"), PrivilegedEvents::None},
    }};
    for (const auto &[name, meaning] : names) {
        if (value == name) {
            config.busSelection.privileged = meaning;
            return std::nullopt;
        }
    }
    return QStringLiteral("privileged_events must be \"public\", \"all\" or \"none\"");
}

auto addRule(PathRule::Action action, std::vector<PathRule> &rules, std::unordered_set<std::string> &prefixes)
{
    return [action, &rules, &prefixes](const std::string &prefix) -> Problem {
        if (const std::string wrong = PathRules::problemWith(prefix); !wrong.empty()) {
            return QString::fromStdString(wrong);
        }
        if (!prefixes.insert(prefix).second) {
            return QStringLiteral("the path %1 has a rule already").arg(QString::fromStdString(prefix));
        }
        rules.push_back({prefix, action});
        return std::nullopt;
    };
}

void readBusTypes(TableReader &bus, Config &config)
{
    std::optional<EventTypes> types;
    bus.readStrings("types", [&types](const std::string &name) -> Problem {
        const std::optional<EventType> type = eventTypeOf(name);
        if (!type || !EventTypes::usual().contains(*type)) {
            return QStringLiteral("\"%1\" is no type of event that the Event Bus can have")
                .arg(QString::fromStdString(name));
        }
        types = types.value_or(EventTypes()).with(*type);
        return std::nullopt;
    });
    config.busSelection.types = types.value_or(config.busSelection.types);
}

/// A rule of the file takes the place of the built-in one for the same path.
void readRules(TableReader &files, Config &config)
{
    bool defaults = true;
    files.read<bool>("defaults", "true or false", [&defaults](bool value) -> Problem {
        defaults = value;
        return std::nullopt;
    });
    std::vector<PathRule> rules;
    std::unordered_set<std::string> prefixes; // of these
    files.readStrings("exclude", addRule(PathRule::Action::Exclude, rules, prefixes));
    files.readStrings("include", addRule(PathRule::Action::Include, rules, prefixes));
    if (defaults) {
        std::copy_if(config.rules.begin(), config.rules.end(), std::back_inserter(rules),
                     [&prefixes](const PathRule &rule) { return !prefixes.contains(rule.prefix); });
    }
    config.rules = std::move(rules);
}

void readCapture(TableReader &capture, Config &config)
{
    capture.read<std::string>("method", "a string", withText(setCaptureMethod, config));
    capture.read<bool>("compat", "true or false",
                       [&config](bool value) { return setCaptureCompat(value, config); });
    capture.read<std::int64_t>("ring_mib", "a number", [&config](std::int64_t value) -> Problem {
        if (value < 1 || value > 1024 || !std::has_single_bit(static_cast<std::uint64_t>(value))) {
            return QStringLiteral("ring_mib must be a power of two from 1 to 1024");
        }
        config.capture.ringBytes = static_cast<std::uint32_t>(value) * 1024 * 1024;
        return std::nullopt;
    });
}

void readAll(TableReader &root, Config &config)
{
    const auto flag = [](bool &target) {
        return [&target](bool value) -> Problem {
            target = value;
            return std::nullopt;
        };
    };
    root.read<std::string>("log_level", "a string", withText(setLogLevel, config));
    root.read<std::string>("source", "a string", withText(setSource, config));
    root.read<std::string>("state_directory", "a string", withText(setStateDirectory, config));
    root.readTable("dbus", [&](TableReader &dbus) {
        dbus.read<bool>("enabled", "true or false", flag(config.dbusEnabled));
        dbus.read<std::string>("address", "a string", withText(setDBusAddress, config));
        dbus.read<std::int64_t>("idle_seconds", "a number", setNumber(1, 86'400, [&](std::int64_t value) {
                                    config.idlePatience = std::chrono::seconds(value);
                                }));
    });
    root.readTable("bus", [&](TableReader &bus) {
        bus.read<bool>("enabled", "true or false", flag(config.busEnabled));
        bus.read<std::string>("producer_socket", "a string", withText(setProducerSocket, config));
        bus.read<std::string>("session_id", "a string", withText(setSessionId, config));
        bus.read<std::string>("owner", "the name of a user", withText(setOwner, config));
        readBusTypes(bus, config);
        bus.read<std::string>("privileged_events", "a string", withText(setPrivilegedEvents, config));
        bus.read<bool>("directories", "true or false", flag(config.busSelection.directories));
        bus.read<std::int64_t>("queue_mib", "a number", setNumber(1, 65'536, [&](std::int64_t value) {
                                   config.queueBytes = static_cast<std::size_t>(value) * 1024 * 1024;
                               }));
        bus.read<bool>("spool", "true or false", flag(config.spoolEnabled));
        bus.read<std::int64_t>("spool_mib", "a number", setNumber(1, 65'536, [&](std::int64_t value) {
                                   config.spoolBytes = static_cast<std::uint64_t>(value) * 1024 * 1024;
                               }));
    });
    root.readTable("deduplication", [&](TableReader &deduplication) {
        deduplication.read<std::int64_t>("milliseconds", "a number",
                                         setNumber(0, 3'600'000, [&](std::int64_t value) {
                                             config.deduplicationWindow = std::chrono::milliseconds(value);
                                         }));
        deduplication.read<std::int64_t>("entries", "a number",
                                         setNumber(1, 10'000'000, [&](std::int64_t value) {
                                             config.deduplicationEntries = static_cast<std::uint32_t>(value);
                                         }));
    });
    root.readTable("capture", [&](TableReader &capture) { readCapture(capture, config); });
    root.readTable("network", [&](TableReader &network) {
        network.read<bool>("loopback", "true or false", flag(config.reportsLoopback));
    });
    root.readTable("files", [&](TableReader &files) { readRules(files, config); });
    root.refuseUnknown();
}

} // namespace

std::optional<QString> setLogLevel(const QString &value, Config &config)
{
    static const std::array<std::pair<QLatin1String, QtMsgType>, 4> levels = {{
        {QLatin1String("debug"), QtDebugMsg},
        {QLatin1String("info"), QtInfoMsg},
        {QLatin1String("warning"), QtWarningMsg},
        {QLatin1String("error"), QtCriticalMsg},
    }};
    for (const auto &[name, level] : levels) {
        if (value == name) {
            config.logLevel = level;
            return std::nullopt;
        }
    }
    return QStringLiteral("the log level must be debug, info, warning or error, not \"%1\"").arg(value);
}

std::optional<QString> setSource(const QString &value, Config &config)
{
    const QLatin1String replay("replay:");
    if (value != QLatin1String("kernel") && (!value.startsWith(replay) || value.size() == replay.size())) {
        return QStringLiteral("the source must be \"kernel\" or \"replay:FILE\", not \"%1\"").arg(value);
    }
    config.replayFile = value.startsWith(replay) ? value.mid(replay.size()) : QString();
    return std::nullopt;
}

std::optional<QString> setDBusAddress(const QString &value, Config &config)
{
    config.dbusAddress = value;
    return problemWithBus(value);
}

std::optional<QString> setProducerSocket(const QString &value, Config &config)
{
    const auto size = static_cast<std::size_t>(QFile::encodeName(value).size());
    if (!value.startsWith(u'/') || size >= sizeof(sockaddr_un::sun_path)) {
        return QStringLiteral("the producer socket must be an absolute path of at most %1 bytes, not \"%2\"")
            .arg(sizeof(sockaddr_un::sun_path) - 1)
            .arg(value);
    }
    config.producerSocket = value;
    return std::nullopt;
}

std::optional<QString> setSessionId(const QString &value, Config &config)
{
    config.sessionId = value;
    return problemWithSessionId(value);
}

std::optional<QString> setStateDirectory(const QString &value, Config &config)
{
    if (!value.startsWith(u'/') || value.contains(QChar::Null)) {
        return QStringLiteral("the state directory must be an absolute path, not \"%1\"").arg(value);
    }
    config.stateDirectory = value;
    return std::nullopt;
}

std::optional<QString> setCaptureMethod(const QString &value, Config &config)
{
    static const std::array<std::pair<QLatin1String, CaptureOptions::Method>, 3> methods = {{
        {QLatin1String("automatic"), CaptureOptions::Method::Automatic},
        {QLatin1String("tracepoint"), CaptureOptions::Method::Tracepoint},
        {QLatin1String("trampoline"), CaptureOptions::Method::Trampoline},
    }};
    for (const auto &[name, method] : methods) {
        if (value == name) {
            config.capture.method = method;
            return std::nullopt;
        }
    }
    return QStringLiteral("the capture method must be automatic, tracepoint or trampoline, not \"%1\"")
        .arg(value);
}

std::optional<QString> setCaptureCompat(bool value, Config &config)
{
#if !defined(__x86_64__)
    if (value) {
        return QStringLiteral("32-bit programs can only be told apart on x86_64");
    }
#endif
    config.capture.compat = value;
    return std::nullopt;
}

std::optional<QString> readConfigFile(const QString &file, Config &config)
{
    QFile source(file);
    if (!source.open(QIODevice::ReadOnly)) {
        return QStringLiteral("%1 cannot be read: %2.").arg(file, source.errorString());
    }
    const QByteArray text = source.readAll();
    try {
        const toml::table table =
            toml::parse(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
        std::optional<QString> problem;
        TableReader root(table, file, problem);
        readAll(root, config);
        return problem;
    } catch (const toml::parse_error &error) {
        const std::string_view description = error.description();
        return problemAt(file, error.source().begin.line,
                         QString::fromUtf8(description.data(), static_cast<qsizetype>(description.size())));
    }
}

} // namespace lunaris
