// SPDX-License-Identifier: MIT
#include "helper/bus/EventEncoder.h"

#include "bpf/events.h"
#include "proto/Escape.h"
#include "proto/FrameCodec.h"

#include <utility>

namespace lunaris
{

EventEncoder::EventEncoder(std::string sessionId)
{
    m_message.set_source("ebpf");
    m_message.set_session_id(std::move(sessionId));
}

void EventEncoder::encodePayload(const Event &event)
{
    std::string *payload = m_message.mutable_payload();
    switch (event.type) {
    case EventType::FileOpened:
    case EventType::FileOpenFailed: {
        // A path of which only the end is known must not look like an absolute one.
        const bool truncated = event.attributes & LKM_ATTRIBUTE_TRUNCATED;
        m_fileOpened.set_path((truncated ? "…" : "") + proto::toUtf8(event.subject));
        m_fileOpened.set_app_id(proto::toUtf8(event.application));
        m_fileOpened.set_flags(event.flags);
        m_fileOpened.SerializeToString(payload);
        break;
    }
    case EventType::FileWritten: {
        const bool truncated = event.attributes & LKM_ATTRIBUTE_TRUNCATED;
        m_fileWritten.set_path((truncated ? "…" : "") + proto::toUtf8(event.subject));
        m_fileWritten.set_app_id(proto::toUtf8(event.application));
        m_fileWritten.set_bytes(static_cast<std::uint64_t>(event.value));
        m_fileWritten.SerializeToString(payload);
        break;
    }
    case EventType::ProcessStarted:
    case EventType::ProcessExited:
        m_process.set_event_type(event.type == EventType::ProcessStarted ? "started" : "exited");
        m_process.set_pid(event.pid);
        m_process.set_ppid(event.parentPid);
        m_process.set_comm(proto::toUtf8(event.comm));
        m_process.set_exit_code(static_cast<std::int32_t>(event.value));
        m_process.SerializeToString(payload);
        break;
    case EventType::NetworkConnect:
    case EventType::NetworkAccept:
        m_connection.set_app_id(proto::toUtf8(event.application));
        m_connection.set_remote_addr(std::string(event.subject));
        m_connection.set_protocol("tcp");
        m_connection.set_direction(event.type == EventType::NetworkConnect ? "outbound" : "inbound");
        m_connection.SerializeToString(payload);
        break;
    }
}

std::string_view EventEncoder::encode(const Event &event)
{
    encodePayload(event);
    m_message.set_id(toText(event.id));
    m_message.set_type(std::string(nameOf(event.type)));
    m_message.set_timestamp(event.timestamp);
    m_message.set_pid(event.pid);
    m_message.set_uid(event.uid);

    const std::size_t size = m_message.ByteSizeLong();
    m_frame.resize(proto::frameHeaderSize + size);
    proto::writeFrameHeader(static_cast<std::uint32_t>(size), m_frame.data());
    m_message.SerializeWithCachedSizesToArray(
        reinterpret_cast<std::uint8_t *>(m_frame.data() + proto::frameHeaderSize));
    return m_frame;
}

} // namespace lunaris
