// SPDX-License-Identifier: MIT
//
// delivery [EVENTS]: how many events a second go through the client, from encoding to a reader at the other
// end of the socket: straight, onto the disk while there is no bus, and from the disk when it comes. Each way
// ends with 1 when the sum is not exact.
#include "helper/bus/EventBusClient.h"
#include "proto/FrameCodec.h"
#include "tests/unit/SampleEvent.h"

#include <QCoreApplication>
#include <QFile>
#include <QTemporaryDir>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <thread>
#include <vector>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

constexpr std::size_t mebibyte = std::size_t{1024} * 1024;

/// Reads as fast as it goes, and counts; one connection.
class Reader
{
public:
    explicit Reader(const QString &path)
    {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        QFile::encodeName(path).toStdString().copy(address.sun_path, sizeof(address.sun_path) - 1);
        m_listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (bind(m_listener, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0 ||
            listen(m_listener, 1) != 0) {
            std::perror("delivery");
            std::exit(1);
        }
        m_thread = std::thread([this] { read(); });
    }

    /// Ends when the producer has hung up.
    ~Reader()
    {
        m_thread.join();
        close(m_listener);
    }

    std::uint64_t frames() const { return m_frames; }

private:
    void read()
    {
        const int connection = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        proto::FrameReader frames;
        std::vector<char> buffer(mebibyte);
        ssize_t size = 0;
        while ((size = recv(connection, buffer.data(), buffer.size(), 0)) > 0) {
            frames.append({buffer.data(), static_cast<std::size_t>(size)});
            std::uint64_t whole = 0;
            while (frames.next()) {
                ++whole;
            }
            m_frames += whole;
        }
        close(connection);
    }

    int m_listener = -1;
    std::atomic<std::uint64_t> m_frames{0};
    std::thread m_thread;
};

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_THREAD, &usage);
    const auto seconds = [](const timeval &time) {
        return double(time.tv_sec) + 1e-6 * double(time.tv_usec);
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

/// Prints what happened between construction and destruction.
class Measurement
{
public:
    Measurement(const char *name, std::uint64_t events) : m_name(name), m_events(double(events)) {}
    Q_DISABLE_COPY_MOVE(Measurement)

    ~Measurement()
    {
        const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - m_start;
        const double cpu = cpuSeconds() - m_cpu;
        std::printf("%-32s %10.0f events a second, %5.0f ns of the helper's CPU an event\n", m_name,
                    m_events / wall.count(), 1e9 * cpu / m_events);
    }

private:
    const char *const m_name;
    const double m_events;
    const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
    const double m_cpu = cpuSeconds();
};

/// In the batches that the kernel's ring is read in; `queued` frames may wait.
void produce(EventBusClient &client, std::uint64_t events, std::uint64_t queued)
{
    SampleEvent sample;
    sample.subject = "/home/tester/Documents/projects/letter-100000.txt";
    const Event event = sample.event();
    for (std::uint64_t done = 0; done < events; ++done) {
        client.event(event);
        if (done % 500 == 499) {
            client.flush();
            QCoreApplication::processEvents();
            while (client.counters().queued.value() > queued) {
                QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            }
        }
    }
    client.flush();
}

void deliverAll(EventBusClient &client, const Reader &reader, std::uint64_t events)
{
    while (client.counters().delivered.value() < events) {
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    while (reader.frames() < events) {
        std::this_thread::yield();
    }
}

bool addsUp(const EventBusClient &client, const Reader &reader, std::uint64_t events)
{
    const EventBusCounters &counters = client.counters();
    return counters.delivered.value() == events && reader.frames() == events &&
           counters.queued.value() + counters.spooled.value() + counters.droppedInQueue.value() +
                   counters.droppedInSpool.value() ==
               0;
}

bool straight(std::uint64_t events)
{
    QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("bus"));
    const Reader reader(path);
    EventBusClient client({path, geteuid(), 64 * mebibyte, "0195-session"});
    client.start();
    {
        const Measurement measurement("straight into the socket", events);
        produce(client, events, 50'000);
        deliverAll(client, reader, events);
    }
    return addsUp(client, reader, events);
}

bool overTheDisk(std::uint64_t events)
{
    QTemporaryDir directory;
    const QString path = directory.filePath(QStringLiteral("bus"));
    auto client = std::make_unique<EventBusClient>(
        EventBusClient::Settings{path, geteuid(), mebibyte, "0195-session"},
        Spool::open(directory.filePath(QStringLiteral("state")), 4096 * mebibyte));
    {
        const Measurement measurement("onto the disk, without a bus", events);
        produce(*client, events, events);
    }
    const Reader reader(path);
    {
        const Measurement measurement("from the disk into the socket", events);
        client->start();
        deliverAll(*client, reader, events);
    }
    const bool isExact = addsUp(*client, reader, events);
    client.reset(); // the reader waits for that
    return isExact;
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const std::uint64_t events = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 3'000'000;
    if (events == 0) {
        std::fprintf(stderr, "usage: delivery [EVENTS]\n");
        return 2;
    }
    const bool isExact = straight(events) && overTheDisk(events);
    if (!isExact) {
        std::fprintf(stderr, "delivery: what was produced is not what arrived\n");
    }
    return isExact ? 0 : 1;
}
