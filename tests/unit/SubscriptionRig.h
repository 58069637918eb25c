// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_SUBSCRIPTIONRIG_H
#define LUNARIS_TESTS_UNIT_SUBSCRIPTIONRIG_H

#include "helper/service/Subscriptions.h"
#include "tests/unit/SampleEvent.h"

#include <QElapsedTimer>
#include <QMetaObject>
#include <QSet>
#include <string>
#include <vector>

namespace lunaris
{

/// Keeps every batch with the time it was sent at, and acknowledges for those who want that.
class FakePublisher final : public EventPublisher
{
public:
    struct Batch {
        qint64 at = 0; ///< milliseconds
        QString owner;
        quint64 dropped = 0;
        MonitorEventList events;
    };

    FakePublisher() { m_clock.start(); }

    void publish(const QString &owner, quint64 id, quint64 dropped, const MonitorEventList &events) override
    {
        m_batches[id].push_back({m_clock.elapsed(), owner, dropped, events});
        if (m_acknowledging.contains(id) && !events.isEmpty()) {
            // As from the bus: not from within the publisher.
            const quint64 sequence = events.last().sequence;
            QMetaObject::invokeMethod(
                subscriptions,
                [this, owner, id, sequence] { subscriptions->acknowledge(owner, id, sequence); },
                Qt::QueuedConnection);
        }
    }

    void acknowledgeFor(quint64 id) { m_acknowledging.insert(id); }

    const std::vector<Batch> &batches(quint64 id) { return m_batches[id]; }
    bool isSilent() const { return m_batches.empty(); }
    qint64 now() const { return m_clock.elapsed(); }

    std::size_t events(quint64 id)
    {
        std::size_t sum = 0;
        for (const Batch &batch : m_batches[id]) {
            sum += std::size_t(batch.events.size());
        }
        return sum;
    }

    std::size_t dropped(quint64 id)
    {
        std::size_t sum = 0;
        for (const Batch &batch : m_batches[id]) {
            sum += std::size_t(batch.dropped);
        }
        return sum;
    }

    quint64 lastSequence(quint64 id) { return quint64(events(id) + dropped(id)); }

    Subscriptions *subscriptions = nullptr;

private:
    QElapsedTimer m_clock;
    QSet<quint64> m_acknowledging;
    std::map<quint64, std::vector<Batch>> m_batches;
};

/// A ring of the helper's own size, with subscriptions.
struct SubscriptionRig {
    explicit SubscriptionRig(const Subscriptions::Clock &clock = Subscriptions::steadyTime)
        : subscriptions(ring, publisher, clock)
    {
        publisher.subscriptions = &subscriptions;
        ring.setNotifier([this] { subscriptions.wake(); });
    }

    /// Events numbered on in their flags.
    void produce(int count, quint32 uid = 1000)
    {
        SampleEvent sample;
        sample.fields.uid = uid;
        sample.fields.privileged = uid == 0;
        for (; count > 0; --count) {
            sample.fields.flags = produced++;
            ring.event(sample.event());
        }
        ring.flush();
    }

    quint64 subscribe(const QString &owner = QStringLiteral(":1.1"), quint32 uid = 1000, quint32 backlog = 0)
    {
        return subscriptions.add(owner, {uid, false, 0}, uid, backlog).value_or(0);
    }

    quint64 subscribeReader(const QString &owner = QStringLiteral(":1.2"))
    {
        const quint64 id = subscribe(owner);
        publisher.acknowledgeFor(id);
        return id;
    }

    EventRing ring{10'000, std::size_t{8} * 1024 * 1024};
    FakePublisher publisher;
    Subscriptions subscriptions;
    quint32 produced = 0;
};

} // namespace lunaris

#endif
