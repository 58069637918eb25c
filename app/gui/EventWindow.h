// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_EVENTWINDOW_H
#define LUNARIS_APP_GUI_EVENTWINDOW_H

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class EventListModel;

/// The rows of an EventListModel that fit into a view, as a list of their own: however many rows
/// there are, and however fast they come, the view has a screenful to draw. (A view over all rows
/// would also lose pixels: the scene graph's coordinates are float32.)
///
/// The view is anchored to a row's number, so it stands still while rows come and go, until
/// it stands at the end: then it follows the newest row. Positions are in rows, counted from
/// the oldest row; fractions are parts of a row. The roles are those of EventListModel.
class EventWindow : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The live view has one.")

public:
    /// `source` must outlive the window.
    explicit EventWindow(EventListModel *source, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_PROPERTY(int total READ total NOTIFY viewChanged)
    /// Rows of the source.
    int total() const;

    Q_PROPERTY(double viewSize READ viewSize WRITE setViewSize NOTIFY viewChanged)
    /// Rows that fit into the view.
    double viewSize() const { return m_viewSize; }
    void setViewSize(double rows);

    Q_PROPERTY(double position READ position WRITE setPosition NOTIFY viewChanged)
    /// The top edge of the view; set beyond its bounds it stops there.
    double position() const;
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

    /// Makes the row at this index of the list the current one.
    Q_INVOKABLE void setCurrent(int row);

    /// Moves the current row by so many, and the view as far as needed to show it. Moving to the
    /// last row makes the view follow again.
    Q_INVOKABLE void moveCurrent(int rows);

    /// A role of the current row, such as "path"; empty where there is none.
    Q_INVOKABLE QString currentText(const QString &role) const;

Q_SIGNALS:
    void viewChanged();
    void currentChanged();

private:
    void refresh();
    void moveTo(double position);
    void showRows(quint64 top, int rows);

    EventListModel *const m_source;
    double m_viewSize = 0;
    double m_fraction = 0;
    quint64 m_top = 1;     // number of the first row of this list
    quint64 m_seenEnd = 1; // one more than the number of the last row that has been in view
    quint64 m_current = 0;
    int m_rows = 0;
    bool m_following = true;
};

} // namespace lunaris

#endif
