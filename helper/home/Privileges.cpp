// SPDX-License-Identifier: MIT
#include "helper/home/Privileges.h"

#include <array>
#include <cap-ng.h>
#include <cstring>
#include <fstream>
#include <sys/prctl.h>

namespace lunaris
{

namespace
{

bool isPermitted(unsigned int capability)
{
    return capng_have_capability(CAPNG_PERMITTED, capability) != 0;
}

/// Debian's and other kernels know a level above those of perf_event_open(2), at which CAP_PERFMON is not
/// enough to attach to a tracepoint (kernel.perf_event_paranoid = 3, their default).
bool tracepointsNeedAdmin()
{
    int level = 0;
    return (std::ifstream("/proc/sys/kernel/perf_event_paranoid") >> level) && level > 2;
}

} // namespace

std::optional<std::string> dropPrivileges()
{
    if (capng_get_caps_process() != 0) {
        return "the capabilities of this process cannot be read";
    }
    const std::array<std::pair<unsigned int, bool>, 4> wanted = {{
        {CAP_BPF, isPermitted(CAP_BPF)},
        {CAP_PERFMON, isPermitted(CAP_PERFMON)},
        {CAP_SYS_PTRACE, isPermitted(CAP_SYS_PTRACE)},
        {CAP_SYS_ADMIN, isPermitted(CAP_SYS_ADMIN) &&
                            (tracepointsNeedAdmin() || !isPermitted(CAP_BPF) || !isPermitted(CAP_PERFMON))},
    }};
    // The bounding set is only for who has CAP_SETPCAP; without new privileges no program gets from it.
    const capng_select_t sets =
        capng_have_capability(CAPNG_EFFECTIVE, CAP_SETPCAP) != 0 ? CAPNG_SELECT_ALL : CAPNG_SELECT_CAPS;
    capng_clear(CAPNG_SELECT_ALL);
    for (const auto &[capability, isKept] : wanted) {
        if (isKept && capng_update(CAPNG_ADD, static_cast<capng_type_t>(CAPNG_EFFECTIVE | CAPNG_PERMITTED),
                                   capability) != 0) {
            return "the capabilities to keep cannot be chosen";
        }
    }
    if (capng_apply(sets) != 0) {
        return "the capabilities of this process cannot be given up";
    }
    return std::nullopt;
}

} // namespace lunaris
