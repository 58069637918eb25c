// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_SPOOLEDRIG_H
#define LUNARIS_TESTS_UNIT_SPOOLEDRIG_H

#include "helper/bus/EventBusClient.h"
#include "tests/unit/NumberedFrames.h"
#include "tests/unit/RawBus.h"
#include "tests/unit/SampleEvent.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <chrono>
#include <memory>

namespace lunaris
{

using namespace std::chrono_literals;

inline constexpr std::size_t mebibyte = std::size_t{1024} * 1024;

/// A client with a memory of 1 MiB and its spool, which can be started again, and a bus.
struct SpooledRig {
    explicit SpooledRig(std::uint64_t spoolMaximum = 256 * mebibyte) : spoolBytes(spoolMaximum) { begin(); }

    void begin()
    {
        client = std::make_unique<EventBusClient>(
            EventBusClient::Settings{path, geteuid(), mebibyte, "session-1"}, Spool::open(state, spoolBytes));
        // What has been delivered when a connection begins is where it is to begin.
        QObject::connect(client.get(), &EventBusClient::connectedChanged, [this](bool connected) {
            if (connected) {
                starts.push_back(deliveredBefore + counters().delivered.value());
            }
        });
    }

    /// As the program ends, and starts again.
    void endCleanly(std::chrono::milliseconds limit = 0ms)
    {
        QSignalSpy drained(client.get(), &EventBusClient::drained);
        client->drain(limit);
        QVERIFY(drained.count() > 0 || drained.wait());
        QVERIFY(addsUp());
        end();
    }

    /// As when it is killed: what was in memory is lost.
    void crash()
    {
        QVERIFY(addsUp());
        end();
    }

    void end()
    {
        deliveredBefore += counters().delivered.value();
        droppedBefore += dropped();
        client.reset();
        producedBefore = produced;
    }

    void produce(std::uint32_t count, std::size_t pathSize = 1000)
    {
        SampleEvent sample;
        sample.subject = "/" + std::string(pathSize - 1, 'p');
        for (; count > 0; --count) {
            sample.fields.flags = produced++;
            client->event(sample.event());
        }
        client->flush();
    }

    const EventBusCounters &counters() const { return client->counters(); }
    std::uint64_t dropped() const
    {
        return counters().droppedInQueue.value() + counters().droppedInSpool.value();
    }

    bool addsUp() const
    {
        const EventBusCounters &c = counters();
        return c.recovered.value() + (produced - producedBefore) ==
               c.delivered.value() + c.queued.value() + c.spooled.value() + dropped();
    }

    bool isAllSent() const { return counters().queued.value() + counters().spooled.value() == 0; }

    /// That every connection began with the first frame that none before had been given whole.
    bool resumedExactly() const
    {
        for (std::size_t index = 0; index < starts.size(); ++index) {
            const auto &events = bus.connections().at(index).events;
            const auto first = static_cast<std::uint32_t>(starts[index]);
            if (events != range(first, first + static_cast<std::uint32_t>(events.size()))) {
                return false;
            }
        }
        return bus.isIntact();
    }

    QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("bus.sock"));
    const QString state = directory.filePath(QStringLiteral("state"));
    const std::uint64_t spoolBytes;
    RawBus bus{path};
    std::vector<std::uint64_t> starts;
    std::unique_ptr<EventBusClient> client;
    std::uint32_t produced = 0;
    std::uint32_t producedBefore = 0;
    std::uint64_t deliveredBefore = 0;
    std::uint64_t droppedBefore = 0;
};

inline void expectWarning(const char *pattern)
{
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QLatin1String(pattern)));
}

inline bool isRising(const std::vector<std::uint32_t> &numbers)
{
    return std::adjacent_find(numbers.begin(), numbers.end(), std::greater_equal<>()) == numbers.end();
}

} // namespace lunaris

#endif
