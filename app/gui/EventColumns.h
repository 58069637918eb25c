// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_EVENTCOLUMNS_H
#define LUNARIS_APP_GUI_EVENTCOLUMNS_H

#include "app/gui/ColumnSettings.h"

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>
#include <vector>

namespace lunaris
{

/// The columns of the table that are to be seen, from left to right: which, how wide, where. Remembered in
/// the settings. The path takes the room that the others leave; where it would be too little, those that
/// matter least give way until the window is wider.
class EventColumns : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The live view has them.")

public:
    enum Role {
        ColumnRole = Qt::UserRole + 1, ///< int, an EventColumn
        KeyRole,                       ///< a short word that never changes
        TitleRole,
        XRole, ///< pixels from the left edge
        WidthRole,
        NumericRole, ///< bool: aligned to the right
        ExactRole,   ///< bool: in the typeface of numbers and paths
    };

    static constexpr double margin = 16;
    static constexpr double gap = 14;

    /// `settings` must outlive it.
    explicit EventColumns(QSettings *settings, QObject *parent = nullptr);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QHash<int, QByteArray> roleNames() const override;

    Q_PROPERTY(double available READ available WRITE setAvailable NOTIFY availableChanged)
    /// Pixels that the table is wide.
    double available() const { return m_available; }
    void setAvailable(double width);

    Q_PROPERTY(double letters READ letters WRITE setLetters NOTIFY lettersChanged)
    /// How much larger than usual letters are, at least 1. Columns are that much wider, as far as there is
    /// room.
    double letters() const { return m_letters; }
    void setLetters(double size);

    Q_PROPERTY(double pathX READ pathX NOTIFY arranged)
    /// Where the path begins.
    double pathX() const;

    /// From left to right.
    const std::vector<EventColumn> &visibleColumns() const { return m_visible; }

    /// Every column there is, for a menu: maps with "column", "title", "shown" and "fixed" (cannot be
    /// hidden).
    Q_INVOKABLE QVariantList choices() const;

    Q_INVOKABLE void setShown(int column, bool shown);

    /// `index` is a row of this model, as is `to`, the place among those to be seen.
    Q_INVOKABLE void move(int index, int to);
    Q_INVOKABLE void resize(int index, double width);

    /// The row of the model at a place, in pixels; -1 beside them.
    Q_INVOKABLE int indexAt(double x) const;

    Q_INVOKABLE void reset();

Q_SIGNALS:
    void availableChanged();
    void lettersChanged();
    /// Widths and places are new; which columns they are of is modelReset.
    void arranged();

private:
    void arrange();
    double widthOf(EventColumn id) const;
    double roomIn(const std::vector<EventColumn> &columns) const;
    double usualWidth(const std::vector<EventColumn> &columns) const;
    double roomyScale(const std::vector<EventColumn> &columns) const;
    std::vector<ColumnSetting>::const_iterator placeOf(EventColumn id) const;
    ColumnSetting &find(EventColumn id);

    QSettings *const m_settings;
    std::vector<ColumnSetting> m_all; // in order
    std::vector<EventColumn> m_visible;
    double m_available = 0;
    double m_letters = 1;
    double m_scale = 1; // as far as there is room
};

} // namespace lunaris

#endif
