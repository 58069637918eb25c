// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_UNIT_RECORDBUILDER_H
#define LUNARIS_TESTS_UNIT_RECORDBUILDER_H

#include "bpf/events.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <sys/stat.h>
#include <vector>

namespace lunaris
{

/// A record as the kernel would write it: a plain read by an ordinary user, until a test says otherwise.
struct RecordBuilder {
    lkm_record fields{};
    std::string path;
    std::string name; // of a failed open

    explicit RecordBuilder(std::string_view subject = "/home/tester/notes.txt") : path(subject)
    {
        lkm_record_header &header = fields.header;
        header.version = LKM_RECORD_VERSION;
        header.type = LKM_RECORD_OPEN;
        header.boot_ns = 5'000'000'000;
        header.cgroup = 4711;
        header.tgid = 1234;
        header.ppid = 77;
        header.uid = 1000;
        header.fsuid = 1000;
        setComm("cat");
        fields.flags = 0x8000;
        fields.mode = S_IFREG | 0644;
        fields.owner = 1000;
        fields.value = 3;
    }

    RecordBuilder &setComm(std::string_view comm)
    {
        char *target = fields.header.comm;
        std::fill_n(target, LKM_COMM_SIZE, '\0');
        std::copy_n(comm.data(), std::min<std::size_t>(comm.size(), LKM_COMM_SIZE), target);
        return *this;
    }

    RecordBuilder &setType(lkm_record_type type)
    {
        fields.header.type = static_cast<lkm_u16>(type);
        return *this;
    }

    RecordBuilder &setName(std::string_view asked)
    {
        name = asked;
        return *this;
    }

    RecordBuilder &setProcess(std::uint32_t pid, std::uint32_t parent)
    {
        fields.header.tgid = pid;
        fields.header.ppid = parent;
        return *this;
    }

    RecordBuilder &setStart(std::uint64_t start)
    {
        fields.header.start_ns = start;
        return *this;
    }

    RecordBuilder &setUser(std::uint32_t uid, std::uint32_t fsuid)
    {
        fields.header.uid = uid;
        fields.header.fsuid = fsuid;
        return *this;
    }

    /// The lengths are made to fit; who wants them wrong spoils the bytes afterwards.
    std::vector<std::byte> bytes() const
    {
        lkm_record record = fields;
        record.path_length = static_cast<lkm_u32>(path.size());
        record.name_length = static_cast<lkm_u32>(name.size());
        const std::string text = path + name;
        record.header.size = static_cast<lkm_u32>(sizeof(record) + text.size());
        std::vector<std::byte> out(sizeof(record) + text.size());
        std::memcpy(out.data(), &record, sizeof(record));
        std::memcpy(out.data() + sizeof(record), text.data(), text.size());
        return out;
    }
};

} // namespace lunaris

#endif
