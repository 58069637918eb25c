// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_CGROUPPATHS_H
#define LUNARIS_HELPER_NORMALIZER_CGROUPPATHS_H

#include <cstdint>
#include <string>

namespace lunaris
{

/// Where cgroups lie: absolute paths as in /proc/PID/cgroup, in bytes; empty when not known. Called on
/// the capture thread, so an answer must not take long, and the caller asks seldom.
class CgroupPaths
{
public:
    virtual ~CgroupPaths() = default;

    /// Of the cgroup with this id in the version 2 hierarchy. `pid` was in it a moment ago; it may have
    /// ended since, moved, or be another process now.
    virtual std::string pathOf(std::uint64_t cgroup, std::uint32_t pid) = 0;

    /// The same without a process: reads the whole hierarchy, which takes some milliseconds.
    virtual std::string searchFor(std::uint64_t cgroup) = 0;

    /// Whether systemd names its units in a hierarchy of its own, of version 1. The path of a process
    /// in it; `start` as in ProcessKey.
    virtual bool hasNamedHierarchy() const = 0;
    virtual std::string namedPathOf(std::uint32_t pid, std::uint64_t start) = 0;
};

} // namespace lunaris

#endif
