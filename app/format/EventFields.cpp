// SPDX-License-Identifier: MIT
#include "app/format/EventFields.h"

#include "app/format/DisplayText.h"
#include "proto/Escape.h"

namespace lunaris
{

EventFields::EventFields(const MonitorEvent &event)
    : m_event(event)
    , m_type(event.type.toStdString())
    , m_comm(event.comm.toStdString())
    , m_application(event.application.toStdString())
{
    filter::EventMembers members;
    members.type = m_type;
    members.pid = event.pid;
    members.parentPid = event.parentPid;
    members.uid = event.uid;
    members.comm = m_comm;
    members.application = m_application;
    members.subject = viewOf(event.subject);
    members.flags = event.flags;
    members.mode = event.mode;
    members.value = event.value;
    m_view = filter::EventView(members);
}

std::string EventFields::subject() const
{
    if ((m_event.attributes & UnreadableName) != 0) {
        return "(the name could not be read)";
    }
    return ((m_event.attributes & TruncatedPath) != 0 ? "…" : "") +
           proto::toPrintable(viewOf(m_event.subject));
}

} // namespace lunaris
