// SPDX-License-Identifier: MIT
#include "app/models/EventWords.h"

#include "app/format/DisplayText.h"
#include "app/format/OpenFlags.h"
#include "proto/EventNames.h"

#include <QCoreApplication>
#include <QLocale>
#include <cstring>
#include <system_error>

namespace lunaris::EventWords
{

namespace
{

namespace type = proto::type;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(EventWords)
};

bool isConnection(const StoredEvent &row)
{
    return row.type() == type::networkConnect || row.type() == type::networkAccept;
}

} // namespace

QString operation(const StoredEvent &row)
{
    if (!row.isEvent()) {
        return {};
    }
    const std::string_view name = row.type();
    if (name == type::fileOpened) {
        return (row.attributes() & CreatedFile) != 0 ? Words::tr("Created") : Words::tr("Opened");
    }
    if (name == type::fileOpenFailed) {
        return Words::tr("Could not open");
    }
    if (name == type::fileWritten) {
        return Words::tr("Wrote");
    }
    if (name == type::processStarted) {
        return Words::tr("Started");
    }
    if (name == type::processExited) {
        return Words::tr("Ended");
    }
    if (name == type::networkConnect) {
        return Words::tr("Connected to");
    }
    if (name == type::networkAccept) {
        return Words::tr("Was called by");
    }
    return printable(name);
}

QString result(const StoredEvent &row)
{
    if (!row.isEvent()) {
        return {};
    }
    if (row.type() == type::fileOpenFailed) {
        // The C library's own words, in the language of the session.
        constexpr qint64 largestErrno = 4095;
        return row.value() < 0 && row.value() >= -largestErrno
                   ? QString::fromLocal8Bit(
                         std::generic_category().message(static_cast<int>(-row.value())).c_str())
                   : QString::number(row.value());
    }
    if (row.type() == type::processExited) {
        return exitOf(row.value());
    }
    return row.type() == type::fileWritten ? amount(row) : Words::tr("OK");
}

QString exitOf(qint64 value)
{
    if (value >= 0) {
        return value == 0 ? Words::tr("OK") : Words::tr("Exit code %1").arg(value);
    }
    // No signal has a number beyond this.
    const char *const name = value >= -64 ? sigabbrev_np(static_cast<int>(-value)) : nullptr;
    return name != nullptr ? Words::tr("Killed by %1").arg(QStringLiteral("SIG") + QLatin1String(name))
                           : Words::tr("Killed by signal %1").arg(-value);
}

bool isFailure(const StoredEvent &row)
{
    return row.isEvent() &&
           (row.type() == type::fileOpenFailed || (row.type() == type::processExited && row.value() != 0));
}

QString flags(const StoredEvent &row)
{
    const bool open = row.type() == type::fileOpened || row.type() == type::fileOpenFailed;
    return open ? QString::fromStdString(openFlagsWords(row.flags())) : QString();
}

QString amount(const StoredEvent &row)
{
    if (row.type() == type::fileWritten) {
        return QLocale().formattedDataSize(row.value(), 1, QLocale::DataSizeSIFormat);
    }
    return isConnection(row) ? Words::tr("Port %1").arg(row.value()) : QString();
}

QString gap(const StoredEvent &row)
{
    switch (row.kind()) {
    case EventChunk::Kind::Dropped:
        return Words::tr("%Ln event(s) are missing here: they came too fast to be delivered", nullptr,
                         static_cast<int>(qMin<qint64>(row.value(), std::numeric_limits<int>::max())));
    case EventChunk::Kind::ConnectionLost:
        return Words::tr("The connection was lost here: what happened until the next row is not known");
    case EventChunk::Kind::Event:
        break;
    }
    return {};
}

} // namespace lunaris::EventWords
