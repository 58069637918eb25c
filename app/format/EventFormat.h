// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_EVENTFORMAT_H
#define LUNARIS_APP_FORMAT_EVENTFORMAT_H

#include "dbus/MonitorEvent.h"

#include <QStringList>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace lunaris
{

/// Events as text, one line each. Whatever the format, no control character and no character that reorders
/// text comes out of it, but for the newline and the colours that it adds itself. Not thread-safe.
class EventFormat
{
public:
    virtual ~EventFormat() = default;

    /// What goes before the first event, with its newline; mostly nothing.
    virtual std::string header() const { return {}; }

    /// The event with its newline; nothing when it cannot be said in this format.
    virtual std::optional<std::string> line(const MonitorEvent &event) = 0;
};

/// What a format may want to know beside the event.
struct FormatSettings {
    bool colors = false;
    bool relative = false;                ///< times since the first event instead of the clock's
    std::function<int()> width = nullptr; ///< of the terminal in cells; without one lines have no limit
    std::function<std::string(std::uint32_t)> userName = nullptr; ///< of a uid; empty where there is none
    std::string host;                                             ///< of the events
    std::string kernelRelease;                                    ///< likewise
};

/// columns, line, json, csv, ocsf.
QStringList formatNames();

/// One of formatNames(); null for any other name.
std::unique_ptr<EventFormat> makeFormat(const QString &name, const FormatSettings &settings);

} // namespace lunaris

#endif
