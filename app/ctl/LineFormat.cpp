// SPDX-License-Identifier: MIT
#include "app/ctl/LineFormat.h"

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
    const std::string_view path(event.subject.constData(), static_cast<std::size_t>(event.subject.size()));
    return head(static_cast<std::int64_t>(event.time), event.pid, event.uid, event.flags) +
           " comm=" + field(event.comm.toStdString()) +
           " file=" + (event.attributes & TruncatedPath ? "…" : "") + proto::toPrintable(path);
}

std::string toLine(const eventbus::Event &event)
{
    if (event.type() != dbus::type::fileOpened.data()) {
        return head(event.timestamp(), event.pid(), event.uid(), 0) +
               " type=" + proto::toPrintable(event.type());
    }
    eventbus::FileOpenedPayload payload;
    if (!payload.ParseFromString(event.payload())) {
        return head(event.timestamp(), event.pid(), event.uid(), 0) + " type=file.opened unreadable";
    }
    return head(event.timestamp(), event.pid(), event.uid(), payload.flags()) +
           " app=" + field(payload.app_id()) + " file=" + proto::toPrintable(payload.path());
}

} // namespace lunaris
