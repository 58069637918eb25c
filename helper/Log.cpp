// SPDX-License-Identifier: MIT
#include "helper/Log.h"

#include "proto/Escape.h"

#include <QLoggingCategory>
#include <QString>
#include <cstdio>
#include <string>

namespace lunaris
{

namespace
{

const char *nameOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
    case QtFatalMsg:
        break;
    }
    return "error";
}

void write(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    // One line, whatever a file name or a peer put into it.
    const std::string text = proto::toPrintable(message.toStdString());
    std::fprintf(stderr, "%s: %s: %s\n", nameOf(type), context.category ? context.category : "default",
                 text.c_str());
}

} // namespace

void installLog(QtMsgType minimum)
{
    qInstallMessageHandler(write);
    const auto rule = [minimum](QtMsgType type, const char *name) {
        // Their numbers are not in the order of severity.
        const auto severity = [](QtMsgType of) {
            return of == QtInfoMsg ? 1 : of == QtDebugMsg ? 0 : int(of) + 1;
        };
        return QStringLiteral("lunaris.kernel.*.%1=%2\n")
            .arg(QLatin1String(name),
                 severity(type) >= severity(minimum) ? QLatin1String("true") : QLatin1String("false"));
    };
    QLoggingCategory::setFilterRules(rule(QtDebugMsg, "debug") + rule(QtInfoMsg, "info") +
                                     rule(QtWarningMsg, "warning"));
}

} // namespace lunaris
