// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_PROGRAMS_H
#define LUNARIS_TESTS_KERNEL_PROGRAMS_H

#include <bpf/bpf.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lunaris
{

/// The descriptors of this process of which the kernel tells a fact that begins so (/proc/PID/fdinfo).
inline std::vector<int> heldDescriptors(std::string_view fact)
{
    std::vector<int> held;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const std::string number = entry.path().filename();
        std::ifstream facts("/proc/self/fdinfo/" + number);
        for (std::string line; std::getline(facts, line);) {
            if (line.starts_with(fact)) {
                held.push_back(std::stoi(number));
                break;
            }
        }
    }
    return held;
}

/// The kernel programs that this process holds, by id. The kernel says so itself, so no test needs to
/// look into BpfSource.
inline std::map<std::uint32_t, bpf_prog_info> heldPrograms()
{
    std::map<std::uint32_t, bpf_prog_info> programs;
    for (const int fd : heldDescriptors("prog_type:")) { // a link has the id of its program, not its type
        bpf_prog_info info{};
        std::uint32_t size = sizeof(info);
        if (bpf_obj_get_info_by_fd(fd, &info, &size) == 0) {
            programs[info.id] = info;
        }
    }
    return programs;
}

/// The descriptor of a map of that name which this process holds, or -1. It stays the holder's.
inline int heldMap(std::string_view name)
{
    for (const int fd : heldDescriptors("map_type:")) {
        bpf_map_info info{};
        std::uint32_t size = sizeof(info);
        if (bpf_obj_get_info_by_fd(fd, &info, &size) == 0 && info.name == name) {
            return fd;
        }
    }
    return -1;
}

} // namespace lunaris

#endif
