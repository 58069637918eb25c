// SPDX-License-Identifier: MIT
//
// bench-load-opener DIRECTORY FILES RATE SECONDS UID: makes FILES files, says "ready", waits for a line on
// stdin, opens them one after the other, over and over, RATE times a second (0: as fast as it goes),
// and prints "OPENS SECONDS BEHIND": BEHIND is the share of bursts that came late.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace
{

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

void fail(const std::string &what)
{
    std::perror(("bench-load-opener: " + what).c_str());
    std::exit(1);
}

void openAndClose(const std::string &file, int flags)
{
    const int fd = open(file.c_str(), flags | O_CLOEXEC, 0644);
    if (fd < 0) {
        fail(file);
    }
    close(fd);
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 6) {
        std::fprintf(stderr, "usage: bench-load-opener DIRECTORY FILES RATE SECONDS UID\n");
        return 2;
    }
    const std::string directory = argv[1];
    const std::size_t count = std::max(std::strtoul(argv[2], nullptr, 10), 1UL);
    const double rate = std::strtod(argv[3], nullptr);
    const Seconds duration(std::strtod(argv[4], nullptr));

    if (mkdir(directory.c_str(), 0755) != 0) {
        fail(directory);
    }
    std::vector<std::string> files;
    for (std::size_t index = 0; index < count; ++index) {
        files.push_back(directory + "/document-" + std::to_string(1'000'000 + index));
        openAndClose(files.back(), O_WRONLY | O_CREAT);
    }
    const auto user = static_cast<uid_t>(std::strtoul(argv[5], nullptr, 10));
    if (user != getuid() && setresuid(user, user, user) != 0) {
        fail("uid");
    }
    std::printf("ready\n");
    std::fflush(stdout);
    if (std::getchar() == EOF) {
        return 1;
    }

    // Short bursts at absolute times: a late one is caught up with, so that the rate holds. A slow rate
    // has one open a burst.
    const double tick = rate > 0 ? std::max(0.001, 1 / rate) : 0;
    std::uint64_t opens = 0;
    std::uint64_t bursts = 0;
    std::uint64_t late = 0;
    const auto start = Clock::now();
    auto now = start;
    while (now - start < duration) {
        ++bursts;
        const Seconds due(static_cast<double>(bursts) * tick);
        const auto target = rate > 0 ? static_cast<std::uint64_t>(due.count() * rate + 0.5) : opens + 1000;
        while (opens < target) {
            openAndClose(files[opens % count], O_RDONLY);
            ++opens;
        }
        now = Clock::now();
        if (rate > 0) {
            if (now - start > due + Seconds(tick)) {
                ++late;
            } else {
                std::this_thread::sleep_until(start + std::chrono::duration_cast<Clock::duration>(due));
                now = Clock::now();
            }
        }
    }
    std::printf("%llu %.3f %.4f\n", static_cast<unsigned long long>(opens), Seconds(now - start).count(),
                static_cast<double>(late) / static_cast<double>(std::max<std::uint64_t>(bursts, 1)));
    return 0;
}
