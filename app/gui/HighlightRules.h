// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_HIGHLIGHTRULES_H
#define LUNARIS_APP_GUI_HIGHLIGHTRULES_H

#include "app/models/EventFilter.h"

#include <QAbstractListModel>
#include <QSettings>
#include <QtQml/qqmlregistration.h>
#include <vector>

namespace lunaris
{

/// Filters whose events stand out in a colour; the first that passes an event decides. Remembered in the
/// settings.
class HighlightRules : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The live view has them.")

public:
    enum Role {
        FilterRole = Qt::UserRole + 1,
        ColorRole,   ///< one of colors()
        ProblemRole, ///< what is wrong with the filter; empty when nothing is
    };

    static constexpr int mostRules = 32;

    /// `settings` must outlive it.
    explicit HighlightRules(QSettings *settings, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_PROPERTY(int count READ count NOTIFY rulesChanged)
    int count() const { return static_cast<int>(m_rules.size()); }

    Q_PROPERTY(QStringList colors READ colors CONSTANT)
    /// Names of hues; how they look is the theme's.
    static QStringList colors();

    /// Adds a rule before the others, in the first colour that none has. Beyond mostRules nothing happens.
    Q_INVOKABLE void add(const QString &filter);
    Q_INVOKABLE void setFilter(int row, const QString &filter);
    Q_INVOKABLE void setColor(int row, const QString &color);
    Q_INVOKABLE void move(int row, int to);
    Q_INVOKABLE void remove(int row);

    /// The colour of a row; empty when no rule is for it.
    QString colorOf(const StoredEvent &row) const;

Q_SIGNALS:
    /// Rows may have other colours now.
    void rulesChanged();

private:
    struct Rule {
        QString filter;
        QString color;
        QString problem;
        EventMatcher matcher;
    };

    static Rule made(const QString &filter, const QString &color);
    void load();
    void changed(int row = -1);

    QSettings *const m_settings;
    mutable std::vector<Rule> m_rules; // asking a matcher makes it look up names
};

} // namespace lunaris

#endif
