// SPDX-License-Identifier: MIT
#include "app/gui/Monitor.h"

#include "dbus/BusConnection.h"
#include "dbus/Names.h"
#include "proto/EventNames.h"

#include <string_view>

namespace lunaris
{

namespace
{

// Enough to fill a window at once.
constexpr quint32 backlog = 200;

/// Also those that are only captured while somebody wants them.
QStringList everyType()
{
    QStringList types;
    for (const std::string_view type : proto::type::all) {
        types.append(QString::fromLatin1(type.data(), static_cast<qsizetype>(type.size())));
    }
    return types;
}

} // namespace

Monitor::Monitor(const QString &bus, const QString &scope, QObject *parent)
    : QObject(parent)
    , m_wantedScope(scope)
    , m_store(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("lunaris"),
              QStringLiteral("kernel-monitor"))
    , m_client(connectToBus(bus), {.scope = dbus::scope::own,
                                   .backlog = m_settings.wantsBacklog() ? backlog : 0,
                                   .types = everyType(),
                                   .busToReturnTo = bus})
{
    m_live.details()->setProcesses(&m_summary.processTree());
    connect(&m_client, &MonitorClient::eventsReceived, &m_summary, &SummaryView::add);
    connect(&m_navigation, &Navigation::pageChanged, this, &Monitor::watchRules);
    connect(m_live.actions(), &CellActions::excludeRuleRequested, this, [this](const QByteArray &folder) {
        m_rules.suggestExclusion(folder);
        m_navigation.setPage(QStringLiteral("rules"));
    });
}

void Monitor::setActive(bool active)
{
    m_active = active;
    m_summary.setActive(active);
    m_statistics.setActive(active);
    watchRules();
}

/// Their hits are to be seen on two pages.
void Monitor::watchRules()
{
    const QString &page = m_navigation.page();
    m_rules.setWatched(m_active && (page == QLatin1String("rules") || page == QLatin1String("statistics")));
}

} // namespace lunaris
