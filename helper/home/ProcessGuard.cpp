// SPDX-License-Identifier: MIT
#include "helper/home/ProcessGuard.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <string>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace lunaris
{

namespace
{

/// What libdbus and libsystemd are told by whoever starts us, and we by the unit. All else but our own is a
/// surprise: Qt alone knows variables that load plug-ins, or print every message of the bus.
constexpr std::array<std::string_view, 6> meantForUs = {
    "DBUS_SESSION_BUS_ADDRESS",
    "DBUS_SYSTEM_BUS_ADDRESS",
    "NOTIFY_SOCKET",
    "STATE_DIRECTORY",
    "WATCHDOG_PID",
    "WATCHDOG_USEC",
};
constexpr std::string_view ours = "LUNARIS_";

std::error_code lastError()
{
    return {errno, std::generic_category()};
}

std::error_code cleanEnvironment()
{
    std::vector<std::string> surprises;
    for (char **entry = environ; entry && *entry; ++entry) {
        const std::string_view variable(*entry);
        const std::string_view name = variable.substr(0, variable.find('='));
        if (!name.starts_with(ours) &&
            std::find(meantForUs.begin(), meantForUs.end(), name) == meantForUs.end()) {
            surprises.emplace_back(name);
        }
    }
    for (const std::string &name : surprises) {
        if (unsetenv(name.c_str()) != 0) {
            // A name that is none ("=x") cannot be unset; then nothing of it is kept.
            clearenv();
            break;
        }
    }
    // Texts are UTF-8 whatever the place; sorting and numbers are the C locale's.
    if (setenv("LC_ALL", "C.UTF-8", 1) != 0 || setenv("PATH", "/usr/sbin:/usr/bin:/sbin:/bin", 1) != 0) {
        return lastError();
    }
    return {};
}

} // namespace

std::error_code guardProcess()
{
    umask(077);
    const rlimit none{0, 0};
    if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) {
        return lastError();
    }
    return cleanEnvironment();
}

} // namespace lunaris
