// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_MONITORSERVICE_H
#define LUNARIS_HELPER_SERVICE_MONITORSERVICE_H

#include "dbus/MonitorObject.h"
#include "dbus/StateReason.h"
#include "helper/pipeline/Capture.h"
#include "helper/service/CallGate.h"
#include "helper/service/MonitorSignals.h"
#include "helper/service/PauseControl.h"
#include "helper/service/Revocation.h"
#include "helper/service/RulesControl.h"
#include "helper/service/SubscribeRequest.h"
#include "helper/service/Subscriptions.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusServiceWatcher>
#include <QElapsedTimer>
#include <functional>
#include <optional>
#include <utility>

namespace lunaris
{

/// The object that clients talk to. Checks what they send, asks the authority, and only then does it.
/// What each member means stands in dbus/org.lunaris.KernelMonitor1.xml.
///
/// Lives on the D-Bus thread; reaches the capture thread through its signals only.
class MonitorService : public MonitorObject, protected QDBusContext
{
    Q_OBJECT

    Q_PROPERTY(QString State READ state)
    Q_PROPERTY(QString StateReason READ stateReason)
    Q_PROPERTY(qulonglong StateSince READ stateSince)
    Q_PROPERTY(qulonglong PausedUntil READ pausedUntil)
    Q_PROPERTY(uint DeduplicationMilliseconds READ deduplicationMilliseconds)
    Q_PROPERTY(QString Version READ version CONSTANT)
    Q_PROPERTY(QString KernelRelease READ kernelRelease CONSTANT)
    Q_PROPERTY(QString CaptureMethod READ captureMethod)
    Q_PROPERTY(bool BusConnected READ isBusConnected)

public:
    /// All but the first and the last must outlive it. `totals` gives the statistics but for those of
    /// subscriptions.
    MonitorService(const QDBusConnection &bus, EventRing &ring, Authority &authority, RulesControl &rules,
                   PauseControl &pauses, const QString &kernelRelease, std::function<Statistics()> totals);

    /// Puts the object on the bus and takes the name; false, with the reason in the log, if it cannot.
    bool takeName();

    QString state() const;
    QString stateReason() const;
    qulonglong stateSince() const { return m_stateSince; }
    qulonglong pausedUntil() const { return m_pauses.pausedUntil(); }
    uint deduplicationMilliseconds() const { return m_rules.windowMilliseconds(); }
    QString version() const { return QStringLiteral(LUNARIS_VERSION); }
    QString kernelRelease() const { return m_kernelRelease; }
    QString captureMethod() const;
    bool isBusConnected() const { return m_busConnected; }

    Subscriptions &subscriptions() { return m_subscriptions; }

    /// Whether somebody has a subscription, or waits to hear whether they may do something; while it is
    /// starting nobody can tell.
    bool isNeeded() const
    {
        return m_subscriptions.count() > 0 || m_gate.isAsking() || m_state.reason == dbus::reason::starting;
    }

    qulonglong Subscribe(const QVariantMap &options) override;
    void Acknowledge(qulonglong id, qulonglong sequence) override;
    void Unsubscribe(qulonglong id) override;
    void Pause(const QString &scope, qulonglong seconds) override;
    void Resume(const QString &scope) override;
    bool GetPause(qulonglong &ownUntil, bool &all, qulonglong &allUntil, uint &allBy) override;
    CountedRuleList GetRules() override;
    void SetRules(const MonitorRuleList &rules) override;
    void ResetRules() override;
    void SetDeduplication(uint milliseconds) override;
    Statistics GetStatistics() override;

public Q_SLOTS:
    void onStateChanged(const lunaris::CaptureState &state);
    void onBusConnectedChanged(bool connected);

Q_SIGNALS:
    /// The bus has gone away, and with it every client.
    void busLost();

    void isNeededChanged();

private:
    /// Asks who they are and whether they may, and then does it for them.
    void withScope(const QString &scope,
                   const std::function<void(PauseControl::Scope, quint32 uid, const Answer &)> &action);
    void reply(Subscriptions::Outcome outcome);
    void refuse(QLatin1String error, const QString &sentence);
    void tellState();
    void subscribe(const QDBusMessage &call, const SubscribeRequest &request, const Caller &caller);
    Statistics statistics();

    QDBusConnection m_bus;
    CallGate m_gate;
    MonitorSignals m_signals;
    RulesControl &m_rules;
    PauseControl &m_pauses;
    const QString m_kernelRelease;
    const std::function<Statistics()> m_totals;
    Subscriptions m_subscriptions;
    Revocation m_revocation;
    QDBusServiceWatcher m_callers; // everyone who subscribed or is about to
    CaptureState m_state;
    qulonglong m_stateSince;            // microseconds since the epoch
    std::pair<QString, QString> m_told; // State and StateReason, as told last
    bool m_busConnected = false;
    Statistics m_statistics;
    QElapsedTimer m_statisticsAge;
};

} // namespace lunaris

#endif
