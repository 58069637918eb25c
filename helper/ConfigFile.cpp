// SPDX-License-Identifier: MIT
#include "helper/Config.h"
#include "helper/ConfigTable.h"

#include <QFile>
#include <array>
#include <bit>
#include <iterator>
#include <pwd.h>
#include <unordered_set>

namespace lunaris
{

namespace
{

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

void readBusTypes(ConfigTable &bus, Config &config)
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
void readRules(ConfigTable &files, Config &config)
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

void readCapture(ConfigTable &capture, Config &config)
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

void readAll(ConfigTable &root, Config &config)
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
    root.readTable("dbus", [&](ConfigTable &dbus) {
        dbus.read<bool>("enabled", "true or false", flag(config.dbusEnabled));
        dbus.read<std::string>("address", "a string", withText(setDBusAddress, config));
        dbus.read<std::int64_t>("idle_seconds", "a number", setNumber(1, 86'400, [&](std::int64_t value) {
                                    config.idlePatience = std::chrono::seconds(value);
                                }));
    });
    root.readTable("bus", [&](ConfigTable &bus) {
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
    root.readTable("deduplication", [&](ConfigTable &deduplication) {
        deduplication.read<std::int64_t>("milliseconds", "a number",
                                         setNumber(0, 3'600'000, [&](std::int64_t value) {
                                             config.deduplicationWindow = std::chrono::milliseconds(value);
                                         }));
        deduplication.read<std::int64_t>("entries", "a number",
                                         setNumber(1, 10'000'000, [&](std::int64_t value) {
                                             config.deduplicationEntries = static_cast<std::uint32_t>(value);
                                         }));
    });
    root.readTable("capture", [&](ConfigTable &capture) { readCapture(capture, config); });
    root.readTable("network", [&](ConfigTable &network) {
        network.read<bool>("loopback", "true or false", flag(config.reportsLoopback));
    });
    root.readTable("files", [&](ConfigTable &files) { readRules(files, config); });
    root.refuseUnknown();
}

} // namespace

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
        ConfigTable root(table, file, problem);
        readAll(root, config);
        return problem;
    } catch (const toml::parse_error &error) {
        const std::string_view description = error.description();
        return problemAt(file, error.source().begin.line,
                         QString::fromUtf8(description.data(), static_cast<qsizetype>(description.size())));
    }
}

} // namespace lunaris
