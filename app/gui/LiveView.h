// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_LIVEVIEW_H
#define LUNARIS_APP_GUI_LIVEVIEW_H

#include "app/gui/EventWindow.h"
#include "app/models/EventListModel.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class MonitorClient;

/// What the Live page shows and does. Belongs to the GUI thread.
class LiveView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    /// `client` must outlive it.
    explicit LiveView(MonitorClient *client, QObject *parent = nullptr);

    Q_PROPERTY(lunaris::EventWindow *rows READ rows CONSTANT)
    EventWindow *rows() { return &m_window; }

    /// All rows, of which rows() shows some.
    EventListModel *events() { return &m_events; }

    Q_PROPERTY(bool frozen READ isFrozen WRITE setFrozen NOTIFY frozenChanged)
    /// Whether the view stands still. Capture, counters and everyone else go on.
    bool isFrozen() const { return m_events.isFrozen(); }
    void setFrozen(bool frozen) { m_events.setFrozen(frozen); }

    Q_PROPERTY(double pendingCount READ pendingCount NOTIFY pendingCountChanged)
    /// Events that came since the view froze.
    double pendingCount() const { return static_cast<double>(m_events.pendingCount()); }

    /// Puts the path of the current row on the clipboard.
    Q_INVOKABLE void copyPath() const;

Q_SIGNALS:
    void frozenChanged();
    void pendingCountChanged();

private:
    EventListModel m_events;
    EventWindow m_window;
};

} // namespace lunaris

#endif
