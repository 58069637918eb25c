// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_MONITORSTATISTICS_H
#define LUNARIS_APP_GUI_MONITORSTATISTICS_H

#include "app/gui/FunnelModel.h"
#include "app/gui/RateHistory.h"
#include "dbus/MonitorEvent.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class MonitorClient;

/// How long events were on their way. Times are texts, as "1.2 ms"; empty where nothing was timed.
struct Latency {
    Q_GADGET
    QML_ANONYMOUS
    Q_PROPERTY(QString half MEMBER half)
    Q_PROPERTY(QString most MEMBER most)
    Q_PROPERTY(QString longest MEMBER longest)

public:
    QString half; ///< half of them took at most this
    QString most; ///< 99 in a hundred
    QString longest;
};

/// How full a store of waiting events is.
struct Fill {
    Q_GADGET
    QML_ANONYMOUS
    Q_PROPERTY(QString text MEMBER text)
    Q_PROPERTY(double share MEMBER share)

public:
    QString text;     ///< "1.2 MiB of 64 MiB"; empty where there is no such store
    double share = 0; ///< 0 to 1
};

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

    Q_PROPERTY(lunaris::FunnelModel *funnel READ funnel CONSTANT)
    FunnelModel *funnel() { return &m_funnel; }

    Q_PROPERTY(lunaris::RateHistory *rates READ rates CONSTANT)
    RateHistory *rates() { return &m_rates; }

    Q_PROPERTY(QString since READ since NOTIFY changed)
    /// Since when is counted: a local date and time.
    QString since() const;

    Q_PROPERTY(lunaris::Latency busLatency READ busLatency NOTIFY changed)
    Q_PROPERTY(lunaris::Latency windowLatency READ windowLatency NOTIFY changed)
    /// From the kernel to the Event Bus, and to windows such as this one.
    Latency busLatency() const { return latency(QStringLiteral("latency.bus.")); }
    Latency windowLatency() const { return latency(QStringLiteral("latency.subscribers.")); }

    Q_PROPERTY(lunaris::Fill queue READ queue NOTIFY changed)
    Q_PROPERTY(lunaris::Fill spool READ spool NOTIFY changed)
    /// What waits for the Event Bus, in memory and on disk.
    Fill queue() const { return fill(QStringLiteral("queued_bytes")); }
    Fill spool() const { return fill(QStringLiteral("spooled_bytes")); }

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
    Latency latency(const QString &prefix) const;
    Fill fill(const QString &key) const;
    void runTimer();

    MonitorClient *const m_client;
    FunnelModel m_funnel;
    RateHistory m_rates;
    QElapsedTimer m_clock;
    QTimer m_timer;
    Statistics m_totals;
    quint64 m_skipped = 0; // by the helper, for this subscription
    bool m_active = false;
};

} // namespace lunaris

#endif
