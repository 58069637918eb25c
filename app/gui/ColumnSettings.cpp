// SPDX-License-Identifier: MIT
#include "app/gui/ColumnSettings.h"

#include <QStringList>
#include <algorithm>
#include <array>
#include <cmath>

namespace lunaris
{

namespace
{

constexpr QLatin1String settingsKey{"live/columns"};

// In the order of EventColumn, which is the order to begin with.
constexpr std::array<ColumnFact, eventColumnCount> facts = {{
    {"number", 54, true, true, true},
    {"time", 90, true, false, true},
    {"application", 124, true, false, false},
    {"pid", 56, true, true, true},
    {"user", 58, true, false, false},
    {"operation", 90, true, false, false},
    {"path", 0, true, false, true},
    {"result", 148, true, false, false},
    {"flags", 118, true, false, true},
    {"parent", 72, false, true, true},
    {"uid", 56, false, true, true},
    {"comm", 120, false, false, true},
    {"applicationId", 170, false, false, true},
    {"amount", 90, false, true, false},
}};

} // namespace

const ColumnFact &factOf(EventColumn column)
{
    return facts[static_cast<std::size_t>(column)];
}

std::vector<ColumnSetting> standardColumns()
{
    std::vector<ColumnSetting> columns;
    for (int id = 0; id < eventColumnCount; ++id) {
        const ColumnFact &fact = factOf(static_cast<EventColumn>(id));
        columns.push_back({static_cast<EventColumn>(id), fact.width, fact.shown});
    }
    return columns;
}

/// Each is "key:width:1".
std::vector<ColumnSetting> loadColumns(const QSettings &settings)
{
    std::vector<ColumnSetting> loaded;
    const QStringList entries = settings.value(settingsKey).toStringList();
    for (const QString &entry : entries) {
        const QStringList parts = entry.split(QLatin1Char(':'));
        const auto fact = std::find_if(facts.begin(), facts.end(), [&parts](const ColumnFact &known) {
            return parts.constFirst() == QLatin1String(known.key);
        });
        if (parts.size() != 3 || fact == facts.end()) {
            continue;
        }
        const auto id = static_cast<EventColumn>(fact - facts.begin());
        const bool twice = std::any_of(loaded.begin(), loaded.end(),
                                       [id](const ColumnSetting &column) { return column.id == id; });
        bool isNumber = false;
        const double width = parts[1].toDouble(&isNumber);
        if (!twice && isNumber && std::isfinite(width)) {
            loaded.push_back({id,
                              id == EventColumn::Path
                                  ? 0
                                  : std::clamp(width, ColumnSetting::narrowest, ColumnSetting::widest),
                              id == EventColumn::Path || parts[2] == QLatin1String("1")});
        }
    }
    for (const ColumnSetting &column : standardColumns()) {
        const bool known = std::any_of(loaded.begin(), loaded.end(), [&column](const ColumnSetting &other) {
            return other.id == column.id;
        });
        if (!known) {
            const auto place = std::min(loaded.size(), static_cast<std::size_t>(column.id));
            loaded.insert(loaded.begin() + static_cast<std::ptrdiff_t>(place), column);
        }
    }
    return loaded;
}

void saveColumns(const std::vector<ColumnSetting> &columns, QSettings &settings)
{
    QStringList entries;
    for (const ColumnSetting &column : columns) {
        entries.append(QStringLiteral("%1:%2:%3")
                           .arg(QLatin1String(factOf(column.id).key))
                           .arg(column.width)
                           .arg(column.shown ? 1 : 0));
    }
    settings.setValue(settingsKey, entries);
}

} // namespace lunaris
