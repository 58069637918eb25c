// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_CAPTURERIG_H
#define LUNARIS_TESTS_KERNEL_CAPTURERIG_H

#include "bpf/events.h"
#include "helper/source/BpfSource.h"
#include "helper/timing/Clocks.h"

#include <QString>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace lunaris
{

/// Whether the processor is an emulated one, which has no time for as much as a real one.
bool isEmulated();

/// A system call that has to work for a test to mean anything: throws std::system_error if it did not.
long must(long result, const std::string &what);

/// Makes a file; nothing in it.
void makeFile(const std::string &path, unsigned mode = 0644);

/// Opens a file and closes it; the flags are those of open(2), 0 for reading.
void openOnce(const std::string &path, int flags = 0);

/// Whether the mount namespace of a process is another one than the machine's.
bool isForeign(pid_t process);

/// One open as the kernel told it.
struct SeenOpen {
    lkm_record fields{};
    std::string comm;
    std::string path;
    std::string name; ///< of an open that failed
};

/// An open of either outcome; nothing if it is no such record, or none at all.
std::optional<SeenOpen> seenOpen(std::span<const std::byte> record);

/// The capture under test, and a place for its files: a private mount namespace with tracefs in it and a
/// tmpfs of its own. Needs nothing from the machine but a kernel, so it also runs right below an init.
class CaptureRig final : public RecordSink
{
public:
    /// Only opens are looked at; the others are there to be told apart.
    explicit CaptureRig(EventTypes wanted = EventTypes::all());
    ~CaptureRig() override;
    Q_DISABLE_COPY_MOVE(CaptureRig)

    /// Makes the namespace and starts the capture. Says why that cannot be here and what to do about it;
    /// nothing when all is well. What could be and failed throws.
    QString start();

    /// What the environment chooses: LUNARIS_CAPTURE_METHOD is "automatic" (so it is by default),
    /// "tracepoint" or "trampoline"; throws on anything else.
    static CaptureOptions chosenOptions();

    /// Of the sources that are made from now on. A method left open is the environment's choice.
    void setOptions(const CaptureOptions &options);

    /// Ends the source for good and makes another one, not started.
    void replaceSource();
    void replaceSource(const CaptureOptions &options);
    BpfSource &source() { return *m_source; }
    bool knowsDescriptors() const;

    std::uint64_t lostOfAllTypes() const { return SourceCounters::total(m_source->counters().lost); }

    /// Of opens.
    std::uint64_t lost() const { return m_source->counters().lost[opens]; }
    std::uint64_t raced() const { return m_source->counters().raced[opens]; }

    const std::string &directory() const { return m_directory; }
    int marks() const { return m_marks; }

    /// A directory of its own below directory(), for one test.
    std::string freshDirectory();

    /// Numbers of the kernel's sequences, one a CPU, that no record came with, between the first and the
    /// last that came.
    std::uint64_t gaps() const;

    const std::vector<SeenOpen> &seen() const { return m_seen; }
    const std::vector<SeenOpen> &failed() const { return m_failed; }
    std::size_t malformed() const { return m_malformed; }

    /// Whoever looks at other records gets all of them, beside us; null: nobody.
    void shareWith(RecordSink *sink) { m_other = sink; }

    /// Lets the event loop run until `done`, for long enough even on an emulated machine.
    static bool waitUntil(const std::function<bool()> &done);

    void record(std::span<const std::byte> bytes) override;
    void endOfBatch() override;

private:
    static constexpr auto opens = static_cast<std::size_t>(EventType::FileOpened);

    void enterPrivateNamespace();

    const EventTypes m_wanted;
    std::optional<CaptureOptions> m_options;
    std::unique_ptr<BpfSource> m_source;
    std::string m_directory;
    RecordSink *m_other = nullptr;
    std::vector<SeenOpen> m_seen;
    std::vector<SeenOpen> m_failed;
    std::size_t m_malformed = 0;
    struct Sequence {
        std::uint64_t first = 0;
        std::uint64_t last = 0;
        std::uint64_t records = 0;
    };
    std::map<std::uint16_t, Sequence> m_sequences; // by CPU
    int m_marks = -1;
    int m_fresh = 0;
};

} // namespace lunaris

/// For initTestCase(): what is missing on the machine is a skip, what does not work is a failure.
#define LUNARIS_START_OR_SKIP(rig)                                                                           \
    try {                                                                                                    \
        if (const QString obstacle = (rig).start(); !obstacle.isEmpty()) {                                   \
            QSKIP(qPrintable(obstacle));                                                                     \
        }                                                                                                    \
    } catch (const std::exception &error) {                                                                  \
        QFAIL(error.what());                                                                                 \
    }

#endif
