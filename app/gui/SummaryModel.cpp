// SPDX-License-Identifier: MIT
#include "app/gui/SummaryModel.h"

#include "app/format/DisplayText.h"
#include "app/models/PathText.h"
#include "dbus/Names.h"

#include <algorithm>
#include <utility>

namespace lunaris
{

namespace
{

struct TypeName {
    QLatin1String type;
    const char *words;
};

constexpr std::array<TypeName, 7> typeNames = {{
    {dbus::type::fileOpened, QT_TRANSLATE_NOOP("lunaris::SummaryModel", "Files opened")},
    {dbus::type::fileOpenFailed,
     QT_TRANSLATE_NOOP("lunaris::SummaryModel", "Files that could not be opened")},
    {dbus::type::fileWritten, QT_TRANSLATE_NOOP("lunaris::SummaryModel", "Files written")},
    {dbus::type::processStarted, QT_TRANSLATE_NOOP("lunaris::SummaryModel", "Programs started")},
    {dbus::type::processExited, QT_TRANSLATE_NOOP("lunaris::SummaryModel", "Programs ended")},
    {dbus::type::networkConnect, QT_TRANSLATE_NOOP("lunaris::SummaryModel", "Connections made")},
    {dbus::type::networkAccept, QT_TRANSLATE_NOOP("lunaris::SummaryModel", "Connections taken")},
}};

bool isPath(SummaryModel::Grouping grouping)
{
    return grouping == SummaryModel::Folder || grouping == SummaryModel::File;
}

} // namespace

SummaryModel::SummaryModel(const EventSummary *summary, QObject *parent)
    : PacedListModel(parent), m_summary(summary)
{
    connect(this, &PacedListModel::arranged, this, [this] {
        if (const GroupTable::Group *const group = groupAt(currentRow())) {
            m_currentKey = group->key;
        }
    });
}

const GroupTable &SummaryModel::table() const
{
    return m_summary->table(static_cast<EventSummary::Grouping>(m_grouping));
}

/// Null for a row whose group is no more: until the rows are arranged again there may be such.
const GroupTable::Group *SummaryModel::groupAt(int row) const
{
    const bool known = row >= 0 && row < total() && m_moved == table().groupsMoved() &&
                       item(row) < static_cast<Item>(table().size());
    return known ? &table().group(static_cast<GroupTable::Id>(item(row))) : nullptr;
}

QString SummaryModel::name(const QByteArray &key) const
{
    const QByteArray value = EventSummary::value(static_cast<EventSummary::Grouping>(m_grouping), key);
    if (isPath(m_grouping)) {
        // Of a truncated path the beginning is missing; if it has no slash at all, its folder is too.
        return value.isEmpty() ? QStringLiteral("…")
                               : PathText::whole(value, value.startsWith('/') ? 0U : quint32{TruncatedPath});
    }
    if (m_grouping == User) {
        return m_users.name(value.toUInt());
    }
    if (m_grouping == Operation) {
        const auto *const known =
            std::find_if(typeNames.begin(), typeNames.end(),
                         [&value](const auto &type) { return type.type == QLatin1String(value); });
        if (known != typeNames.end()) {
            return tr(known->words);
        }
    }
    if (m_grouping == Application) {
        const QString &known = m_applications.find(QString::fromUtf8(value)).name;
        if (!known.isEmpty()) {
            return known;
        }
    }
    const QString text = printable(value);
    return text.isEmpty() ? tr("(unknown)") : text;
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
        return std::min(1.0, static_cast<double>(totals.events) / static_cast<double>(m_mostEvents));
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
    if (grouping != m_grouping && grouping >= Application && grouping <= Operation) {
        startOver();
        m_grouping = grouping;
        m_moved = table().groupsMoved();
        reorder();
    }
}

void SummaryModel::sortBy(Column column)
{
    m_descending = column == m_column ? !m_descending : column != NameColumn;
    m_column = column;
    reorder();
}

void SummaryModel::setSearch(const QString &text)
{
    if (text != m_search) {
        m_search = text;
        reorder();
    }
}

void SummaryModel::reorder()
{
    arrangeNow();
    Q_EMIT orderChanged();
}

void SummaryModel::update()
{
    if (m_moved != table().groupsMoved()) {
        arrangeNow();
    } else {
        touch();
    }
}

std::vector<PacedListModel::Item> SummaryModel::arrange()
{
    const GroupTable &groups = table();
    if (m_moved != groups.groupsMoved()) {
        m_moved = groups.groupsMoved();
        setCurrent(current() ? groups.find(m_currentKey) : std::nullopt);
    }
    struct Entry {
        quint64 number;
        QByteArray text;
        Item item;
    };
    std::vector<Entry> entries;
    entries.reserve(static_cast<std::size_t>(groups.size()));
    m_mostEvents = 1;
    for (GroupTable::Id id = 0; id < static_cast<GroupTable::Id>(groups.size()); ++id) {
        const GroupTable::Group &group = groups.group(id);
        const Totals &totals = group.totals;
        m_mostEvents = std::max(m_mostEvents, totals.events);
        if (!m_search.isEmpty() && !name(group.key).contains(m_search, Qt::CaseInsensitive)) {
            continue;
        }
        switch (m_column) {
        case NameColumn:
            // Paths by their bytes, as a hundred thousand of them have to be.
            entries.push_back(
                {0, isPath(m_grouping) ? group.key : name(group.key).toCaseFolded().toUtf8(), id});
            break;
        case EventsColumn:
            entries.push_back({totals.events, {}, id});
            break;
        case BytesColumn:
            entries.push_back({totals.bytes, {}, id});
            break;
        case FirstColumn:
            entries.push_back({totals.first, {}, id});
            break;
        case LastColumn:
            entries.push_back({totals.last, {}, id});
            break;
        }
    }
    const auto before = [](const Entry &one, const Entry &other) {
        return one.number != other.number ? one.number < other.number : one.text < other.text;
    };
    // Equals stay in the order of their first event, whichever way round.
    std::stable_sort(entries.begin(), entries.end(), [&](const Entry &one, const Entry &other) {
        return m_descending ? before(other, one) : before(one, other);
    });
    std::vector<Item> items;
    items.reserve(entries.size());
    std::transform(entries.cbegin(), entries.cend(), std::back_inserter(items),
                   [](const Entry &entry) { return entry.item; });
    return items;
}

QString SummaryModel::counted() const
{
    const GroupTable &groups = table();
    QString text = m_search.isEmpty() ? tr("%L1 rows").arg(total())
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
                     EventSummary::filterOf(static_cast<EventSummary::Grouping>(m_grouping), group->key)
                         .value_or(std::string()));
}

QString SummaryModel::nameOf(int row) const
{
    const GroupTable::Group *const group = groupAt(row);
    return group == nullptr ? QString() : name(group->key);
}

} // namespace lunaris
