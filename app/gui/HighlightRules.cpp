// SPDX-License-Identifier: MIT
#include "app/gui/HighlightRules.h"

#include "app/gui/FilterProblem.h"
#include "app/gui/MoveElement.h"

#include <algorithm>

namespace lunaris
{

namespace
{

constexpr QLatin1String settingsKey{"live/highlights"};

} // namespace

HighlightRules::HighlightRules(QSettings *settings, QObject *parent)
    : QAbstractListModel(parent), m_settings(settings)
{
    load();
}

QStringList HighlightRules::colors()
{
    return {QStringLiteral("amber"), QStringLiteral("red"),  QStringLiteral("green"), QStringLiteral("teal"),
            QStringLiteral("blue"),  QStringLiteral("pink"), QStringLiteral("violet")};
}

int HighlightRules::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant HighlightRules::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Rule &rule = m_rules[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case FilterRole:
        return rule.filter;
    case ColorRole:
        return rule.color;
    case ProblemRole:
        return rule.problem;
    default:
        return {};
    }
}

QHash<int, QByteArray> HighlightRules::roleNames() const
{
    return {{FilterRole, "filter"}, {ColorRole, "tone"}, {ProblemRole, "problem"}};
}

HighlightRules::Rule HighlightRules::made(const QString &filter, const QString &color)
{
    Rule rule{filter, color, {}, EventMatcher(EventFilter())};
    auto compiled = EventFilter::compile(filter);
    if (const auto *error = std::get_if<filter::Error>(&compiled)) {
        rule.problem = FilterProblem(filter, *error).sentence();
    } else {
        rule.matcher = EventMatcher(std::get<EventFilter>(std::move(compiled)));
    }
    return rule;
}

/// Each as "color filter"; what is wrong in the file is left out.
void HighlightRules::load()
{
    const QStringList entries = m_settings->value(settingsKey).toStringList();
    for (const QString &entry : entries) {
        const QString color = entry.section(QLatin1Char(' '), 0, 0);
        if (colors().contains(color) && count() < mostRules) {
            m_rules.push_back(made(entry.section(QLatin1Char(' '), 1), color));
        }
    }
}

void HighlightRules::changed(int row)
{
    if (row >= 0) {
        Q_EMIT dataChanged(index(row), index(row));
    }
    QStringList entries;
    for (const Rule &rule : m_rules) {
        entries.append(rule.color + QLatin1Char(' ') + rule.filter);
    }
    m_settings->setValue(settingsKey, entries);
    Q_EMIT rulesChanged();
}

void HighlightRules::add(const QString &filter)
{
    if (count() >= mostRules) {
        return;
    }
    const QStringList all = colors();
    const auto unused = std::find_if(all.begin(), all.end(), [this](const QString &color) {
        return std::none_of(m_rules.begin(), m_rules.end(),
                            [&color](const Rule &rule) { return rule.color == color; });
    });
    beginInsertRows({}, 0, 0);
    m_rules.insert(m_rules.begin(), made(filter, unused == all.end() ? all.constFirst() : *unused));
    endInsertRows();
    changed();
}

void HighlightRules::setFilter(int row, const QString &filter)
{
    if (row >= 0 && row < count()) {
        Rule &rule = m_rules[static_cast<std::size_t>(row)];
        rule = made(filter, rule.color);
        changed(row);
    }
}

void HighlightRules::setColor(int row, const QString &color)
{
    if (row >= 0 && row < count() && colors().contains(color)) {
        m_rules[static_cast<std::size_t>(row)].color = color;
        changed(row);
    }
}

void HighlightRules::move(int row, int to)
{
    if (row < 0 || to < 0 || row >= count() || to >= count() || row == to) {
        return;
    }
    beginMoveRows({}, row, row, {}, to > row ? to + 1 : to);
    moveElement(m_rules.begin() + row, m_rules.begin() + to);
    endMoveRows();
    changed();
}

void HighlightRules::remove(int row)
{
    if (row >= 0 && row < count()) {
        beginRemoveRows({}, row, row);
        m_rules.erase(m_rules.begin() + row);
        endRemoveRows();
        changed();
    }
}

QString HighlightRules::colorOf(const StoredEvent &row) const
{
    if (!row.isEvent()) {
        return {};
    }
    for (Rule &rule : m_rules) {
        // A rule that is empty or wrong is for nothing, not for everything.
        if (!rule.matcher.filter().passesEverything() && rule.matcher.passes(row)) {
            return rule.color;
        }
    }
    return {};
}

} // namespace lunaris
