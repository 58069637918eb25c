// SPDX-License-Identifier: MIT
//
// Ways to open, kinds of files, and files that are no longer where they were.
#include "bpf/events.h"
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Situation.h"

#include <fcntl.h>
#include <linux/openat2.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <thread>
#include <unistd.h>

namespace lunaris
{

namespace
{

constexpr std::uint32_t writable = LKM_ATTRIBUTE_WRITABLE;
constexpr std::uint32_t created = LKM_ATTRIBUTE_CREATED;
constexpr std::uint32_t deleted = LKM_ATTRIBUTE_DELETED;

int openDirectory(const std::string &path)
{
    return static_cast<int>(must(open(path.c_str(), O_PATH | O_DIRECTORY), path));
}

void linkTo(const std::string &target, const std::string &path)
{
    must(symlink(target.c_str(), path.c_str()), path);
}

long reopen(int fd, int flags)
{
    return must(open(("/proc/self/fd/" + std::to_string(fd)).c_str(), flags), "opening a descriptor again");
}

Situation byOpenat2(const char *title, const char *path, std::uint64_t resolve)
{
    return {title,
            [](Scene &scene) {
                having({"root/", "root/file"})(scene);
                linkTo("/file", scene.directory + "/root/absolute");
                linkTo("../../../file", scene.directory + "/root/above");
                linkTo("file", scene.directory + "/root/link");
                scene.fd = openDirectory(scene.directory + "/root");
            },
            {},
            [path = std::string(path), resolve](const Scene &scene) {
                open_how how{};
                how.resolve = resolve;
                return must(syscall(SYS_openat2, scene.fd, path.c_str(), &how, sizeof(how)), path);
            }};
}

void addWays(std::vector<Situation> &all)
{
    all.push_back({"plain", having({"file"}), {}, opening("file")});
    all.push_back({"relative to the working directory", having({"d/", "d/file"}),
                   [](Scene &scene) { must(chdir((scene.directory + "/d").c_str()), "chdir"); },
                   [](const Scene &) { return must(open("file", O_RDONLY), "file"); }});
    all.push_back({"relative to a descriptor",
                   [](Scene &scene) {
                       having({"d/", "d/file"})(scene);
                       scene.fd = openDirectory(scene.directory + "/d");
                   },
                   {},
                   [](const Scene &scene) { return must(openat(scene.fd, "file", O_RDONLY), "file"); }});
    all.push_back({"two dots", having({"d/", "d/e/", "file"}), {}, opening("d/e/../../d/.././/file")});
    all.push_back({"a chain of symbolic links",
                   [](Scene &scene) {
                       having({"d/", "d/file"})(scene);
                       linkTo("file", scene.directory + "/d/third");
                       linkTo(scene.directory + "/d/third", scene.directory + "/second");
                       linkTo("./second", scene.directory + "/first");
                   },
                   {},
                   opening("first")});
    all.push_back({"a symbolic link to the directory",
                   [](Scene &scene) {
                       having({"d/", "d/file"})(scene);
                       linkTo("d", scene.directory + "/link");
                   },
                   {},
                   opening("link/file")});
    all.push_back({"a symbolic link itself",
                   [](Scene &scene) { linkTo("nowhere", scene.directory + "/link"); },
                   {},
                   opening("link", O_PATH | O_NOFOLLOW)});
    all.push_back({"a hard link",
                   [](Scene &scene) {
                       having({"file"})(scene);
                       must(link((scene.directory + "/file").c_str(), (scene.directory + "/other").c_str()),
                            "link");
                   },
                   {},
                   opening("other")});
    all.push_back({"through /proc/self/root", having({"file"}), {}, [](const Scene &scene) {
                       return must(open(("/proc/self/root" + scene.directory + "/file").c_str(), O_RDONLY),
                                   "file");
                   }});
    all.push_back({"through /proc/self/cwd", having({"file"}),
                   [](Scene &scene) { must(chdir(scene.directory.c_str()), "chdir"); },
                   [](const Scene &) { return must(open("/proc/self/cwd/file", O_RDONLY), "file"); }});
    all.push_back(byOpenat2("openat2", "file", 0));
    all.push_back(byOpenat2("openat2, resolved beneath", "link", RESOLVE_BENEATH));
    all.push_back(byOpenat2("openat2, resolved in a root, absolute link", "absolute", RESOLVE_IN_ROOT));
    all.push_back(byOpenat2("openat2, resolved in a root, link above it", "above", RESOLVE_IN_ROOT));
    all.push_back(byOpenat2("openat2, without links", "file", RESOLVE_NO_SYMLINKS));
#ifdef SYS_open
    all.push_back({"open(2) itself",
                   having({"file"}),
                   {},
                   [](const Scene &scene) {
                       return must(syscall(SYS_open, (scene.directory + "/file").c_str(), O_RDWR), "file");
                   },
                   writable});
    all.push_back({"creat, a new file",
                   {},
                   {},
                   [](const Scene &scene) {
                       return must(syscall(SYS_creat, (scene.directory + "/new").c_str(), 0600), "new");
                   },
                   writable | created});
    all.push_back({"creat, a file that was there",
                   having({"file"}),
                   {},
                   [](const Scene &scene) {
                       return must(syscall(SYS_creat, (scene.directory + "/file").c_str(), 0600), "file");
                   },
                   writable});
#endif
    all.push_back({"in another thread", having({"file"}), {}, [](const Scene &scene) {
                       long fd = -1;
                       std::thread([&] { fd = opening("file")(scene); }).join();
                       return fd;
                   }});
    // /proc/PID/fd is the main thread's table; nothing in it when the thread has one of its own.
    all.push_back({"in a thread with descriptors of its own",
                   [](Scene &scene) {
                       having({"file"})(scene);
                       scene.expected = scene.directory + "/file";
                   },
                   {},
                   [](const Scene &scene) {
                       std::thread([&] {
                           must(unshare(CLONE_FILES), "unshare");
                           opening("file")(scene);
                       }).join();
                       return 0L;
                   }});
    all.push_back({"a descriptor above a thousand", having({"file"}),
                   [](Scene &) {
                       for (int fd = 3; fd < 1020; ++fd) {
                           dup2(0, 1000 + fd); // the table grows to it
                           close(1000 + fd);
                           if (fcntl(fd, F_GETFD) < 0) {
                               dup2(STDERR_FILENO, fd);
                           }
                       }
                   },
                   opening("file")});
}

void addFlags(std::vector<Situation> &all)
{
    all.push_back({"for reading", having({"file"}), {}, opening("file", O_RDONLY)});
    all.push_back({"for writing", having({"file"}), {}, opening("file", O_WRONLY), writable});
    all.push_back({"for both", having({"file"}), {}, opening("file", O_RDWR), writable});
    all.push_back(
        {"emptied, for reading", having({"file"}), {}, opening("file", O_RDONLY | O_TRUNC), writable});
    all.push_back(
        {"emptied, for writing", having({"file"}), {}, opening("file", O_WRONLY | O_TRUNC), writable});
    all.push_back({"created", {}, {}, opening("new", O_CREAT | O_RDONLY), created});
    all.push_back(
        {"created exclusively", {}, {}, opening("new", O_CREAT | O_EXCL | O_RDWR), created | writable});
    all.push_back(
        {"would have been created, was there", having({"file"}), {}, opening("file", O_CREAT | O_RDONLY)});
    all.push_back({"O_PATH", having({"file"}), {}, opening("file", O_PATH)});
    // The kernel takes no other flag with O_PATH: nothing is emptied.
    all.push_back({"O_PATH that says it empties", having({"file"}), {}, opening("file", O_PATH | O_TRUNC)});
    all.push_back({"O_TMPFILE", {}, {}, opening(".", O_TMPFILE | O_RDWR), deleted | writable});
}

void addKinds(std::vector<Situation> &all)
{
    all.push_back({"a directory", having({"d/"}), {}, opening("d", O_RDONLY | O_DIRECTORY)});
    all.push_back({"a fifo",
                   [](Scene &scene) { must(mkfifo((scene.directory + "/fifo").c_str(), 0600), "mkfifo"); },
                   {},
                   opening("fifo", O_RDWR | O_NONBLOCK),
                   writable});
    all.push_back({"a device",
                   [](Scene &scene) {
                       must(mknod((scene.directory + "/null").c_str(), S_IFCHR | 0600, makedev(1, 3)),
                            "mknod");
                   },
                   {},
                   opening("null")});
    all.push_back({"a socket's name",
                   [](Scene &scene) {
                       must(mknod((scene.directory + "/socket").c_str(), S_IFSOCK | 0600, 0), "mknod");
                   },
                   {},
                   opening("socket", O_PATH)});
    all.push_back({"a file of /proc", {}, {}, [](const Scene &) {
                       return must(open("/proc/version", O_RDONLY), "open");
                   }});
}

void addGone(std::vector<Situation> &all)
{
    const auto openThenRemove = [](Scene &scene) {
        const std::string path = scene.directory + "/file";
        scene.fd = static_cast<int>(must(open(path.c_str(), O_RDWR | O_CREAT, 0600), path));
        must(unlink(path.c_str()), path);
    };
    all.push_back({"deleted, then opened again",
                   {},
                   openThenRemove,
                   [](const Scene &scene) { return reopen(scene.fd, O_RDONLY); },
                   deleted});
    all.push_back({"deleted, and another one is there now", having({}),
                   [openThenRemove](Scene &scene) {
                       openThenRemove(scene);
                       makeFile(scene.directory + "/file");
                   },
                   [](const Scene &scene) { return reopen(scene.fd, O_RDWR); }, deleted | writable});
    all.push_back({"a deleted directory", having({"d/"}),
                   [](Scene &scene) {
                       must(chdir((scene.directory + "/d").c_str()), "chdir");
                       must(rmdir((scene.directory + "/d").c_str()), "rmdir");
                   },
                   [](const Scene &) { return must(open(".", O_RDONLY), "."); }, deleted});
    all.push_back({"renamed while open, then opened again", having({"before"}),
                   [](Scene &scene) {
                       const std::string before = scene.directory + "/before";
                       scene.fd = static_cast<int>(must(open(before.c_str(), O_RDONLY), before));
                       must(rename(before.c_str(), (scene.directory + "/after").c_str()), "rename");
                   },
                   [](const Scene &scene) { return reopen(scene.fd, O_RDONLY); }});
    all.push_back(
        {"in a directory that was renamed",
         [](Scene &scene) {
             having({"before/", "before/file"})(scene);
             scene.fd = openDirectory(scene.directory + "/before");
             must(rename((scene.directory + "/before").c_str(), (scene.directory + "/after").c_str()),
                  "rename");
         },
         {},
         [](const Scene &scene) { return must(openat(scene.fd, "file", O_RDONLY), "file"); }});
}

} // namespace

std::vector<Situation> kindSituations()
{
    std::vector<Situation> all;
    addWays(all);
    addFlags(all);
    addKinds(all);
    addGone(all);
    return all;
}

} // namespace lunaris
