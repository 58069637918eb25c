// SPDX-License-Identifier: MIT
#include "app/gui/PanelMonitor.h"

#include "dbus/BusConnection.h"
#include "dbus/Names.h"

namespace lunaris
{

void PanelMonitor::componentComplete()
{
    if (const auto problem = problemWithBus(m_bus)) {
        m_problem = *problem;
    } else {
        m_monitor = std::make_unique<Monitor>(m_bus, dbus::scope::own);
        m_monitor->setActive(m_active);
        m_monitor->start();
    }
    Q_EMIT monitorChanged();
}

void PanelMonitor::setActive(bool active)
{
    if (active != m_active) {
        m_active = active;
        if (m_monitor) {
            m_monitor->setActive(active);
        }
        Q_EMIT activeChanged();
    }
}

} // namespace lunaris
