// SPDX-License-Identifier: MIT
#include "helper/normalizer/ApplicationId.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace lunaris
{

namespace
{

/// NAME_MAX: what is longer was never a cgroup.
constexpr std::size_t longestName = 255;

constexpr std::size_t containerIdLength = 64;

bool isDigit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/// Of a digit as systemd and container engines write it; -1 if it is none.
int hexValue(char byte)
{
    if (isDigit(byte)) {
        return byte - '0';
    }
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

bool isHex(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char byte) { return hexValue(byte) >= 0; });
}

bool removePrefix(std::string_view &text, std::string_view prefix)
{
    if (!text.starts_with(prefix)) {
        return false;
    }
    text.remove_prefix(prefix.size());
    return true;
}

bool removeSuffix(std::string_view &text, std::string_view suffix)
{
    if (!text.ends_with(suffix)) {
        return false;
    }
    text.remove_suffix(suffix.size());
    return true;
}

std::string_view before(std::string_view text, char separator)
{
    return text.substr(0, text.find(separator));
}

std::string_view beforeLast(std::string_view text, char separator)
{
    return text.substr(0, text.rfind(separator));
}

std::string_view afterLast(std::string_view text, char separator)
{
    return text.substr(text.rfind(separator) + 1); // all of it, when it is not there
}

/// Undoes systemd-escape(1): \xHH is a byte. One that would be a slash or a NUL stays as it is: no
/// application has them in its name, and a slash would make it look like a path.
std::string unescape(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        if (text.size() >= 4 && text.starts_with("\\x") && isHex(text.substr(2, 2))) {
            const auto byte = static_cast<char>(hexValue(text[2]) * 16 + hexValue(text[3]));
            if (byte != '\0' && byte != '/') {
                out += byte;
                text.remove_prefix(4);
                continue;
            }
        }
        out += text.front();
        text.remove_prefix(1);
    }
    return out;
}

/// The names of a path, without those that cannot be; systemd puts an underscore before the few that
/// would look like a file of the kernel's.
std::vector<std::string_view> namesOf(std::string_view path)
{
    std::vector<std::string_view> names;
    while (!path.empty()) {
        std::string_view name = before(path, '/');
        path.remove_prefix(std::min(name.size() + 1, path.size()));
        if (name.size() <= longestName) {
            removePrefix(name, "_");
            names.push_back(name);
        }
    }
    return names;
}

/// docker-ID.scope, cri-containerd-ID.scope, libpod-payload-ID, or the bare ID; podman keeps its own
/// process apart, in libpod-conmon-ID.scope.
std::string_view containerIn(std::string_view name)
{
    removeSuffix(name, ".scope");
    const std::string_view id = afterLast(name, '-');
    const bool isMonitor = name.substr(0, name.size() - id.size()).ends_with("conmon-");
    return id.size() == containerIdLength && isHex(id) && !isMonitor ? id : std::string_view();
}

/// machine-NAME.scope of systemd-machined, lxc.payload.NAME or lxc/NAME of LXC, and what runs inside
/// of systemd-nspawn@NAME.service.
std::string_view machineIn(std::string_view parent, std::string_view name, std::string_view child)
{
    if (name.starts_with("machine-") && name.ends_with(".scope")) {
        name.remove_prefix(std::string_view("machine-").size());
        removeSuffix(name, ".scope");
        return name;
    }
    if (removePrefix(name, "lxc.payload.") || parent == "lxc") {
        return name;
    }
    if (child == "payload" && removePrefix(name, "systemd-nspawn@")) {
        removeSuffix(name, ".service");
        return name;
    }
    return {};
}

/// The id, behind what started it. An id is written with its dashes escaped, and most have dots; so
/// what comes before a dash and has none is the launcher.
std::string withoutLauncher(std::string_view text)
{
    const std::size_t dash = text.find('-');
    if (dash != std::string_view::npos && dash > 0 && dash + 1 < text.size() &&
        before(text, '-').find('.') == std::string_view::npos) {
        text.remove_prefix(dash + 1);
    }
    return unescape(text);
}

/// NAME.APP of snap.NAME.APP-UUID.scope, with a dot before the UUID in older snapd.
std::string snapIn(std::string_view name)
{
    constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (name.size() > shape.size()) {
        const std::string_view uuid = name.substr(name.size() - shape.size());
        const char separator = name[name.size() - shape.size() - 1];
        const auto fits = [](char expected, char byte) {
            return expected == '-' ? byte == '-' : hexValue(byte) >= 0;
        };
        if ((separator == '-' || separator == '.') &&
            std::equal(shape.begin(), shape.end(), uuid.begin(), fits)) {
            name.remove_suffix(shape.size() + 1);
        }
    }
    return name == "snap." ? std::string() : unescape(name);
}

std::string applicationInScope(std::string_view name)
{
    if (name.starts_with("snap.")) {
        return snapIn(name);
    }
    if (removePrefix(name, "app-")) {
        return withoutLauncher(beforeLast(name, '-'));
    }
    if (removePrefix(name, "flatpak-")) { // before Flatpak 1.10
        return unescape(beforeLast(name, '-'));
    }
    if (removePrefix(name, "gnome-launched-")) { // before GNOME 3.38
        name = beforeLast(name, '-');
        removeSuffix(name, ".desktop");
        return unescape(name);
    }
    return {}; // a session, a tab of a terminal, a command of systemd-run
}

/// systemd-run invents run-uNUMBER, run-rHEX and run-pNUMBER-iNUMBER: no names to know anything by.
bool isInvented(std::string_view name)
{
    if (!removePrefix(name, "run-") || name.size() < 2) {
        return false;
    }
    const std::string_view rest = name.substr(1);
    const auto isDigits = [](std::string_view text) {
        return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
    };
    switch (name.front()) {
    case 'u':
        return isDigits(rest);
    case 'r':
        return isHex(rest);
    case 'p': {
        std::string_view second = rest;
        const std::string_view first = before(rest, '-');
        second.remove_prefix(first.size());
        return isDigits(first) && removePrefix(second, "-i") && isDigits(second);
    }
    default:
        return false;
    }
}

std::string applicationInService(std::string_view name)
{
    if (name.starts_with("snap.")) {
        return snapIn(name);
    }
    if (removePrefix(name, "app-")) {
        return withoutLauncher(before(name, '@'));
    }
    if (name.starts_with("dbus-:")) { // dbus-:1.2-NAME@0
        const std::string_view unit = before(name, '@');
        const std::size_t dash = unit.find('-', std::string_view("dbus-:").size());
        return dash == std::string_view::npos ? std::string() : unescape(unit.substr(dash + 1));
    }
    if (name.empty() || isInvented(name)) {
        return {};
    }
    // Not unescaped: this is how the unit is called, and systemctl(1) knows it.
    const std::size_t instance = name.find('@');
    return std::string(name.substr(0, instance)) + (instance == std::string_view::npos ? "" : "@") +
           ".service";
}

/// app-ID.slice holds what an application has started for a person, as a terminal the shells. A slice
/// without a dot may be anything, also that of a launcher.
std::string applicationInSlice(std::string_view name)
{
    if (!removePrefix(name, "app-") || name.find('.') == std::string_view::npos) {
        return {};
    }
    return withoutLauncher(name);
}

bool isUserManager(std::string_view name)
{
    return name.starts_with("user@") && name.ends_with(".service");
}

std::string applicationInUnit(std::string_view name)
{
    if (removeSuffix(name, ".scope")) {
        return applicationInScope(name);
    }
    if (removeSuffix(name, ".service")) {
        return applicationInService(name);
    }
    if (removeSuffix(name, ".slice")) {
        return applicationInSlice(name);
    }
    return {};
}

} // namespace

std::string applicationIdOf(std::string_view cgroupPath)
{
    const std::vector<std::string_view> names = namesOf(cgroupPath);
    const auto nameAt = [&names](std::size_t index) {
        return index < names.size() ? names[index] : std::string_view();
    };
    // From the root: a container may hold others, and whatever else it likes to have.
    for (std::size_t index = 0; index < names.size(); ++index) {
        if (const std::string_view id = containerIn(names[index]); !id.empty()) {
            return std::string(id);
        }
        const std::string_view parent = index > 0 ? names[index - 1] : std::string_view();
        if (const std::string_view machine = machineIn(parent, names[index], nameAt(index + 1));
            !machine.empty()) {
            return unescape(machine);
        }
    }
    // From the leaf: an application may have its processes in cgroups of its own below that of its unit.
    for (auto name = names.rbegin(); name != names.rend() && !isUserManager(*name); ++name) {
        if (std::string id = applicationInUnit(*name); !id.empty()) {
            return id;
        }
    }
    return {};
}

} // namespace lunaris
