// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_INTEGRATION_WATCHER_H
#define LUNARIS_TESTS_INTEGRATION_WATCHER_H

#include "app/client/MonitorClient.h"
#include "dbus/BusConnection.h"
#include "dbus/Names.h"
#include "tests/integration/TestSystem.h"

#include <QTest>
#include <algorithm>
#include <iterator>

/// Root, subscribed to everybody's events, who keeps what comes.
class Watcher
{
public:
    /// No types: what everybody gets who does not choose.
    explicit Watcher(const QStringList &types = {}, quint32 backlog = 0)
        : client(lunaris::connectToBus(TestSystem::busAddress()), {lunaris::dbus::scope::all, backlog, types})
    {
        QObject::connect(&client, &lunaris::MonitorClient::eventsReceived, &client,
                         [this](const lunaris::MonitorEventList &batch, quint64 missed) {
                             events += batch;
                             dropped += missed;
                         });
        client.start();
    }
    Q_DISABLE_COPY_MOVE(Watcher)

    /// Waits for it.
    bool reaches(lunaris::MonitorClient::Status status) const
    {
        return QTest::qWaitFor([&] { return client.status() == status; }, patience);
    }

    QList<lunaris::MonitorEvent> eventsOf(qint64 pid) const
    {
        QList<lunaris::MonitorEvent> found;
        std::copy_if(events.begin(), events.end(), std::back_inserter(found),
                     [pid](const lunaris::MonitorEvent &event) { return event.pid == pid; });
        return found;
    }

    /// Whether the process has ended, as far as the helper told: then all that it did before is here.
    bool sawEndOf(qint64 pid) const
    {
        const QList<lunaris::MonitorEvent> found = eventsOf(pid);
        return !found.isEmpty() && found.constLast().type == lunaris::dbus::type::processExited;
    }

    lunaris::MonitorClient client;
    QList<lunaris::MonitorEvent> events;
    quint64 dropped = 0;

private:
    static constexpr int patience = 20'000;
};

#endif
