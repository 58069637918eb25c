// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_PACEDLISTMODEL_H
#define LUNARIS_APP_GUI_PACEDLISTMODEL_H

#include "app/models/BackgroundTask.h"

#include <QAbstractListModel>
#include <QElapsedTimer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>
#include <optional>
#include <vector>

namespace lunaris
{

/// A list in an order that changes with every event: it is put into order again at most twice a second, less
/// often if that takes long, and not at all while nobody sees it. That is done on another thread; until it
/// is, the rows are those before. The current row stays with what it is about, wherever that goes. Belongs to
/// the GUI thread.
class PacedListModel : public QAbstractListModel
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("What is listed makes it.")

public:
    int rowCount(const QModelIndex &parent = {}) const override;

    Q_PROPERTY(int total READ total NOTIFY arranged)
    int total() const { return static_cast<int>(m_rows.size()); }

    Q_PROPERTY(bool active READ isActive WRITE setActive NOTIFY activeChanged)
    /// Whether somebody can see it; at first nobody.
    bool isActive() const { return m_active; }
    void setActive(bool active);

    Q_PROPERTY(int currentRow READ currentRow WRITE setCurrentRow NOTIFY arranged)
    /// The row that the keyboard is on, or -1.
    int currentRow() const { return m_currentRow; }
    void setCurrentRow(int row);

    /// Whether another order is being made.
    bool isArranging() const { return m_task.isRunning(); }

Q_SIGNALS:
    void activeChanged();

    /// After every change of the rows or of the current one.
    void arranged();

protected:
    /// What a row is about: of the derived class's own making.
    using Item = quint64;

    explicit PacedListModel(QObject *parent);

    /// There is something new: the rows are arranged soon.
    void touch();

    /// The person asked for another order: now, if anybody sees it.
    void arrangeNow();

    Item item(int row) const { return m_rows[static_cast<std::size_t>(row)]; }

    /// Starts the task that puts all that is to be shown into order, on what is the task's own; at its end
    /// comes showRows(), or showAnew(). To be called by this class only.
    virtual void arrange(BackgroundTask &task) = 0;

    /// The rows in their new order.
    void showRows(const std::vector<Item> &rows);
    /// Likewise, where they are another list than before: none of them is the current one.
    void showAnew(const std::vector<Item> &rows);

private:
    void onTaskChanged();
    void findCurrent();

    std::vector<Item> m_rows;
    BackgroundTask m_task;
    QElapsedTimer m_begun; // the task
    QTimer m_timer;
    bool m_active = false;
    bool m_touched = true;
    std::optional<Item> m_current;
    int m_currentRow = -1;
};

} // namespace lunaris

#endif
