// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_SUMMARYMODEL_H
#define LUNARIS_APP_GUI_SUMMARYMODEL_H

#include "app/gui/PacedListModel.h"
#include "app/models/DesktopApplications.h"
#include "app/models/EventSummary.h"
#include "app/models/UserNames.h"

#include <QLocale>

namespace lunaris
{

/// One way of counting events, as a list that can be sorted and searched.
class SummaryModel : public lunaris::PacedListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    /// Those of EventSummary.
    enum Grouping { Application, Folder, File, User, Operation };
    Q_ENUM(Grouping)

    enum Column { NameColumn, EventsColumn, BytesColumn, FirstColumn, LastColumn };
    Q_ENUM(Column)

    enum Role {
        NameRole = Qt::UserRole + 1, ///< for people
        EventsRole,                  ///< double
        ShareRole,                   ///< double, 0 to 1: of the largest group's events
        BytesRole,                   ///< written, with a unit; empty for none
        FirstRole,                   ///< local wall clock, HH:mm:ss
        LastRole,                    ///< likewise
        SpokenRole,                  ///< the whole row in one sentence
    };

    /// `summary` must outlive the model.
    explicit SummaryModel(const EventSummary *summary, QObject *parent = nullptr);

    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_PROPERTY(lunaris::SummaryModel::Grouping grouping READ grouping WRITE setGrouping NOTIFY orderChanged)
    Grouping grouping() const { return m_grouping; }
    void setGrouping(Grouping grouping);

    Q_PROPERTY(lunaris::SummaryModel::Column sortColumn READ sortColumn NOTIFY orderChanged)
    Column sortColumn() const { return m_column; }
    Q_PROPERTY(bool descending READ isDescending NOTIFY orderChanged)
    bool isDescending() const { return m_descending; }

    /// Sorts by a column: names from the beginning, numbers from the largest. The column that is sorted by
    /// already is turned round.
    Q_INVOKABLE void sortBy(lunaris::SummaryModel::Column column);

    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY orderChanged)
    /// Only groups whose name contains this, in capital or small letters.
    const QString &search() const { return m_search; }
    void setSearch(const QString &text);

    Q_PROPERTY(QString counted READ counted NOTIFY arranged)
    /// How much there is, in one line: of the groups that have been summed up too.
    QString counted() const;

    /// What passes the events of a row; empty where a filter cannot say it.
    Q_INVOKABLE QString filterOf(int row) const;

    /// The name of a row.
    Q_INVOKABLE QString nameOf(int row) const;

    /// To be called when the summary has changed.
    void update();

Q_SIGNALS:
    void orderChanged();

protected:
    std::vector<Item> arrange() override;

private:
    const GroupTable &table() const;
    const GroupTable::Group *groupAt(int row) const;
    QString name(const QByteArray &key) const;
    void reorder();

    const EventSummary *const m_summary;
    DesktopApplications m_applications;
    UserNames m_users;
    const QLocale m_locale;
    Grouping m_grouping = Application;
    Column m_column = EventsColumn;
    bool m_descending = true;
    QString m_search;
    quint64 m_moved = 0;      // GroupTable::groupsMoved() that the rows are of
    QByteArray m_currentKey;  // of the current row, while the groups keep their ids
    quint64 m_mostEvents = 0; // of one group
};

} // namespace lunaris

#endif
