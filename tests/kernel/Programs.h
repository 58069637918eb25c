// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_PROGRAMS_H
#define LUNARIS_TESTS_KERNEL_PROGRAMS_H

#include <bpf/bpf.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>

namespace lunaris
{

/// The kernel programs that this process holds, by id. The kernel says so itself, so no test needs to
/// look into BpfSource.
inline std::map<std::uint32_t, bpf_prog_info> heldPrograms()
{
    std::map<std::uint32_t, bpf_prog_info> programs;
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::ifstream facts("/proc/self/fdinfo/" + entry.path().filename().string());
        std::string key;
        std::uint32_t value = 0;
        bool isProgram = false; // a link has the id of its program, too, but not its type
        for (std::string line; std::getline(facts, line);) {
            isProgram = isProgram || line.starts_with("prog_type:");
            if (isProgram && line.starts_with("prog_id:")) {
                value = static_cast<std::uint32_t>(std::stoul(line.substr(sizeof("prog_id:"))));
            }
        }
        bpf_prog_info info{};
        std::uint32_t size = sizeof(info);
        if (value != 0 && bpf_obj_get_info_by_fd(std::stoi(entry.path().filename()), &info, &size) == 0) {
            programs[value] = info;
        }
    }
    return programs;
}

/// The descriptor of a map of that name which this process holds, or -1. It stays the holder's.
inline int heldMap(std::string_view name)
{
    for (const auto &entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        const std::string number = entry.path().filename();
        std::ifstream facts("/proc/self/fdinfo/" + number);
        bool isMap = false;
        for (std::string line; std::getline(facts, line);) {
            isMap = isMap || line.starts_with("map_type:");
        }
        bpf_map_info info{};
        std::uint32_t size = sizeof(info);
        if (isMap && bpf_obj_get_info_by_fd(std::stoi(number), &info, &size) == 0 && info.name == name) {
            return std::stoi(number);
        }
    }
    return -1;
}

} // namespace lunaris

#endif
