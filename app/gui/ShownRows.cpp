// SPDX-License-Identifier: MIT
#include "app/gui/ShownRows.h"

#include "app/gui/EventColumns.h"
#include "app/gui/HighlightRules.h"
#include "app/models/EventWords.h"
#include "app/models/PathText.h"

#include <QFile>
#include <QIcon>
#include <algorithm>

namespace lunaris
{

namespace
{

/// Valid as long as the row's chunk.
QByteArray subjectOf(const StoredEvent &row)
{
    return QByteArray::fromRawData(row.subject().data(), static_cast<qsizetype>(row.subject().size()));
}

/// What a row says in which nothing stands.
QVariant nothing(int role)
{
    switch (role) {
    case ShownRows::NumberRole:
        return quint64{0};
    case ShownRows::GapRole:
    case ShownRows::DeletedRole:
    case ShownRows::FailureRole:
        return false;
    case ShownRows::CellsRole:
        return QStringList();
    case ShownRows::DirectoryRole:
    case ShownRows::FileNameRole:
    case ShownRows::ApplicationRole:
    case ShownRows::IconRole:
    case ShownRows::HighlightRole:
    case ShownRows::DetailRole:
    case ShownRows::SpokenRole:
        return QString();
    default:
        return {};
    }
}

} // namespace

ShownRows::ShownRows(const EventListing *listing, const EventColumns *columns,
                     const HighlightRules *highlights, QObject *parent)
    : QAbstractListModel(parent), m_listing(listing), m_columns(columns), m_highlights(highlights)
{
    connect(columns, &EventColumns::modelReset, this, [this] { redraw({CellsRole, SpokenRole}); });
    connect(highlights, &HighlightRules::rulesChanged, this, [this] { redraw({HighlightRole}); });
}

int ShownRows::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_count;
}

/// Rows never change what they say, so only other numbers are news to those already shown.
void ShownRows::show(quint64 top, RowNumbers numbers, std::size_t fit)
{
    const std::size_t most = std::max(numbers.size(), m_numbers.size());
    const bool isNews = numbers != m_numbers;
    m_top = top;
    m_numbers = std::move(numbers);
    if (isNews && m_count > 0) {
        Q_EMIT dataChanged(index(0), index(std::min(static_cast<int>(most), m_count) - 1));
    }
    const auto rows = static_cast<int>(std::max(fit, m_numbers.size()));
    if (rows > m_count) {
        beginInsertRows({}, m_count, rows - 1);
        m_count = rows;
        endInsertRows();
    }
}

QVariant ShownRows::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const auto at = static_cast<std::size_t>(index.row());
    const quint64 number = at < m_numbers.size() ? m_numbers[at] : 0;
    if (!m_listing->rows().contains(number)) {
        return nothing(role); // or it is gone since it was shown
    }
    const StoredEvent row = m_listing->rows().at(number);
    switch (role) {
    case NumberRole:
        return number;
    case GapRole:
        return !row.isEvent();
    case CellsRole:
        return cells(row, index.row());
    case DirectoryRole:
        return row.isEvent() ? PathText::directory(subjectOf(row), row.attributes()) : QString();
    case FileNameRole:
        return row.isEvent() ? PathText::fileName(subjectOf(row), row.attributes()) : EventWords::gap(row);
    case DeletedRole:
        return (row.attributes() & DeletedFile) != 0;
    case FailureRole:
        return EventWords::isFailure(row);
    case ApplicationRole:
        return row.isEvent() ? m_texts.application(row) : QString();
    case IconRole:
        return iconOf(row);
    case HighlightRole:
        return m_highlights->colorOf(row);
    case Qt::ToolTipRole:
    case DetailRole:
        return row.isEvent() ? PathText::detail(subjectOf(row), row.attributes()) : EventWords::gap(row);
    case Qt::DisplayRole:
    case SpokenRole:
        return spoken(row, index.row());
    default:
        return {};
    }
}

QHash<int, QByteArray> ShownRows::roleNames() const
{
    return {
        {NumberRole, "number"},     {GapRole, "gap"},
        {CellsRole, "cells"},       {DirectoryRole, "directory"},
        {FileNameRole, "fileName"}, {DeletedRole, "deleted"},
        {FailureRole, "failure"},   {ApplicationRole, "application"},
        {IconRole, "icon"},         {HighlightRole, "highlight"},
        {DetailRole, "detail"},     {SpokenRole, "spoken"},
    };
}

void ShownRows::redraw(const QList<int> &roles)
{
    if (!m_numbers.empty()) {
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_numbers.size()) - 1), roles);
    }
}

void ShownRows::setTimeForm(TimeForm form)
{
    if (form != m_timeForm) {
        m_timeForm = form;
        redraw({CellsRole, SpokenRole});
        Q_EMIT timeFormChanged();
    }
}

QString ShownRows::iconOf(const StoredEvent &row) const
{
    QString name = m_texts.icon(row);
    if (name.isEmpty()) {
        return {};
    }
    auto known = m_icons.constFind(name);
    if (known == m_icons.constEnd()) {
        const bool isFile = name.startsWith(QLatin1Char('/'));
        known = m_icons.insert(name, isFile ? QFile::exists(name) : QIcon::hasThemeIcon(name));
    }
    return *known ? name : QString();
}

QString ShownRows::timeOf(const StoredEvent &row, int at) const
{
    switch (m_timeForm) {
    case TimeForm::Relative:
        return EventTexts::seconds(static_cast<qint64>(row.time() - m_startTime));
    case TimeForm::Delta: {
        const quint64 place = m_top + static_cast<quint64>(at);
        if (place == 0 || place > m_listing->count()) {
            return EventTexts::seconds(0);
        }
        const quint64 above = m_listing->rows().at(m_listing->numberAt(place - 1)).time();
        return EventTexts::seconds(static_cast<qint64>(row.time() - above));
    }
    case TimeForm::Clock:
        break;
    }
    return EventTexts::clock(row.time());
}

QStringList ShownRows::cells(const StoredEvent &row, int at) const
{
    QStringList texts;
    for (const EventColumn column : m_columns->visibleColumns()) {
        texts.append(column == EventColumn::Time ? timeOf(row, at) : m_texts.cell(row, column));
    }
    return texts;
}

/// Bare numbers say what they are of.
QString ShownRows::spoken(const StoredEvent &row, int at) const
{
    QStringList said;
    for (const EventColumn column : m_columns->visibleColumns()) {
        const QString text = column == EventColumn::Time ? timeOf(row, at) : m_texts.cell(row, column);
        const bool bare = column == EventColumn::Number || column == EventColumn::Pid ||
                          column == EventColumn::ParentPid || column == EventColumn::Uid;
        if (!text.isEmpty()) {
            said.append(bare ? EventTexts::title(column) + QLatin1Char(' ') + text : text);
        }
    }
    return said.join(QStringLiteral(", "));
}

} // namespace lunaris
