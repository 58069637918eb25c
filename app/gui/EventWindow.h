// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_EVENTWINDOW_H
#define LUNARIS_APP_GUI_EVENTWINDOW_H

#include "app/models/EventListing.h"
#include "app/models/EventTexts.h"

#include <QAbstractListModel>
#include <QHash>
#include <QStringList>
#include <QTimer>
#include <QtQml/qqmlregistration.h>
#include <chrono>
#include <vector>

namespace lunaris
{

class EventColumns;
class HighlightRules;

/// The rows of an EventListing that fit into a view, as a list of their own: however many rows
/// there are, and however fast they come, the view has a screenful to draw. (A view over all rows
/// would also lose pixels: the scene graph's coordinates are float32.)
///
/// The view is anchored to a row's number, so it stands still while rows come and go, until
/// it stands at the end: then it follows the newest row. Under a new filter the row that the keyboard is on
/// stays where it was, if it is still there. Positions are in rows, counted from the first; fractions are
/// parts of a row.
class EventWindow : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The live view has one.")

public:
    enum Role {
        NumberRole = Qt::UserRole + 1, ///< quint64
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

    /// All must outlive the window.
    EventWindow(EventListing *listing, EventColumns *columns, HighlightRules *highlights,
                QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    /// For how long after it has shown new rows it lets more of them wait at least, to show them together; 0
    /// at first, which is never. Where rows come faster than they can be shown, it rests longer.
    void setRest(std::chrono::milliseconds least) { m_leastRest = least; }

    Q_PROPERTY(double total READ total NOTIFY viewChanged)
    /// Rows of the listing, without those that wait.
    double total() const { return m_total; }

    Q_PROPERTY(double viewSize READ viewSize WRITE setViewSize NOTIFY viewChanged)
    /// Rows that fit into the view.
    double viewSize() const { return m_viewSize; }
    void setViewSize(double rows);

    Q_PROPERTY(double position READ position WRITE setPosition NOTIFY viewChanged)
    /// The top edge of the view; set beyond its bounds it stops there.
    double position() const { return static_cast<double>(m_top) + m_fraction; }
    void setPosition(double position);

    Q_PROPERTY(double fraction READ fraction NOTIFY viewChanged)
    /// How much of the first row of this list lies above the top edge, 0 to 1.
    double fraction() const { return m_fraction; }

    Q_PROPERTY(bool following READ isFollowing WRITE setFollowing NOTIFY viewChanged)
    /// Whether the view stands at the end and moves along with new rows.
    bool isFollowing() const { return m_following; }
    void setFollowing(bool following);

    Q_PROPERTY(double unseen READ unseen NOTIFY viewChanged)
    /// Rows below everything that the view has shown so far.
    double unseen() const;

    Q_PROPERTY(double currentNumber READ currentNumber NOTIFY currentChanged)
    /// The number of the row that the keyboard is on; 0 is none.
    double currentNumber() const { return static_cast<double>(m_current); }

    Q_PROPERTY(int currentRow READ currentRow NOTIFY viewChanged)
    /// The row of this list that has that number; -1 when it is not in view.
    int currentRow() const;

    /// Makes the row at this index of the list the current one; the view stands still for it.
    Q_INVOKABLE void setCurrent(int row);

    /// Moves the current row by so many, at most to the first or the last, and the view as far as needed to
    /// show it. Moving to the last row makes the view follow again.
    Q_INVOKABLE void moveCurrent(double rows);

    /// Makes the row with this number the current one, and shows it; the next one where it is not listed.
    Q_INVOKABLE void goTo(double number);

    Q_PROPERTY(lunaris::EventWindow::TimeForm timeForm READ timeForm WRITE setTimeForm NOTIFY timeFormChanged)
    TimeForm timeForm() const { return m_timeForm; }
    void setTimeForm(TimeForm form);

    /// What relative times count from, in microseconds since the epoch.
    void setStartTime(quint64 time) { m_startTime = time; }

    const EventTexts &texts() const { return m_texts; }

Q_SIGNALS:
    void viewChanged();
    void currentChanged();
    void timeFormChanged();

private:
    void onListingChanged();
    void catchUp();
    void refresh();
    void onSortingChanged();
    void redraw(const QList<int> &roles);
    double endPosition() const;
    bool isEnd(double position) const;
    void moveTo(double position);
    void showRows(quint64 top, std::vector<quint64> numbers);
    void select(quint64 index);
    bool isListed(quint64 number) const;
    QString iconOf(const StoredEvent &row) const;
    QString timeOf(const StoredEvent &row, int windowRow) const;
    QStringList cells(const StoredEvent &row, int windowRow) const;
    QString spoken(const StoredEvent &row, int windowRow) const;

    EventListing *const m_listing;
    EventColumns *const m_columns;
    HighlightRules *const m_highlights;
    EventTexts m_texts;
    QTimer m_rest;
    std::chrono::milliseconds m_leastRest{0};
    bool m_waiting = false;               // rows have come during the rest
    mutable QHash<QString, bool> m_icons; // names that are known to be, or not to be, in the icon theme
    double m_total = 0;
    double m_viewSize = 0;
    double m_fraction = 0;
    quint64 m_top = 0;              // place in the listing of the first row of this list
    std::vector<quint64> m_numbers; // of the rows of this list
    quint64 m_seenEnd = 1;          // one more than the highest number that has been in view
    quint64 m_current = 0;
    quint64 m_startTime = 0;
    TimeForm m_timeForm = TimeForm::Clock;
    bool m_following = true;
    bool m_toTop = false; // rows that are about to be sorted are shown from their first one on
};

} // namespace lunaris

#endif
