// SPDX-License-Identifier: MIT
#include "app/gui/FunnelModel.h"

#include "app/models/PathText.h"
#include "dbus/Names.h"

#include <algorithm>
#include <array>

namespace lunaris
{

namespace
{

/// A counter's place in the funnel.
struct Place {
    const char *key;
    const char *title;
    int level;
    bool always; ///< else only when it is not 0
    bool loss;
};

constexpr std::array places = {
    Place{"seen", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Seen"), 0, true, false},
    Place{"filtered", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Left out by a rule"), 1, true, false},
    Place{"duplicates", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Repetitions"), 1, true, false},
    Place{"withheld", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Withheld from the Event Bus"), 1, false,
          false},
    Place{"lost", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Lost in the kernel"), 1, false, true},
    Place{"raced", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Closed before they had a name"), 1, false,
          true},
    Place{"skipped", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Skipped by the kernel"), 1, false, true},
    Place{"malformed", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Not understood"), 1, false, true},
    Place{"forwarded", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Forwarded"), 0, true, false},
    Place{"recovered", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Kept from an earlier run"), 0, false,
          false},
    Place{"delivered", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Delivered to the Event Bus"), 1, true,
          false},
    Place{"queued", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Waiting in memory"), 1, true, false},
    Place{"spooled", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Waiting on disk"), 1, false, false},
    Place{"dropped", QT_TRANSLATE_NOOP("lunaris::FunnelModel", "Given up"), 1, false, true},
};

constexpr qsizetype mostRules = 3;

} // namespace

int FunnelModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_stages.size());
}

QVariant FunnelModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const Stage &stage = m_stages[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return stage.title;
    case CountRole:
        return static_cast<double>(stage.count);
    case ShareRole: {
        const auto seen = static_cast<double>(m_totals.value(QStringLiteral("seen")));
        return seen > 0 ? std::min(1.0, static_cast<double>(stage.count) / seen) : 0.0;
    }
    case LevelRole:
        return stage.level;
    case LossRole:
        return stage.loss;
    default:
        return {};
    }
}

QHash<int, QByteArray> FunnelModel::roleNames() const
{
    return {{TitleRole, "title"},
            {CountRole, "count"},
            {ShareRole, "share"},
            {LevelRole, "level"},
            {LossRole, "loss"}};
}

void FunnelModel::setTotals(const Statistics &totals)
{
    m_totals = totals;
    rebuild();
}

void FunnelModel::setRules(const CountedRuleList &rules)
{
    m_busiest = rules;
    const auto end = std::remove_if(m_busiest.begin(), m_busiest.end(), [](const CountedRule &rule) {
        return rule.hits == 0 || rule.action != dbus::rule::exclude;
    });
    m_busiest.erase(end, m_busiest.end());
    std::sort(m_busiest.begin(), m_busiest.end(),
              [](const CountedRule &one, const CountedRule &other) { return one.hits > other.hits; });
    m_busiest.resize(std::min(m_busiest.size(), mostRules));
    rebuild();
}

void FunnelModel::rebuild()
{
    QList<Stage> stages;
    if (!m_totals.isEmpty()) {
        for (const Place &place : places) {
            const quint64 count = m_totals.value(QLatin1String(place.key));
            if (place.always || count > 0) {
                stages.append({tr(place.title), count, place.level, place.loss});
            }
            if (QLatin1String(place.key) == QLatin1String("filtered")) {
                for (const CountedRule &rule : m_busiest) {
                    stages.append({PathText::whole(rule.prefix, 0), rule.hits, 2, false});
                }
            }
        }
    }
    const bool sameRows =
        std::equal(stages.begin(), stages.end(), m_stages.begin(), m_stages.end(),
                   [](const Stage &one, const Stage &other) { return one.title == other.title; });
    if (!sameRows) {
        beginResetModel();
        m_stages = stages;
        endResetModel();
    } else if (!stages.isEmpty()) {
        m_stages = stages;
        Q_EMIT dataChanged(index(0), index(rowCount() - 1));
    }
}

} // namespace lunaris
