// SPDX-License-Identifier: MIT
#include "helper/Config.h"

#include "dbus/BusConnection.h"
#include "helper/SessionId.h"

#include <QFile>
#include <array>
#include <sys/un.h>

namespace lunaris
{

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

} // namespace lunaris
