// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_RULESMODEL_H
#define LUNARIS_APP_GUI_RULESMODEL_H

#include "dbus/MonitorRule.h"

#include <QAbstractListModel>
#include <QHash>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// The path rules as somebody edits them, a row each, beside those that are in force. Prefixes are bytes;
/// their text is as proto::toEscaped() writes and proto::unescape() reads it.
class RulesModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The rules editor has one.")

public:
    enum Role {
        PrefixRole = Qt::UserRole + 1,
        IncludedRole, ///< bool: what it matches is kept
        HitsRole,     ///< double, whole: how often it decided
        ProblemRole,  ///< why it cannot be a rule, a sentence; empty if it can
    };

    static constexpr int mostRules = 10'000; ///< that the helper takes

    using QAbstractListModel::QAbstractListModel;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// The rules in force. Where somebody is editing only hits are taken over.
    void setInForce(const CountedRuleList &rules);

    /// The edited rules, and those in force.
    const CountedRuleList &rules() const { return m_rules; }
    const CountedRuleList &inForce() const { return m_inForce; }

    Q_PROPERTY(int count READ count NOTIFY rulesChanged)
    int count() const { return static_cast<int>(m_rules.size()); }

    Q_PROPERTY(bool edited READ isEdited NOTIFY rulesChanged)
    /// Whether they are others than those they were made from.
    bool isEdited() const;

    Q_PROPERTY(bool outdated READ isOutdated NOTIFY rulesChanged)
    /// Whether others are in force by now than those they were made from.
    bool isOutdated() const;

    Q_PROPERTY(QString problem READ problem NOTIFY rulesChanged)
    /// Why these cannot be rules together; empty if they can.
    QString problem() const;

    /// What is typed becomes the row's rule, also while it is no path yet: problem() says so.
    Q_INVOKABLE void setPrefix(int row, const QString &text);
    Q_INVOKABLE void setIncluded(int row, bool included);
    Q_INVOKABLE void remove(int row);

    /// A row at the end, to be typed into.
    Q_INVOKABLE void add();

    /// A rule that leaves out this prefix: the one there is for it, or a row at the end.
    void exclude(const QByteArray &prefix);

    /// The rules in force again.
    Q_INVOKABLE void discard();

    /// What was edited is in force from now on.
    void takeAsInForce();

Q_SIGNALS:
    void rulesChanged();

private:
    bool isRow(int row) const { return row >= 0 && row < m_rules.size(); }
    QString problemOf(const QByteArray &prefix) const;
    void append(const QByteArray &prefix);
    void changed(int row);

    CountedRuleList m_rules;
    CountedRuleList m_base; // that they were made from
    CountedRuleList m_inForce;
    QHash<QByteArray, int> m_times; // that a prefix is there
};

} // namespace lunaris

#endif
