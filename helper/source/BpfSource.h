// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_BPFSOURCE_H
#define LUNARIS_HELPER_SOURCE_BPFSOURCE_H

#include "helper/source/CaptureOptions.h"
#include "helper/source/EventSource.h"

#include <atomic>
#include <memory>
#include <vector>

struct lkm_settings;

namespace lunaris
{

class BpfPrograms;
class BpfRing;
class BpfRules;
class BpfWrites;

/// The kernel, watched through the programs in bpf/.
class BpfSource final : public EventSource, private RecordSink
{
public:
    explicit BpfSource(const CaptureOptions &options = {});
    ~BpfSource() override;

    [[nodiscard]] std::optional<SourceFailure> start(RecordSink &sink) override;
    [[nodiscard]] std::optional<SourceFailure> setWanted(EventTypes types) override;
    EventTypes missing() const override { return m_missing; }
    [[nodiscard]] std::optional<SourceFailure> setFilter(const std::vector<PathRule> &rules,
                                                         std::chrono::nanoseconds window) override;
    void stop() override;
    void ignorePeer(pid_t pid) override;
    SourceCounters counters() const override;
    std::vector<std::uint64_t> ruleHits() const override;
    QString method() const override;

    /// For a test of the filter: what it would leave out is marked in the record
    /// (LKM_ATTRIBUTE_SHADOW_…) and told nevertheless.
    void setShadow(bool shadow);

    /// What this kernel and these options let us see, for --check; after start().
    struct Reach {
        bool trampolines = false; ///< the kernel allows them
        bool uring = false;       ///< opens through io_uring
        bool compat = false;      ///< opens of 32-bit programs
    };
    Reach reach() const;

private:
    struct SettingsDeleter {
        void operator()(lkm_settings *settings) const;
    };

    std::optional<SourceFailure> load();
    std::optional<SourceFailure> chooseMethod();
    std::optional<SourceFailure> mapSettings();
    std::optional<SourceFailure> attachOrStop();
    std::optional<SourceFailure> attachWhatIsWanted();
    std::optional<SourceFailure> scanProcesses();
    EventTypes wantedNow() const;
    void writeSettings();
    void record(std::span<const std::byte> bytes) override;
    void endOfBatch() override;

    const CaptureOptions m_options;
    // In this order, as each uses those above it. Made once, on the first start.
    std::unique_ptr<BpfPrograms> m_programs;
    std::unique_ptr<lkm_settings, SettingsDeleter> m_settings; // what the programs read
    std::unique_ptr<BpfRing> m_ring;
    std::unique_ptr<BpfWrites> m_writes;
    std::unique_ptr<BpfRules> m_kernelRules;
    std::atomic<bool> m_isLoaded = false; // for those who ask from other threads
    bool m_trampolines = false;           // what is loaded for opens
    bool m_allowsTrampolines = false;
    bool m_shadow = false;

    RecordSink *m_sink = nullptr;
    EventTypes m_wanted;
    EventTypes m_missing;
    std::vector<PathRule> m_rules;
    std::chrono::nanoseconds m_window{0};
    bool m_started = false;
    pid_t m_peer = 0;
};

} // namespace lunaris

#endif
