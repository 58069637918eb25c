// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_MONITOR_H
#define LUNARIS_APP_GUI_MONITOR_H

#include "app/client/MonitorClient.h"
#include "app/gui/CaptureFacts.h"
#include "app/gui/CapturePause.h"
#include "app/gui/LiveView.h"
#include "app/gui/MonitorController.h"
#include "app/gui/MonitorStatistics.h"
#include "app/gui/Navigation.h"

#include <QObject>
#include <QSettings>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// All that the window shows and does: one watch over one bus, and the parts that live off it. Texts
/// are whole, translated sentences; the window only lays them out. Belongs to the GUI thread,
/// nothing blocks.
class Monitor : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The program makes the one there is.")
    Q_PROPERTY(lunaris::MonitorController *controller READ controller CONSTANT)
    Q_PROPERTY(lunaris::CapturePause *pause READ pause CONSTANT)
    Q_PROPERTY(lunaris::CaptureFacts *facts READ facts CONSTANT)
    Q_PROPERTY(lunaris::LiveView *live READ live CONSTANT)
    Q_PROPERTY(lunaris::MonitorStatistics *statistics READ statistics CONSTANT)
    Q_PROPERTY(lunaris::Navigation *navigation READ navigation CONSTANT)

public:
    /// `scope` is "own" or "all".
    Monitor(const QDBusConnection &bus, const QString &scope, QObject *parent = nullptr);

    /// Subscribes. To be called once.
    void start() { m_client.start(); }

    MonitorController *controller() { return &m_controller; }
    CapturePause *pause() { return &m_pause; }
    CaptureFacts *facts() { return &m_facts; }
    LiveView *live() { return &m_live; }
    MonitorStatistics *statistics() { return &m_statistics; }
    Navigation *navigation() { return &m_navigation; }

    /// Whether somebody can see the window: what is only there to be looked at rests meanwhile.
    void setActive(bool active) { m_statistics.setActive(active); }

private:
    MonitorClient m_client;
    CapturePause m_pause{&m_client};
    MonitorController m_controller{&m_client, &m_pause};
    CaptureFacts m_facts{&m_client};
    QSettings m_settings;
    LiveView m_live{&m_client, &m_settings};
    MonitorStatistics m_statistics{&m_client};
    Navigation m_navigation;
};

} // namespace lunaris

#endif
