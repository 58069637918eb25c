// SPDX-License-Identifier: MIT
#include "helper/normalizer/CgroupIdentity.h"

#include "helper/normalizer/ApplicationId.h"

#include <algorithm>
#include <limits>

namespace lunaris
{

namespace
{

constexpr std::chrono::nanoseconds longestInterval = std::chrono::minutes(1);

/// A record may hold any time.
std::uint64_t later(std::uint64_t time, std::chrono::nanoseconds by)
{
    const auto distance = static_cast<std::uint64_t>(by.count());
    const std::uint64_t never = std::numeric_limits<std::uint64_t>::max();
    return time > never - distance ? never : time + distance;
}

/// Null when the path names no application.
std::shared_ptr<const std::string> applicationIn(std::string_view path)
{
    std::string id = applicationIdOf(path);
    return id.empty() ? nullptr : std::make_shared<const std::string>(std::move(id));
}

bool saysNothing(std::string_view path)
{
    return path.empty() || path == "/";
}

} // namespace

CgroupIdentity::CgroupIdentity(CgroupPaths &paths, std::size_t capacity)
    : m_paths(paths), m_capacity(capacity)
{
}

std::string_view CgroupIdentity::applicationOf(const Record &record, Process &process)
{
    const lkm_record_header &header = record.fields.header;
    if (process.cgroup != header.cgroup || process.lookAgain <= header.boot_ns) {
        identify(header, process);
    }
    for (const auto *text : {&process.application, &process.executable}) {
        if (!textOf(*text).empty()) {
            return **text;
        }
    }
    return record.comm;
}

void CgroupIdentity::identify(const lkm_record_header &header, Process &process)
{
    const Cgroup &cgroup = cgroupOf(header);
    process.cgroup = header.cgroup;
    process.lookAgain = cgroup.lookAgain;
    if (!cgroup.saysNothing || !m_paths.hasNamedHierarchy()) {
        process.application = cgroup.application;
        return;
    }
    process.lookAgain = later(header.boot_ns, holds);
    // Of a process that has ended, the kernel says that it was in the root. Then what its parent was
    // in is the better answer.
    const std::string path = m_paths.namedPathOf(header.tgid, process.start);
    if (!saysNothing(path)) {
        process.application = applicationIn(path);
    }
}

const CgroupIdentity::Cgroup &CgroupIdentity::cgroupOf(const lkm_record_header &header)
{
    if (Cgroup *known = m_cgroups.find(header.cgroup)) {
        if (known->lookAgain <= header.boot_ns) {
            *known = lookUp(header);
        }
        return *known;
    }
    Cgroup found = lookUp(header);
    if (m_cgroups.size() >= m_capacity) {
        m_cgroups.erase(m_cgroups.oldest());
    }
    return m_cgroups.insert(header.cgroup, std::move(found));
}

CgroupIdentity::Cgroup CgroupIdentity::lookUp(const lkm_record_header &header)
{
    std::string path = m_paths.pathOf(header.cgroup, header.tgid);
    if (path.empty() && header.boot_ns >= m_nextSearch) {
        path = m_paths.searchFor(header.cgroup);
        m_searchInterval = path.empty() ? std::min(2 * m_searchInterval, longestInterval) : searchInterval;
        m_nextSearch = later(header.boot_ns, m_searchInterval);
    }
    Cgroup found;
    found.application = applicationIn(path);
    found.saysNothing = saysNothing(path);
    if (path.empty()) {
        found.lookAgain = later(header.boot_ns, holds);
    }
    return found;
}

} // namespace lunaris
