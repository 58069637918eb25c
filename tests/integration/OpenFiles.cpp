// SPDX-License-Identifier: MIT
//
// open-files HOW PATH [DIRECTORY]: opens a file once, in one particular way, so that a test knows
// exactly what the kernel was asked. Prints "pid flags" and leaves; 1 when the open failed.
// wait-then-open waits for a line on stdin first; threads ends in many threads at once; write makes the file
// if need be and writes ten bytes in two pieces; many makes and opens as many files as the third argument
// says, each with a number behind PATH, as fast as it can.
#include <barrier>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <linux/openat2.h>
#include <string>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace
{

struct Opened {
    long fd = -1;
    std::uint64_t flags = 0;
};

Opened openAs(const std::string &how, const char *path, const char *directory)
{
    // Through syscall(), because libc makes an openat of every open.
    if (how == "open" || how == "threads") {
        return {syscall(SYS_openat, AT_FDCWD, path, O_RDONLY), O_RDONLY};
    }
    if (how == "write") {
        const long fd = syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT, 0640);
        const bool isWhole = fd >= 0 && write(static_cast<int>(fd), "1234567", 7) == 7 &&
                             pwrite(static_cast<int>(fd), "890", 3, 7) == 3;
        return {isWhole ? fd : -1, O_WRONLY | O_CREAT};
    }
#ifdef SYS_open
    if (how == "legacy-open") {
        return {syscall(SYS_open, path, O_RDWR | O_APPEND), O_RDWR | O_APPEND};
    }
    if (how == "creat") {
        return {syscall(SYS_creat, path, 0600), O_CREAT | O_WRONLY | O_TRUNC};
    }
#endif
    if (how == "relative") {
        return {chdir(directory) == 0 ? syscall(SYS_openat, AT_FDCWD, path, O_RDONLY | O_CLOEXEC) : -1,
                O_RDONLY | O_CLOEXEC};
    }
    if (how == "dirfd") {
        const int dirfd = open(directory, O_PATH | O_DIRECTORY);
        return {syscall(SYS_openat, dirfd, path, O_RDONLY | O_NOFOLLOW), O_RDONLY | O_NOFOLLOW};
    }
    if (how == "openat2") {
        open_how request{};
        request.flags = O_RDONLY | O_NONBLOCK;
        return {syscall(SYS_openat2, AT_FDCWD, path, &request, sizeof(request)), request.flags};
    }
    return {};
}

/// Threads that end at the same moment: the process must end once.
void endInThreads()
{
    std::barrier together(8);
    std::vector<std::thread> threads;
    for (int number = 0; number < 8; ++number) {
        threads.emplace_back([&together] { together.arrive_and_wait(); });
    }
    for (std::thread &thread : threads) {
        thread.join();
    }
    // The main thread first: the last of the others ends the process.
    std::thread([] { std::this_thread::yield(); }).detach();
    pthread_exit(nullptr);
}

Opened openMany(const std::string &path, unsigned long count)
{
    long fd = -1;
    for (unsigned long number = 0; number < count; ++number) {
        const std::string one = path + std::to_string(number);
        fd = syscall(SYS_openat, AT_FDCWD, one.c_str(), O_RDONLY | O_CREAT, 0644);
        if (fd < 0) {
            break;
        }
        close(static_cast<int>(fd));
        unlink(one.c_str());
    }
    return {fd, O_RDONLY | O_CREAT};
}

} // namespace

int main(int argc, char **argv)
{
    if (argc < 3) {
        std::fprintf(stderr, "usage: open-files HOW PATH [DIRECTORY]\n");
        return 2;
    }
    if (std::string(argv[1]) == "wait-then-open") { // for a line on stdin
        std::getchar();
        argv[1] = const_cast<char *>("open");
    }
    const Opened opened = std::string(argv[1]) == "many" && argc > 3
                              ? openMany(argv[2], std::stoul(argv[3]))
                              : openAs(argv[1], argv[2], argc > 3 ? argv[3] : "");
    if (opened.fd < 0) {
        std::perror(argv[2]);
        return 1;
    }
    std::printf("%d %llu\n", static_cast<int>(getpid()), static_cast<unsigned long long>(opened.flags));
    if (std::string(argv[1]) == "threads") {
        std::fflush(stdout);
        endInThreads();
    }
    return 0;
}
