// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_LINEFORMAT_H
#define LUNARIS_APP_FORMAT_LINEFORMAT_H

#include "app/format/EventFormat.h"
#include "proto/event.pb.h"

#include <string>

namespace lunaris
{

/// An event of the tap as one line without its newline:
/// `2026-02-21T12:34:56Z pid=1234 uid=1000 flags=0x0 comm=cat file=/etc/hosts`.
/// Other types say so: `… flags=0x0 type=process.exited result=-9 comm=sh file=/bin/sh`, where the result is
/// -errno, the exit code, or -signal. The file comes last, so it may hold blanks, which are escaped in the
/// comm; nothing in it can end the line or reach the terminal as a control sequence.
std::string toLine(const MonitorEvent &event);

/// The same for a message of the Event Bus, which knows the application instead of the comm.
std::string toLine(const eventbus::Event &event);

/// toLine() as a format.
class LineFormat final : public EventFormat
{
public:
    std::optional<std::string> line(const MonitorEvent &event) override { return toLine(event) + '\n'; }
};

} // namespace lunaris

#endif
