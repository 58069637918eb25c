// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_SUMMARYMODEL_H
#define LUNARIS_APP_GUI_SUMMARYMODEL_H

#include "app/gui/PacedListModel.h"
#include "app/models/GroupOrder.h"

#include <QLocale>
#include <memory>

namespace lunaris
{

/// One way of counting events, as a list that can be sorted and searched. Rows are groups as they were when
/// the rows were put into order.
class SummaryModel : public lunaris::PacedListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    /// Those of EventSummary.
    enum Grouping { Application, Folder, File, User, Operation };
    Q_ENUM(Grouping)

    /// Those of GroupOrder.
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
    /// At first applications. Another list comes when it is in order.
    Grouping grouping() const { return static_cast<Grouping>(m_order.grouping); }
    void setGrouping(Grouping grouping);

    Q_PROPERTY(lunaris::SummaryModel::Column sortColumn READ sortColumn NOTIFY orderChanged)
    Column sortColumn() const { return static_cast<Column>(m_order.column); }
    Q_PROPERTY(bool descending READ isDescending NOTIFY orderChanged)
    bool isDescending() const { return m_order.descending; }

    /// Sorts by a column: names from the beginning, numbers from the largest. The column that is sorted by
    /// already is turned round.
    Q_INVOKABLE void sortBy(lunaris::SummaryModel::Column column);

    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY orderChanged)
    /// Only groups whose name contains this, in capital or small letters.
    const QString &search() const { return m_order.search; }
    void setSearch(const QString &text);

    Q_PROPERTY(QString counted READ counted NOTIFY arranged)
    /// How much there is, in one line: of the groups that have been summed up too.
    QString counted() const;

    /// What passes the events of a row; empty where a filter cannot say it.
    Q_INVOKABLE QString filterOf(int row) const;

    /// The name of a row.
    Q_INVOKABLE QString nameOf(int row) const;

    /// To be called when the summary has changed.
    void update() { touch(); }
    /// Likewise, where somebody waits to see it.
    void updateNow() { arrangeNow(); }

Q_SIGNALS:
    void orderChanged();

protected:
    void arrange(BackgroundTask &task) override;

private:
    const GroupTable &table() const { return m_summary->table(m_order.grouping); }
    const GroupTable::Group *groupAt(int row) const;
    void take(GroupListing listing);
    void reorder();

    const EventSummary *const m_summary;
    const GroupNames m_names;
    const std::shared_ptr<const GroupNames> m_namesToSearch =
        std::make_shared<const GroupNames>(); // the task's
    const QLocale m_locale;
    GroupOrder m_order;   // as it is wanted
    GroupListing m_shown; // as it is
};

} // namespace lunaris

#endif
