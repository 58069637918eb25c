// SPDX-License-Identifier: MIT
//
// What makes descriptors and opens no file, and what opens nothing at all.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Situation.h"

#include <array>
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace lunaris
{

namespace
{

long reopen(int fd, int flags)
{
    return must(open(("/proc/self/fd/" + std::to_string(fd)).c_str(), flags), "opening a descriptor again");
}

int newPipe()
{
    std::array<int, 2> ends{};
    must(pipe(ends.data()), "pipe");
    return ends[0];
}

int newMemfd()
{
    return static_cast<int>(must(memfd_create("lunaris", 0), "memfd"));
}

} // namespace

std::vector<Situation> silentSituations()
{
    std::vector<Situation> all;
    all.push_back({"a pipe", {}, {}, [](const Scene &) { return long(newPipe()); }});
    all.push_back({"a pipe, opened again",
                   {},
                   [](Scene &scene) { scene.fd = newPipe(); },
                   [](const Scene &scene) { return reopen(scene.fd, O_RDONLY | O_NONBLOCK); }});
    all.push_back(
        {"a socket", {}, {}, [](const Scene &) { return must(socket(AF_UNIX, SOCK_STREAM, 0), "socket"); }});
    all.push_back({"a memfd", {}, {}, [](const Scene &) { return long(newMemfd()); }});
    all.push_back({"a memfd, opened again",
                   {},
                   [](Scene &scene) { scene.fd = newMemfd(); },
                   [](const Scene &scene) { return reopen(scene.fd, O_RDWR); }});
    all.push_back({"an eventfd", {}, {}, [](const Scene &) { return must(eventfd(0, 0), "eventfd"); }});
    all.push_back(
        {"an epoll descriptor", {}, {}, [](const Scene &) { return must(epoll_create1(0), "epoll"); }});
    all.push_back({"a namespace", {}, {}, [](const Scene &) {
                       return must(open("/proc/self/ns/mnt", O_RDONLY), "namespace");
                   }});
    all.push_back(
        {"a copy of a descriptor", {}, {}, [](const Scene &) { return must(dup(STDERR_FILENO), "dup"); }});

    const auto failing = [&all](const char *title, const std::string &name, int flags, int error,
                                const Situation::Step &enter = {}) {
        all.push_back(
            {title, having({"file", "d/", "d/secret"}), enter, [name, flags, error](const Scene &scene) {
                 const long fd = open((scene.directory + "/" + name).c_str(), flags, 0600);
                 if (fd >= 0 || errno != error) {
                     must(-1, "an open that should fail otherwise");
                 }
                 return fd;
             }});
    };
    failing("no such file", "nothing", O_RDONLY, ENOENT);
    failing("not a directory", "file/x", O_RDONLY, ENOTDIR);
    failing("a directory, for writing", "d", O_WRONLY, EISDIR);
    failing("a directory, emptied", "d", O_TRUNC, EISDIR);
    failing("exists", "file", O_CREAT | O_EXCL, EEXIST);
    failing("a name that is too long", std::string(256, 'n'), O_RDONLY, ENAMETOOLONG);
    failing("no permission", "d/secret", O_RDWR, EACCES, [](Scene &scene) {
        must(chmod((scene.directory + "/d/secret").c_str(), 0), "chmod");
        must(setresuid(12345, 12345, 12345), "setresuid");
    });
    failing("a link, not to be followed", "link", O_NOFOLLOW, ELOOP,
            [](Scene &scene) { must(symlink("file", (scene.directory + "/link").c_str()), "symlink"); });
    all.push_back({"a name that is no memory", {}, {}, [](const Scene &) {
                       return syscall(SYS_openat, AT_FDCWD, 16, O_RDONLY, 0);
                   }});
    all.push_back({"a descriptor that is none", {}, {}, [](const Scene &) {
                       return syscall(SYS_openat, 9999, "file", O_RDONLY, 0);
                   }});
    return all;
}

} // namespace lunaris
