// SPDX-License-Identifier: MIT
#include "app/format/ColumnsFormat.h"

#include "app/format/EventFields.h"
#include "app/format/OpenFlags.h"
#include "app/format/TextWidth.h"
#include "dbus/Names.h"
#include "dbus/filter/Symbols.h"
#include "proto/Escape.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <utility>

namespace lunaris
{

namespace
{

constexpr int unlimited = 0;

// From these widths of the terminal on there is room for them.
constexpr int widthForTime = 60;
constexpr int widthForUser = 80;
constexpr int widthForFlags = 120;

const std::string red = "\x1b[31m";
const std::string green = "\x1b[32m";
const std::string yellow = "\x1b[33m";
const std::string magenta = "\x1b[35m";
const std::string cyan = "\x1b[36m";
const std::string plain = "\x1b[0m";

std::string errnoText(qint64 value)
{
    const auto name =
        value < 0 && value > -4096 ? filter::nameOfErrno(static_cast<int>(-value)) : std::nullopt;
    return name ? std::string(*name) : std::to_string(value);
}

std::string endOf(qint64 value)
{
    if (value >= 0) {
        return "exit " + std::to_string(value);
    }
    const char *const name = value > -65 ? sigabbrev_np(static_cast<int>(-value)) : nullptr;
    return name != nullptr ? std::string("killed ") + name : "killed " + std::to_string(value);
}

/// What happened in a word or two, and its colour, which never says more than the words.
std::pair<std::string, std::string> whatHappened(const MonitorEvent &event)
{
    if (event.type == dbus::type::fileOpened) {
        return (event.attributes & CreatedFile) != 0 ? std::pair(std::string("create"), green)
                                                     : std::pair(std::string("open"), std::string());
    }
    if (event.type == dbus::type::fileOpenFailed) {
        return {"fail " + errnoText(event.value), red};
    }
    if (event.type == dbus::type::fileWritten) {
        return {"write " + std::to_string(event.value), yellow};
    }
    if (event.type == dbus::type::processStarted) {
        return {"start", cyan};
    }
    if (event.type == dbus::type::processExited) {
        return {endOf(event.value), event.value == 0 ? cyan : red};
    }
    if (event.type == dbus::type::networkConnect) {
        return {"connect", magenta};
    }
    if (event.type == dbus::type::networkAccept) {
        return {"accept", magenta};
    }
    return {proto::toPrintable(event.type.toStdString()), {}};
}

std::string flagsOf(const MonitorEvent &event)
{
    const bool open = event.type == dbus::type::fileOpened || event.type == dbus::type::fileOpenFailed;
    return open ? openFlagsWords(event.flags) : std::string();
}

} // namespace

ColumnsFormat::ColumnsFormat(FormatSettings settings) : m_settings(std::move(settings)) {}

std::string ColumnsFormat::timeOf(quint64 microseconds)
{
    char text[64];
    if (m_settings.relative) {
        if (!m_first) {
            m_first = microseconds;
        }
        // An event of another processor may be a little older than the first one.
        const auto since = static_cast<double>(static_cast<qint64>(microseconds - *m_first)) / 1'000'000;
        std::snprintf(text, sizeof(text), "%+.6f", since);
        return text;
    }
    const auto seconds = static_cast<std::time_t>(microseconds / 1'000'000);
    std::tm local{};
    localtime_r(&seconds, &local);
    const std::size_t size = std::strftime(text, sizeof(text), "%H:%M:%S", &local);
    std::snprintf(text + size, sizeof(text) - size, ".%03u",
                  static_cast<unsigned>(microseconds / 1000 % 1000));
    return text;
}

std::string ColumnsFormat::header() const
{
    return arrange({"TIME", "PID", "USER", "PROGRAM", "EVENT", "FLAGS", "PATH"}, {});
}

std::optional<std::string> ColumnsFormat::line(const MonitorEvent &event)
{
    const EventFields fields(event);
    const auto [what, color] = whatHappened(event);
    const std::string user = m_settings.userName ? m_settings.userName(event.uid) : std::string();
    std::string subject = fields.subject();
    if (fields.view().has(filter::Field::Port)) {
        subject += " (local port " + std::to_string(event.value) + ')';
    }
    return arrange({timeOf(event.time), std::to_string(event.pid),
                    user.empty() ? std::to_string(event.uid) : proto::toPrintable(user),
                    proto::toPrintable(event.comm.toStdString()), what, flagsOf(event), subject},
                   color);
}

std::string ColumnsFormat::arrange(const Cells &cells, const std::string &color) const
{
    const int width = m_settings.width ? std::max(m_settings.width(), 1) : unlimited;
    const bool fits = width == unlimited;
    std::string line;
    int used = 0;
    const auto add = [&](const std::string &text, int size, bool painted = false) {
        if (!fits) {
            size = std::min(size, width - used - 1);
        }
        if (size < 1) {
            return;
        }
        const std::string cell = TextWidth::fit(text, fits ? std::max(size, TextWidth::cells(text)) : size);
        const bool paint = painted && m_settings.colors && !color.empty();
        line += (paint ? color + cell + plain : cell) + ' ';
        used += TextWidth::cells(cell) + 1;
    };
    if (fits || width >= widthForTime) {
        add(cells.time, 12);
    }
    add(cells.pid, 7);
    if (fits || width >= widthForUser) {
        add(cells.user, 8);
    }
    add(cells.program, 15);
    add(cells.what, 12, true);
    if (fits || width >= widthForFlags) {
        add(cells.flags, 24);
    }
    line += fits ? cells.subject : TextWidth::keepEnd(cells.subject, width - used);
    return line + '\n';
}

} // namespace lunaris
