// SPDX-License-Identifier: MIT
#include "helper/source/BpfSource.h"

#include "bpf/events.h"
#include "bpf/monitor.skel.h"
#include "dbus/StateReason.h"
#include "helper/FreshSeed.h"
#include "helper/normalizer/Record.h"
#include "helper/source/BpfPrograms.h"
#include "helper/source/BpfRing.h"
#include "helper/source/BpfRules.h"
#include "helper/source/BpfWrites.h"
#include "helper/source/Readiness.h"

#include <QLoggingCategory>
#include <array>
#include <bpf/libbpf.h>
#include <cerrno>
#include <cstring>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace lunaris
{

Q_LOGGING_CATEGORY(logSource, "lunaris.kernel.source")

namespace
{

/// Of the mapping: a page, as the kernel has it.
const std::size_t settingsSize = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));

/// The mount namespace whose paths are the machine's own. A sandboxed helper has one of its own, so
/// init's is asked first (which takes CAP_SYS_PTRACE).
std::uint32_t hostMountNamespace()
{
    struct stat facts {
    };
    for (const char *path : {"/proc/1/ns/mnt", "/proc/self/ns/mnt"}) {
        if (stat(path, &facts) == 0) {
            return static_cast<std::uint32_t>(facts.st_ino);
        }
    }
    return 0;
}

constexpr EventTypes openings = EventTypes().with(EventType::FileOpened).with(EventType::FileOpenFailed);
constexpr EventTypes connections =
    EventTypes().with(EventType::NetworkConnect).with(EventType::NetworkAccept);

} // namespace

void BpfSource::SettingsDeleter::operator()(lkm_settings *settings) const
{
    munmap(settings, settingsSize);
}

BpfSource::BpfSource(const CaptureOptions &options) : m_options(options) {}

BpfSource::~BpfSource() = default;

std::optional<SourceFailure> BpfSource::start(RecordSink &sink)
{
    m_sink = &sink;
    const Readiness readiness = probeReadiness(QStringLiteral("/"), SystemFacts::current());
    if (const QString reason = readiness.reason(); !reason.isEmpty()) {
        return SourceFailure{reason, dbus::explainReason(reason)};
    }
    if (!m_isLoaded) {
        if (auto failure = load()) {
            m_kernelRules.reset();
            m_writes.reset();
            m_ring.reset();
            m_settings.reset();
            m_programs.reset();
            return failure;
        }
        m_isLoaded = true;
    }
    m_started = true;
    return attachOrStop();
}

std::optional<SourceFailure> BpfSource::attachOrStop()
{
    auto failure = attachWhatIsWanted();
    if (failure) {
        m_started = false;
        static_cast<void>(attachWhatIsWanted());
    }
    return failure;
}

std::optional<SourceFailure> BpfSource::chooseMethod()
{
    m_allowsTrampolines = BpfPrograms::allowsTrampolines();
    m_trampolines = m_allowsTrampolines && m_options.method != CaptureOptions::Method::Tracepoint;
    if (m_options.method == CaptureOptions::Method::Trampoline && !m_trampolines) {
        return SourceFailure{dbus::reason::programRejected,
                             QStringLiteral("This kernel allows no trampolines: capture by tracepoints, or "
                                            "leave the method to the helper")};
    }
    return std::nullopt;
}

std::optional<SourceFailure> BpfSource::load()
{
    if (auto failure = chooseMethod()) {
        return failure;
    }
    m_programs = std::make_unique<BpfPrograms>();
    auto failure = m_programs->load(m_options, m_trampolines);
    if (m_programs->isRefused(ProgramGroup::Trampoline) &&
        m_options.method == CaptureOptions::Method::Automatic) {
        m_trampolines = false;
    }
    failure = failure ? failure : mapSettings();
    if (failure) {
        return failure;
    }
    const auto &maps = m_programs->skeleton().maps;
    RecordSink &self = *this;
    m_ring = std::make_unique<BpfRing>(bpf_map__fd(maps.records), m_options.ringBytes, *m_settings, self);
    if (!m_ring->isValid()) {
        return rejected("Mapping the ring buffer", errno);
    }
    m_writes = std::make_unique<BpfWrites>(bpf_map__fd(maps.sums), m_options.writtenFiles, *m_settings, self,
                                           [this] { m_ring->drain(); });
    m_kernelRules = std::make_unique<BpfRules>(bpf_map__fd(maps.rules), bpf_map__fd(maps.hits), *m_settings);
    failure = m_writes->prepare();
    return failure ? failure : m_kernelRules->replace(m_rules);
}

std::optional<SourceFailure> BpfSource::mapSettings()
{
    void *settings = mmap(nullptr, settingsSize, PROT_READ | PROT_WRITE, MAP_SHARED,
                          bpf_map__fd(m_programs->skeleton().maps.settings), 0);
    if (settings == MAP_FAILED) {
        return rejected("Mapping the settings of the kernel programs", errno);
    }
    m_settings.reset(static_cast<lkm_settings *>(settings));
    m_settings->dedup_seed = freshSeed();
    m_settings->told_mask = m_options.toldSets() - 1;
    writeSettings();
    return std::nullopt;
}

std::optional<SourceFailure> BpfSource::setWanted(EventTypes types)
{
    m_wanted = types;
    return m_started ? attachOrStop() : std::nullopt;
}

std::optional<SourceFailure> BpfSource::setFilter(const std::vector<PathRule> &rules,
                                                  std::chrono::nanoseconds window)
{
    if (m_isLoaded) {
        if (auto failure = m_kernelRules->replace(rules)) {
            return failure;
        }
        m_writes->flush(); // sums of files go by the rules at their beginning
    }
    m_rules = rules;
    m_window = window;
    if (m_isLoaded) {
        writeSettings();
    }
    return std::nullopt;
}

void BpfSource::setShadow(bool shadow)
{
    m_shadow = shadow;
    if (m_isLoaded) {
        writeSettings();
    }
}

EventTypes BpfSource::wantedNow() const
{
    return m_started ? m_wanted : EventTypes();
}

/// Only what somebody wants costs anything: the hooks on processes while anything is wanted, as they
/// tell who is who, the others while their types are. Those that the kernel refuses are left out.
std::optional<SourceFailure> BpfSource::attachWhatIsWanted()
{
    const EventTypes wanted = wantedNow();
    // Trampolines tell of files; what failed has none, and is told by the system call's end.
    const EventTypes atExit = m_trampolines ? openings.without(EventType::FileOpened) : openings;
    // What each group tells of what is wanted.
    const std::array<std::pair<ProgramGroup, EventTypes>, 6> groups = {{
        {ProgramGroup::Process, wanted},
        {ProgramGroup::Open, wanted & atExit},
        {ProgramGroup::Compat, m_options.compat ? wanted & atExit : EventTypes()},
        {ProgramGroup::Trampoline, wanted & openings.without(atExit)},
        {ProgramGroup::Write, wanted & EventTypes().with(EventType::FileWritten)},
        {ProgramGroup::Network, wanted & connections},
    }};
    writeSettings();
    bool leaves = false;
    for (auto group = groups.rbegin(); group != groups.rend(); ++group) {
        if (group->second.isEmpty() && m_programs->isAttached(group->first)) {
            m_programs->detach(group->first);
            leaves = true;
        }
    }
    if (leaves) {
        m_writes->flush(); // waits for the programs that run by the old settings, and for their records
    }
    m_writes->setWatching(wanted.contains(EventType::FileWritten));
    m_missing = {};
    for (const auto &[group, told] : groups) {
        if (told.isEmpty() || m_programs->isAttached(group)) {
            continue;
        }
        auto failure = m_programs->attach(group);
        if (group == ProgramGroup::Process) {
            if (!failure) {
                failure = scanProcesses(); // after the hooks: what starts in between is seen by them
            }
            if (failure) {
                return failure; // an event of nobody knows whom is of no use
            }
        } else if (failure) {
            qCWarning(logSource, "Without %s: %ls", told.names().c_str(), qUtf16Printable(failure->sentence));
            m_missing = m_missing | told;
        }
    }
    if (!wanted.isEmpty()) {
        // Not for everybody's journal: it changes with every subscriber who comes and goes.
        qCDebug(logSource, "Watching %s.", wanted.without(m_missing).names().c_str());
    }
    return std::nullopt;
}

std::optional<SourceFailure> BpfSource::scanProcesses()
{
    std::vector<std::byte> bytes;
    if (auto failure = m_programs->readProcesses(bytes)) {
        return failure;
    }
    std::span<const std::byte> rest(bytes);
    while (rest.size() >= sizeof(lkm_record_header)) {
        lkm_record_header header{};
        std::memcpy(&header, rest.data(), sizeof(header));
        if (header.size < sizeof(header) || header.size > rest.size()) {
            break;
        }
        m_sink->record(rest.first(header.size));
        rest = rest.subspan(header.size);
    }
    return std::nullopt;
}

void BpfSource::stop()
{
    if (!m_started) {
        return;
    }
    m_started = false;
    static_cast<void>(attachWhatIsWanted()); // nothing: detaching cannot fail
    m_ring->drain();
    m_sink->endOfBatch();
    m_ring->rest();
    qCInfo(logSource, "The kernel programs are detached.");
}

void BpfSource::ignorePeer(pid_t pid)
{
    m_peer = pid;
    if (m_isLoaded) {
        writeSettings();
    }
}

void BpfSource::writeSettings()
{
    const EventTypes wanted = wantedNow();
    m_settings->ignored_tgids[0] = static_cast<std::uint32_t>(getpid());
    m_settings->ignored_tgids[1] = static_cast<std::uint32_t>(m_peer);
    m_settings->host_mount_namespace = hostMountNamespace();
    m_settings->opens = !wanted.contains(EventType::FileOpened) ? LKM_OPENS_NOBODY
                        : m_trampolines                         ? LKM_OPENS_BY_TRAMPOLINE
                                                                : LKM_OPENS_AT_EXIT;
    m_settings->failed_opens = wanted.contains(EventType::FileOpenFailed) ? 1 : 0;
    m_settings->writes = wanted.contains(EventType::FileWritten) ? 1 : 0;
    m_settings->connections = (wanted & connections).isEmpty() ? 0 : 1;
    m_settings->dedup_window_ns = static_cast<std::uint64_t>(m_window.count());
    m_settings->shadow = m_shadow ? 1 : 0;
}

/// On the way from the ring to the sink: who writes is kept until it is known how much.
void BpfSource::record(std::span<const std::byte> bytes)
{
    lkm_record_header header{};
    if (bytes.size() >= sizeof(header)) {
        std::memcpy(&header, bytes.data(), sizeof(header));
    }
    if (header.type == LKM_RECORD_WRITING) {
        m_writes->begin(bytes);
        return;
    }
    if (header.type == LKM_RECORD_EXIT || header.type == LKM_RECORD_EXEC) {
        m_writes->finish(header.tgid);
    }
    m_sink->record(bytes);
}

void BpfSource::endOfBatch()
{
    m_sink->endOfBatch();
}

SourceCounters BpfSource::counters() const
{
    SourceCounters counters;
    if (!m_isLoaded) {
        return counters;
    }
    const lkm_counters kernel = m_programs->counters();
    const auto skipped = m_programs->skipped();
    for (std::size_t type = 0; type < LKM_RECORD_TYPES; ++type) {
        const auto event = eventTypeOf(static_cast<lkm_record_type>(type));
        const std::size_t place = event ? static_cast<std::size_t>(*event) : SourceCounters::noEvent;
        // Who could not be told to write is told at the next write; what never was is in the sums.
        counters.lost[place] += type == LKM_RECORD_WRITING ? 0 : kernel.lost[type];
        counters.raced[place] += kernel.raced[type];
        counters.skipped[place] += skipped[type];
        counters.filtered += kernel.filtered[type];
    }
    counters.lost[static_cast<std::size_t>(EventType::FileWritten)] += m_writes->lostSums();
    counters.filtered += m_writes->filtered();
    counters.duplicates = kernel.duplicates;
    counters.lostBytes = kernel.lost_bytes + m_writes->lostBytes();
    return counters;
}

std::vector<std::uint64_t> BpfSource::ruleHits() const
{
    return m_isLoaded ? m_kernelRules->hits() : std::vector<std::uint64_t>(m_rules.size(), 0);
}

QString BpfSource::method() const
{
    return m_trampolines ? QStringLiteral("trampoline") : QStringLiteral("tracepoint");
}

BpfSource::Reach BpfSource::reach() const
{
    return {m_allowsTrampolines, m_trampolines || (m_isLoaded && m_programs->has("open_uring")),
            m_trampolines || m_options.compat};
}

} // namespace lunaris
