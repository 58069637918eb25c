// SPDX-License-Identifier: MIT
#include "app/gui/SavedFilters.h"

#include <algorithm>

namespace lunaris
{

namespace
{

constexpr QLatin1String settingsArray{"live/savedFilters"};
constexpr QLatin1String nameKey{"name"};
constexpr QLatin1String filterKey{"filter"};

} // namespace

SavedFilters::SavedFilters(QSettings *settings, QObject *parent)
    : QAbstractListModel(parent), m_settings(settings)
{
    load();
}

void SavedFilters::load()
{
    if (!m_settings->contains(settingsArray + QLatin1String("/size"))) {
        m_entries = {{tr("Failed"), QStringLiteral("type == file.open_failed")},
                     {tr("Written"), QStringLiteral("type == file.written")},
                     {tr("Programs"), QStringLiteral("type startswith process.")},
                     {tr("Network"), QStringLiteral("type startswith network.")}};
        return;
    }
    const int size = std::min(m_settings->beginReadArray(settingsArray), mostFilters);
    for (int index = 0; index < size; ++index) {
        m_settings->setArrayIndex(index);
        const QString name = m_settings->value(nameKey).toString().simplified().left(longestName);
        if (!name.isEmpty()) {
            m_entries.push_back({name, m_settings->value(filterKey).toString()});
        }
    }
    m_settings->endArray();
}

void SavedFilters::store()
{
    m_settings->remove(settingsArray);
    m_settings->beginWriteArray(settingsArray, rowCount());
    for (int index = 0; index < rowCount(); ++index) {
        m_settings->setArrayIndex(index);
        m_settings->setValue(nameKey, m_entries[static_cast<std::size_t>(index)].name);
        m_settings->setValue(filterKey, m_entries[static_cast<std::size_t>(index)].filter);
    }
    m_settings->endArray();
}

int SavedFilters::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_entries.size());
}

QVariant SavedFilters::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Entry &entry = m_entries[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return entry.name;
    case FilterRole:
        return entry.filter;
    default:
        return {};
    }
}

QHash<int, QByteArray> SavedFilters::roleNames() const
{
    return {{NameRole, "name"}, {FilterRole, "filter"}};
}

void SavedFilters::save(const QString &name, const QString &filter)
{
    const QString kept = name.simplified().left(longestName);
    if (kept.isEmpty()) {
        return;
    }
    const auto same = std::find_if(m_entries.begin(), m_entries.end(),
                                   [&kept](const Entry &entry) { return entry.name == kept; });
    if (same != m_entries.end()) {
        same->filter = filter;
        const QModelIndex changed = index(static_cast<int>(same - m_entries.begin()));
        Q_EMIT dataChanged(changed, changed);
    } else if (rowCount() < mostFilters) {
        beginInsertRows({}, rowCount(), rowCount());
        m_entries.push_back({kept, filter});
        endInsertRows();
    }
    store();
}

void SavedFilters::remove(int row)
{
    if (row >= 0 && row < rowCount()) {
        beginRemoveRows({}, row, row);
        m_entries.erase(m_entries.begin() + row);
        endRemoveRows();
        store();
    }
}

} // namespace lunaris
