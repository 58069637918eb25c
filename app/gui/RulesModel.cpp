// SPDX-License-Identifier: MIT
#include "app/gui/RulesModel.h"

#include "app/format/DisplayText.h"
#include "dbus/Names.h"
#include "dbus/rules/PathRules.h"
#include "proto/Escape.h"

#include <algorithm>
#include <utility>

namespace lunaris
{

namespace
{

constexpr qsizetype longestPrefix = PathRules::longestPrefix;

/// But for their hits.
bool same(const CountedRuleList &ones, const CountedRuleList &others)
{
    return std::equal(ones.begin(), ones.end(), others.begin(), others.end(),
                      [](const CountedRule &one, const CountedRule &other) {
                          return one.prefix == other.prefix && one.action == other.action;
                      });
}

} // namespace

int RulesModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : count();
}

QVariant RulesModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const CountedRule &rule = m_rules[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case PrefixRole:
        return escaped(viewOf(rule.prefix));
    case IncludedRole:
        return rule.action == dbus::rule::include;
    case HitsRole:
        return static_cast<double>(rule.hits);
    case ProblemRole:
        return problemOf(rule.prefix);
    default:
        return {};
    }
}

QHash<int, QByteArray> RulesModel::roleNames() const
{
    return {{PrefixRole, "prefix"}, {IncludedRole, "included"}, {HitsRole, "hits"}, {ProblemRole, "problem"}};
}

void RulesModel::setInForce(const CountedRuleList &rules)
{
    m_inForce = rules;
    if (!isEdited() && !same(m_rules, rules)) {
        discard();
        return;
    }
    QHash<QByteArray, const CountedRule *> counted;
    for (const CountedRule &rule : rules) {
        counted.insert(rule.prefix, &rule);
    }
    for (CountedRule &rule : m_rules) {
        const CountedRule *found = counted.value(rule.prefix);
        rule.hits = found != nullptr && found->action == rule.action ? found->hits : 0;
    }
    if (!m_rules.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {HitsRole});
    }
    Q_EMIT rulesChanged();
}

bool RulesModel::isEdited() const
{
    return !same(m_rules, m_base);
}

bool RulesModel::isOutdated() const
{
    return isEdited() && !same(m_base, m_inForce) && !same(m_rules, m_inForce);
}

QString RulesModel::problemOf(const QByteArray &prefix) const
{
    if (prefix.isEmpty()) {
        return tr("A rule needs a path.");
    }
    if (!prefix.startsWith('/')) {
        return tr("A path begins with /.");
    }
    if (prefix.size() > longestPrefix) {
        return tr("A path has 4096 bytes at most.");
    }
    if (prefix.contains('\0')) {
        return tr("A path has no byte 0.");
    }
    return m_times.value(prefix) > 1 ? tr("There is another rule for this path.") : QString();
}

QString RulesModel::problem() const
{
    if (count() > mostRules) {
        return tr("The helper takes %L1 rules at most.").arg(mostRules);
    }
    for (const CountedRule &rule : m_rules) {
        if (const QString problem = problemOf(rule.prefix); !problem.isEmpty()) {
            return problem;
        }
    }
    return {};
}

void RulesModel::setPrefix(int row, const QString &text)
{
    if (!isRow(row)) {
        return;
    }
    CountedRule &rule = m_rules[row];
    const QByteArray prefix = QByteArray::fromStdString(proto::unescape(text.toStdString()));
    if (prefix != rule.prefix) {
        --m_times[rule.prefix];
        ++m_times[prefix];
        rule.prefix = prefix;
        rule.hits = 0;
        changed(row);
    }
}

void RulesModel::setIncluded(int row, bool included)
{
    const QString action = included ? dbus::rule::include : dbus::rule::exclude;
    if (isRow(row) && m_rules[row].action != action) {
        m_rules[row].action = action;
        m_rules[row].hits = 0;
        changed(row);
    }
}

void RulesModel::remove(int row)
{
    if (isRow(row)) {
        beginRemoveRows({}, row, row);
        --m_times[m_rules[row].prefix];
        m_rules.removeAt(row);
        endRemoveRows();
        changed(-1);
    }
}

void RulesModel::add()
{
    append({});
}

void RulesModel::exclude(const QByteArray &prefix)
{
    const auto known = std::find_if(m_rules.cbegin(), m_rules.cend(),
                                    [&prefix](const CountedRule &rule) { return rule.prefix == prefix; });
    if (known == m_rules.cend()) {
        append(prefix);
    } else {
        setIncluded(static_cast<int>(known - m_rules.cbegin()), false);
    }
}

void RulesModel::append(const QByteArray &prefix)
{
    beginInsertRows({}, count(), count());
    m_rules.append({prefix, dbus::rule::exclude, 0});
    ++m_times[prefix];
    endInsertRows();
    changed(-1);
}

void RulesModel::discard()
{
    beginResetModel();
    m_rules = m_base = m_inForce;
    m_times.clear();
    for (const CountedRule &rule : std::as_const(m_rules)) {
        ++m_times[rule.prefix];
    }
    endResetModel();
    Q_EMIT rulesChanged();
}

void RulesModel::takeAsInForce()
{
    m_inForce = m_base = m_rules;
    Q_EMIT rulesChanged();
}

/// Of one row or none; whether a path is there twice is news to others, too.
void RulesModel::changed(int row)
{
    if (row >= 0) {
        Q_EMIT dataChanged(index(row), index(row));
    }
    if (!m_rules.isEmpty()) {
        Q_EMIT dataChanged(index(0), index(count() - 1), {ProblemRole});
    }
    Q_EMIT rulesChanged();
}

} // namespace lunaris
