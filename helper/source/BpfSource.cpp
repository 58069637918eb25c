// SPDX-License-Identifier: MIT
#include "helper/source/BpfSource.h"

#include "bpf/events.h"
#include "bpf/files.skel.h"
#include "dbus/StateReason.h"
#include "helper/source/Readiness.h"

#include <QFileInfo>
#include <QLoggingCategory>
#include <QSocketNotifier>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <cerrno>
#include <cstdio>
#include <cstring>
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

int toLog(libbpf_print_level level, const char *format, va_list arguments)
{
    std::vector<char> line(4096);
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

void BpfSource::SkeletonDeleter::operator()(files_bpf *skeleton) const
{
    files_bpf__destroy(skeleton);
}

void BpfSource::RingDeleter::operator()(ring_buffer *ring) const
{
    ring_buffer__free(ring);
}

BpfSource::BpfSource()
{
    libbpf_set_print(toLog);
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
    return attach();
}

std::optional<SourceFailure> BpfSource::load()
{
    m_skeleton.reset(files_bpf__open());
    if (!m_skeleton) {
        return rejected("Opening the kernel programs", errno);
    }
    // Newer architectures have no open(2) and creat(2) of their own.
    const QString events = tracefsBelow(QStringLiteral("/")) + QStringLiteral("/events/");
    bpf_program *program = nullptr;
    bpf_object__for_each_program(program, m_skeleton->obj)
    {
        const QString tracepoint = QString::fromLatin1(bpf_program__section_name(program)).section(u'/', 1);
        if (!QFileInfo::exists(events + tracepoint)) {
            bpf_program__set_autoload(program, false);
        }
    }
    if (const int error = files_bpf__load(m_skeleton.get())) {
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
    writeSettings();
    return std::nullopt;
}

std::optional<SourceFailure> BpfSource::attach()
{
    if (const int error = files_bpf__attach(m_skeleton.get())) {
        files_bpf__detach(m_skeleton.get());
        return rejected("Attaching the kernel programs", -error);
    }
    qCInfo(logSource, "Watching file opens at the exit of the system calls.");
    return std::nullopt;
}

void BpfSource::stop()
{
    if (!m_skeleton) {
        return;
    }
    files_bpf__detach(m_skeleton.get());
    while (consumeSome()) {
    }
    m_sink->endOfBatch();
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
    lkm_settings settings{};
    settings.ignored_tgids[0] = static_cast<std::uint32_t>(getpid());
    settings.ignored_tgids[1] = static_cast<std::uint32_t>(m_peer);
    settings.host_mount_namespace = hostMountNamespace();
    const std::uint32_t zero = 0;
    if (bpf_map_update_elem(bpf_map__fd(m_skeleton->maps.settings), &zero, &settings, BPF_ANY) != 0) {
        qCWarning(logSource, "The settings of the kernel programs could not be written: %s",
                  std::strerror(errno));
    }
}

void BpfSource::consume()
{
    consumeSome(); // if there is more, the notifier fires again
    m_sink->endOfBatch();
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
