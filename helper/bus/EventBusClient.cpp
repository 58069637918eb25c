// SPDX-License-Identifier: MIT
#include "helper/bus/EventBusClient.h"

#include "helper/timing/Clocks.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <utility>

namespace lunaris
{

Q_LOGGING_CATEGORY(logBus, "lunaris.kernel.bus")

using namespace std::chrono_literals;

namespace
{

constexpr std::chrono::milliseconds firstBackoff = 100ms;
constexpr std::chrono::milliseconds longestBackoff = 5s;

/// After so many writes the event loop has its turn, and with it the kernel's ring: a bus that comes back and
/// reads fast would else be given a whole spool at once.
constexpr int writesAtOnce = 16;

} // namespace

EventBusClient::EventBusClient(const Settings &settings, std::unique_ptr<Spool> spool)
    : m_settings(settings)
    , m_encoder(settings.sessionId)
    , m_queue(settings.queueBytes, std::move(spool))
    , m_backoff(firstBackoff)
{
    m_counters.queueCapacity.set(m_queue.maximumBytes());
    m_counters.spoolCapacity.set(m_queue.spool() ? m_queue.spool()->maximumBytes() : 0);
    count();
    m_retry.setSingleShot(true);
    connect(&m_retry, &QTimer::timeout, this, &EventBusClient::tryToConnect);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] {
        watchForSocket();
        if (m_socket < 0 && QFileInfo::exists(m_settings.socketPath)) {
            m_backoff = firstBackoff;
            tryToConnect();
        }
    });
}

EventBusClient::~EventBusClient()
{
    if (m_socket >= 0) {
        close(m_socket);
    }
}

void EventBusClient::start()
{
    watchForSocket();
    tryToConnect();
}

/// Watches the directory of the socket or, while that does not exist, the nearest one that does.
void EventBusClient::watchForSocket()
{
    QDir directory = QFileInfo(m_settings.socketPath).absoluteDir();
    while (!directory.exists() && !directory.isRoot()) {
        directory.setPath(QFileInfo(directory.path()).path());
    }
    if (!m_watcher.directories().contains(directory.path())) {
        if (!m_watcher.directories().isEmpty()) {
            m_watcher.removePaths(m_watcher.directories());
        }
        m_watcher.addPath(directory.path());
    }
}

void EventBusClient::tryToConnect()
{
    if (m_socket >= 0 || m_ended) {
        return;
    }
    m_retry.stop();
    const QByteArray path = QFile::encodeName(m_settings.socketPath);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.constData(),
                std::min(sizeof(address.sun_path) - 1, std::size_t(path.size())));

    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    pid_t peer = 0;
    if (socket < 0 || ::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0) {
        if (!m_complained) {
            qCInfo(logBus, "The Event Bus cannot be reached at %s (%s); it is tried again by itself.",
                   path.constData(), std::strerror(errno));
        }
    } else if (isTrusted(socket, peer)) {
        onConnected(socket, peer);
        return;
    }
    m_complained = true;
    if (socket >= 0) {
        close(socket);
    }
    retryLater();
}

bool EventBusClient::isTrusted(int socket, pid_t &peer)
{
    ucred credentials{};
    socklen_t size = sizeof(credentials);
    if (getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &size) != 0) {
        qCWarning(logBus, "The process behind the Event Bus socket cannot be told: %s", std::strerror(errno));
        return false;
    }
    if (credentials.uid != 0 && credentials.uid != m_settings.owner) {
        if (!std::exchange(m_distrusted, true)) {
            qCWarning(
                logBus,
                "The socket %s belongs to uid %u, which is neither root nor the configured owner of the "
                "Event Bus: nothing is sent to it.",
                QFile::encodeName(m_settings.socketPath).constData(), credentials.uid);
        }
        return false;
    }
    peer = credentials.pid;
    return true;
}

void EventBusClient::onConnected(int socket, pid_t peer)
{
    m_socket = socket;
    m_backoff = firstBackoff;
    m_complained = false;
    m_distrusted = false;
    m_readable = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Read);
    m_writable = std::make_unique<QSocketNotifier>(socket, QSocketNotifier::Write);
    QObject::connect(m_readable.get(), &QSocketNotifier::activated, this, &EventBusClient::onReadable);
    QObject::connect(m_writable.get(), &QSocketNotifier::activated, this, [this] {
        m_blocked = false;
        flush();
    });
    m_blocked = false;
    qCInfo(logBus, "Connected to the Event Bus (process %d).", peer);
    Q_EMIT connectedChanged(true, peer);
    flush();
}

void EventBusClient::onReadable()
{
    // The bus never talks to producers: readable means that it hung up, or that it is not the bus.
    char ignored[256];
    const ssize_t size = recv(m_socket, ignored, sizeof(ignored), MSG_DONTWAIT);
    if (size == 0) {
        onDisconnected("it hung up");
    } else if (size < 0 && errno != EAGAIN && errno != EINTR) {
        onDisconnected(std::strerror(errno));
    }
}

void EventBusClient::onDisconnected(const char *why)
{
    qCInfo(logBus, "The Event Bus is gone (%s); events are kept until it is back.", why);
    closeSocket();
    m_complained = true;
    Q_EMIT connectedChanged(false, 0);
    retryLater();
    finishDrain(); // if that is what it was for: there is nobody to wait for any more
}

void EventBusClient::closeSocket()
{
    // A notifier may be on the stack that called us.
    m_readable->setEnabled(false);
    m_writable->setEnabled(false);
    m_readable.release()->deleteLater();
    m_writable.release()->deleteLater();
    close(m_socket);
    m_socket = -1;
    m_queue.rewind();
}

void EventBusClient::retryLater()
{
    // Jitter, so that producers do not all come at once when the bus has been restarted.
    const auto jitter =
        std::chrono::milliseconds(QRandomGenerator::global()->bounded(int(m_backoff.count() / 4) + 1));
    m_retry.start(m_backoff + jitter);
    m_backoff = std::min(m_backoff * 2, longestBackoff);
}

void EventBusClient::event(const Event &event)
{
    m_queue.push(m_encoder.encode(event), event.kernelTime);
    if (m_queue.bytes() >= FrameChunk::usualSize && m_socket >= 0 && !m_blocked) {
        flush();
    } else {
        count();
    }
}

void EventBusClient::flush()
{
    for (int most = writesAtOnce; most > 0 && m_socket >= 0 && !m_blocked; --most) {
        const std::string_view bytes = m_queue.front();
        if (bytes.empty()) {
            break;
        }
        const ssize_t written = send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (written >= 0) {
            m_counters.delivered.add(m_queue.advance(static_cast<std::size_t>(written)));
            m_counters.delay.add(m_queue.completedTimes(), bootTime());
        } else if (errno == EAGAIN) {
            m_blocked = true;
        } else if (errno != EINTR) {
            onDisconnected(std::strerror(errno));
        }
    }
    count();
    if (m_writable) {
        m_writable->setEnabled(!m_queue.isEmpty());
    }
    if (m_draining && m_queue.isEmpty()) {
        finishDrain();
    }
}

void EventBusClient::count()
{
    m_counters.queued.set(m_queue.frames());
    m_counters.queuedBytes.set(m_queue.bytes());
    m_counters.droppedInQueue.set(m_queue.dropped());
    if (const Spool *spool = m_queue.spool()) {
        m_counters.spooled.set(spool->frames());
        m_counters.spooledBytes.set(spool->bytes());
        m_counters.recovered.set(spool->recovered());
        m_counters.droppedInSpool.set(spool->dropped());
        m_counters.damaged.set(spool->damaged());
    }
}

void EventBusClient::drain(std::chrono::milliseconds limit)
{
    m_draining = true;
    m_ended = false;
    tryToConnect();
    if (m_socket < 0) {
        finishDrain(); // there is nobody to wait for
        return;
    }
    QTimer::singleShot(limit, this, &EventBusClient::finishDrain);
    flush();
}

void EventBusClient::finishDrain()
{
    if (!std::exchange(m_draining, false)) {
        return;
    }
    m_ended = true;
    m_retry.stop();
    if (m_socket >= 0) {
        // What the bus has of a frame is void: the whole frame is for the next connection.
        closeSocket();
    }
    m_queue.moveToSpool();
    count();
    if (m_queue.spooled() > 0) {
        qCInfo(logBus, "%llu events are kept in the spool for the next start.",
               static_cast<unsigned long long>(m_queue.spooled()));
    }
    if (m_queue.frames() > 0) {
        qCWarning(logBus, "%llu events could not be delivered before the end.",
                  static_cast<unsigned long long>(m_queue.frames()));
    }
    Q_EMIT drained();
}

} // namespace lunaris
