// SPDX-License-Identifier: MIT
#include "tests/kernel/KernelOpens.h"

#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/FileHandle.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <linux/openat2.h>
#include <random>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/swap.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace lunaris
{

namespace
{

/// Lets a child of the child do it, to its end.
long inChild(const std::function<void()> &deed)
{
    const auto child = static_cast<pid_t>(must(fork(), "fork"));
    if (child == 0) {
        deed();
        _exit(127);
    }
    int status = 0;
    must(waitpid(child, &status, 0), "waitpid");
    return status;
}

void run(const std::string &program, const std::string &argument)
{
    execl(program.c_str(), program.c_str(), argument.c_str(), nullptr);
}

long succeed(long status)
{
    if (status != 0) {
        throw std::runtime_error("A program has ended with status " + std::to_string(status));
    }
    return 0;
}

/// A script that reads a file.
void makeScript(Scene &scene)
{
    having({"file"})(scene);
    const std::string path = scene.directory + "/script";
    std::ofstream(path) << "#!/bin/sh\nread x <" << scene.directory << "/file\nexit 0\n";
    must(chmod(path.c_str(), 0755), path);
}

long openByHandle(const std::string &path, int flags)
{
    FileHandle handle(path);
    if (!handle.isValid()) {
        return -1;
    }
    const int directory = open(path.substr(0, path.rfind('/')).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const int fd = open_by_handle_at(directory, handle.get(), flags);
    close(directory);
    return fd;
}

[[noreturn]] void dieWithCore(const Scene &scene)
{
    must(chdir(scene.directory.c_str()), "chdir");
    const rlimit all{RLIM_INFINITY, RLIM_INFINITY};
    must(setrlimit(RLIMIT_CORE, &all), "setrlimit");
    prctl(PR_SET_DUMPABLE, 1);
    abort();
}

void expectCore(const Scene &scene)
{
    // Elsewhere the pattern may lead anywhere.
    for (const auto &entry : std::filesystem::directory_iterator(scene.directory)) {
        if (entry.path().filename().string().starts_with("core")) {
            return;
        }
    }
    if (isEmulated()) {
        throw std::runtime_error("There is no core");
    }
}

/// The kernel opens it, finds that it is none, and says so.
long swapOn(const Scene &scene)
{
    if (swapon((scene.directory + "/file").c_str(), 0) == 0) {
        throw std::runtime_error("An empty file is swapped to");
    }
    return errno;
}

long account(const Scene &scene)
{
    // It is the machine's accounting, not the test's.
    if (isEmulated()) {
        must(acct((scene.directory + "/file").c_str()), "acct");
        must(acct(nullptr), "acct");
    }
    return 0;
}

/// Waits in open(2) until the other end is there.
long openFifo(const Scene &scene)
{
    const std::string path = scene.directory + "/fifo";
    std::thread writer([&path] { close(static_cast<int>(must(open(path.c_str(), O_WRONLY), path))); });
    const long fd = open(path.c_str(), O_RDONLY);
    writer.join();
    return must(fd, path);
}

long openOnce(std::mt19937 &random, const Scene &scene, int directory)
{
    static const std::array<const char *, 10> names = {"file", "d",       "d/file",     "link",     "nowhere",
                                                       "fifo", "nothing", "d/../other", "dangling", "made"};
    static const std::array<int, 16> extras = {0,
                                               0,
                                               0,
                                               O_CREAT,
                                               O_CREAT | O_EXCL,
                                               O_TRUNC,
                                               O_APPEND,
                                               O_CLOEXEC,
                                               O_PATH,
                                               O_PATH | O_TRUNC,
                                               O_DIRECTORY,
                                               O_NOFOLLOW,
                                               O_SYNC,
                                               O_TMPFILE,
                                               O_NOATIME,
                                               O_PATH | O_NOFOLLOW};
    const auto pick = [&random](std::size_t count) {
        return std::uniform_int_distribution<std::size_t>(0, count - 1)(random);
    };
    const std::string name = names[pick(names.size())];
    const std::string path = scene.directory + "/" + name;
    const int flags =
        static_cast<int>(pick(3)) | extras[pick(extras.size())] | extras[pick(extras.size())] | O_NONBLOCK;
    switch (pick(6)) {
#ifdef SYS_open
    case 0:
        return syscall(SYS_open, path.c_str(), flags, 0600);
    case 1:
        // It would wait for the fifo's other end.
        return syscall(SYS_creat, (name == "fifo" ? scene.directory + "/made" : path).c_str(), 0600);
#endif
    case 2:
        return syscall(SYS_openat, AT_FDCWD, path.c_str(), flags, 0600);
    case 3:
        return syscall(SYS_openat, directory, name.c_str(), flags, 0600);
    case 4: {
        open_how how{};
        how.flags = static_cast<std::uint64_t>(flags);
        how.mode = (flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE ? 0600 : 0;
        how.resolve = pick(2) ? RESOLVE_BENEATH : 0;
        return syscall(SYS_openat2, directory, name.c_str(), &how, sizeof(how));
    }
    default:
        return openByHandle(path, flags);
    }
}

} // namespace

std::vector<Situation> kernelOpens()
{
    std::vector<Situation> all;
    all.push_back({"a program", {}, {}, [](const Scene &) {
                       return succeed(inChild([] { execl("/bin/sh", "sh", "-c", ":", nullptr); }));
                   }});
    all.push_back({"a script and its interpreter", makeScript, {}, [](const Scene &scene) {
                       return succeed(inChild([&scene] { run(scene.directory + "/script", ""); }));
                   }});
    all.push_back({"a program that is none", having({"file"}), {}, [](const Scene &scene) {
                       return inChild([&scene] { run(scene.directory + "/file", ""); });
                   }});
    all.push_back({"a core dump", {}, {}, [](const Scene &scene) {
                       return inChild([&scene] { dieWithCore(scene); });
                   }});
    all.back().check = expectCore;
    all.push_back({"swapon", having({"file"}), {}, swapOn});
    all.push_back({"acct", having({"file"}), {}, account});
    all.push_back({"open_by_handle_at", having({"file"}), {}, [](const Scene &scene) {
                       return must(openByHandle(scene.directory + "/file", O_RDWR), "a handle");
                   }});
    all.push_back({"a fifo that is waited for",
                   [](Scene &scene) { must(mkfifo((scene.directory + "/fifo").c_str(), 0600), "mkfifo"); },
                   {},
                   openFifo});
    return all;
}

Situation randomMix(unsigned seed)
{
    const auto arrange = [](Scene &scene) {
        having({"file", "other", "d/", "d/file"})(scene);
        must(symlink("file", (scene.directory + "/link").c_str()), "symlink");
        must(symlink("nothing", (scene.directory + "/dangling").c_str()), "symlink");
        must(mkfifo((scene.directory + "/fifo").c_str(), 0600), "mkfifo");
        scene.fd = static_cast<int>(must(open(scene.directory.c_str(), O_PATH | O_DIRECTORY), "open"));
    };
    const auto act = [seed](const Scene &scene) {
        std::mt19937 random(seed);
        long opened = 0;
        const int rounds = isEmulated() ? 1000 : 3000;
        for (int i = 0; i < rounds; ++i) {
            const long fd = openOnce(random, scene, scene.fd);
            if (fd >= 0) {
                ++opened;
                close(static_cast<int>(fd));
            }
        }
        if (opened < rounds / 10 || opened > rounds * 9 / 10) {
            throw std::runtime_error("No mix: opened " + std::to_string(opened));
        }
        return 0L;
    };
    return {"a random mix", arrange, {}, act};
}

} // namespace lunaris
