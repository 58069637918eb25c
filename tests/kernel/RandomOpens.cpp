// SPDX-License-Identifier: MIT
#include "tests/kernel/RandomOpens.h"

#include "bpf/events.h"
#include "tests/kernel/CaptureRig.h"

#include <array>
#include <cstdio>
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace lunaris
{

namespace
{

/// Of directories. Some bytes are no text.
const std::array<std::string, 7> folders = {"a", "b", "c", "cc", "x", "y", "\xff\n\x80 z"};
const std::array<std::string, 6> files = {"f", "g", "h", "\xc3\x28", "i\nj", ".k"};

/// "src" is mounted here once more.
const std::string bound = "bound";
const std::string source = "src";

/// Makes directories of 100 bytes below, as many as it takes for a path of `length` with its slash.
std::string makeLong(std::string path, std::size_t length)
{
    while (path.size() + 1 < length) {
        // A name of one byte at least has to be left for the next one.
        const std::size_t rest = length - path.size() - 2;
        path += "/" + std::string(rest > 100 && rest < 103 ? 50 : std::min<std::size_t>(rest, 100), 'l');
        must(mkdir(path.c_str(), 0755), path);
    }
    return path;
}

void fill(const std::string &directory)
{
    for (const std::string &name : files) {
        makeFile(directory + "/" + name);
    }
}

} // namespace

RandomTree::RandomTree(const std::string &place) : directory(place), openedBy(LUNARIS_OPEN_AGAIN)
{
    std::vector<std::string> tops(folders.begin(), folders.end());
    tops.push_back(source);
    for (const std::string &top : tops) {
        must(mkdir((directory + "/" + top).c_str(), 0755), top);
        fill(directory + "/" + top);
        for (const std::string &below : folders) {
            const std::string path = directory + "/" + top + "/" + below;
            must(mkdir(path.c_str(), 0755), path);
            fill(path);
        }
    }
    must(mkdir((directory + "/" + bound).c_str(), 0755), bound);
    must(mount((directory + "/" + source).c_str(), (directory + "/" + bound).c_str(), nullptr, MS_BIND,
               nullptr),
         "a bind mount");
    for (const char *name : {"exact", "longer"}) {
        must(mkdir((directory + "/" + name).c_str(), 0755), name);
    }
    exact = makeLong(directory + "/exact", LKM_RULE_BYTES);
    longer = makeLong(directory + "/longer", LKM_RULE_BYTES + 60);
    fill(exact);
    fill(longer);

    beyond = static_cast<int>(must(::open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC), directory));
    for (std::size_t length = 0; length <= LKM_PATH_MAX; length += 200) {
        const std::string name(199, 'p');
        must(mkdirat(beyond, name.c_str(), 0755), name);
        const int next = openat(beyond, name.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
        must(next, name);
        close(beyond);
        beyond = next;
    }
}

RandomTree::~RandomTree()
{
    close(beyond);
    umount2((directory + "/" + bound).c_str(), MNT_DETACH);
}

std::vector<PathRule> RandomTree::rules() const
{
    constexpr auto exclude = PathRule::Action::Exclude;
    constexpr auto include = PathRule::Action::Include;
    const std::string top = directory + "/";
    return {{top + "a/", exclude},
            {top + "a/b/", include},
            {top + "a/b/f", exclude},
            {top + "c", exclude}, // but not cc
            {top + "x/a", exclude},
            {top + "x/a/", include},
            {top + folders.back(), exclude},
            {top + "b/" + files[3], exclude},
            {top + bound + "/b/", exclude},
            {exact + "/", exclude},
            {exact + "/" + files[0], include}, // too long: the kernel keeps all of that directory
            {top + "longer/", exclude},
            {longer + "/", include},
            {longer + "/" + files[1], exclude}};
}

RandomOpens::RandomOpens(const RandomTree &tree, std::uint64_t seed, Root root)
    : m_tree(tree), m_root(root), m_base(root == Root::Ours ? tree.directory : ""), m_random(seed)
{
}

long RandomOpens::run(int steps)
{
    const long before = m_made;
    for (int i = 0; i < steps; ++i) {
        step();
    }
    return m_made - before;
}

int RandomOpens::open(const std::string &path, int flags)
{
    const int fd = ::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0644);
    m_made += fd >= 0 ? 1 : 0;
    return fd;
}

/// Keeps a descriptor for a while: renames and unlinks meet files that are open.
void RandomOpens::hold(int fd)
{
    if (fd < 0) {
        return;
    }
    m_held.push_back(fd);
    if (m_held.size() > 16) {
        const unsigned which = below(static_cast<unsigned>(m_held.size()));
        close(m_held[which]);
        m_held.erase(m_held.begin() + which);
    }
}

std::string RandomOpens::directory()
{
    const std::array<std::string, 2> others = {source, bound};
    std::string path = m_base + "/";
    path += below(5) == 0 ? others[below(2)] : folders[below(folders.size())];
    return below(2) == 0 ? path : path + "/" + folders[below(folders.size())];
}

std::string RandomOpens::file()
{
    return directory() + "/" + files[below(files.size())];
}

void RandomOpens::step()
{
    switch (below(32)) {
    case 0:
    case 1:
        return renameSomething();
    case 2:
    case 3:
    case 4:
        return createAndUnlink();
    case 5:
    case 6:
        return linkSomething();
    case 7:
    case 8:
    case 9:
        return openFarDown();
    case 10:
    case 11:
    case 12:
        return reopen();
    case 13:
        return below(20) == 0 ? reopenAfterExec() : hold(open(file(), O_PATH));
    case 14:
        return hold(open(file(), O_RDONLY | O_TRUNC));
    case 15:
        return hold(open(file(), O_WRONLY | O_CREAT | O_TRUNC));
    case 16:
    case 17:
        return hold(open(directory(), O_RDONLY | O_DIRECTORY));
    case 18:
        return hold(open(directory(), O_PATH));
    case 19:
        return hold(open(directory(), O_RDWR | O_TMPFILE));
    case 20:
        return hold(open(m_base.empty() ? "/" : m_base, O_RDONLY));
    case 21:
    case 22:
    case 23:
    case 24:
        return hold(open(file(), O_RDWR | O_CREAT));
    default:
        return hold(open(file(), O_RDONLY));
    }
}

/// What is open already, under whatever name it has by now.
void RandomOpens::reopen()
{
    if (m_held.empty() || m_root == Root::Tree) {
        return;
    }
    const int fd = m_held[below(static_cast<unsigned>(m_held.size()))];
    hold(open("/proc/self/fd/" + std::to_string(fd), below(2) == 0 ? O_RDONLY : O_RDWR));
}

void RandomOpens::reopenAfterExec()
{
    if (m_root == Root::Tree) {
        return;
    }
    const std::string path = file();
    const pid_t child = fork();
    if (child == 0) {
        const bool opened = ::open(path.c_str(), O_RDONLY | O_CLOEXEC) >= 0;
        execl(m_tree.openedBy.c_str(), m_tree.openedBy.c_str(), path.c_str(), opened ? "1" : "0", nullptr);
        _exit(99);
    }
    int status = 0;
    must(waitpid(child, &status, 0), "the program that opens again");
    must(WIFEXITED(status) && WEXITSTATUS(status) <= 2 ? 0 : -1, m_tree.openedBy);
    m_made += WEXITSTATUS(status);
}

void RandomOpens::renameSomething()
{
    if (below(3) == 0) {
        const std::string from = m_base + "/" + folders[below(folders.size())];
        const std::string to = m_base + "/" + folders[below(folders.size())];
        renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_EXCHANGE);
    } else if (below(2) == 0) {
        renameat2(AT_FDCWD, directory().c_str(), AT_FDCWD, directory().c_str(), RENAME_EXCHANGE);
    } else {
        renameat2(AT_FDCWD, file().c_str(), AT_FDCWD, file().c_str(), RENAME_EXCHANGE);
    }
}

void RandomOpens::createAndUnlink()
{
    const std::string path = file();
    for (unsigned cycles = 1 + below(3); cycles > 0; --cycles) {
        hold(open(path, O_WRONLY | O_CREAT | O_EXCL));
        hold(open(path, O_RDONLY));
        if (cycles > 1 || below(4) == 0) {
            unlink(path.c_str());
        }
    }
}

/// A second name of a file, by either kind of link, opened and taken away again.
void RandomOpens::linkSomething()
{
    const std::string from = file();
    const std::string to = directory() + "/link" + std::to_string(below(2));
    const bool made = below(2) == 0 ? link(from.c_str(), to.c_str()) == 0
                                    : symlink((below(2) == 0 ? from : files[0]).c_str(), to.c_str()) == 0;
    hold(open(to, O_RDONLY));
    if (made) {
        hold(open(from, O_RDONLY));
        unlink(to.c_str());
    }
}

/// Paths that are longer than a rule can be in the kernel, and than a path can be.
void RandomOpens::openFarDown()
{
    const std::string &name = files[below(files.size())];
    const std::string &place = below(2) == 0 ? m_tree.exact : m_tree.longer;
    const std::string inside = m_base + place.substr(m_tree.directory.size());
    switch (below(3)) {
    case 0:
        return hold(open(inside, O_RDONLY | O_DIRECTORY));
    case 1:
        return hold(open(inside + "/" + name, below(2) == 0 ? O_RDONLY : O_WRONLY));
    default: {
        const int fd = openat(m_tree.beyond, name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        m_made += fd >= 0 ? 1 : 0;
        return hold(fd);
    }
    }
}

} // namespace lunaris
