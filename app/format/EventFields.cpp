// SPDX-License-Identifier: MIT
#include "app/format/EventFields.h"

#include "proto/Escape.h"

namespace lunaris
{

namespace
{

std::string_view bytesOf(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

} // namespace

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
    members.subject = bytesOf(event.subject);
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
           proto::toPrintable(bytesOf(m_event.subject));
}

} // namespace lunaris
