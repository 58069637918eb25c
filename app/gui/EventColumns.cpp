// SPDX-License-Identifier: MIT
#include "app/gui/EventColumns.h"

#include "app/gui/MoveElement.h"
#include "app/models/EventTexts.h"

#include <algorithm>
#include <array>
#include <limits>

namespace lunaris
{

namespace
{

// What a path needs to be told from others.
constexpr double narrowestPath = 260;

// Those that matter least first.
constexpr std::array givingWay = {
    EventColumn::ApplicationId, EventColumn::Comm,   EventColumn::ParentPid,
    EventColumn::Uid,           EventColumn::Flags,  EventColumn::Number,
    EventColumn::User,          EventColumn::Amount, EventColumn::Pid,
};

// These only where large letters would have to be cut off in each of those that are left: a time without its
// seconds tells nothing, and that an open has failed stands in its operation, too.
constexpr std::array givingWayToLetters = {EventColumn::Time, EventColumn::Result};

// Of the width that the letters ask for.
constexpr double stillLegible = 0.75;

} // namespace

EventColumns::EventColumns(QSettings *settings, QObject *parent)
    : QAbstractListModel(parent), m_settings(settings), m_all(loadColumns(*settings))
{
    arrange();
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
        return placeOf(id)->width * m_scale;
    }
    return std::max(ColumnSetting::narrowest, roomIn(m_visible) - usualWidth(m_visible) * m_scale);
}

/// Between the margins, without the gaps between columns.
double EventColumns::roomIn(const std::vector<EventColumn> &columns) const
{
    return m_available - 2 * margin - gap * static_cast<double>(columns.size() - 1);
}

/// Of all but the path, for letters of the usual size.
double EventColumns::usualWidth(const std::vector<EventColumn> &columns) const
{
    double width = 0;
    for (const EventColumn id : columns) {
        width += id == EventColumn::Path ? 0 : placeOf(id)->width;
    }
    return width;
}

/// How many times as wide as usual the columns can be beside the narrowest path; endless where it is alone.
double EventColumns::roomyScale(const std::vector<EventColumn> &columns) const
{
    const double usual = usualWidth(columns);
    return usual > 0 ? (roomIn(columns) - narrowestPath) / usual : std::numeric_limits<double>::infinity();
}

std::vector<ColumnSetting>::const_iterator EventColumns::placeOf(EventColumn id) const
{
    return std::find_if(m_all.begin(), m_all.end(),
                        [id](const ColumnSetting &column) { return column.id == id; });
}

ColumnSetting &EventColumns::find(EventColumn id)
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

void EventColumns::setLetters(double size)
{
    if (size >= 1 && size != m_letters) {
        m_letters = size;
        arrange();
        Q_EMIT lettersChanged();
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
    for (const ColumnSetting &column : m_all) {
        if (column.shown) {
            visible.push_back(column.id);
        }
    }
    const auto giveWay = [&visible, this](EventColumn id, double wanted) {
        const auto column = std::find(visible.begin(), visible.end(), id);
        if (m_available > 0 && column != visible.end() && roomyScale(visible) < wanted) {
            visible.erase(column);
        }
    };
    for (const EventColumn id : givingWay) {
        giveWay(id, m_letters);
    }
    if (m_letters * stillLegible > 1) {
        for (const EventColumn id : givingWayToLetters) {
            giveWay(id, m_letters * stillLegible);
        }
    }
    // Those that are left are no wider than there is room for, as long as smaller letters would do.
    m_scale = std::clamp(roomyScale(visible), 1.0, m_letters);
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
    for (const ColumnSetting &column : m_all) {
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
    saveColumns(m_all, *m_settings);
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
    saveColumns(m_all, *m_settings);
}

void EventColumns::resize(int index, double width)
{
    if (index < 0 || index >= rowCount()) {
        return;
    }
    ColumnSetting &column = find(m_visible[static_cast<std::size_t>(index)]);
    if (column.id == EventColumn::Path) {
        return;
    }
    // No wider than the path can bear: nothing shall be pushed out of the window.
    const double most = widthOf(column.id) + std::max(0.0, widthOf(EventColumn::Path) - narrowestPath);
    column.width =
        std::clamp(std::min(width, most) / m_scale, ColumnSetting::narrowest, ColumnSetting::widest);
    arrange();
    saveColumns(m_all, *m_settings);
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
    m_all = standardColumns();
    arrange();
    saveColumns(m_all, *m_settings);
}

} // namespace lunaris
