// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_CGROUPIDENTITY_H
#define LUNARIS_HELPER_NORMALIZER_CGROUPIDENTITY_H

#include "helper/normalizer/ApplicationIdentity.h"
#include "helper/normalizer/CgroupPaths.h"
#include "helper/normalizer/RecencyTable.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace lunaris
{

/// The application that the cgroup of a process names, else its executable, else the name that it gives
/// itself. A cgroup is looked up once, whatever number of processes is in it; what was found is
/// remembered with the process, so that an event costs no look-up of its own.
///
/// Time is that of the records. Not thread-safe.
class CgroupIdentity final : public ApplicationIdentity
{
public:
    /// How long it is taken for true that a cgroup cannot be found, and, where names are in a hierarchy
    /// of version 1, that a process has not moved to another.
    static constexpr std::chrono::nanoseconds holds = std::chrono::seconds(1);

    /// From one search of the whole hierarchy to the next, at least; twice as long after each that
    /// was in vain, up to a minute: where cgroups come and go, most that are sought are gone.
    static constexpr std::chrono::nanoseconds searchInterval = std::chrono::seconds(1);

    /// `paths` must outlive it. `capacity` is how many cgroups are remembered, at least 1.
    explicit CgroupIdentity(CgroupPaths &paths, std::size_t capacity = 4096);

    std::string_view applicationOf(const Record &record, Process &process) override;

    std::size_t size() const { return m_cgroups.size(); }

private:
    struct Cgroup {
        std::shared_ptr<const std::string> application; // null when it names none
        bool saysNothing = false;                       // unknown or the root: names may be elsewhere
        std::uint64_t lookAgain = UINT64_MAX;
    };

    void identify(const lkm_record_header &header, Process &process);
    const Cgroup &cgroupOf(const lkm_record_header &header);
    Cgroup lookUp(const lkm_record_header &header);

    CgroupPaths &m_paths;
    const std::size_t m_capacity;
    RecencyTable<std::uint64_t, Cgroup> m_cgroups;
    std::uint64_t m_nextSearch = 0;
    std::chrono::nanoseconds m_searchInterval = searchInterval;
};

} // namespace lunaris

#endif
