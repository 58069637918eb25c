// SPDX-License-Identifier: MIT
#include "app/gui/CaptureFacts.h"

#include "app/client/MonitorClient.h"

#include <QDateTime>
#include <QLocale>

namespace lunaris
{

CaptureFacts::CaptureFacts(MonitorClient *client, QObject *parent) : QObject(parent), m_client(client)
{
    connect(client, &MonitorClient::propertiesChanged, this, &CaptureFacts::changed);
}

QString CaptureFacts::method() const
{
    const QString method = m_client->captureMethod();
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
    return m_client->kernelRelease();
}

QString CaptureFacts::since() const
{
    const quint64 since = m_client->stateSince();
    return since == 0 ? QString()
                      : QLocale().toString(QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(since / 1000)),
                                           QLocale::ShortFormat);
}

QString CaptureFacts::version() const
{
    return m_client->version();
}

QString CaptureFacts::eventBus() const
{
    if (m_client->version().isEmpty()) {
        return {};
    }
    return m_client->isBusConnected() ? tr("Connected") : tr("Not connected");
}

} // namespace lunaris
