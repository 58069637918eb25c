// SPDX-License-Identifier: MIT
#include "helper/source/BpfSource.h"

#include "bpf/events.h"
#include "bpf/monitor.skel.h"
#include "dbus/StateReason.h"
#include "helper/source/Readiness.h"

#include <QFileInfo>
#include <QLoggingCategory>
#include <QSocketNotifier>
#include <algorithm>
#include <atomic>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <cerrno>
#include <chrono>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace lunaris
{

Q_LOGGING_CATEGORY(logSource, "lunaris.kernel.source")

namespace
{

/// Records handed out before the event loop gets its turn: sockets and timers of the capture thread
/// must not starve while the kernel delivers without a pause.
constexpr int turnLength = 4096;

/// What is attached together has names that begin alike.
constexpr const char *filePrograms = "exit_";
constexpr const char *processPrograms = "process_";
constexpr const char *networkPrograms = "network_";

constexpr const char *tracepointSection = "tracepoint/";

/// How often a busy ring is looked at: long enough for a batch, short enough for the eye.
constexpr std::chrono::milliseconds pollInterval{2};

/// Of the mapping: a page, as the kernel has it.
const std::size_t settingsSize = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));

/// Bytes asked of the process iterator at once.
constexpr std::size_t scanPortion = std::size_t{64} * 1024;

int toLog(libbpf_print_level level, const char *format, va_list arguments)
{
    // Whole: of a verifier's log it is the end that says why.
    va_list again;
    va_copy(again, arguments);
    const int length = std::vsnprintf(nullptr, 0, format, again);
    va_end(again);
    std::vector<char> line(static_cast<std::size_t>(std::max(length, 0)) + 1);
    std::vsnprintf(line.data(), line.size(), format, arguments);
    const QString text = QString::fromLocal8Bit(line.data()).trimmed();
    if (level == LIBBPF_WARN) {
        qCWarning(logSource, "%ls", qUtf16Printable(text));
    } else {
        qCDebug(logSource, "%ls", qUtf16Printable(text));
    }
    return 0;
}

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

SourceFailure rejected(const char *step, int error)
{
    return {dbus::reason::programRejected,
            QStringLiteral("%1 failed: %2")
                .arg(QLatin1String(step), QString::fromLocal8Bit(std::strerror(error)))};
}

} // namespace

void BpfSource::SkeletonDeleter::operator()(monitor_bpf *skeleton) const
{
    monitor_bpf__destroy(skeleton);
}

void BpfSource::SettingsDeleter::operator()(lkm_settings *settings) const
{
    munmap(settings, settingsSize);
}

void BpfSource::LinkDeleter::operator()(bpf_link *link) const
{
    bpf_link__destroy(link);
}

void BpfSource::RingDeleter::operator()(ring_buffer *ring) const
{
    ring_buffer__free(ring);
}

BpfSource::BpfSource()
{
    libbpf_set_print(toLog);
    m_poll.setTimerType(Qt::PreciseTimer);
    m_poll.setInterval(pollInterval);
    connect(&m_poll, &QTimer::timeout, this, &BpfSource::poll);
}

BpfSource::~BpfSource() = default;

std::optional<SourceFailure> BpfSource::start(RecordSink &sink)
{
    m_sink = &sink;
    const Readiness readiness = probeReadiness(QStringLiteral("/"), SystemFacts::current());
    if (const QString reason = readiness.reason(); !reason.isEmpty()) {
        return SourceFailure{reason, dbus::explainReason(reason)};
    }
    if (!m_skeleton) {
        if (auto failure = load()) {
            m_skeleton.reset();
            return failure;
        }
    }
    m_started = true;
    auto failure = attachWhatIsWanted();
    if (failure) {
        m_started = false;
        static_cast<void>(attachWhatIsWanted());
    }
    return failure;
}

std::optional<SourceFailure> BpfSource::load()
{
    m_skeleton.reset(monitor_bpf__open());
    if (!m_skeleton) {
        return rejected("Opening the kernel programs", errno);
    }
    // Newer architectures have no open(2) and creat(2) of their own.
    const QString events = tracefsBelow(QStringLiteral("/")) + QStringLiteral("/events/");
    bpf_program *program = nullptr;
    bpf_object__for_each_program(program, m_skeleton->obj)
    {
        const QString section = QString::fromLatin1(bpf_program__section_name(program));
        if (section.startsWith(QLatin1String(tracepointSection)) &&
            !QFileInfo::exists(events + section.section(u'/', 1))) {
            bpf_program__set_autoload(program, false);
        }
    }
    if (const int error = monitor_bpf__load(m_skeleton.get())) {
        return rejected("Loading the kernel programs", -error);
    }
    m_ring.reset(ring_buffer__new(bpf_map__fd(m_skeleton->maps.records), onRecord, this, nullptr));
    if (!m_ring) {
        return rejected("Mapping the ring buffer", errno);
    }
    m_notifier =
        std::make_unique<QSocketNotifier>(ring_buffer__epoll_fd(m_ring.get()), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &BpfSource::consume);
    m_countersFd = bpf_map__fd(m_skeleton->maps.counters);
    void *settings = mmap(nullptr, settingsSize, PROT_READ | PROT_WRITE, MAP_SHARED,
                          bpf_map__fd(m_skeleton->maps.settings), 0);
    if (settings == MAP_FAILED) {
        return rejected("Mapping the settings of the kernel programs", errno);
    }
    m_settings.reset(static_cast<lkm_settings *>(settings));
    writeSettings();
    return std::nullopt;
}

void BpfSource::setWanted(EventTypes types)
{
    m_wanted = types;
    if (!m_started) {
        return;
    }
    if (const auto failure = attachWhatIsWanted()) {
        qCWarning(logSource, "%ls", qUtf16Printable(failure->sentence));
    }
}

/// Only what somebody wants costs anything: the hooks on processes while anything is wanted, as they
/// tell who is who, those on files while files are.
std::optional<SourceFailure> BpfSource::attachWhatIsWanted()
{
    const EventTypes wanted = m_started ? m_wanted : EventTypes();
    const bool files = wanted.contains(EventType::FileOpened) || wanted.contains(EventType::FileOpenFailed);
    const bool network =
        wanted.contains(EventType::NetworkConnect) || wanted.contains(EventType::NetworkAccept);
    writeSettings();
    if (!files) {
        m_fileLinks.clear();
    }
    if (!network) {
        m_networkLinks.clear();
    }
    if (wanted.isEmpty()) {
        m_processLinks.clear();
        return std::nullopt;
    }
    std::optional<SourceFailure> failure;
    if (m_processLinks.empty()) {
        failure = attach(processPrograms, m_processLinks);
        // After the hooks: what starts in between is seen by them.
        failure = failure ? failure : scanProcesses();
    }
    if (!failure && files && m_fileLinks.empty()) {
        failure = attach(filePrograms, m_fileLinks);
    }
    if (!failure && network && m_networkLinks.empty()) {
        failure = attach(networkPrograms, m_networkLinks);
    }
    qCInfo(logSource, "Watching processes%s%s.", files ? ", file opens" : "", network ? ", connections" : "");
    return failure;
}

/// Attaches the programs whose names begin so, all or none.
std::optional<SourceFailure> BpfSource::attach(const char *names, Links &links)
{
    bpf_program *program = nullptr;
    bpf_object__for_each_program(program, m_skeleton->obj)
    {
        if (!bpf_program__autoload(program) || !QByteArray(bpf_program__name(program)).startsWith(names)) {
            continue;
        }
        links.emplace_back(bpf_program__attach(program));
        if (!links.back()) {
            const int error = errno;
            links.clear();
            return rejected(bpf_program__name(program), error);
        }
    }
    return std::nullopt;
}

/// Reads the iterator once: a record for each process that was there before the hooks.
std::optional<SourceFailure> BpfSource::scanProcesses()
{
    const std::unique_ptr<bpf_link, LinkDeleter> link(
        bpf_program__attach_iter(m_skeleton->progs.running_processes, nullptr));
    const int fd = link ? bpf_iter_create(bpf_link__fd(link.get())) : -1;
    if (fd < 0) {
        return rejected("Asking for the processes that run", errno);
    }
    std::vector<std::byte> bytes;
    ssize_t size = 0;
    do {
        const std::size_t before = bytes.size();
        bytes.resize(before + scanPortion);
        size = read(fd, bytes.data() + before, scanPortion);
        bytes.resize(before + static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    } while (size > 0 || (size < 0 && errno == EINTR));
    close(fd);

    // One record behind the other; each says how long it is.
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
    while (consumeSome()) {
    }
    m_sink->endOfBatch();
    m_poll.stop();
    setPolling(false);
    qCInfo(logSource, "The kernel programs are detached.");
}

void BpfSource::ignorePeer(pid_t pid)
{
    m_peer = pid;
    if (m_skeleton) {
        writeSettings();
    }
}

void BpfSource::writeSettings()
{
    m_settings->ignored_tgids[0] = static_cast<std::uint32_t>(getpid());
    m_settings->ignored_tgids[1] = static_cast<std::uint32_t>(m_peer);
    m_settings->host_mount_namespace = hostMountNamespace();
    m_settings->failed_opens = m_wanted.contains(EventType::FileOpenFailed) ? 1 : 0;
}

/// The kernel has woken us.
void BpfSource::consume()
{
    consumeSome(); // if there is more, the notifier fires again
    m_sink->endOfBatch();
    setPolling(true);
    m_quietTicks = 0;
    if (!m_poll.isActive()) {
        m_poll.start();
    }
}

void BpfSource::poll()
{
    consumeSome();
    if (m_turn > 0) {
        m_sink->endOfBatch();
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

void BpfSource::setPolling(bool polling)
{
    std::atomic_ref(m_settings->polling).store(polling ? 1 : 0);
}

/// False when the ring is empty.
bool BpfSource::consumeSome()
{
    m_turn = 0;
    return ring_buffer__consume(m_ring.get()) == -ECANCELED;
}

int BpfSource::onRecord(void *self, void *data, std::size_t size)
{
    auto *source = static_cast<BpfSource *>(self);
    source->m_sink->record({static_cast<const std::byte *>(data), size});
    // libbpf has already moved past this record: an error only ends its loop.
    return ++source->m_turn < turnLength ? 0 : -ECANCELED;
}

SourceCounters BpfSource::counters() const
{
    const int fd = m_countersFd;
    if (fd < 0) {
        return {};
    }
    const auto total = [fd](std::uint32_t counter) {
        std::vector<std::uint64_t> perCpu(static_cast<std::size_t>(libbpf_num_possible_cpus()));
        std::uint64_t sum = 0;
        if (bpf_map_lookup_elem(fd, &counter, perCpu.data()) == 0) {
            for (const std::uint64_t value : perCpu) {
                sum += value;
            }
        }
        return sum;
    };
    return {total(LKM_COUNTER_LOST), total(LKM_COUNTER_RACED)};
}

} // namespace lunaris
