// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_KERNEL_PROGRAMS_H
#define LUNARIS_TESTS_KERNEL_PROGRAMS_H

#include <bpf/bpf.h>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>

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

} // namespace lunaris

#endif
