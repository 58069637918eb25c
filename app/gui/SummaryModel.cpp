// SPDX-License-Identifier: MIT
#include "app/gui/SummaryModel.h"

#include "app/format/DisplayText.h"

#include <algorithm>
#include <utility>

namespace lunaris
{

static_assert(SummaryModel::Operation == static_cast<int>(EventSummary::Grouping::Operation));
static_assert(SummaryModel::LastColumn == static_cast<int>(GroupOrder::Column::Last));

SummaryModel::SummaryModel(const EventSummary *summary, QObject *parent)
    : PacedListModel(parent), m_summary(summary)
{
}

/// Null where there is no such row.
const GroupTable::Group *SummaryModel::groupAt(int row) const
{
    const auto at = static_cast<std::size_t>(row);
    return row >= 0 && at < m_shown.groups.size() ? &m_shown.groups[at] : nullptr;
}

QVariant SummaryModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const GroupTable::Group *const group = groupAt(index.row());
    const Totals totals = group == nullptr ? Totals() : group->totals;
    const QString bytes =
        totals.bytes > 0 ? m_locale.formattedDataSize(static_cast<qint64>(totals.bytes)) : QString();
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return nameOf(index.row());
    case EventsRole:
        return static_cast<double>(totals.events);
    case ShareRole:
        return static_cast<double>(totals.events) / static_cast<double>(m_shown.mostEvents);
    case BytesRole:
        return bytes;
    case FirstRole:
        return clockText(totals.first);
    case LastRole:
        return clockText(totals.last);
    case SpokenRole:
        return tr("%1, %n event(s), written %2, first %3, last %4", nullptr, static_cast<int>(totals.events))
            .arg(nameOf(index.row()), bytes.isEmpty() ? tr("nothing") : bytes, clockText(totals.first),
                 clockText(totals.last));
    default:
        return {};
    }
}

QHash<int, QByteArray> SummaryModel::roleNames() const
{
    return {{NameRole, "name"},   {EventsRole, "events"}, {ShareRole, "share"},  {BytesRole, "bytes"},
            {FirstRole, "first"}, {LastRole, "last"},     {SpokenRole, "spoken"}};
}

void SummaryModel::setGrouping(Grouping grouping)
{
    if (grouping != this->grouping() && grouping >= Application && grouping <= Operation) {
        m_order.grouping = static_cast<EventSummary::Grouping>(grouping);
        reorder();
    }
}

void SummaryModel::sortBy(Column column)
{
    m_order.descending = column == sortColumn() ? !m_order.descending : column != NameColumn;
    m_order.column = static_cast<GroupOrder::Column>(column);
    reorder();
}

void SummaryModel::setSearch(const QString &text)
{
    if (text != m_order.search) {
        m_order.search = text;
        reorder();
    }
}

void SummaryModel::reorder()
{
    arrangeNow();
    Q_EMIT orderChanged();
}

void SummaryModel::arrange(BackgroundTask &task)
{
    task.start(
        [groups = table().groups(), order = m_order,
         names = m_namesToSearch](const BackgroundTask::Course &course) mutable {
            return listed(std::move(groups), order, *names, course);
        },
        [this](GroupListing listing) { take(std::move(listing)); });
}

void SummaryModel::take(GroupListing listing)
{
    const bool isAnother = listing.grouping != m_shown.grouping;
    std::vector<Item> rows(listing.groups.size());
    std::transform(listing.groups.begin(), listing.groups.end(), rows.begin(),
                   [](const GroupTable::Group &group) { return group.number; });
    m_shown = std::move(listing);
    if (isAnother) {
        showAnew(rows);
    } else {
        showRows(rows);
    }
}

QString SummaryModel::counted() const
{
    const GroupTable &groups = table();
    QString text = m_order.search.isEmpty() ? tr("%L1 rows").arg(total())
                                            : tr("%L1 of %L2 rows").arg(total()).arg(groups.size());
    if (groups.others().events > 0) {
        text += QStringLiteral(" · ") +
                tr("%L1 events of small groups are summed up and not listed").arg(groups.others().events);
    }
    return text;
}

QString SummaryModel::filterOf(int row) const
{
    const GroupTable::Group *const group = groupAt(row);
    return group == nullptr
               ? QString()
               : QString::fromStdString(
                     EventSummary::filterOf(m_shown.grouping, group->key).value_or(std::string()));
}

QString SummaryModel::nameOf(int row) const
{
    const GroupTable::Group *const group = groupAt(row);
    return group == nullptr ? QString() : m_names.name(m_shown.grouping, group->key);
}

} // namespace lunaris
