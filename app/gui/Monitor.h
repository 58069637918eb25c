// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_MONITOR_H
#define LUNARIS_APP_GUI_MONITOR_H

#include "app/client/MonitorClient.h"
#include "app/gui/CaptureFacts.h"
#include "app/gui/CapturePause.h"
#include "app/gui/EventFiles.h"
#include "app/gui/History.h"
#include "app/gui/LiveView.h"
#include "app/gui/MonitorController.h"
#include "app/gui/MonitorStatistics.h"
#include "app/gui/Navigation.h"
#include "app/gui/RulesEditor.h"
#include "app/gui/ScopeChoice.h"
#include "app/gui/Settings.h"
#include "app/gui/SummaryView.h"

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
    Q_PROPERTY(lunaris::History *history READ history CONSTANT)
    Q_PROPERTY(lunaris::RulesEditor *rules READ rules CONSTANT)
    Q_PROPERTY(lunaris::ScopeChoice *scope READ scope CONSTANT)
    Q_PROPERTY(lunaris::Settings *settings READ settings CONSTANT)
    Q_PROPERTY(lunaris::LiveView *live READ live CONSTANT)
    Q_PROPERTY(lunaris::SummaryView *summary READ summary CONSTANT)
    Q_PROPERTY(lunaris::EventFiles *files READ files CONSTANT)
    Q_PROPERTY(lunaris::MonitorStatistics *statistics READ statistics CONSTANT)
    Q_PROPERTY(lunaris::Navigation *navigation READ navigation CONSTANT)

public:
    /// `bus` as connectToBus() takes it. `scope` is "own", "all", or empty for what the settings say.
    Monitor(const QString &bus, const QString &scope, QObject *parent = nullptr);

    /// Subscribes. To be called once.
    void start() { m_scope.start(m_wantedScope); }

    MonitorController *controller() { return &m_controller; }
    CapturePause *pause() { return &m_pause; }
    CaptureFacts *facts() { return &m_facts; }
    History *history() { return &m_history; }
    RulesEditor *rules() { return &m_rules; }
    ScopeChoice *scope() { return &m_scope; }
    Settings *settings() { return &m_settings; }
    LiveView *live() { return &m_live; }
    SummaryView *summary() { return &m_summary; }
    EventFiles *files() { return &m_files; }
    MonitorStatistics *statistics() { return &m_statistics; }
    Navigation *navigation() { return &m_navigation; }

    /// Whether somebody can see the window: what is only there to be looked at rests meanwhile.
    void setActive(bool active);

private:
    void watchRules();

    const QString m_wantedScope;
    QSettings m_store;
    Settings m_settings{&m_store};
    MonitorClient m_client;
    ScopeChoice m_scope{&m_client, &m_settings};
    CapturePause m_pause{&m_client};
    MonitorController m_controller{&m_client, &m_pause};
    CaptureFacts m_facts{&m_client};
    SummaryView m_summary;
    LiveView m_live{&m_client, &m_store};
    EventFiles m_files{&m_live, &m_settings, &m_store};
    History m_history{m_live.store(), &m_settings};
    MonitorStatistics m_statistics{&m_client};
    RulesEditor m_rules{&m_client};
    Navigation m_navigation;
    bool m_active = false;
};

} // namespace lunaris

#endif
