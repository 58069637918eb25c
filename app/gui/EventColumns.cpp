// SPDX-License-Identifier: MIT
#include "app/gui/EventColumns.h"

#include "app/gui/MoveElement.h"
#include "app/models/EventTexts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

namespace lunaris
{

namespace
{

constexpr QLatin1String settingsKey{"live/columns"};
constexpr double widest = 1000;
// What a path needs to be told from others.
constexpr double narrowestPath = 260;

struct Fact {
    const char *key; // in the settings
    double width;    // to begin with
    bool shown;
    bool numeric;
    bool exact;
};

// In the order of EventColumn, which is the order to begin with.
constexpr std::array<Fact, eventColumnCount> facts = {{
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

// Those that matter least first; the others never give way.
constexpr std::array givingWay = {
    EventColumn::ApplicationId, EventColumn::Comm,   EventColumn::ParentPid,
    EventColumn::Uid,           EventColumn::Flags,  EventColumn::Number,
    EventColumn::User,          EventColumn::Amount, EventColumn::Pid,
};

const Fact &factOf(EventColumn column)
{
    return facts[static_cast<std::size_t>(column)];
}

} // namespace

EventColumns::EventColumns(QSettings *settings, QObject *parent)
    : QAbstractListModel(parent), m_settings(settings), m_all(defaults())
{
    load();
    arrange();
}

std::vector<EventColumns::Column> EventColumns::defaults()
{
    std::vector<Column> columns;
    for (int id = 0; id < eventColumnCount; ++id) {
        const Fact &fact = factOf(static_cast<EventColumn>(id));
        columns.push_back({static_cast<EventColumn>(id), fact.width, fact.shown});
    }
    return columns;
}

/// Each as "key:width:1"; what is wrong in the file is left out, what is missing keeps its place and width.
void EventColumns::load()
{
    std::vector<Column> loaded;
    const QStringList entries = m_settings->value(settingsKey).toStringList();
    for (const QString &entry : entries) {
        const QStringList parts = entry.split(QLatin1Char(':'));
        const auto fact = std::find_if(facts.begin(), facts.end(), [&parts](const Fact &known) {
            return parts.constFirst() == QLatin1String(known.key);
        });
        if (parts.size() != 3 || fact == facts.end()) {
            continue;
        }
        const auto id = static_cast<EventColumn>(fact - facts.begin());
        const bool twice =
            std::any_of(loaded.begin(), loaded.end(), [id](const Column &column) { return column.id == id; });
        bool isNumber = false;
        const double width = parts[1].toDouble(&isNumber);
        if (!twice && isNumber && std::isfinite(width)) {
            loaded.push_back({id, id == EventColumn::Path ? 0 : std::clamp(width, narrowest, widest),
                              id == EventColumn::Path || parts[2] == QLatin1String("1")});
        }
    }
    for (const Column &column : m_all) {
        const bool known = std::any_of(loaded.begin(), loaded.end(),
                                       [&column](const Column &other) { return other.id == column.id; });
        if (!known) {
            const auto place = std::min(loaded.size(), static_cast<std::size_t>(column.id));
            loaded.insert(loaded.begin() + static_cast<std::ptrdiff_t>(place), column);
        }
    }
    m_all = std::move(loaded);
}

void EventColumns::save()
{
    QStringList entries;
    for (const Column &column : m_all) {
        entries.append(QStringLiteral("%1:%2:%3")
                           .arg(QLatin1String(factOf(column.id).key))
                           .arg(column.width)
                           .arg(column.shown ? 1 : 0));
    }
    m_settings->setValue(settingsKey, entries);
}

int EventColumns::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_visible.size());
}

QVariant EventColumns::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const auto row = static_cast<std::size_t>(index.row());
    const EventColumn id = m_visible[row];
    switch (role) {
    case ColumnRole:
        return static_cast<int>(id);
    case KeyRole:
        return QString::fromLatin1(factOf(id).key);
    case Qt::DisplayRole:
    case TitleRole:
        return EventTexts::title(id);
    case XRole: {
        double x = margin;
        for (std::size_t before = 0; before < row; ++before) {
            x += widthOf(m_visible[before]) + gap;
        }
        return x;
    }
    case WidthRole:
        return widthOf(id);
    case NumericRole:
        return factOf(id).numeric;
    case ExactRole:
        return factOf(id).exact;
    default:
        return {};
    }
}

QHash<int, QByteArray> EventColumns::roleNames() const
{
    return {{ColumnRole, "column"}, {KeyRole, "key"},         {TitleRole, "title"}, {XRole, "cellX"},
            {WidthRole, "span"},    {NumericRole, "numeric"}, {ExactRole, "exact"}};
}

double EventColumns::widthOf(EventColumn id) const
{
    if (id != EventColumn::Path) {
        return placeOf(id)->width;
    }
    double others = 2 * margin + gap * static_cast<double>(m_visible.size() - 1);
    for (const EventColumn other : m_visible) {
        others += other == id ? 0 : widthOf(other);
    }
    return std::max(narrowest, m_available - others);
}

std::vector<EventColumns::Column>::const_iterator EventColumns::placeOf(EventColumn id) const
{
    return std::find_if(m_all.begin(), m_all.end(), [id](const Column &column) { return column.id == id; });
}

EventColumns::Column &EventColumns::find(EventColumn id)
{
    return m_all[static_cast<std::size_t>(placeOf(id) - m_all.begin())];
}

void EventColumns::setAvailable(double width)
{
    if (width != m_available) {
        m_available = width;
        arrange();
        Q_EMIT availableChanged();
    }
}

double EventColumns::pathX() const
{
    const auto path = std::find(m_visible.begin(), m_visible.end(), EventColumn::Path);
    return data(index(static_cast<int>(path - m_visible.begin())), XRole).toDouble();
}

void EventColumns::arrange()
{
    const std::vector<EventColumn> before = m_visible;
    std::vector<EventColumn> visible;
    double room = m_available - 2 * margin - narrowestPath;
    for (const Column &column : m_all) {
        if (column.shown) {
            visible.push_back(column.id);
            room -= column.id == EventColumn::Path ? 0 : column.width + gap;
        }
    }
    for (const EventColumn id : givingWay) {
        const auto column = std::find(visible.begin(), visible.end(), id);
        if (room < 0 && m_available > 0 && column != visible.end()) {
            room += find(id).width + gap;
            visible.erase(column);
        }
    }
    if (visible != before) {
        beginResetModel();
        m_visible = std::move(visible);
        endResetModel();
    } else if (!m_visible.empty()) {
        Q_EMIT dataChanged(index(0), index(rowCount() - 1), {XRole, WidthRole});
    }
    Q_EMIT arranged();
}

QVariantList EventColumns::choices() const
{
    QVariantList all;
    for (const Column &column : m_all) {
        all.append(QVariantMap{{QStringLiteral("column"), static_cast<int>(column.id)},
                               {QStringLiteral("title"), EventTexts::title(column.id)},
                               {QStringLiteral("shown"), column.shown},
                               {QStringLiteral("fixed"), column.id == EventColumn::Path}});
    }
    return all;
}

void EventColumns::setShown(int column, bool shown)
{
    const auto id = static_cast<EventColumn>(column);
    if (column < 0 || column >= eventColumnCount || id == EventColumn::Path) {
        return;
    }
    find(id).shown = shown;
    arrange();
    save();
}

void EventColumns::move(int index, int to)
{
    if (index < 0 || to < 0 || index >= rowCount() || to >= rowCount() || index == to) {
        return;
    }
    // In the whole order, those that are hidden included.
    moveElement(&find(m_visible[static_cast<std::size_t>(index)]),
                &find(m_visible[static_cast<std::size_t>(to)]));
    arrange();
    save();
}

void EventColumns::resize(int index, double width)
{
    if (index < 0 || index >= rowCount()) {
        return;
    }
    Column &column = find(m_visible[static_cast<std::size_t>(index)]);
    if (column.id == EventColumn::Path) {
        return;
    }
    // No wider than the path can bear: nothing shall be pushed out of the window.
    const double most = column.width + std::max(0.0, widthOf(EventColumn::Path) - narrowestPath);
    column.width = std::clamp(width, narrowest, std::clamp(most, narrowest, widest));
    arrange();
    save();
}

int EventColumns::indexAt(double x) const
{
    double start = margin - gap / 2;
    for (std::size_t row = 0; row < m_visible.size(); ++row) {
        const double end = start + widthOf(m_visible[row]) + gap;
        if (x >= start && x < end) {
            return static_cast<int>(row);
        }
        start = end;
    }
    return -1;
}

void EventColumns::reset()
{
    m_all = defaults();
    arrange();
    save();
}

} // namespace lunaris
