// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_SOURCE_BPFPROGRAMS_H
#define LUNARIS_HELPER_SOURCE_BPFPROGRAMS_H

#include "bpf/events.h"
#include "helper/source/CaptureOptions.h"
#include "helper/source/EventSource.h"

#include <array>
#include <future>
#include <memory>
#include <optional>
#include <vector>

struct bpf_link;
struct monitor_bpf;

namespace lunaris
{

/// Programs of bpf/ that are attached together, and where. In this order: who opens a file should be
/// known, so that the hooks on processes come first and go last.
enum class ProgramGroup { Process, Open, Compat, Trampoline, Write, Network };

/// The kernel programs: loaded once, attached group by group. Belongs to the capture thread; what is
/// const may be called from any thread once load() has returned.
class BpfPrograms
{
public:
    BpfPrograms();
    ~BpfPrograms();

    /// Whether this kernel lets a program be attached to one of its functions: tried with one that does
    /// nothing. A security module may forbid it, an architecture may lack it.
    static bool allowsTrampolines();

    /// Loads what `options` need, attaches nothing. `trampolines` are loaded only if wanted. Where the
    /// kernel refuses a program its group is left out; fails when it refuses those of processes.
    [[nodiscard]] std::optional<SourceFailure> load(const CaptureOptions &options, bool trampolines);

    /// Whether load() had to leave the group out.
    bool isRefused(ProgramGroup group) const { return m_refused[static_cast<std::size_t>(group)]; }

    /// Attaches all programs of a group, or none.
    [[nodiscard]] std::optional<SourceFailure> attach(ProgramGroup group);

    /// Returns at once; the kernel takes its time (some 70 ms for each system call), and whoever
    /// attaches the group again waits for it. Until then the settings keep the programs quiet.
    void detach(ProgramGroup group);
    bool isAttached(ProgramGroup group) const { return !linksOf(group).empty(); }

    /// Whether this kernel has the hook of that program.
    bool has(const char *program) const;

    /// A record for each process that there is, one behind the other.
    [[nodiscard]] std::optional<SourceFailure> readProcesses(std::vector<std::byte> &records);

    /// What the programs counted, over all CPUs.
    lkm_counters counters() const;

    /// By lkm_record_type: how often the kernel left a program out because it was running on that CPU
    /// already ("recursion_misses"). Kernels before 6.7 do not count it for tracepoints.
    std::array<std::uint64_t, LKM_RECORD_TYPES> skipped() const;

    monitor_bpf &skeleton() { return *m_skeleton; }

private:
    struct SkeletonDeleter {
        void operator()(monitor_bpf *skeleton) const;
    };
    struct LinkDeleter {
        void operator()(bpf_link *link) const;
    };
    using Links = std::vector<std::unique_ptr<bpf_link, LinkDeleter>>;

    static constexpr std::size_t groups = 6;

    /// How the programs look into the kernel's structures.
    enum class Access { Cast, Look };

    std::optional<SourceFailure> loadMost(const CaptureOptions &options, bool trampolines);
    std::optional<SourceFailure> load(const CaptureOptions &options, bool trampolines, Access access);
    void open(Access access);
    void choose(const CaptureOptions &options, bool trampolines);
    Links &linksOf(ProgramGroup group) { return m_links[static_cast<std::size_t>(group)]; }
    const Links &linksOf(ProgramGroup group) const { return m_links[static_cast<std::size_t>(group)]; }

    std::unique_ptr<monitor_bpf, SkeletonDeleter> m_skeleton;
    std::array<bool, groups> m_refused{};
    std::array<Links, groups> m_links;
    std::array<std::future<void>, groups> m_leaving; // the links before them
};

/// A step that the kernel refused, in words.
SourceFailure rejected(const char *step, int error);

} // namespace lunaris

#endif
