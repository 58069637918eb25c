// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_OPENER_H
#define LUNARIS_TESTS_KERNEL_OPENER_H

#include "tests/kernel/CaptureRig.h"

#include <functional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace lunaris
{

/// What a step in the child came to.
struct Report {
    long result = -1;         ///< what the act returned: a descriptor, if it is one open
    int error = 0;            ///< errno after it
    std::uint64_t before = 0; ///< CLOCK_BOOTTIME in ns around the act
    std::uint64_t after = 0;
    pid_t parent = 0; ///< getppid()
    bool failed = false;
    char sentence[200] = {}; ///< when the step threw
};

/// A child process that acts when told to, and holds what it has opened until it is told again or
/// destroyed. What it opens between two marks is the act's; nothing else that it opens counts.
class Opener
{
public:
    using Act = std::function<long()>;
    using Enter = std::function<void()>;

    /// Returns when the child waits for its orders. `enter` runs in the child, before the first act.
    Opener(CaptureRig &rig, Act act, const Enter &enter = {});
    ~Opener();
    Q_DISABLE_COPY_MOVE(Opener)

    pid_t pid() const { return m_pid; }

    /// Lets the child act; throws what the child has thrown.
    Report go();

    /// The same in two halves, for several children at once.
    void tell();
    Report report();

    /// What the last act has opened, in order; throws if the kernel has not told by now.
    std::vector<SeenOpen> opens();

    /// What the last act has tried to open in vain, in order; complete once opens() has returned.
    std::vector<SeenOpen> failures() const;

    /// What the kernel told of this child since the last go(), marks included; does not wait.
    std::vector<SeenOpen> everything() const;

    /// What /proc says about a descriptor of the child; errno's text if it cannot.
    std::string heldPath(long fd) const;

private:
    [[noreturn]] void live(const Act &act, const Enter &enter, int orders, int reports);
    std::vector<SeenOpen> ofChild(const std::vector<SeenOpen> &all, std::size_t from) const;

    CaptureRig &m_rig;
    pid_t m_pid = -1;
    int m_orders = -1;
    int m_reports = -1;
    std::size_t m_from = 0;
    std::size_t m_failedFrom = 0;
};

} // namespace lunaris

#endif
