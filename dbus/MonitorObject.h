// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_MONITOROBJECT_H
#define LUNARIS_DBUS_MONITOROBJECT_H

#include "dbus/MonitorEvent.h"
#include "dbus/MonitorRule.h"

#include <QObject>
#include <QVariantMap>

namespace lunaris
{

/// What the generated adaptor calls: the methods of dbus/org.lunaris.KernelMonitor1.xml, served by the
/// helper and by the tests' stand-in for it. The properties it reads by name.
class MonitorObject : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    virtual qulonglong Subscribe(const QVariantMap &options) = 0;
    virtual void Acknowledge(qulonglong id, qulonglong sequence) = 0;
    virtual void Unsubscribe(qulonglong id) = 0;
    virtual void Pause(const QString &scope, qulonglong seconds) = 0;
    virtual void Resume(const QString &scope) = 0;
    virtual bool GetPause(qulonglong &ownUntil, bool &all, qulonglong &allUntil, uint &allBy) = 0;
    virtual CountedRuleList GetRules() = 0;
    virtual void SetRules(const MonitorRuleList &rules) = 0;
    virtual void ResetRules() = 0;
    virtual void SetDeduplication(uint milliseconds) = 0;
    virtual Statistics GetStatistics() = 0;
};

} // namespace lunaris

#endif
