// SPDX-License-Identifier: MIT
#include "app/gui/LiveView.h"

#include "app/client/MonitorClient.h"

#include <QClipboard>
#include <QGuiApplication>

namespace lunaris
{

LiveView::LiveView(MonitorClient *client, QObject *parent) : QObject(parent), m_window(&m_events)
{
    connect(client, &MonitorClient::eventsReceived, &m_events, &EventListModel::append);
    connect(&m_events, &EventListModel::frozenChanged, this, &LiveView::frozenChanged);
    connect(&m_events, &EventListModel::pendingCountChanged, this, &LiveView::pendingCountChanged);
}

void LiveView::copyPath() const
{
    const QString path = m_window.currentText(QStringLiteral("path"));
    if (!path.isEmpty()) {
        QGuiApplication::clipboard()->setText(path);
    }
}

} // namespace lunaris
