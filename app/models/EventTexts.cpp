// SPDX-License-Identifier: MIT
#include "app/models/EventTexts.h"

#include "app/format/DisplayText.h"
#include "app/models/EventWords.h"
#include "app/models/PathText.h"

#include <QCoreApplication>

namespace lunaris
{

namespace
{

struct Words {
    Q_DECLARE_TR_FUNCTIONS(EventTexts)
};

} // namespace

QString EventTexts::cell(const StoredEvent &row, EventColumn column) const
{
    if (column == EventColumn::Number) {
        return QString::number(row.number());
    }
    if (column == EventColumn::Time) {
        return clock(row.time());
    }
    if (!row.isEvent()) {
        return column == EventColumn::Path ? EventWords::gap(row) : QString();
    }
    switch (column) {
    case EventColumn::Application:
        return application(row);
    case EventColumn::Pid:
        return QString::number(row.pid());
    case EventColumn::User:
        return m_users.name(row.uid());
    case EventColumn::Operation:
        return EventWords::operation(row);
    case EventColumn::Path:
        return PathText::whole(
            QByteArray::fromRawData(row.subject().data(), static_cast<qsizetype>(row.subject().size())),
            row.attributes());
    case EventColumn::Result:
        return EventWords::result(row);
    case EventColumn::Flags:
        return EventWords::flags(row);
    case EventColumn::ParentPid:
        return QString::number(row.parentPid());
    case EventColumn::Uid:
        return QString::number(row.uid());
    case EventColumn::Comm:
        return printable(row.comm());
    case EventColumn::ApplicationId:
        return printable(row.application());
    case EventColumn::Amount:
        return EventWords::amount(row);
    case EventColumn::Number:
    case EventColumn::Time:
        break;
    }
    return {};
}

QString EventTexts::application(const StoredEvent &row) const
{
    const std::string_view id = row.application();
    const QString &name =
        m_applications.find(QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()))).name;
    return name.isEmpty() ? printable(row.comm()) : name;
}

QString EventTexts::icon(const StoredEvent &row) const
{
    const std::string_view id = row.application();
    return m_applications.find(QString::fromUtf8(id.data(), static_cast<qsizetype>(id.size()))).icon;
}

QString EventTexts::clock(quint64 time)
{
    return localTime(time).toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString EventTexts::seconds(qint64 microseconds)
{
    const QString number = QString::number(static_cast<double>(microseconds) / 1e6, 'f', 6);
    return microseconds < 0 ? number : QLatin1Char('+') + number;
}

QString EventTexts::title(EventColumn column)
{
    switch (column) {
    case EventColumn::Number:
        return Words::tr("No.");
    case EventColumn::Time:
        return Words::tr("Time");
    case EventColumn::Application:
        return Words::tr("Application");
    case EventColumn::Pid:
        return Words::tr("PID");
    case EventColumn::User:
        return Words::tr("User");
    case EventColumn::Operation:
        return Words::tr("Operation");
    case EventColumn::Path:
        return Words::tr("Path");
    case EventColumn::Result:
        return Words::tr("Result");
    case EventColumn::Flags:
        return Words::tr("Flags");
    case EventColumn::ParentPid:
        return Words::tr("Parent PID");
    case EventColumn::Uid:
        return Words::tr("UID");
    case EventColumn::Comm:
        return Words::tr("Process name");
    case EventColumn::ApplicationId:
        return Words::tr("Application ID");
    case EventColumn::Amount:
        return Words::tr("Port or size");
    }
    return {};
}

} // namespace lunaris
