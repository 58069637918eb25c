// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_EVENTSUMMARY_H
#define LUNARIS_APP_MODELS_EVENTSUMMARY_H

#include "app/models/GroupTable.h"
#include "dbus/MonitorEvent.h"

#include <QString>
#include <array>
#include <optional>
#include <string>

namespace lunaris
{

/// All events that were added, also those that the history has let go since, counted in five ways. Each
/// way has at most mostGroups groups, see GroupTable. Not thread-safe.
class EventSummary
{
public:
    enum class Grouping { Application, Folder, File, User, Operation };
    static constexpr std::size_t groupingCount = 5;

    static constexpr qsizetype mostGroups = 100'000;
    static constexpr qsizetype mostKeyBytes = qsizetype{16} * 1024 * 1024;

    EventSummary();

    void add(const MonitorEventList &events);

    /// Counts from nothing again.
    void clear();

    const Totals &totals() const { return m_totals; }
    const GroupTable &table(Grouping grouping) const { return m_tables[static_cast<std::size_t>(grouping)]; }

    /// What a group is of, as the contract has it: an application id, a path in bytes, a uid as digits, the
    /// type of events.
    static QByteArray value(Grouping grouping, const QByteArray &key);

    /// The filter that passes the events of a group; nothing where its name is too long for a filter.
    static std::optional<std::string> filterOf(Grouping grouping, const QByteArray &key);

private:
    std::array<GroupTable, groupingCount> m_tables;
    Totals m_totals;
};

} // namespace lunaris

#endif
