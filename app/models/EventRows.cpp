// SPDX-License-Identifier: MIT
#include "app/models/EventRows.h"

namespace lunaris
{

namespace
{

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

} // namespace

filter::EventMembers StoredEvent::members() const
{
    filter::EventMembers members;
    members.type = type();
    members.pid = pid();
    members.parentPid = parentPid();
    members.uid = uid();
    members.comm = comm();
    members.application = application();
    members.subject = subject();
    members.flags = flags();
    members.mode = mode();
    members.value = value();
    return members;
}

MonitorEvent StoredEvent::event() const
{
    MonitorEvent event;
    event.sequence = m_chunk->sequence(m_row);
    event.time = time();
    event.type = textOf(type());
    event.pid = pid();
    event.parentPid = parentPid();
    event.uid = uid();
    event.comm = textOf(comm());
    event.application = textOf(application());
    event.subject = QByteArray(subject().data(), static_cast<qsizetype>(subject().size()));
    event.flags = flags();
    event.mode = mode();
    event.value = value();
    event.attributes = attributes();
    event.cgroup = cgroup();
    return event;
}

} // namespace lunaris
