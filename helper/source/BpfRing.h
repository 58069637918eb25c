// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_BPFRING_H
#define LUNARIS_HELPER_SOURCE_BPFRING_H

#include "bpf/events.h"
#include "helper/source/EventSource.h"

#include <QObject>
#include <QTimer>
#include <memory>

class QSocketNotifier;
struct ring_buffer;

namespace lunaris
{

/// Reads the kernel's ring buffer. Sleeps in the event loop until the ring has something. While there is
/// much it looks every 2 ms by itself, so that the processes that are watched need not wake it at every
/// event.
class BpfRing final : public QObject
{
    Q_OBJECT

public:
    /// `settings` are those that the programs read; they and the receiver must outlive the ring.
    BpfRing(int map, std::uint32_t bytes, lkm_settings &settings, RecordSink &receiver);
    ~BpfRing() override;

    bool isValid() const { return m_ring != nullptr; }

    /// Hands out what is in the ring at this moment, and maybe more.
    void drain();

    /// Stops looking by itself, until it is woken the next time.
    void rest();

private:
    struct RingDeleter {
        void operator()(ring_buffer *ring) const;
    };

    void consume();
    void poll();
    void setPolling(bool polling);
    bool consumeSome();
    static int onRecord(void *self, void *data, std::size_t size);

    lkm_settings &m_settings;
    RecordSink &m_receiver;
    const std::size_t m_mostRecords; // that fit into the ring
    std::unique_ptr<ring_buffer, RingDeleter> m_ring;
    std::unique_ptr<QSocketNotifier> m_notifier;
    QTimer m_poll;        // runs while the ring is busy, and a little longer
    int m_quietTicks = 0; // of it, in a row
    int m_turn = 0;       // records handed out since the event loop last had its turn
};

} // namespace lunaris

#endif
