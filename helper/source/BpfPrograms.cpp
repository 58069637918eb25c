// SPDX-License-Identifier: MIT
#include "helper/source/BpfPrograms.h"

#include "bpf/monitor.skel.h"
#include "bpf/monitor_looks.skel.h"
#include "bpf/probe.skel.h"
#include "dbus/StateReason.h"
#include "helper/source/Readiness.h"

#include <QFile>
#include <QFileInfo>
#include <QLoggingCategory>
#include <algorithm>
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace lunaris
{

Q_LOGGING_CATEGORY(logPrograms, "lunaris.kernel.source")

namespace
{

/// What is attached together has names that begin alike.
constexpr std::array<std::string_view, 6> prefixes = {"process_",    "open_",  "compat_",
                                                      "trampoline_", "write_", "network_"};

constexpr std::string_view prefixOf(ProgramGroup group)
{
    return prefixes[static_cast<std::size_t>(group)];
}

/// What there can be a capture without; who is who it cannot be without.
constexpr std::array<ProgramGroup, 5> optional = {ProgramGroup::Open, ProgramGroup::Compat,
                                                  ProgramGroup::Trampoline, ProgramGroup::Write,
                                                  ProgramGroup::Network};

/// What a program that was left out would have told.
struct Told {
    std::string_view prefix;
    lkm_record_type type;
};
constexpr std::array<Told, 9> toldBy = {{
    {"open_", LKM_RECORD_OPEN},
    {"compat_", LKM_RECORD_OPEN},
    {"trampoline_", LKM_RECORD_OPEN},
    {"write_", LKM_RECORD_WRITTEN},
    {"network_state", LKM_RECORD_CONNECT},
    {"network_accept", LKM_RECORD_ACCEPT},
    {"process_exec", LKM_RECORD_EXEC},
    {"process_exit", LKM_RECORD_EXIT},
    {"process_fork", LKM_RECORD_FORK},
}};

constexpr const char *tracepointSection = "tracepoint/";

/// Whether a completion says which request it is of (bpf/kernels.bpf.h): else the program is of no use.
bool tellsRequest(const QString &format)
{
    QFile file(format);
    return file.open(QIODevice::ReadOnly) && file.readAll().contains(" req;");
}

/// Whether programs may load from the kernel's structures (bpf/look.bpf.h).
bool kernelCasts()
{
    btf *types = btf__load_vmlinux_btf();
    const bool casts = types && btf__find_by_name_kind(types, "bpf_rdonly_cast", BTF_KIND_FUNC) > 0;
    btf__free(types);
    return casts;
}

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
        qCWarning(logPrograms, "%ls", qUtf16Printable(text));
    } else {
        qCDebug(logPrograms, "%ls", qUtf16Printable(text));
    }
    return 0;
}

} // namespace

SourceFailure rejected(const char *step, int error)
{
    return {dbus::reason::programRejected,
            QStringLiteral("%1 failed: %2")
                .arg(QLatin1String(step), QString::fromLocal8Bit(std::strerror(error)))};
}

void BpfPrograms::SkeletonDeleter::operator()(monitor_bpf *skeleton) const
{
    monitor_bpf__destroy(skeleton);
}

void BpfPrograms::LinkDeleter::operator()(bpf_link *link) const
{
    bpf_link__destroy(link);
}

BpfPrograms::BpfPrograms()
{
    libbpf_set_print(toLog);
}

BpfPrograms::~BpfPrograms()
{
    for (auto links = m_links.rbegin(); links != m_links.rend(); ++links) {
        links->clear();
    }
}

bool BpfPrograms::allowsTrampolines()
{
    // That it fails is an answer, not a fault for the log.
    const libbpf_print_fn_t print = libbpf_set_print(nullptr);
    bool allowed = false;
    if (probe_bpf *probe = probe_bpf__open_and_load()) {
        bpf_link *link = bpf_program__attach(probe->progs.probe_trampoline);
        allowed = link != nullptr;
        bpf_link__destroy(link);
        probe_bpf__destroy(probe);
    }
    libbpf_set_print(print);
    return allowed;
}

/// Not every program has a hook on every kernel, or is wanted.
void BpfPrograms::choose(const CaptureOptions &options, bool trampolines)
{
    const QString events = tracefsBelow(QStringLiteral("/")) + QStringLiteral("/events/");
    bpf_program *program = nullptr;
    bpf_object__for_each_program(program, m_skeleton->obj)
    {
        const std::string_view name = bpf_program__name(program);
        const QString section = QString::fromLatin1(bpf_program__section_name(program));
        // Newer architectures have no open(2) and creat(2) of their own.
        const bool isMissing = section.startsWith(QLatin1String(tracepointSection)) &&
                               !QFileInfo::exists(events + section.section(u'/', 1));
        const bool isUseless = name == "open_uring" &&
                               !tellsRequest(events + QStringLiteral("io_uring/io_uring_complete/format"));
        if (isMissing || isUseless ||
            (name.starts_with(prefixOf(ProgramGroup::Trampoline)) && !trampolines) ||
            (name.starts_with(prefixOf(ProgramGroup::Compat)) && !options.compat) ||
            std::any_of(optional.begin(), optional.end(), [&](ProgramGroup group) {
                return isRefused(group) && name.starts_with(prefixOf(group));
            })) {
            bpf_program__set_autoload(program, false);
        }
    }
}

std::optional<SourceFailure> BpfPrograms::load(const CaptureOptions &options, bool trampolines)
{
    if (kernelCasts()) {
        if (!load(options, trampolines, Access::Cast)) {
            return std::nullopt;
        }
        qCWarning(logPrograms, "The fast programs do not load on this kernel; trying the others.");
    }
    auto failure = load(options, trampolines, Access::Look);
    return failure && !loadMost(options, trampolines) ? std::nullopt : failure;
}

/// The kernel says no to all when one is wrong. So first there is the least, and then each group comes to it
/// that does not spoil it.
std::optional<SourceFailure> BpfPrograms::loadMost(const CaptureOptions &options, bool trampolines)
{
    m_refused.fill(true);
    m_refused[static_cast<std::size_t>(ProgramGroup::Process)] = false;
    if (auto failure = load(options, trampolines, Access::Look)) {
        return failure;
    }
    for (const ProgramGroup group : optional) {
        bool &isRefused = m_refused[static_cast<std::size_t>(group)];
        isRefused = false;
        isRefused = load(options, trampolines, Access::Look).has_value();
    }
    return m_skeleton ? std::nullopt : load(options, trampolines, Access::Look);
}

std::optional<SourceFailure> BpfPrograms::load(const CaptureOptions &options, bool trampolines, Access access)
{
    open(access);
    if (!m_skeleton) {
        return rejected("Opening the kernel programs", errno);
    }
    choose(options, trampolines);
    bpf_map__set_max_entries(m_skeleton->maps.records, options.ringBytes);
    bpf_map__set_max_entries(m_skeleton->maps.told, options.toldSets());
    if (const int error = monitor_bpf__load(m_skeleton.get())) {
        m_skeleton.reset();
        return rejected("Loading the kernel programs", -error);
    }
    const std::uint32_t step = 0;
    const int program = bpf_program__fd(m_skeleton->progs.step_tell);
    if (bpf_map_update_elem(bpf_map__fd(m_skeleton->maps.steps), &step, &program, BPF_ANY) != 0) {
        const int error = errno;
        m_skeleton.reset();
        return rejected("Joining the kernel programs", error);
    }
    return std::nullopt;
}

/// Both objects are made of the same source, with the same maps and programs: one skeleton opens either.
void BpfPrograms::open(Access access)
{
    m_skeleton.reset(static_cast<monitor_bpf *>(std::calloc(1, sizeof(monitor_bpf))));
    if (!m_skeleton || monitor_bpf__create_skeleton(m_skeleton.get()) != 0) {
        m_skeleton.reset();
        return;
    }
    bpf_object_skeleton &skeleton = *m_skeleton->skeleton;
    if (access == Access::Look) {
        skeleton.data = const_cast<void *>(monitor_looks_bpf__elf_bytes(&skeleton.data_sz));
    }
    if (bpf_object__open_skeleton(&skeleton, nullptr) != 0) {
        m_skeleton.reset();
    }
}

std::optional<SourceFailure> BpfPrograms::attach(ProgramGroup group)
{
    Links &links = linksOf(group);
    if (!links.empty()) {
        return std::nullopt;
    }
    if (isRefused(group)) {
        return SourceFailure{dbus::reason::programRejected,
                             QStringLiteral("the kernel has refused a program of theirs")};
    }
    if (std::future<void> &leaving = m_leaving[static_cast<std::size_t>(group)]; leaving.valid()) {
        leaving.get(); // the kernel has a program at a place only once
    }
    bpf_program *program = nullptr;
    bpf_object__for_each_program(program, m_skeleton->obj)
    {
        if (!bpf_program__autoload(program) ||
            !std::string_view(bpf_program__name(program)).starts_with(prefixOf(group))) {
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

void BpfPrograms::detach(ProgramGroup group)
{
    const auto place = static_cast<std::size_t>(group);
    m_leaving[place] = std::async(std::launch::async,
                                  [links = std::exchange(m_links[place], {})]() mutable { links.clear(); });
}

bool BpfPrograms::has(const char *name) const
{
    const bpf_program *program = bpf_object__find_program_by_name(m_skeleton->obj, name);
    return program && bpf_program__autoload(program);
}

std::optional<SourceFailure> BpfPrograms::readProcesses(std::vector<std::byte> &records)
{
    const std::unique_ptr<bpf_link, LinkDeleter> link(
        bpf_program__attach_iter(m_skeleton->progs.running_processes, nullptr));
    const int fd = link ? bpf_iter_create(bpf_link__fd(link.get())) : -1;
    if (fd < 0) {
        return rejected("Asking for the processes that run", errno);
    }
    ssize_t size = 0;
    do {
        const std::size_t before = records.size();
        records.resize(before + scanPortion);
        size = read(fd, records.data() + before, scanPortion);
        records.resize(before + static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    } while (size > 0 || (size < 0 && errno == EINTR));
    close(fd);
    return std::nullopt;
}

lkm_counters BpfPrograms::counters() const
{
    const std::uint32_t zero = 0;
    std::vector<lkm_counters> perCpu(static_cast<std::size_t>(libbpf_num_possible_cpus()));
    lkm_counters total{};
    if (bpf_map_lookup_elem(bpf_map__fd(m_skeleton->maps.counters), &zero, perCpu.data()) != 0) {
        return total;
    }
    for (const lkm_counters &one : perCpu) {
        for (std::size_t type = 0; type < LKM_RECORD_TYPES; ++type) {
            total.lost[type] += one.lost[type];
            total.raced[type] += one.raced[type];
            total.filtered[type] += one.filtered[type];
        }
        total.sequence += one.sequence;
        total.duplicates += one.duplicates;
        total.lost_bytes += one.lost_bytes;
    }
    return total;
}

std::array<std::uint64_t, LKM_RECORD_TYPES> BpfPrograms::skipped() const
{
    std::array<std::uint64_t, LKM_RECORD_TYPES> skipped{};
    bpf_program *program = nullptr;
    bpf_object__for_each_program(program, m_skeleton->obj)
    {
        const std::string_view name = bpf_program__name(program);
        const auto *told = std::find_if(toldBy.begin(), toldBy.end(), [name](const Told &candidate) {
            return name.starts_with(candidate.prefix);
        });
        bpf_prog_info info{};
        std::uint32_t size = sizeof(info);
        if (told != toldBy.end() && bpf_program__fd(program) >= 0 &&
            bpf_obj_get_info_by_fd(bpf_program__fd(program), &info, &size) == 0) {
            skipped[told->type] += info.recursion_misses;
        }
    }
    return skipped;
}

} // namespace lunaris
