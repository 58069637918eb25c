// SPDX-License-Identifier: MIT
#include "helper/normalizer/Record.h"

#include <algorithm>
#include <cstring>

namespace lunaris
{

namespace
{

enum class Text { Required, Optional, None, Address };

struct Shape {
    Text path;
    Text name;
};

std::optional<Shape> shapeOf(lkm_record_type type)
{
    switch (type) {
    case LKM_RECORD_OPEN:
    case LKM_RECORD_EXEC:
    case LKM_RECORD_RUNNING:
    case LKM_RECORD_WRITTEN:
        return Shape{Text::Required, Text::None};
    case LKM_RECORD_OPEN_FAILED:
        return Shape{Text::Optional, Text::Optional};
    case LKM_RECORD_EXIT:
    case LKM_RECORD_FORK:
        return Shape{Text::None, Text::None};
    case LKM_RECORD_CONNECT:
    case LKM_RECORD_ACCEPT:
        return Shape{Text::None, Text::Address};
    case LKM_RECORD_WRITING:
    case LKM_RECORD_TYPES:
        break;
    }
    return std::nullopt;
}

bool fits(Text text, std::string_view bytes)
{
    if (text == Text::Address) {
        return bytes.size() == sizeof(lkm_address);
    }
    if (bytes.empty()) {
        return text != Text::Required;
    }
    return text != Text::None && bytes.size() <= LKM_PATH_MAX && bytes.find('\0') == std::string_view::npos;
}

} // namespace

std::optional<EventType> eventTypeOf(lkm_record_type type)
{
    switch (type) {
    case LKM_RECORD_OPEN:
        return EventType::FileOpened;
    case LKM_RECORD_OPEN_FAILED:
        return EventType::FileOpenFailed;
    case LKM_RECORD_WRITING:
    case LKM_RECORD_WRITTEN:
        return EventType::FileWritten;
    case LKM_RECORD_EXEC:
        return EventType::ProcessStarted;
    case LKM_RECORD_EXIT:
        return EventType::ProcessExited;
    case LKM_RECORD_CONNECT:
        return EventType::NetworkConnect;
    case LKM_RECORD_ACCEPT:
        return EventType::NetworkAccept;
    case LKM_RECORD_FORK:
    case LKM_RECORD_RUNNING:
    case LKM_RECORD_TYPES:
        break;
    }
    return std::nullopt;
}

std::optional<Record> readRecord(std::span<const std::byte> bytes)
{
    Record record;
    if (bytes.size() < sizeof(record.fields)) {
        return std::nullopt;
    }
    // A copy: records in a capture file need not be aligned.
    std::memcpy(&record.fields, bytes.data(), sizeof(record.fields));

    const lkm_record_header &header = record.fields.header;
    const std::size_t pathLength = record.fields.path_length;
    const std::size_t nameLength = record.fields.name_length;
    if (header.version != LKM_RECORD_VERSION || header.size != bytes.size() ||
        bytes.size() != sizeof(record.fields) + pathLength + nameLength) {
        return std::nullopt;
    }

    const char *text = reinterpret_cast<const char *>(bytes.data());
    record.path = {text + sizeof(record.fields), pathLength};
    record.name = {text + sizeof(record.fields) + pathLength, nameLength};
    const std::optional<Shape> shape = shapeOf(record.type());
    if (!shape || !fits(shape->path, record.path) || !fits(shape->name, record.name) ||
        (!record.path.empty() && record.path.front() != '/')) {
        return std::nullopt;
    }
    record.comm = {text + offsetof(lkm_record_header, comm), LKM_COMM_SIZE};
    record.comm = record.comm.substr(0, std::min(record.comm.find('\0'), record.comm.size()));
    return record;
}

} // namespace lunaris
