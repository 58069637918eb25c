// SPDX-License-Identifier: MIT
#include "app/format/LineFormat.h"

#include "dbus/Names.h"
#include "proto/Escape.h"

#include <cinttypes>
#include <cstdint>
#include <cstdio>
#include <ctime>

namespace lunaris
{

namespace
{

std::string head(std::int64_t microseconds, std::uint32_t pid, std::uint32_t uid, std::uint32_t flags)
{
    const auto seconds = static_cast<std::time_t>(microseconds / 1'000'000);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    char text[128];
    const std::size_t size = std::strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc);
    std::snprintf(text + size, sizeof(text) - size, " pid=%" PRIu32 " uid=%" PRIu32 " flags=0x%" PRIx32, pid,
                  uid, flags);
    return text;
}

/// A value that is not the last of its line: a blank in it would end it, and let a process whose name is
/// "a file=/etc/passwd" forge a field.
std::string field(std::string_view bytes)
{
    std::string text;
    for (const char character : proto::toPrintable(bytes)) {
        text += character == ' ' ? std::string("\\x20") : std::string(1, character);
    }
    return text;
}

} // namespace

std::string toLine(const MonitorEvent &event)
{
    std::string line = head(static_cast<std::int64_t>(event.time), event.pid, event.uid, event.flags);
    // Opens are what most lines are about, and keep the short form; the others say what they are.
    if (event.type != dbus::type::fileOpened) {
        line += " type=" + field(event.type.toStdString());
    }
    if (event.type == dbus::type::fileOpenFailed || event.type == dbus::type::processExited) {
        line += " result=" + std::to_string(event.value);
    }
    if (event.type == dbus::type::fileWritten) {
        line += " bytes=" + std::to_string(event.value);
    }
    const std::string_view path(event.subject.constData(), static_cast<std::size_t>(event.subject.size()));
    const bool connection =
        event.type == dbus::type::networkConnect || event.type == dbus::type::networkAccept;
    if (connection) {
        return line + " port=" + std::to_string(event.value) + " comm=" + field(event.comm.toStdString()) +
               " peer=" + field(event.subject.toStdString());
    }
    return line + " comm=" + field(event.comm.toStdString()) +
           " file=" + (event.attributes & TruncatedPath ? "…" : "") + proto::toPrintable(path);
}

std::string toLine(const eventbus::Event &event)
{
    const std::string kind = " type=" + field(event.type());
    eventbus::FileOpenedPayload opened;
    if (event.type() == proto::type::fileOpened && opened.ParseFromString(event.payload())) {
        return head(event.timestamp(), event.pid(), event.uid(), opened.flags()) +
               " app=" + field(opened.app_id()) + " file=" + proto::toPrintable(opened.path());
    }
    const std::string start = head(event.timestamp(), event.pid(), event.uid(), 0) + kind;
    eventbus::FileWrittenPayload written;
    if (event.type() == proto::type::fileWritten && written.ParseFromString(event.payload())) {
        return start + " bytes=" + std::to_string(written.bytes()) + " app=" + field(written.app_id()) +
               " file=" + proto::toPrintable(written.path());
    }
    eventbus::ProcessLifecyclePayload process;
    if ((event.type() == proto::type::processStarted || event.type() == proto::type::processExited) &&
        process.ParseFromString(event.payload())) {
        return start + " ppid=" + std::to_string(process.ppid()) +
               " result=" + std::to_string(process.exit_code()) + " comm=" + field(process.comm());
    }
    eventbus::NetworkConnectionPayload connection;
    if ((event.type() == proto::type::networkConnect || event.type() == proto::type::networkAccept) &&
        connection.ParseFromString(event.payload())) {
        return start + " app=" + field(connection.app_id()) + " peer=" + field(connection.remote_addr());
    }
    return start; // another source's, or unreadable: its envelope is what can be told
}

} // namespace lunaris
