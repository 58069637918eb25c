// SPDX-License-Identifier: MIT
#include "app/models/EventSummary.h"

#include "dbus/Names.h"
#include "dbus/filter/ValueFilter.h"

#include <cstring>

namespace lunaris
{

namespace
{

using Grouping = EventSummary::Grouping;

template<typename Number>
QByteArrayView bytesOf(const Number &number)
{
    return {reinterpret_cast<const char *>(&number), sizeof(number)};
}

/// A text as it lies in memory: to convert it for each event would cost more than all the rest.
QByteArrayView bytesOf(const QString &text)
{
    return {reinterpret_cast<const char *>(text.utf16()), text.size() * qsizetype{sizeof(char16_t)}};
}

QString textIn(const QByteArray &key)
{
    QString text(key.size() / qsizetype{sizeof(char16_t)}, Qt::Uninitialized);
    std::memcpy(text.data(), key.constData(), static_cast<std::size_t>(key.size()));
    return text;
}

quint32 uidIn(const QByteArray &key)
{
    quint32 uid = 0;
    std::memcpy(&uid, key.constData(), sizeof(uid));
    return uid;
}

/// The folder as the filter's `dir` has it: without its slash, but for the root's own.
QByteArrayView folderOf(QByteArrayView path)
{
    const qsizetype slash = path.lastIndexOf('/');
    return slash < 0 ? QByteArrayView("") : path.first(slash == 0 ? 1 : slash);
}

} // namespace

EventSummary::EventSummary()
    : m_tables{GroupTable(mostGroups, mostKeyBytes), GroupTable(mostGroups, mostKeyBytes),
               GroupTable(mostGroups, mostKeyBytes), GroupTable(mostGroups, mostKeyBytes),
               GroupTable(mostGroups, mostKeyBytes)}
{
}

void EventSummary::add(const MonitorEventList &events)
{
    for (const MonitorEvent &event : events) {
        const quint64 bytes =
            event.type == dbus::type::fileWritten && event.value > 0 ? static_cast<quint64>(event.value) : 0;
        const auto count = [&](Grouping grouping, QByteArrayView key) {
            m_tables[static_cast<std::size_t>(grouping)].add(key, bytes, event.time);
        };
        m_totals.add(bytes, event.time);
        count(Grouping::Application, bytesOf(event.application));
        count(Grouping::User, bytesOf(event.uid));
        count(Grouping::Operation, bytesOf(event.type));
        const bool named = !event.subject.isEmpty() && (event.attributes & UnreadableName) == 0;
        if (named && event.type.startsWith(QLatin1String("file."))) {
            count(Grouping::File, event.subject);
            count(Grouping::Folder, folderOf(event.subject));
        }
    }
}

void EventSummary::clear()
{
    for (GroupTable &table : m_tables) {
        table.clear();
    }
    m_totals = {};
}

QByteArray EventSummary::value(Grouping grouping, const QByteArray &key)
{
    switch (grouping) {
    case Grouping::Folder:
    case Grouping::File:
        return key;
    case Grouping::User:
        return QByteArray::number(uidIn(key));
    case Grouping::Application:
    case Grouping::Operation:
        break;
    }
    return textIn(key).toUtf8();
}

std::optional<std::string> EventSummary::filterOf(Grouping grouping, const QByteArray &key)
{
    static constexpr std::array fields = {filter::Field::App, filter::Field::Dir, filter::Field::Path,
                                          filter::Field::Uid, filter::Field::Type};
    static_assert(fields.size() == groupingCount);
    const filter::Field field = fields[static_cast<std::size_t>(grouping)];
    const QByteArray text = value(grouping, key);
    filter::EventView event;
    if (filter::isText(field)) {
        event.setText(field, {text.constData(), static_cast<std::size_t>(text.size())});
    } else {
        event.setNumber(field, uidIn(key));
    }
    return filter::onlyThisValue(field, event);
}

} // namespace lunaris
