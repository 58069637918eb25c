// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_EVENTEXPORT_H
#define LUNARIS_APP_FORMAT_EVENTEXPORT_H

#include "app/format/EventFormat.h"

#include <memory>
#include <string>

namespace lunaris
{

/// Events on their way into a format, counted. Not thread-safe.
class EventExport
{
public:
    explicit EventExport(std::unique_ptr<EventFormat> format);

    void add(const MonitorEvent &event);

    /// Whether so much has come together that it should be written.
    bool isFull() const;

    /// The text since the last time; at first with what goes before the first event.
    std::string take();

    quint64 said() const { return m_said; }
    /// Events that lack what the format requires.
    quint64 unsayable() const { return m_unsayable; }

private:
    const std::unique_ptr<EventFormat> m_format;
    std::string m_text;
    quint64 m_said = 0;
    quint64 m_unsayable = 0;
};

} // namespace lunaris

#endif
