// SPDX-License-Identifier: MIT
#include "tests/kernel/Opener.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <filesystem>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace lunaris
{

namespace
{

constexpr char beginMark[] = "begin.";
constexpr char endMark[] = "end.";

constexpr char orderToAct = 'a';
constexpr char orderToEnd = 'e';

/// As long as anybody holds a program's link, the program stays attached, whatever the source does.
void closeKernelHandles()
{
    std::vector<int> handles;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code gone; // the iterator's own descriptor is among them
        const std::string target = std::filesystem::read_symlink(entry.path(), gone).string();
        if (target.starts_with("anon_inode:bpf") || target.find("perf_event") != std::string::npos) {
            handles.push_back(std::stoi(entry.path().filename()));
        }
    }
    for (const int handle : handles) {
        close(handle);
    }
}

/// Each time another file: an open that repeats an earlier one need not be told.
void openMark(const CaptureRig &rig, const char *name, int round)
{
    // Through a descriptor: the child may be in a chroot or in a namespace of its own.
    const int mark =
        openat(rig.marks(), (name + std::to_string(round)).c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0644);
    must(mark, "a mark");
    close(mark);
}

bool isMark(const SeenOpen &seen, const char *name)
{
    const std::size_t place = seen.path.rfind("/1/");
    return place != std::string::npos && seen.path.compare(place + 3, std::strlen(name), name) == 0;
}

} // namespace

Opener::Opener(CaptureRig &rig, Act act, const Enter &enter) : m_rig(rig)
{
    std::array<int, 2> orders{};
    std::array<int, 2> reports{};
    must(pipe2(orders.data(), O_CLOEXEC), "pipe");
    must(pipe2(reports.data(), O_CLOEXEC), "pipe");
    m_pid = static_cast<pid_t>(must(fork(), "fork"));
    if (m_pid == 0) {
        close(orders[1]); // or it would wait for itself
        close(reports[0]);
        live(act, enter, orders[0], reports[1]);
    }
    close(orders[0]);
    close(reports[1]);
    char isReady = 0;
    must(read(reports[0], &isReady, 1), "the child's first word");
    m_orders = orders[1];
    m_reports = reports[0];
}

Opener::~Opener()
{
    // Not just the end of the pipe: children that were made later hold it open, too.
    const char order = orderToEnd;
    static_cast<void>(!write(m_orders, &order, 1));
    close(m_orders);
    close(m_reports);
    waitpid(m_pid, nullptr, 0);
}

void Opener::live(const Act &act, const Enter &enter, int orders, int reports)
{
    for (int number = 1; number < SIGRTMIN; ++number) {
        signal(number, SIG_DFL); // Qt Test's handlers tell of the test, not of its children
    }
    closeKernelHandles();
    bool entered = false;
    int round = 0;
    char order = 0;
    static_cast<void>(!write(reports, &order, 1));
    // The end of the pipe is the end of the test, however it came.
    while (read(orders, &order, 1) == 1 && order == orderToAct) {
        Report report;
        try {
            if (enter && !entered) {
                enter();
            }
            entered = true;
            openMark(m_rig, beginMark, ++round);
            report.parent = getppid();
            report.before = bootTime();
            report.result = act();
            report.error = errno;
            report.after = bootTime();
            openMark(m_rig, endMark, round);
        } catch (const std::exception &error) {
            report.failed = true;
            std::strncpy(report.sentence, error.what(), sizeof(report.sentence) - 1);
        }
        if (write(reports, &report, sizeof(report)) != static_cast<ssize_t>(sizeof(report))) {
            break;
        }
    }
    _exit(0); // not exit(): what the parent has made is the parent's to tidy up
}

void Opener::tell()
{
    m_from = m_rig.seen().size();
    m_failedFrom = m_rig.failed().size();
    const char order = orderToAct;
    must(write(m_orders, &order, 1), "telling the child to act");
}

Report Opener::report()
{
    Report report;
    if (read(m_reports, &report, sizeof(report)) != static_cast<ssize_t>(sizeof(report))) {
        throw std::runtime_error("The child has died");
    }
    if (report.failed) {
        throw std::runtime_error(std::string("In the child: ") + report.sentence);
    }
    return report;
}

Report Opener::go()
{
    tell();
    return report();
}

std::vector<SeenOpen> Opener::ofChild(const std::vector<SeenOpen> &all, std::size_t from) const
{
    std::vector<SeenOpen> found;
    for (std::size_t i = from; i < all.size(); ++i) {
        if (all[i].fields.header.tgid == static_cast<std::uint32_t>(m_pid)) {
            found.push_back(all[i]);
        }
    }
    return found;
}

std::vector<SeenOpen> Opener::everything() const
{
    return ofChild(m_rig.seen(), m_from);
}

std::vector<SeenOpen> Opener::failures() const
{
    return ofChild(m_rig.failed(), m_failedFrom);
}

std::vector<SeenOpen> Opener::opens()
{
    std::size_t looked = m_from;
    const bool complete = CaptureRig::waitUntil([&] {
        for (; looked < m_rig.seen().size(); ++looked) {
            const SeenOpen &seen = m_rig.seen()[looked];
            if (seen.fields.header.tgid == static_cast<std::uint32_t>(m_pid) && isMark(seen, endMark)) {
                return true;
            }
        }
        return false;
    });
    if (!complete) {
        throw std::runtime_error("The kernel never told of the mark at the end");
    }
    std::vector<SeenOpen> found;
    bool counts = false;
    for (SeenOpen &seen : everything()) {
        if (isMark(seen, beginMark)) {
            counts = true;
        } else if (isMark(seen, endMark)) {
            return found;
        } else if (counts) {
            found.push_back(std::move(seen));
        }
    }
    return found;
}

std::string Opener::heldPath(long fd) const
{
    const std::string link = "/proc/" + std::to_string(m_pid) + "/fd/" + std::to_string(fd);
    std::string target(2 * LKM_PATH_MAX, '\0');
    const ssize_t length = readlink(link.c_str(), target.data(), target.size());
    if (length < 0) {
        return std::strerror(errno);
    }
    target.resize(static_cast<std::size_t>(length));
    return target;
}

} // namespace lunaris
