// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_IDENTITY_CGROUPTREE_H
#define LUNARIS_HELPER_IDENTITY_CGROUPTREE_H

#include "helper/normalizer/CgroupPaths.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace lunaris
{

/// The cgroups of the running system. The id that the kernel gives a cgroup is the inode number of its
/// directory on a 64-bit kernel, and is never used again; a cgroup of version 2 cannot be renamed. So
/// what /proc says of a process is checked against the directory, and what was true once remains so.
///
/// Needs no capability: opening a cgroup by its id would (CAP_DAC_READ_SEARCH, to read every file).
/// Belongs to one thread.
class CgroupTree final : public CgroupPaths
{
public:
    /// The system whose root directory is `root` ("/" for the one we run on). A search reads
    /// `searchLimit` directories at most, those near the root first: about 40 ms.
    explicit CgroupTree(const std::string &root, std::size_t searchLimit = 2048);

    std::string pathOf(std::uint64_t cgroup, std::uint32_t pid) override;
    std::string searchFor(std::uint64_t cgroup) override;
    bool hasNamedHierarchy() const override { return m_hasNamedHierarchy; }
    std::string namedPathOf(std::uint32_t pid, std::uint64_t start) override;

private:
    using Paths = std::unordered_map<std::uint64_t, std::string>;

    bool isDirectoryOf(const std::string &path, std::uint64_t cgroup) const;
    void readDirectory(const std::string &path, std::vector<std::string> &below, Paths &found) const;

    const std::size_t m_searchLimit;
    const std::string m_processes; // the directory /proc
    const std::string m_mount;     // of version 2; empty when there is none
    std::uint64_t m_device = 0;    // of that
    bool m_hasNamedHierarchy = false;
    Paths m_found; // by the last search
};

} // namespace lunaris

#endif
