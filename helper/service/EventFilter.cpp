// SPDX-License-Identifier: MIT
#include "helper/service/EventFilter.h"

#include "proto/Escape.h"

#include <QUtf8StringView>

namespace lunaris
{

namespace
{

/// As it is sent: the filter that a client makes of what it got has to find it again.
std::string_view asSent(std::string_view bytes, std::string &room)
{
    if (QUtf8StringView(bytes.data(), static_cast<qsizetype>(bytes.size())).isValidUtf8()) {
        return bytes;
    }
    room = proto::toUtf8(bytes);
    return room;
}

} // namespace

bool EventFilter::passes(const Event &event)
{
    filter::EventMembers members;
    members.type = nameOf(event.type);
    members.pid = event.pid;
    members.parentPid = event.parentPid;
    members.uid = event.uid;
    members.comm = asSent(event.comm, m_comm);
    members.application = asSent(event.application, m_application);
    members.subject = event.subject;
    members.flags = event.flags;
    members.mode = event.mode;
    members.value = event.value;
    return m_program.passes(filter::EventView(members));
}

} // namespace lunaris
