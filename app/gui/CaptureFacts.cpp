// SPDX-License-Identifier: MIT
#include "app/gui/CaptureFacts.h"

#include "app/client/MonitorClient.h"
#include "app/format/DisplayText.h"

namespace lunaris
{

CaptureFacts::CaptureFacts(MonitorClient *client, QObject *parent) : QObject(parent), m_client(client)
{
    connect(client, &MonitorClient::propertiesChanged, this, &CaptureFacts::changed);
}

QString CaptureFacts::method() const
{
    const QString method = m_client->properties().captureMethod();
    if (method == QLatin1String("trampoline")) {
        return tr("Trampolines");
    }
    if (method == QLatin1String("tracepoint")) {
        return tr("Tracepoints");
    }
    return method == QLatin1String("replay") ? tr("Replay") : method;
}

QString CaptureFacts::kernel() const
{
    return m_client->properties().kernelRelease();
}

QString CaptureFacts::since() const
{
    return momentText(m_client->properties().stateSince());
}

QString CaptureFacts::version() const
{
    return m_client->properties().version();
}

QString CaptureFacts::eventBus() const
{
    if (m_client->properties().version().isEmpty()) {
        return {};
    }
    return m_client->properties().isBusConnected() ? tr("Connected") : tr("Not connected");
}

} // namespace lunaris
