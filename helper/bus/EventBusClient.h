// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_BUS_EVENTBUSCLIENT_H
#define LUNARIS_HELPER_BUS_EVENTBUSCLIENT_H

#include "helper/Counter.h"
#include "helper/bus/EventEncoder.h"
#include "helper/bus/FrameQueue.h"
#include "helper/bus/Spool.h"
#include "helper/normalizer/Event.h"
#include "helper/timing/LatencyHistogram.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QSocketNotifier>
#include <QString>
#include <QTimer>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <sys/types.h>

namespace lunaris
{

/// Frames, by what became of them; readable from any thread. At rest all that event() was given, and
/// `recovered`, is delivered + queued + spooled + droppedInQueue + droppedInSpool.
struct EventBusCounters {
    Counter delivered;      ///< written to the bus whole
    Counter queued;         ///< that wait in memory now
    Counter spooled;        ///< that wait on disk now
    Counter recovered;      ///< that an earlier run had left on disk
    Counter droppedInQueue; ///< given up because memory was full, and the disk full or not to be had
    Counter droppedInSpool; ///< given up because the spool was full, or found damaged
    Counter damaged;        ///< places in the spool that could not be read

    Counter queuedBytes;    ///< that wait in memory now
    Counter queueCapacity;  ///< bytes, at most
    Counter spooledBytes;   ///< that the files of the spool hold now
    Counter spoolCapacity;  ///< bytes, at most; 0 without a spool
    LatencyHistogram delay; ///< until written, of what did not have to wait on disk
};

/// Delivers events to the Event Bus over its producer socket: never waits for it, queues what the bus
/// cannot take in memory and then on disk, comes back when the bus does. Before the first byte the peer's uid
/// is checked (SO_PEERCRED), so that nobody collects everyone's activity by putting a socket there.
///
/// Belongs to the thread that makes it, and needs its event loop.
class EventBusClient final : public QObject, public EventSink
{
    Q_OBJECT

public:
    struct Settings {
        QString socketPath;         ///< at most 107 bytes
        std::optional<uid_t> owner; ///< who may own the bus beside root
        std::size_t queueBytes = 0;
        std::string sessionId;
    };

    /// Without `spool`, unsent events stay in memory and end with us.
    explicit EventBusClient(const Settings &settings, std::unique_ptr<Spool> spool = nullptr);
    ~EventBusClient() override;

    void start();
    void event(const Event &event) override;
    void flush() override;

    /// For the end: emits drained() when all is sent, when there is no bus to send it to, or after `limit`.
    /// The connection is then closed, and what is left is in the spool.
    void drain(std::chrono::milliseconds limit);

    const EventBusCounters &counters() const { return m_counters; }

Q_SIGNALS:
    /// `peer` is the process behind the socket, 0 when not connected.
    void connectedChanged(bool connected, qint64 peer);
    void drained();

private:
    void tryToConnect();
    bool isTrusted(int socket, pid_t &peer);
    void onConnected(int socket, pid_t peer);
    void onDisconnected(const char *why);
    void closeSocket();
    void onReadable();
    void retryLater();
    void watchForSocket();
    void finishDrain();
    void count();

    const Settings m_settings;
    EventEncoder m_encoder;
    FrameQueue m_queue;
    EventBusCounters m_counters;
    int m_socket = -1;
    std::unique_ptr<QSocketNotifier> m_readable; // says when the bus hangs up
    std::unique_ptr<QSocketNotifier> m_writable; // enabled while there is something left to write
    QFileSystemWatcher m_watcher;
    QTimer m_retry;
    std::chrono::milliseconds m_backoff{};
    bool m_blocked = false; // the bus takes no more until m_writable says so
    bool m_draining = false;
    bool m_ended = false;      // drained: no new connection
    bool m_complained = false; // one line in the log for each time the bus goes away
    bool m_distrusted = false; // one warning for a stranger's socket, whatever was said before
};

} // namespace lunaris

#endif
