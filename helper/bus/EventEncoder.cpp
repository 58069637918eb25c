// SPDX-License-Identifier: MIT
#include "helper/bus/EventEncoder.h"

#include "bpf/events.h"
#include "dbus/Names.h"
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

std::string_view EventEncoder::encode(const Event &event)
{
    // A path of which only the end is known must not look like an absolute one.
    const bool truncated = event.attributes & LKM_ATTRIBUTE_TRUNCATED;
    m_payload.set_path((truncated ? "…" : "") + proto::toUtf8(event.subject));
    m_payload.set_app_id(proto::toUtf8(event.application));
    m_payload.set_flags(event.flags);
    m_payload.SerializeToString(m_message.mutable_payload());

    m_message.set_id(toText(event.id));
    m_message.set_type(dbus::type::fileOpened.data());
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
