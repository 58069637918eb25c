// SPDX-License-Identifier: MIT
#include "helper/normalizer/Record.h"

#include <algorithm>
#include <cstring>

namespace lunaris
{

std::optional<OpenRecord> readOpenRecord(std::span<const std::byte> bytes)
{
    OpenRecord record;
    if (bytes.size() < sizeof(record.fields)) {
        return std::nullopt;
    }
    // A copy: records in a capture file need not be aligned.
    std::memcpy(&record.fields, bytes.data(), sizeof(record.fields));

    const lkm_record_header &header = record.fields.header;
    const std::uint32_t length = record.fields.path_length;
    if (header.version != LKM_RECORD_VERSION || header.type != LKM_RECORD_OPEN ||
        header.size != bytes.size() || length > LKM_PATH_MAX ||
        bytes.size() != sizeof(record.fields) + length) {
        return std::nullopt;
    }

    const char *text = reinterpret_cast<const char *>(bytes.data());
    record.path = {text + sizeof(record.fields), length};
    if (!record.path.starts_with('/') || record.path.find('\0') != std::string_view::npos) {
        return std::nullopt;
    }
    record.comm = {text + offsetof(lkm_record_header, comm), LKM_COMM_SIZE};
    record.comm = record.comm.substr(0, std::min(record.comm.find('\0'), record.comm.size()));
    return record;
}

} // namespace lunaris
