// SPDX-License-Identifier: MIT
#include "helper/identity/CgroupTree.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace lunaris
{

namespace
{

/// A line for each of a dozen hierarchies, none with more than PATH_MAX bytes of path.
constexpr std::size_t longestFile = std::size_t{64} * 1024;

/// As /proc/PID/cgroup begins the lines of the two hierarchies.
constexpr std::string_view versionTwo = "0::";
constexpr std::string_view systemdNames = ":name=systemd:";

class Descriptor
{
public:
    explicit Descriptor(int fd) : m_fd(fd) {}
    ~Descriptor()
    {
        if (m_fd >= 0) {
            close(m_fd);
        }
    }
    Descriptor(const Descriptor &) = delete;
    Descriptor &operator=(const Descriptor &) = delete;

    operator int() const { return m_fd; }

private:
    const int m_fd;
};

/// Empty when it cannot be read, or is longer than it may be.
std::string contentsAt(int directory, const char *path)
{
    const Descriptor fd(openat(directory, path, O_RDONLY | O_CLOEXEC));
    std::string contents;
    std::array<char, 4096> piece{};
    for (;;) {
        const ssize_t size = read(fd, piece.data(), piece.size());
        if (size < 0 && errno == EINTR) {
            continue;
        }
        if (size < 0 || contents.size() > longestFile) {
            return {};
        }
        if (size == 0) {
            return contents;
        }
        contents.append(piece.data(), static_cast<std::size_t>(size));
    }
}

/// The path in the line with this mark; a cgroup's name holds no newline.
std::string_view pathBehind(std::string_view mark, std::string_view contents)
{
    while (!contents.empty()) {
        std::string_view line = contents.substr(0, contents.find('\n'));
        contents.remove_prefix(std::min(line.size() + 1, contents.size()));
        const std::size_t colon = mark.starts_with(':') ? line.find(':') : 0;
        if (colon != std::string_view::npos && line.substr(colon).starts_with(mark)) {
            return line.substr(colon + mark.size());
        }
    }
    return {};
}

/// Absolute, and in the mount whatever the cgroup namespace that we are in.
bool isBelowMount(std::string_view path)
{
    return path.starts_with('/') && path.find("/../") == std::string_view::npos && !path.ends_with("/..") &&
           path.find('\0') == std::string_view::npos;
}

/// In ticks of the clock, from /proc/PID/stat: proc(5), field 22. The name in field 2 may hold anything.
std::optional<std::uint64_t> startIn(std::string_view stat)
{
    const std::size_t name = stat.rfind(')');
    if (name == std::string_view::npos) {
        return std::nullopt;
    }
    stat.remove_prefix(name + 1);
    for (int field = 3; field <= 22; ++field) {
        const std::size_t space = stat.find(' ');
        if (space == std::string_view::npos) {
            return std::nullopt;
        }
        stat.remove_prefix(space + 1);
    }
    std::uint64_t ticks = 0;
    while (!stat.empty() && stat.front() >= '0' && stat.front() <= '9') {
        ticks = ticks * 10 + static_cast<std::uint64_t>(stat.front() - '0');
        stat.remove_prefix(1);
    }
    return ticks;
}

std::uint64_t ticksOf(std::uint64_t nanoseconds)
{
    static const auto perSecond = static_cast<std::uint64_t>(sysconf(_SC_CLK_TCK));
    return nanoseconds / (1'000'000'000 / perSecond);
}

/// Where systemd mounts version 2: alone, or beside the hierarchies of version 1.
std::string versionTwoBelow(const std::string &root)
{
    for (const char *place : {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"}) {
        std::string mount = root + place;
        if (access((mount + "/cgroup.controllers").c_str(), F_OK) == 0) {
            return mount;
        }
    }
    return {};
}

std::string withoutSlashAtEnd(std::string path)
{
    while (path.ends_with('/')) {
        path.pop_back();
    }
    return path;
}

} // namespace

CgroupTree::CgroupTree(const std::string &root, std::size_t searchLimit)
    : m_searchLimit(searchLimit)
    , m_processes(withoutSlashAtEnd(root) + "/proc")
    , m_mount(versionTwoBelow(withoutSlashAtEnd(root)))
{
    struct stat facts {
    };
    if (!m_mount.empty() && stat(m_mount.c_str(), &facts) == 0) {
        m_device = facts.st_dev;
    }
    const std::string own = contentsAt(AT_FDCWD, (m_processes + "/self/cgroup").c_str());
    m_hasNamedHierarchy = !pathBehind(systemdNames, own).empty();
}

std::string CgroupTree::pathOf(std::uint64_t cgroup, std::uint32_t pid)
{
    if (m_mount.empty()) {
        return {};
    }
    const auto known = m_found.find(cgroup);
    if (known != m_found.end()) {
        return known->second;
    }
    const std::string contents =
        contentsAt(AT_FDCWD, (m_processes + '/' + std::to_string(pid) + "/cgroup").c_str());
    std::string path(pathBehind(versionTwo, contents));
    return isBelowMount(path) && isDirectoryOf(path, cgroup) ? path : std::string();
}

bool CgroupTree::isDirectoryOf(const std::string &path, std::uint64_t cgroup) const
{
    struct stat facts {
    };
    return lstat((m_mount + path).c_str(), &facts) == 0 && facts.st_dev == m_device &&
           facts.st_ino == cgroup && S_ISDIR(facts.st_mode);
}

std::string CgroupTree::searchFor(std::uint64_t cgroup)
{
    Paths found;
    std::vector<std::string> level;
    struct stat facts {
    };
    if (!m_mount.empty() && stat(m_mount.c_str(), &facts) == 0) {
        found.emplace(facts.st_ino, "/");
        level.emplace_back();
    }
    std::size_t read = 0;
    while (!level.empty() && read < m_searchLimit) {
        std::vector<std::string> below;
        for (const std::string &path : level) {
            if (read++ == m_searchLimit) {
                break;
            }
            readDirectory(path, below, found);
        }
        level = std::move(below);
    }
    m_found = std::move(found);
    const auto it = m_found.find(cgroup);
    return it == m_found.end() ? std::string() : it->second;
}

/// Adds the directories in `path`, which is empty for the root, to `below` and to `found`.
void CgroupTree::readDirectory(const std::string &path, std::vector<std::string> &below, Paths &found) const
{
    const std::unique_ptr<DIR, int (*)(DIR *)> directory(opendir((m_mount + path + '/').c_str()), closedir);
    if (!directory) {
        return; // gone by now
    }
    while (const dirent *entry = readdir(directory.get())) {
        const std::string_view name = entry->d_name;
        if (entry->d_type != DT_DIR || name == "." || name == ".." || found.size() >= 2 * m_searchLimit) {
            continue;
        }
        below.push_back(path + '/' + std::string(name));
        found.emplace(entry->d_ino, below.back());
    }
}

std::string CgroupTree::namedPathOf(std::uint32_t pid, std::uint64_t start)
{
    // Held open, the directory is of one and the same process, even after that has ended.
    const Descriptor process(
        open((m_processes + '/' + std::to_string(pid)).c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (process < 0) {
        return {};
    }
    const std::string contents = contentsAt(process, "cgroup");
    if (start != 0 && startIn(contentsAt(process, "stat")) != ticksOf(start)) {
        return {};
    }
    return std::string(pathBehind(systemdNames, contents));
}

} // namespace lunaris
