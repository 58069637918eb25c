// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_WRITTENRIG_H
#define LUNARIS_TESTS_KERNEL_WRITTENRIG_H

#include "tests/kernel/CaptureRig.h"

#include <cstdint>
#include <map>
#include <string>
#include <sys/types.h>
#include <vector>

namespace lunaris
{

/// What a process wrote, ran or ended with, as the source told it.
struct SeenRecord {
    lkm_record fields{};
    std::string comm;
    std::string path;
    std::uint64_t arrived = 0; ///< CLOCK_BOOTTIME, ns
    int batch = 0;             ///< how many had ended before

    lkm_record_type type() const { return static_cast<lkm_record_type>(fields.header.type); }
    std::uint64_t bytes() const { return static_cast<std::uint64_t>(fields.value); }
};

/// A capture of what is written below the directory of the rig. What others write on the machine is
/// left out, as it neither fills the ring nor counts then.
class WrittenRig final : private RecordSink
{
public:
    using Bytes = std::map<std::string, std::uint64_t>; ///< by path

    WrittenRig();
    Q_DISABLE_COPY_MOVE(WrittenRig)

    /// As CaptureRig::start().
    QString start();

    /// Goes on with another source that has these options, started; throws if it cannot.
    void restart(const CaptureOptions &options);

    /// Only what is below the directory counts, and what these rules say; throws if the source refuses.
    void setRules(const std::vector<PathRule> &more = {});

    /// No rule at all.
    void clearRules();

    CaptureRig &rig() { return m_rig; }
    BpfSource &source() { return m_rig.source(); }

    /// In the order of the source: WRITTEN, EXEC and EXIT.
    const std::vector<SeenRecord> &seen() const { return m_seen; }
    std::vector<SeenRecord> writtenBy(pid_t process) const;
    std::uint64_t bytesOf(pid_t process) const;
    Bytes bytesByPath(pid_t process) const;
    std::size_t malformed() const { return m_malformed + m_rig.malformed(); }

    /// Waits until so much of a process was told; false if it never is.
    bool waitForBytes(pid_t process, std::uint64_t bytes) const;

    /// Waits until everything is told that was written before the call: another process writes, and is
    /// told. False if it never is.
    bool passFence();

private:
    void record(std::span<const std::byte> bytes) override;
    void endOfBatch() override { ++m_batches; }

    CaptureRig m_rig{EventTypes().with(EventType::FileWritten)};
    std::vector<SeenRecord> m_seen;
    std::size_t m_malformed = 0;
    int m_batches = 0;
};

} // namespace lunaris

#endif
