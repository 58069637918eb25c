// SPDX-License-Identifier: MIT
#include "app/gui/ScopeChoice.h"

#include "app/client/MonitorClient.h"
#include "app/gui/Settings.h"
#include "dbus/Names.h"

namespace lunaris
{

ScopeChoice::ScopeChoice(MonitorClient *client, Settings *settings, QObject *parent)
    : QObject(parent), m_client(client), m_settings(settings)
{
}

void ScopeChoice::start(const QString &scope)
{
    const bool everyone = scope.isEmpty() ? m_settings->showsEveryone() : scope == dbus::scope::all;
    if (everyone && !m_settings->isEveryoneExplained()) {
        m_asking = true;
        m_keep = false;
        Q_EMIT changed();
    } else {
        watch(everyone);
    }
}

bool ScopeChoice::isEveryone() const
{
    return m_client->scope() == dbus::scope::all;
}

void ScopeChoice::choose(bool everyone)
{
    if (everyone && !m_settings->isEveryoneExplained()) {
        m_asking = true;
        m_keep = true;
        Q_EMIT changed();
        return;
    }
    m_settings->setEveryone(everyone);
    watch(everyone);
}

void ScopeChoice::confirm()
{
    if (m_asking) {
        m_asking = false;
        m_settings->setEveryoneExplained();
        if (m_keep) {
            m_settings->setEveryone(true);
        }
        watch(true);
    }
}

void ScopeChoice::decline()
{
    if (m_asking) {
        m_asking = false;
        watch(false);
    }
}

void ScopeChoice::watch(bool everyone)
{
    m_client->setScope(everyone ? dbus::scope::all : dbus::scope::own);
    if (!m_started) {
        m_started = true;
        m_client->start();
    }
    Q_EMIT changed();
}

} // namespace lunaris
