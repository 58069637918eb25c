// SPDX-License-Identifier: MIT
#include "dbus/filter/Symbols.h"

#include <algorithm>
#include <array>
// The kernel's own numbers: O_LARGEFILE, for one, is 0 in the C library's <fcntl.h> on 64 bits.
#include <asm/fcntl.h>
#include <cerrno>
#include <cstring>
#include <utility>

namespace lunaris::filter
{

namespace
{

constexpr int lastErrno = 133; // EHWPOISON

constexpr std::array<std::pair<std::string_view, int>, 3> otherErrnoNames = {{
    {"EWOULDBLOCK", EWOULDBLOCK},
    {"ENOTSUP", ENOTSUP},
    {"EDEADLOCK", EDEADLOCK},
}};

struct Flag {
    std::string_view name;
    std::uint32_t bits;
};

constexpr std::array accessModes = {
    Flag{"O_RDONLY", O_RDONLY},
    Flag{"O_WRONLY", O_WRONLY},
    Flag{"O_RDWR", O_RDWR},
};

// What holds another one stands before it: O_SYNC is O_DSYNC and a bit more.
constexpr std::array flags = {
    Flag{"O_CREAT", O_CREAT},         Flag{"O_EXCL", O_EXCL},           Flag{"O_NOCTTY", O_NOCTTY},
    Flag{"O_TRUNC", O_TRUNC},         Flag{"O_APPEND", O_APPEND},       Flag{"O_NONBLOCK", O_NONBLOCK},
    Flag{"O_SYNC", O_SYNC},           Flag{"O_DSYNC", O_DSYNC},         Flag{"O_ASYNC", FASYNC},
    Flag{"O_DIRECT", O_DIRECT},       Flag{"O_LARGEFILE", O_LARGEFILE}, Flag{"O_TMPFILE", O_TMPFILE},
    Flag{"O_DIRECTORY", O_DIRECTORY}, Flag{"O_NOFOLLOW", O_NOFOLLOW},   Flag{"O_NOATIME", O_NOATIME},
    Flag{"O_CLOEXEC", O_CLOEXEC},     Flag{"O_PATH", O_PATH},
};

} // namespace

std::optional<int> errnoNamed(std::string_view name)
{
    for (const auto &[other, number] : otherErrnoNames) {
        if (other == name) {
            return number;
        }
    }
    for (int number = 1; number <= lastErrno; ++number) {
        if (nameOfErrno(number) == name) {
            return number;
        }
    }
    return std::nullopt;
}

std::optional<std::string_view> nameOfErrno(int number)
{
    const char *const name = number > 0 ? strerrorname_np(number) : nullptr;
    return name == nullptr ? std::nullopt : std::optional<std::string_view>(name);
}

std::vector<std::string_view> errnoNames()
{
    std::vector<std::string_view> names;
    for (int number = 1; number <= lastErrno; ++number) {
        if (const auto name = nameOfErrno(number)) {
            names.push_back(*name);
        }
    }
    return names;
}

std::optional<std::uint32_t> openFlagNamed(std::string_view name)
{
    const auto has = [name](const Flag &flag) { return flag.name == name; };
    const auto mode = std::find_if(accessModes.begin(), accessModes.end(), has);
    if (mode != accessModes.end()) {
        return mode->bits;
    }
    const auto flag = std::find_if(flags.begin(), flags.end(), has);
    return flag == flags.end() ? std::nullopt : std::optional(flag->bits);
}

bool isAccessMode(std::string_view name)
{
    return std::any_of(accessModes.begin(), accessModes.end(),
                       [name](const Flag &flag) { return flag.name == name; });
}

std::optional<std::string> openFlagsText(std::uint32_t value, bool withAccessMode)
{
    std::string text;
    const auto add = [&text](std::string_view name) {
        text += text.empty() ? "" : "|";
        text += name;
    };
    std::uint32_t rest = value & ~accessModeMask;
    if (withAccessMode) {
        const std::uint32_t mode = value & accessModeMask;
        if (mode >= accessModes.size()) {
            return std::nullopt; // 3: allowed by the kernel, named by nobody
        }
        add(accessModes[mode].name);
    }
    for (const Flag &flag : flags) {
        if ((rest & flag.bits) == flag.bits) {
            add(flag.name);
            rest &= ~flag.bits;
        }
    }
    return rest == 0 && !text.empty() ? std::optional(text) : std::nullopt;
}

std::vector<std::string_view> openFlagNames()
{
    std::vector<std::string_view> names;
    names.reserve(accessModes.size() + flags.size());
    for (const Flag &flag : accessModes) {
        names.push_back(flag.name);
    }
    for (const Flag &flag : flags) {
        names.push_back(flag.name);
    }
    return names;
}

} // namespace lunaris::filter
