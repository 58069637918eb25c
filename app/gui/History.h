// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_HISTORY_H
#define LUNARIS_APP_GUI_HISTORY_H

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class EventStore;
class Settings;

/// How much of what came is kept: the settings' bounds for the store, and what it holds.
class History : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    /// Both must outlive it.
    History(EventStore *store, const Settings *settings, QObject *parent = nullptr);

    Q_PROPERTY(QString held READ held NOTIFY heldChanged)
    /// As "1,204 events in 3.1 MiB"; new once a second at most.
    QString held() const;

Q_SIGNALS:
    void heldChanged();

private:
    void applyBounds();

    EventStore *const m_store;
    const Settings *const m_settings;
    QTimer m_timer;
};

} // namespace lunaris

#endif
