// SPDX-License-Identifier: MIT
#include "dbus/MonitorEvent.h"

#include "dbus/MonitorRule.h"

#include <QDBusMetaType>

namespace lunaris
{

QDBusArgument &operator<<(QDBusArgument &argument, const MonitorEvent &event)
{
    argument.beginStructure();
    argument << event.sequence << event.time << event.type << event.pid << event.parentPid << event.uid
             << event.comm << event.application << event.subject << event.flags << event.mode << event.value
             << event.attributes << event.cgroup;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, MonitorEvent &event)
{
    argument.beginStructure();
    argument >> event.sequence >> event.time >> event.type >> event.pid >> event.parentPid >> event.uid >>
        event.comm >> event.application >> event.subject >> event.flags >> event.mode >> event.value >>
        event.attributes >> event.cgroup;
    argument.endStructure();
    return argument;
}

void registerDBusTypes()
{
    qDBusRegisterMetaType<MonitorEvent>();
    qDBusRegisterMetaType<MonitorEventList>();
    qDBusRegisterMetaType<Statistics>();
    qDBusRegisterMetaType<MonitorRule>();
    qDBusRegisterMetaType<MonitorRuleList>();
    qDBusRegisterMetaType<CountedRule>();
    qDBusRegisterMetaType<CountedRuleList>();
    // Qt D-Bus looks the parameters of signals up by the names they are declared with.
    qRegisterMetaType<MonitorEventList>("lunaris::MonitorEventList");
    qRegisterMetaType<Statistics>("lunaris::Statistics");
    qRegisterMetaType<MonitorRuleList>("lunaris::MonitorRuleList");
    qRegisterMetaType<CountedRuleList>("lunaris::CountedRuleList");
}

} // namespace lunaris
