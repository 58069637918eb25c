// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_SHOWNROWS_H
#define LUNARIS_APP_GUI_SHOWNROWS_H

#include "app/models/EventListing.h"
#include "app/models/EventTexts.h"

#include <QAbstractListModel>
#include <QHash>
#include <QStringList>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class EventColumns;
class HighlightRules;

/// What stands in the rows of a view: EventWindow says which rows, this says what of them is to be read.
///
/// It has a row for each that fits into the view, also where fewer are there to be shown; those that are left
/// over come last, and have the number 0. Rows of it come, and never go: to make a screenful of delegates
/// takes longer than a view may stand still, to fill them does not.
class ShownRows : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The live view has one.")

public:
    enum Role {
        NumberRole = Qt::UserRole + 1, ///< quint64; 0 of a row in which nothing stands
        GapRole,                       ///< bool: events are missing here, detail says why
        CellsRole,                     ///< QStringList, a text for each row of the columns
        DirectoryRole,                 ///< the path up to and including its last slash
        FileNameRole,                  ///< the path after its last slash
        DeletedRole,                   ///< bool: the file had no name any more
        FailureRole,                   ///< bool: the result is one
        ApplicationRole,               ///< its name
        IconRole,                      ///< of the application, as image://application takes it; or empty
        HighlightRole,                 ///< a colour of HighlightRules, or empty
        DetailRole,                    ///< the path and what is special about it, for a tool tip
        SpokenRole,                    ///< the cells as one sentence
    };

    enum class TimeForm {
        Clock,
        Relative, ///< since the first event
        Delta,    ///< since the row above
    };
    Q_ENUM(TimeForm)

    /// All must outlive it.
    ShownRows(const EventListing *listing, const EventColumns *columns, const HighlightRules *highlights,
              QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// From now on it is these rows of the listing, which stand in it side by side, the first at place `top`.
    /// `fit` is how many there could be.
    void show(quint64 top, RowNumbers numbers, std::size_t fit);

    /// The place in the listing of the first row.
    quint64 top() const { return m_top; }
    /// Of the rows in which something stands.
    const RowNumbers &numbers() const { return m_numbers; }

    Q_PROPERTY(lunaris::ShownRows::TimeForm timeForm READ timeForm WRITE setTimeForm NOTIFY timeFormChanged)
    TimeForm timeForm() const { return m_timeForm; }
    void setTimeForm(TimeForm form);

    /// What relative times count from, in microseconds since the epoch.
    void setStartTime(quint64 time) { m_startTime = time; }

    const EventTexts &texts() const { return m_texts; }

Q_SIGNALS:
    void timeFormChanged();

private:
    void redraw(const QList<int> &roles);
    QString iconOf(const StoredEvent &row) const;
    QString timeOf(const StoredEvent &row, int at) const;
    QStringList cells(const StoredEvent &row, int at) const;
    QString spoken(const StoredEvent &row, int at) const;

    const EventListing *const m_listing;
    const EventColumns *const m_columns;
    const HighlightRules *const m_highlights;
    EventTexts m_texts;
    mutable QHash<QString, bool> m_icons; // names that are known to be, or not to be, in the icon theme
    quint64 m_top = 0;
    RowNumbers m_numbers;
    int m_count = 0; // of all rows; at least as many as there are numbers
    quint64 m_startTime = 0;
    TimeForm m_timeForm = TimeForm::Clock;
};

} // namespace lunaris

#endif
