// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FORMAT_EVENTFIELDS_H
#define LUNARIS_APP_FORMAT_EVENTFIELDS_H

#include "dbus/MonitorEvent.h"
#include "dbus/filter/EventView.h"

#include <string>

namespace lunaris
{

/// A client's event by the fields of the filter language. Refers to the event, which must outlive it.
class EventFields
{
public:
    explicit EventFields(const MonitorEvent &event);
    EventFields(const EventFields &) = delete;
    EventFields &operator=(const EventFields &) = delete;

    const filter::EventView &view() const { return m_view; }

    /// The path as text for a person: escaped, with "…" before what was cut off, and a sentence in brackets
    /// for a name that could not be read. Of a connection the other end.
    std::string subject() const;

private:
    const MonitorEvent &m_event;
    const std::string m_type;
    const std::string m_comm;
    const std::string m_application;
    filter::EventView m_view;
};

} // namespace lunaris

#endif
