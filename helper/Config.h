// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_CONFIG_H
#define LUNARIS_HELPER_CONFIG_H

#include "dbus/rules/PathRules.h"
#include "helper/pipeline/Pipeline.h"
#include "helper/source/CaptureOptions.h"

#include <QString>
#include <QtGlobal>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <sys/types.h>
#include <vector>

namespace lunaris
{

/// Everything that can be set, with its defaults. The config file sets it first, then the environment,
/// then the command line.
struct Config {
    QtMsgType logLevel = QtInfoMsg;
    QString replayFile; ///< a recording instead of the kernel; empty: the kernel

    bool dbusEnabled = true;
    QString dbusAddress = QStringLiteral("system"); ///< "system", "session", or an address
    std::chrono::seconds idlePatience{60};          ///< without bus and subscriptions the helper then leaves

    bool busEnabled = true;
    QString producerSocket = QStringLiteral("/run/lunaris/event-bus-producer.sock");
    std::optional<uid_t> busOwner; ///< who may own the Event Bus beside root
    QString sessionId;             ///< empty: the desktop's, else a fresh UUID v7
    BusSelection busSelection;
    std::size_t queueBytes = std::size_t{64} * 1024 * 1024;
    bool spoolEnabled = true; ///< what the bus cannot take may go to disk
    std::uint64_t spoolBytes = std::uint64_t{256} * 1024 * 1024;
    QString stateDirectory = QStringLiteral("/var/lib/lunaris/kernel-monitor");

    CaptureOptions capture;
    bool reportsLoopback = false; ///< connections of the machine with itself
    std::vector<PathRule> rules = PathRules::defaults();
    std::chrono::milliseconds deduplicationWindow{100};
    std::uint32_t deduplicationEntries = 10'000;
};

inline constexpr const char *defaultConfigFile = "/etc/lunaris/kernel-monitor.toml";

/// Reads a TOML file into `config`. Returns a sentence that names file and line when something in it is
/// wrong; `config` is then not to be used.
std::optional<QString> readConfigFile(const QString &file, Config &config);

/// Setters that the config file, the environment and the command line share: each returns a sentence
/// when the value is no good.
std::optional<QString> setLogLevel(const QString &value, Config &config);
std::optional<QString> setSource(const QString &value, Config &config);
std::optional<QString> setDBusAddress(const QString &value, Config &config);
std::optional<QString> setProducerSocket(const QString &value, Config &config);
std::optional<QString> setSessionId(const QString &value, Config &config);
std::optional<QString> setStateDirectory(const QString &value, Config &config);
std::optional<QString> setCaptureMethod(const QString &value, Config &config);
std::optional<QString> setCaptureCompat(bool value, Config &config);

} // namespace lunaris

#endif
