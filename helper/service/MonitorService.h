// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SERVICE_MONITORSERVICE_H
#define LUNARIS_HELPER_SERVICE_MONITORSERVICE_H

#include "dbus/filter/Expression.h"
#include "helper/pipeline/Capture.h"
#include "helper/service/Authority.h"
#include "helper/service/Revocation.h"
#include "helper/service/Subscriptions.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QDBusServiceWatcher>
#include <QElapsedTimer>
#include <QObject>
#include <QTimer>
#include <deque>
#include <functional>
#include <optional>

namespace lunaris
{

/// The object that clients talk to. Checks what they send, asks the authority, and only then does it.
/// The generated adaptor calls the slots and reads the properties by name; what each means stands in
/// dbus/org.lunaris.KernelMonitor1.xml.
///
/// Lives on the D-Bus thread; reaches the capture thread through its signals only.
class MonitorService : public QObject, protected QDBusContext, public EventPublisher
{
    Q_OBJECT

    Q_PROPERTY(QString State READ state)
    Q_PROPERTY(QString StateReason READ stateReason)
    Q_PROPERTY(qulonglong PausedUntil READ pausedUntil)
    Q_PROPERTY(uint DeduplicationMilliseconds READ deduplicationMilliseconds CONSTANT)
    Q_PROPERTY(QString Version READ version CONSTANT)
    Q_PROPERTY(QString KernelRelease READ kernelRelease CONSTANT)
    Q_PROPERTY(QString CaptureMethod READ captureMethod)
    Q_PROPERTY(bool BusConnected READ isBusConnected)

public:
    struct Facts {
        QString kernelRelease;
        uint deduplicationMilliseconds = 0;
    };

    /// `ring` and `authority` must outlive it. `totals` gives the statistics but for "subscriptions".
    MonitorService(const QDBusConnection &bus, EventRing &ring, Authority &authority, const Facts &facts,
                   std::function<Statistics()> totals);

    /// Puts the object on the bus and takes the name; false, with the reason in the log, if it cannot.
    bool takeName();

    QString state() const;
    QString stateReason() const { return m_state.reason; }
    qulonglong pausedUntil() const { return m_pausedUntil; }
    uint deduplicationMilliseconds() const { return m_facts.deduplicationMilliseconds; }
    QString version() const { return QStringLiteral(LUNARIS_VERSION); }
    QString kernelRelease() const { return m_facts.kernelRelease; }
    QString captureMethod() const;
    bool isBusConnected() const { return m_busConnected; }

    Subscriptions &subscriptions() { return m_subscriptions; }

    void publish(const QString &owner, quint64 id, quint64 dropped, const MonitorEventList &events) override;

public Q_SLOTS:
    qulonglong Subscribe(const QVariantMap &options);
    void Acknowledge(qulonglong id, qulonglong sequence);
    void Unsubscribe(qulonglong id);
    void Pause(const QString &scope, qulonglong seconds);
    void Resume(const QString &scope);
    lunaris::Statistics GetStatistics();

    void onStateChanged(const lunaris::CaptureState &state);
    void onBusConnectedChanged(bool connected);

    /// Starts the capture; from here on the object's properties are true.
    void start();

Q_SIGNALS:
    /// To the capture thread; each is answered by one onStateChanged().
    void startRequested();
    void pauseRequested();

    /// The bus has gone away, and with it every client.
    void busLost();

private:
    struct SubscribeOptions {
        bool everyone = false;
        EventTypes types = EventTypes::usual();
        filter::Expression filter;
        quint32 backlog = 0;
    };
    struct Caller {
        quint32 uid = 0;
        quint32 pid = 0;
    };

    std::optional<SubscribeOptions> parse(const QVariantMap &options);
    std::optional<filter::Expression> parseFilter(const QVariant &option);
    bool acceptsScope(const QString &scope);
    void reply(Subscriptions::Outcome outcome);
    void refuse(QLatin1String error, const QString &sentence);
    void refuse(const QDBusMessage &call, QLatin1String error, const QString &sentence);
    void onSubscriptionEnded(const QString &owner, quint64 id, const QString &reason);
    void refuse(const QDBusMessage &call, QLatin1String action, Refusal why);
    void authorize(const QDBusMessage &call, QLatin1String action, const std::function<void()> &allowed);
    void identify(const QDBusMessage &call, const std::function<void(const Caller &)> &known);
    void subscribe(const QDBusMessage &call, const SubscribeOptions &options, const Caller &caller);
    void resumeCapture(const std::optional<QDBusMessage> &call);
    void announce(const QVariantMap &changed);
    Statistics statistics();

    QDBusConnection m_bus;
    Authority &m_authority;
    const Facts m_facts;
    const std::function<Statistics()> m_totals;
    Subscriptions m_subscriptions;
    Revocation m_revocation;
    QDBusServiceWatcher m_callers; // everyone who subscribed or is about to
    CaptureState m_state;
    bool m_busConnected = false;
    QTimer m_resumeTimer;
    qulonglong m_pausedUntil = 0;
    std::deque<std::optional<QDBusMessage>> m_commands; // sent to the capture thread, not answered yet
    Statistics m_statistics;
    QElapsedTimer m_statisticsAge;
};

} // namespace lunaris

#endif
