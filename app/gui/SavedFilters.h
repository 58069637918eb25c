// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_SAVEDFILTERS_H
#define LUNARIS_APP_GUI_SAVEDFILTERS_H

#include <QAbstractListModel>
#include <QSettings>
#include <QtQml/qqmlregistration.h>
#include <vector>

namespace lunaris
{

/// Filters that have a name, to be had by a click. Remembered in the settings; whoever has none yet begins
/// with a few that are often wanted.
class SavedFilters : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The live view has them.")

public:
    enum Role { NameRole = Qt::UserRole + 1, FilterRole };

    static constexpr int mostFilters = 24;
    static constexpr int longestName = 40;

    /// `settings` must outlive it.
    explicit SavedFilters(QSettings *settings, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// Keeps a filter under a name, in the place of the one that had it. A name of blanks, or one more than
    /// there may be, is not kept.
    Q_INVOKABLE void save(const QString &name, const QString &filter);
    Q_INVOKABLE void remove(int row);

private:
    struct Entry {
        QString name;
        QString filter;
    };

    void load();
    void store();

    QSettings *const m_settings;
    std::vector<Entry> m_entries;
};

} // namespace lunaris

#endif
