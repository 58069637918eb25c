// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CLIENT_MONITORCLIENT_H
#define LUNARIS_APP_CLIENT_MONITORCLIENT_H

#include "app/client/Backoff.h"
#include "app/client/BusReturn.h"
#include "app/client/EventBatch.h"
#include "app/client/HelperProperties.h"
#include "app/client/HelperRequests.h"
#include "app/client/HelperSignals.h"
#include "dbus/MonitorEvent.h"

#include <QDBusConnection>
#include <QDBusError>
#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

namespace lunaris
{

/// One subscription to the helper, kept alive: it starts the helper by D-Bus activation, subscribes,
/// acknowledges what its listeners have processed, and comes back by itself when the helper was
/// restarted, and with Options::busToReturnTo when the bus was. Batches that are not as the interface says
/// reach no listener: the subscription is ended and made anew. All methods and signals belong to the thread
/// that made it; nothing blocks.
class MonitorClient : public HelperRequests
{
    Q_OBJECT

public:
    enum class Status {
        Connecting,    ///< no answer yet; polkit may be asking for a password
        Watching,      ///< subscribed, and the helper captures; if not all, problem() says what is wrong
        Paused,        ///< subscribed, capture is paused for everyone
        Unavailable,   ///< subscribed, but the helper cannot capture; stateReason() says why
        NotAuthorized, ///< polkit said no; retry() asks again
        HelperMissing, ///< the helper does not run and could not be started; it is tried again
        NoBus,         ///< there is no D-Bus to talk over, or not any more; see Options::busToReturnTo
        Refused,       ///< the helper refused the subscription for another reason; see problem()
    };
    Q_ENUM(Status)

    struct Options {
        QString scope;              ///< "own" or "all"
        quint32 backlog = 0;        ///< recent events to start with
        QStringList types = {};     ///< of events; empty: what the helper gives who does not choose
        QString filter = {};        ///< see SubscriptionFilter; empty: everything in scope
        bool mayAsk = true;         ///< whether polkit may ask the person for a password to subscribe
        QString busToReturnTo = {}; ///< where the bus is, as connectToBus() takes it; empty: its end is final
    };

    MonitorClient(const QDBusConnection &bus, const Options &options, QObject *parent = nullptr);
    ~MonitorClient() override;

    /// Subscribes. To be called once.
    void start();

    /// Subscribes again after NotAuthorized, Refused, HelperMissing or NoBus, without waiting.
    void retry();

    /// Watches whose events these are from now on: "own" or "all". What was watched before ends.
    void setScope(const QString &scope);

    Status status() const { return m_status; }

    /// Whether the helper has an answer to everything else: Watching, Paused and Unavailable.
    bool isSubscribed() const;

    /// Whose events: "own" or "all".
    const QString &scope() const { return m_options.scope; }

    /// What is wrong and what to do about it; empty while Connecting, and while Watching if all is well.
    QString problem() const;

    const HelperProperties &properties() const { return m_properties; }

    /// Whether the bus is come back to when it goes.
    bool returnsToBus() const { return m_busReturn != nullptr; }

Q_SIGNALS:
    /// A batch, acknowledged when all directly connected slots have returned. `dropped` events in
    /// scope were skipped before it; `events` may be empty then.
    void eventsReceived(const lunaris::MonitorEventList &events, quint64 dropped);

    void statusChanged();
    void propertiesChanged();

private:
    void listen();
    void subscribe();
    void onSubscribed(const QDBusPendingCallWatcher &call);
    void onBatch(const EventBatch &batch);
    void onSpoiled(quint64 id);
    void onSubscriptionEnded(quint64 id, const QString &reason);
    void onHelperGone();
    void onBusGone();
    void onBusReturned(const QDBusConnection &bus);
    void awaitBus(const QString &problem);
    void fetchProperties();
    void updateFromProperties(const QVariantMap &properties);
    void deliver(const EventBatch &batch);
    void fail(const QDBusError &error);
    void setStatus(Status status, const QString &problem = QString());

    QDBusConnection m_bus;
    std::unique_ptr<HelperSignals> m_signals; // as long as there is a bus
    std::unique_ptr<BusReturn> m_busReturn;
    Options m_options;
    QTimer m_retryTimer;
    Backoff m_backoff;
    Backoff m_spoiledBackoff;
    int m_spoiled = 0; // subscriptions in a row that were of no use
    HelperProperties m_properties;
    Status m_status = Status::Connecting;
    QString m_problem;
    quint64 m_subscription = 0;      // 0 = none
    BatchOrder m_order;              // of its batches
    bool m_subscribing = false;      // the reply is still to come
    std::vector<EventBatch> m_early; // batches that overtook the reply inside Qt's event queue
    quint64 m_attempt = 0;           // tells a late reply of an earlier helper from the current one
};

} // namespace lunaris

#endif
