// SPDX-License-Identifier: MIT
#include "app/format/JsonFormat.h"

#include "app/format/EventFields.h"
#include "app/format/JsonText.h"
#include "proto/Escape.h"

#include <QJsonArray>
#include <array>
#include <utility>

namespace lunaris
{

namespace
{

QJsonArray attributeNames(quint32 attributes)
{
    static constexpr std::array<std::pair<Attribute, const char *>, 5> names = {{
        {TruncatedPath, "truncated"},
        {DeletedFile, "deleted"},
        {ForeignMountNamespace, "foreign"},
        {UnreadableName, "unreadable"},
        {CreatedFile, "created"},
    }};
    QJsonArray array;
    for (const auto &[attribute, name] : names) {
        if ((attributes & attribute) != 0) {
            array.append(QLatin1String(name));
        }
    }
    return array;
}

} // namespace

std::optional<std::string> JsonFormat::line(const MonitorEvent &event)
{
    using filter::Field;
    static constexpr std::array<std::pair<Field, const char *>, 5> texts = {{
        {Field::Type, "type"},
        {Field::Comm, "comm"},
        {Field::App, "app"},
        {Field::Addr, "addr"},
        {Field::Path, "path"},
    }};
    static constexpr std::array<std::pair<Field, const char *>, 8> numbers = {{
        {Field::Pid, "pid"},
        {Field::Ppid, "ppid"},
        {Field::Uid, "uid"},
        {Field::Flags, "flags"},
        {Field::Mode, "mode"},
        {Field::Result, "result"},
        {Field::Bytes, "bytes"},
        {Field::Port, "port"},
    }};
    const EventFields fields(event);
    QJsonObject object;
    for (const auto &[field, key] : texts) {
        if (fields.view().has(field)) {
            const std::string text = proto::toUtf8(fields.view().text(field));
            object.insert(QLatin1String(key), QString::fromStdString(text));
            // Then the escaped text alone could be the name of another file.
            if (field == Field::Path && text != fields.view().text(field)) {
                object.insert(QStringLiteral("path_base64"), QString::fromLatin1(event.subject.toBase64()));
            }
        }
    }
    for (const auto &[field, key] : numbers) {
        if (fields.view().has(field)) {
            object.insert(QLatin1String(key), static_cast<qint64>(fields.view().number(field)));
        }
    }
    object.insert(QStringLiteral("time"), static_cast<qint64>(event.time));
    object.insert(QStringLiteral("sequence"), static_cast<qint64>(event.sequence));
    object.insert(QStringLiteral("cgroup"), static_cast<qint64>(event.cgroup));
    object.insert(QStringLiteral("attributes"), attributeNames(event.attributes));
    return toJsonLine(object);
}

} // namespace lunaris
