// SPDX-License-Identifier: MIT
#include "dbus/MonitorRule.h"

namespace lunaris
{

QDBusArgument &operator<<(QDBusArgument &argument, const MonitorRule &rule)
{
    argument.beginStructure();
    argument << rule.prefix << rule.action;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, MonitorRule &rule)
{
    argument.beginStructure();
    argument >> rule.prefix >> rule.action;
    argument.endStructure();
    return argument;
}

QDBusArgument &operator<<(QDBusArgument &argument, const CountedRule &rule)
{
    argument.beginStructure();
    argument << rule.prefix << rule.action << rule.hits;
    argument.endStructure();
    return argument;
}

const QDBusArgument &operator>>(const QDBusArgument &argument, CountedRule &rule)
{
    argument.beginStructure();
    argument >> rule.prefix >> rule.action >> rule.hits;
    argument.endStructure();
    return argument;
}

} // namespace lunaris
