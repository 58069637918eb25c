// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_BPFSOURCE_H
#define LUNARIS_HELPER_SOURCE_BPFSOURCE_H

#include "helper/source/EventSource.h"

#include <QObject>
#include <QTimer>
#include <memory>
#include <vector>

class QSocketNotifier;
struct bpf_link;
struct monitor_bpf;
struct lkm_settings;
struct ring_buffer;

namespace lunaris
{

/// The kernel, watched through the programs in bpf/. Sleeps in the event loop until the ring buffer
/// has something. While there is much it looks every 2 ms by itself, so that the processes that are
/// watched need not wake it at every event.
class BpfSource final : public QObject, public EventSource
{
    Q_OBJECT

public:
    BpfSource();
    ~BpfSource() override;

    [[nodiscard]] std::optional<SourceFailure> start(RecordSink &sink) override;
    void setWanted(EventTypes types) override;
    void stop() override;
    void ignorePeer(pid_t pid) override;
    SourceCounters counters() const override;
    QString method() const override { return QStringLiteral("tracepoint"); }

private:
    struct SkeletonDeleter {
        void operator()(monitor_bpf *skeleton) const;
    };
    struct RingDeleter {
        void operator()(ring_buffer *ring) const;
    };
    struct SettingsDeleter {
        void operator()(lkm_settings *settings) const;
    };
    struct LinkDeleter {
        void operator()(bpf_link *link) const;
    };
    using Links = std::vector<std::unique_ptr<bpf_link, LinkDeleter>>;

    std::optional<SourceFailure> load();
    std::optional<SourceFailure> attachWhatIsWanted();
    std::optional<SourceFailure> attach(const char *names, Links &links);
    std::optional<SourceFailure> scanProcesses();
    void writeSettings();
    void consume();
    void poll();
    void setPolling(bool polling);
    bool consumeSome();
    static int onRecord(void *self, void *data, std::size_t size);

    std::unique_ptr<monitor_bpf, SkeletonDeleter> m_skeleton;
    std::unique_ptr<ring_buffer, RingDeleter> m_ring;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::unique_ptr<lkm_settings, SettingsDeleter> m_settings; // what the programs read
    QTimer m_poll;        // runs while the ring is busy, and a little longer
    int m_quietTicks = 0; // of it, in a row
    Links m_processLinks; // destroyed after the others: who opens a file should be known
    Links m_fileLinks;
    Links m_networkLinks;
    RecordSink *m_sink = nullptr;
    EventTypes m_wanted;
    bool m_started = false;
    pid_t m_peer = 0;
    int m_countersFd = -1; // kept apart: read by other threads, constant once loaded
    int m_turn = 0;        // records handed out since the event loop last had its turn
};

} // namespace lunaris

#endif
