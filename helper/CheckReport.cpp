// SPDX-License-Identifier: MIT
#include "helper/CheckReport.h"

#include "dbus/StateReason.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace lunaris
{

namespace
{

QString forMachines(const Readiness &readiness, const QString &captureMethod)
{
    QJsonArray items;
    for (const Readiness::Item &item : readiness.items) {
        items.append(QJsonObject{{QStringLiteral("name"), item.name},
                                 {QStringLiteral("ok"), item.ok},
                                 {QStringLiteral("found"), item.found}});
    }
    const QString reason = readiness.reason();
    const QJsonObject report{{QStringLiteral("ready"), reason.isEmpty()},
                             {QStringLiteral("reason"), reason},
                             {QStringLiteral("capture_method"), captureMethod},
                             {QStringLiteral("items"), items}};
    return QString::fromUtf8(QJsonDocument(report).toJson(QJsonDocument::Compact));
}

QString forPeople(const Readiness &readiness, const QString &captureMethod)
{
    QString report;
    for (const Readiness::Item &item : readiness.items) {
        report += QStringLiteral("%1 %2 %3\n")
                      .arg(item.name, -13)
                      .arg(item.ok ? QStringLiteral("ok") : QStringLiteral("MISSING"), -8)
                      .arg(item.found);
    }
    const QString reason = readiness.reason();
    report += reason.isEmpty()
                  ? QStringLiteral("This kernel can be watched (method: %1).").arg(captureMethod)
                  : QStringLiteral("This kernel cannot be watched. %1").arg(dbus::explainReason(reason));
    return report;
}

} // namespace

QString checkReport(const Readiness &readiness, const QString &captureMethod, bool json)
{
    return json ? forMachines(readiness, captureMethod) : forPeople(readiness, captureMethod);
}

} // namespace lunaris
