// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_MONITORSTATISTICS_H
#define LUNARIS_APP_GUI_MONITORSTATISTICS_H

#include "dbus/MonitorEvent.h"

#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class MonitorClient;

/// Totals of the machine since the helper started, asked for once a second while somebody can see
/// them; see GetStatistics in the interface XML.
class MonitorStatistics : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    /// `client` must outlive it.
    explicit MonitorStatistics(MonitorClient *client, QObject *parent = nullptr);

    Q_PROPERTY(bool known READ areKnown NOTIFY changed)
    Q_PROPERTY(double seen READ seen NOTIFY changed)
    Q_PROPERTY(double filtered READ filtered NOTIFY changed)
    Q_PROPERTY(double duplicates READ duplicates NOTIFY changed)
    Q_PROPERTY(double forwarded READ forwarded NOTIFY changed)
    bool areKnown() const { return !m_totals.isEmpty(); }
    double seen() const { return total(QStringLiteral("seen")); }
    double filtered() const { return total(QStringLiteral("filtered")); }
    double duplicates() const { return total(QStringLiteral("duplicates")); }
    double forwarded() const { return total(QStringLiteral("forwarded")); }

    Q_PROPERTY(double lost READ lost NOTIFY changed)
    /// Everything that could not be reported, to the Event Bus or to this window.
    double lost() const;

    Q_PROPERTY(QString lostDetail READ lostDetail NOTIFY changed)
    /// lost() by cause, one line each; only the causes there are.
    QString lostDetail() const;

    /// Whether somebody can see the window.
    void setActive(bool active);

Q_SIGNALS:
    void changed();

private:
    double total(const QString &key) const { return static_cast<double>(m_totals.value(key)); }
    void runTimer();

    MonitorClient *const m_client;
    QTimer m_timer;
    Statistics m_totals;
    quint64 m_skipped = 0; // by the helper, for this subscription
    bool m_active = false;
};

} // namespace lunaris

#endif
