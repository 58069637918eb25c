// SPDX-License-Identifier: MIT
//
// bench-open-worker prepare DIRECTORY CALLS: makes the files.
// bench-open-worker measure DIRECTORY CALLS CPU UID: times one call of each kind, pinned to one CPU,
// as an ordinary user; prints a line "KIND MEDIAN MEAN" in nanoseconds for each.
//
// A round is many short chunks, and the median chunk is what counts: a chunk in which the machine did
// something else does not.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <numeric>
#include <sched.h>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace
{

using Clock = std::chrono::steady_clock;
using namespace std::chrono_literals;

constexpr std::size_t chunkCalls = 200;

/// Consumers finish what the last kind gave them, and no deduplication window reaches over.
constexpr auto rest = 200ms;

/// The same number of components, but for "deep", so that only the verdict differs.
struct Tree {
    explicit Tree(const std::string &directory)
        : kept(directory + "/kept/src")
        , filtered(directory + "/filtered/src")
        , deep(directory + "/kept/src/a/b/c/d/e/f/g/h")
        , warm(directory + "/kept/warm")
    {
    }

    std::string kept;
    std::string filtered;
    std::string deep;
    std::string warm;
};

std::vector<std::string> names(const std::string &directory, std::size_t count)
{
    std::vector<std::string> files;
    for (std::size_t index = 0; index < count; ++index) {
        files.push_back(directory + "/file-" + std::to_string(100'000 + index) + ".txt");
    }
    return files;
}

void fail(const std::string &what)
{
    std::perror(("bench-open-worker: " + what).c_str());
    std::exit(1);
}

void makeDirectories(const std::string &directory)
{
    for (std::size_t end = directory.find('/', 1);; end = directory.find('/', end + 1)) {
        const std::string part = directory.substr(0, end);
        if (mkdir(part.c_str(), 0755) != 0 && errno != EEXIST) {
            fail(part);
        }
        if (end == std::string::npos) {
            return;
        }
    }
}

void prepare(const Tree &tree, std::size_t calls)
{
    for (const std::string &directory : {tree.kept, tree.filtered, tree.deep, tree.warm}) {
        makeDirectories(directory);
        for (const std::string &file : names(directory, calls)) {
            const int fd = open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
            if (fd < 0) {
                fail(file);
            }
            close(fd);
        }
    }
}

void openAndClose(const std::string &file)
{
    const int fd = open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        fail(file);
    }
    close(fd);
}

void measure(const char *kind, std::size_t calls, const std::function<void(std::size_t)> &call)
{
    std::this_thread::sleep_for(rest);
    std::vector<double> chunks;
    for (std::size_t done = 0; done + chunkCalls <= calls; done += chunkCalls) {
        const auto start = Clock::now();
        for (std::size_t index = done; index < done + chunkCalls; ++index) {
            call(index);
        }
        const std::chrono::duration<double, std::nano> took = Clock::now() - start;
        chunks.push_back(took.count() / chunkCalls);
    }
    const double mean =
        std::accumulate(chunks.begin(), chunks.end(), 0.0) / static_cast<double>(chunks.size());
    std::nth_element(chunks.begin(), chunks.begin() + static_cast<std::ptrdiff_t>(chunks.size() / 2),
                     chunks.end());
    std::printf("%s %.1f %.1f\n", kind, chunks[chunks.size() / 2], mean);
}

void pinTo(int cpu)
{
    cpu_set_t cpus;
    CPU_ZERO(&cpus);
    CPU_SET(cpu, &cpus);
    if (sched_setaffinity(0, sizeof(cpus), &cpus) != 0) {
        fail("CPU " + std::to_string(cpu));
    }
}

void measureAll(const Tree &tree, std::size_t calls)
{
    const std::vector<std::string> kept = names(tree.kept, calls);
    const std::vector<std::string> filtered = names(tree.filtered, calls);
    const std::vector<std::string> deep = names(tree.deep, calls);
    const std::string missing = tree.kept + "/file-missing.txt";

    // Warm code, warm dentries: each set once (another process's opens are no duplicates of ours, and
    // the window has passed before the measurement), a few of a set of its own more often.
    for (const std::string &file : names(tree.warm, std::min<std::size_t>(calls, 2000))) {
        openAndClose(file);
    }
    for (std::size_t index = 0; index < 2000; ++index) {
        syscall(SYS_getppid);
        if (open(missing.c_str(), O_RDONLY | O_CLOEXEC) >= 0) {
            fail("a file that should be missing");
        }
    }

    measure("kept", calls, [&](std::size_t index) { openAndClose(kept[index]); });
    measure("deep", calls, [&](std::size_t index) { openAndClose(deep[index]); });
    measure("filtered", calls, [&](std::size_t index) { openAndClose(filtered[index]); });
    measure("duplicate", calls, [&](std::size_t) { openAndClose(kept.front()); });
    measure("failed", calls, [&](std::size_t) { (void)open(missing.c_str(), O_RDONLY | O_CLOEXEC); });
    measure("getppid", calls * 10, [](std::size_t) { syscall(SYS_getppid); });
}

} // namespace

int main(int argc, char **argv)
{
    const std::string_view task = argc > 3 ? argv[1] : "";
    if (!(task == "prepare" && argc == 4) && !(task == "measure" && argc == 6)) {
        std::fprintf(stderr, "usage: bench-open-worker prepare DIRECTORY CALLS\n"
                             "       bench-open-worker measure DIRECTORY CALLS CPU UID\n");
        return 2;
    }
    const Tree tree(argv[2]);
    const std::size_t calls = std::max(std::strtoul(argv[3], nullptr, 10), chunkCalls);
    if (task == "prepare") {
        prepare(tree, calls);
        return 0;
    }
    pinTo(std::atoi(argv[4]));
    const auto user = static_cast<uid_t>(std::strtoul(argv[5], nullptr, 10));
    if (user != getuid() && setresuid(user, user, user) != 0) {
        fail("uid");
    }
    measureAll(tree, calls);
    return 0;
}
