// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_FAKES_FAKEHELPER_H
#define LUNARIS_TESTS_FAKES_FAKEHELPER_H

#include "dbus/MonitorObject.h"
#include "dbus/Names.h"
#include "dbus/PauseStatus.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace lunaris::test
{

/// The helper's side of the D-Bus contract without a kernel: served on a real bus through the
/// generated adaptor, it keeps subscriptions, numbers, batches and credits as the real one does
/// (but for the 50 ms between batches; and nothing is dropped, unless setMostWaiting() says so), and does
/// what a test tells it.
class FakeHelper : public MonitorObject, protected QDBusContext
{
    Q_OBJECT
    Q_PROPERTY(QString State MEMBER m_state)
    Q_PROPERTY(QString StateReason MEMBER m_stateReason)
    Q_PROPERTY(qulonglong StateSince MEMBER m_stateSince)
    Q_PROPERTY(qulonglong PausedUntil READ pausedUntil)
    Q_PROPERTY(uint DeduplicationMilliseconds READ deduplicationMilliseconds)
    Q_PROPERTY(QString Version READ version)
    Q_PROPERTY(QString KernelRelease READ kernelRelease)
    Q_PROPERTY(QString CaptureMethod READ captureMethod)
    Q_PROPERTY(bool BusConnected READ isBusConnected)

public:
    /// A refusal: an error name of the contract and its sentence. No name, no refusal.
    struct Refusal {
        QString name;
        QString sentence;
    };

    struct PauseCall {
        QString scope;
        quint64 seconds;
        bool operator==(const PauseCall &) const = default;
    };

    struct Acknowledgement {
        quint64 id;
        quint64 sequence;
        bool operator==(const Acknowledgement &) const = default;
    };

    explicit FakeHelper(const QDBusConnection &bus, QObject *parent = nullptr);

    /// Takes the bus name; false when that failed.
    bool appear();

    /// Gives the name back and forgets every subscription, as if the helper had ended.
    void vanish();

    /// Queues events for every subscription, which numbers them; `dropped` of them were skipped
    /// before. With no events at all the drops go out as an empty batch.
    void send(const MonitorEventList &events, quint64 dropped = 0);

    /// Sent with the reply of the next Subscribe, so closely behind it that a client may see it first.
    void setBacklog(const MonitorEventList &events) { m_backlog = events; }

    /// Leaves out so many sequence numbers of every subscription, and says nothing.
    void skipNumbers(quint64 count);

    /// Sends a signal to every subscriber, with arguments that are made of the subscription's number and
    /// the sequence number that comes next.
    using Arguments = std::function<QVariantList(quint64 id, quint64 next)>;
    void signalSubscribers(const QString &name, const Arguments &arguments);

    /// PropertiesChanged: of these, or with any arguments at all.
    void announce(const QVariantMap &values);
    void announceAs(const QVariantList &arguments);

    /// Whether GetStatistics, GetRules and GetPause answer with other types than they should.
    void setAnswersWrong(bool wrong) { m_answersWrong = wrong; }

    /// How many events may wait for a subscriber's acknowledgements; the oldest beyond that are dropped, and
    /// the next batch says how many. At least a batch; without it all wait.
    void setMostWaiting(qsizetype events) { m_mostWaiting = events; }

    /// Changes State and StateReason, and says so on the bus.
    void setState(const QString &state, const QString &reason);

    /// Ends every subscription and tells its owner why.
    void endSubscriptions(const QString &reason);

    void refuseSubscribe(const Refusal &refusal) { m_subscribeRefusal = refusal; }

    /// Pause, Resume, and what changes the rules.
    void refuseCommands(const Refusal &refusal) { m_commandRefusal = refusal; }

    /// What GetPause answers, until Pause or Resume is called.
    void setPause(const PauseStatus &pause) { m_pause = pause; }

    /// What GetRules answers; SetRules replaces them, without hits, and ResetRules takes all away.
    void setRules(const CountedRuleList &rules) { m_rules = rules; }
    const CountedRuleList &rules() const { return m_rules; }

    void setStatistics(const Statistics &statistics) { m_statistics = statistics; }

    const std::vector<QVariantMap> &subscribeCalls() const { return m_subscribeCalls; }
    const std::vector<PauseCall> &pauseCalls() const { return m_pauseCalls; }
    const std::vector<QString> &resumeCalls() const { return m_resumeCalls; }
    const std::vector<Acknowledgement> &acknowledgements() const { return m_acknowledgements; }
    int statisticsCalls() const { return m_statisticsCalls; }
    std::size_t subscriptions() const { return m_subscriptions.size(); }
    /// How often somebody subscribed and was not refused.
    int timesSubscribed() const { return static_cast<int>(m_lastId); }
    /// Whether every event that was sent, or waits to be, is acknowledged.
    bool isAllAcknowledged() const;
    quint64 lastId() const { return m_lastId; }

    // The interface, called by the adaptor.
    qulonglong pausedUntil() const { return m_pause.allUntil; }
    uint deduplicationMilliseconds() const { return m_deduplication; }
    QString version() const { return QStringLiteral("0.0-fake"); }
    QString kernelRelease() const { return QStringLiteral("6.1.0-fake"); }
    QString captureMethod() const;
    bool isBusConnected() const { return true; }

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

Q_SIGNALS:
    /// Somebody has, and was not refused.
    void subscribed();
    void acknowledged();

private:
    struct Batch {
        quint64 dropped;
        MonitorEventList events;
    };

    struct Subscription {
        QString owner;
        quint64 lastSequence = 0;  // numbered
        std::deque<Batch> waiting; // for credits
        qsizetype waitingEvents = 0;
        std::deque<quint64> unacknowledged; // last sequence of each batch sent
        quint64 lastSent = 0;
    };

    void queue(Subscription &subscription, const MonitorEventList &events, quint64 dropped);
    void dropOldest(Subscription &subscription) const;
    void pump(quint64 id, Subscription &subscription);
    void signalTo(const QString &owner, const QString &name, const QVariantList &arguments);
    bool refuse(const Refusal &refusal);
    void answerWrongly();
    Subscription *owned(quint64 id);

    QDBusConnection m_bus;
    std::map<quint64, Subscription> m_subscriptions;
    quint64 m_lastId = 0;
    std::optional<qsizetype> m_mostWaiting;
    MonitorEventList m_backlog;
    Statistics m_statistics;
    Refusal m_subscribeRefusal;
    Refusal m_commandRefusal;
    QString m_state = QString(dbus::state::running);
    QString m_stateReason;
    qulonglong m_stateSince;
    PauseStatus m_pause;
    CountedRuleList m_rules;
    uint m_deduplication = 100;
    std::vector<QVariantMap> m_subscribeCalls;
    std::vector<PauseCall> m_pauseCalls;
    std::vector<QString> m_resumeCalls;
    std::vector<Acknowledgement> m_acknowledgements;
    int m_statisticsCalls = 0;
    bool m_answersWrong = false;
};

} // namespace lunaris::test

#endif
