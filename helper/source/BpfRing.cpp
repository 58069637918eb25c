// SPDX-License-Identifier: MIT
#include "helper/source/BpfRing.h"

#include <QSocketNotifier>
#include <atomic>
#include <bpf/libbpf.h>
#include <cerrno>
#include <chrono>

namespace lunaris
{

namespace
{

/// Records handed out before the event loop gets its turn: sockets and timers of the capture thread
/// must not starve while the kernel delivers without a pause.
constexpr int turnLength = 4096;

/// How often a busy ring is looked at: long enough for a batch, short enough for the eye.
constexpr std::chrono::milliseconds pollInterval{2};

} // namespace

void BpfRing::RingDeleter::operator()(ring_buffer *ring) const
{
    ring_buffer__free(ring);
}

BpfRing::BpfRing(int map, std::uint32_t bytes, lkm_settings &settings, RecordSink &receiver)
    : m_settings(settings)
    , m_receiver(receiver)
    , m_mostRecords(bytes / sizeof(lkm_record))
    , m_ring(ring_buffer__new(map, onRecord, this, nullptr))
{
    if (!m_ring) {
        return;
    }
    m_settings.wake_up_bytes = bytes / 4;
    m_notifier =
        std::make_unique<QSocketNotifier>(ring_buffer__epoll_fd(m_ring.get()), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &BpfRing::consume);
    m_poll.setTimerType(Qt::PreciseTimer);
    m_poll.setInterval(pollInterval);
    connect(&m_poll, &QTimer::timeout, this, &BpfRing::poll);
}

BpfRing::~BpfRing() = default;

/// The kernel has woken us.
void BpfRing::consume()
{
    consumeSome(); // if there is more, the notifier fires again
    m_receiver.endOfBatch();
    setPolling(true);
    m_quietTicks = 0;
    if (!m_poll.isActive()) {
        m_poll.start();
    }
}

void BpfRing::poll()
{
    consumeSome();
    if (m_turn > 0) {
        m_receiver.endOfBatch();
        setPolling(true);
        m_quietTicks = 0;
        return;
    }
    // Ask to be woken, and look once more a moment later: a program may have read the old setting and
    // committed its record behind our back. Then sleep.
    setPolling(false);
    if (++m_quietTicks > 1) {
        m_poll.stop();
    }
}

void BpfRing::drain()
{
    // Bounded: the kernel may go on filling it.
    std::size_t handedOut = 0;
    while (consumeSome() && handedOut < m_mostRecords) {
        handedOut += static_cast<std::size_t>(m_turn);
    }
}

void BpfRing::rest()
{
    m_poll.stop();
    setPolling(false);
}

void BpfRing::setPolling(bool polling)
{
    std::atomic_ref(m_settings.polling).store(polling ? 1 : 0);
}

/// False when the ring is empty.
bool BpfRing::consumeSome()
{
    m_turn = 0;
    return ring_buffer__consume(m_ring.get()) == -ECANCELED;
}

int BpfRing::onRecord(void *self, void *data, std::size_t size)
{
    auto *ring = static_cast<BpfRing *>(self);
    ring->m_receiver.record({static_cast<const std::byte *>(data), size});
    // libbpf has already moved past this record: an error only ends its loop.
    return ++ring->m_turn < turnLength ? 0 : -ECANCELED;
}

} // namespace lunaris
