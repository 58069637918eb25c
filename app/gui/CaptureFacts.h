// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_CAPTUREFACTS_H
#define LUNARIS_APP_GUI_CAPTUREFACTS_H

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class MonitorClient;

/// What the helper says of itself, in words; each is empty until it has said so.
class CaptureFacts : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    /// `client` must outlive it.
    explicit CaptureFacts(MonitorClient *client, QObject *parent = nullptr);

    Q_PROPERTY(QString method READ method NOTIFY changed)
    Q_PROPERTY(QString kernel READ kernel NOTIFY changed)
    Q_PROPERTY(QString since READ since NOTIFY changed)
    Q_PROPERTY(QString version READ version NOTIFY changed)
    Q_PROPERTY(QString eventBus READ eventBus NOTIFY changed)

    /// How opens are seen.
    QString method() const;
    QString kernel() const;

    /// Since when the state is what it is: a local date and time.
    QString since() const;
    QString version() const;

    /// Whether the Event Bus is connected.
    QString eventBus() const;

Q_SIGNALS:
    void changed();

private:
    MonitorClient *const m_client;
};

} // namespace lunaris

#endif
