// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_EVENTWINDOW_H
#define LUNARIS_APP_GUI_EVENTWINDOW_H

#include "app/gui/ShownRows.h"
#include "app/models/EventListing.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>
#include <chrono>

namespace lunaris
{

/// Which rows of an EventListing stand in a view: however many rows there are, and however fast they come,
/// the view has a screenful to draw. (A view over all rows would also lose pixels: the scene graph's
/// coordinates are float32.)
///
/// The view is anchored to a row's number, so it stands still while rows come and go, until
/// it stands at the end: then it follows the newest row. Under a new filter the row that the keyboard is on
/// stays where it was, if it is still there. Positions are in rows, counted from the first; fractions are
/// parts of a row.
class EventWindow : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The live view has one.")

public:
    /// All must outlive the window.
    EventWindow(const EventListing *listing, const EventColumns *columns, const HighlightRules *highlights,
                QObject *parent = nullptr);

    Q_PROPERTY(lunaris::ShownRows *shown READ shown CONSTANT)
    /// What is to be drawn.
    ShownRows *shown() { return &m_shown; }

    /// For how long after it has shown new rows it lets more of them wait at least, to show them together;
    /// where rows come faster than they can be shown, it rests longer. And it shows them in a turn of the
    /// event loop of their own, not in the one that takes them in. 0 at first: they are shown as they come.
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
    double position() const { return static_cast<double>(m_shown.top()) + m_fraction; }
    void setPosition(double position);

    Q_PROPERTY(double fraction READ fraction NOTIFY viewChanged)
    /// How much of the first row shown lies above the top edge, 0 to 1.
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
    /// The row of those shown that has that number; -1 when it is not in view.
    int currentRow() const;

    /// Makes this row of those shown the current one; the view stands still for it.
    Q_INVOKABLE void setCurrent(int row);

    /// Moves the current row by so many, at most to the first or the last, and the view as far as needed to
    /// show it. Moving to the last row makes the view follow again.
    Q_INVOKABLE void moveCurrent(double rows);

    /// Makes the row with this number the current one, and shows it; the next one where it is not listed.
    Q_INVOKABLE void goTo(double number);

Q_SIGNALS:
    void viewChanged();
    void currentChanged();

private:
    void onListingChanged();
    void showWaiting();
    void catchUp();
    void refresh();
    void onSortingChanged();
    double endPosition() const;
    bool isEnd(double position) const;
    void moveTo(double position);
    void select(quint64 index);
    bool isListed(quint64 number) const;

    const EventListing *const m_listing;
    ShownRows m_shown;
    QTimer m_rest;
    std::chrono::milliseconds m_leastRest{0};
    bool m_waiting = false; // rows have come during the rest
    double m_total = 0;
    double m_viewSize = 0;
    double m_fraction = 0;
    quint64 m_seenEnd = 1; // one more than the highest number that has been in view
    quint64 m_current = 0;
    bool m_following = true;
    bool m_toTop = false; // rows that are about to be sorted are shown from their first one on
};

} // namespace lunaris

#endif
