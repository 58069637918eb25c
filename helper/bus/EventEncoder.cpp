// SPDX-License-Identifier: MIT
#include "helper/bus/EventEncoder.h"

#include "bpf/events.h"
#include "proto/Escape.h"
#include "proto/FrameCodec.h"
#include "proto/MessageWriter.h"
#include "proto/event.pb.h"

#include <algorithm>

namespace lunaris
{

namespace
{

using eventbus::FileOpenedPayload;
using eventbus::FileWrittenPayload;
using eventbus::NetworkConnectionPayload;
using eventbus::ProcessLifecyclePayload;
using proto::MessageWriter;
using Wire = eventbus::Event;

std::string textField(int number, std::string_view text)
{
    std::string field(MessageWriter::sizeOf(text), '\0');
    MessageWriter(field.data()).text(number, text);
    return field;
}

} // namespace

EventEncoder::EventEncoder(std::string_view sessionId)
    : m_source(textField(Wire::kSourceFieldNumber, "ebpf"))
    , m_session(textField(Wire::kSessionIdFieldNumber, sessionId))
{
}

std::string_view EventEncoder::pathOf(const Event &event)
{
    const std::string_view path = proto::asUtf8(event.subject, m_secondScratch);
    if ((event.attributes & LKM_ATTRIBUTE_TRUNCATED) == 0) {
        return path;
    }
    m_secondScratch = "…" + std::string(path);
    return m_secondScratch;
}

std::span<const EventEncoder::Field> EventEncoder::payloadOf(const Event &event)
{
    const std::string_view application = proto::asUtf8(event.application, m_firstScratch);
    std::size_t count = 0;
    const auto text = [&](int number, std::string_view value) { m_payload[count++] = {number, value, 0}; };
    const auto number = [&](int field, std::uint64_t value) { m_payload[count++] = {field, {}, value}; };

    switch (event.type) {
    case EventType::FileOpened:
    case EventType::FileOpenFailed:
        text(FileOpenedPayload::kPathFieldNumber, pathOf(event));
        text(FileOpenedPayload::kAppIdFieldNumber, application);
        number(FileOpenedPayload::kFlagsFieldNumber, event.flags);
        break;
    case EventType::FileWritten:
        text(FileWrittenPayload::kPathFieldNumber, pathOf(event));
        text(FileWrittenPayload::kAppIdFieldNumber, application);
        number(FileWrittenPayload::kBytesFieldNumber, static_cast<std::uint64_t>(event.value));
        break;
    case EventType::ProcessStarted:
    case EventType::ProcessExited:
        text(ProcessLifecyclePayload::kEventTypeFieldNumber,
             event.type == EventType::ProcessStarted ? "started" : "exited");
        number(ProcessLifecyclePayload::kPidFieldNumber, event.pid);
        number(ProcessLifecyclePayload::kPpidFieldNumber, event.parentPid);
        text(ProcessLifecyclePayload::kCommFieldNumber, proto::asUtf8(event.comm, m_secondScratch));
        // An int32 travels with its sign in all 64 bits.
        number(ProcessLifecyclePayload::kExitCodeFieldNumber,
               static_cast<std::uint64_t>(std::int64_t{static_cast<std::int32_t>(event.value)}));
        break;
    case EventType::NetworkConnect:
    case EventType::NetworkAccept:
        text(NetworkConnectionPayload::kAppIdFieldNumber, application);
        text(NetworkConnectionPayload::kRemoteAddrFieldNumber, proto::asUtf8(event.subject, m_secondScratch));
        text(NetworkConnectionPayload::kProtocolFieldNumber, "tcp");
        text(NetworkConnectionPayload::kDirectionFieldNumber,
             event.type == EventType::NetworkConnect ? "outbound" : "inbound");
        break;
    }
    return std::span(m_payload).first(count);
}

std::string_view EventEncoder::encode(const Event &event)
{
    const std::span<const Field> payload = payloadOf(event);
    std::size_t payloadSize = 0;
    for (const Field &field : payload) {
        payloadSize += MessageWriter::sizeOf(field.text) + MessageWriter::sizeOf(field.value);
    }
    const std::string_view type = nameOf(event.type);
    // The bus drops what has no time, even if the clock was never set.
    const auto timestamp = static_cast<std::uint64_t>(std::max<std::int64_t>(event.timestamp, 1));

    constexpr std::size_t idSize = 1 + MessageWriter::sizeOfVarint(uuidTextSize) + uuidTextSize;
    const std::size_t size = idSize + MessageWriter::sizeOf(type) + MessageWriter::sizeOf(timestamp) +
                             m_source.size() + MessageWriter::sizeOf(std::uint64_t{event.pid}) +
                             m_session.size() + 1 + MessageWriter::sizeOfVarint(payloadSize) + payloadSize +
                             MessageWriter::sizeOf(std::uint64_t{event.uid});
    if (m_frame.size() < proto::frameHeaderSize + size) {
        m_frame.resize(proto::frameHeaderSize + size);
    }
    proto::writeFrameHeader(static_cast<std::uint32_t>(size), m_frame.data());

    char id[uuidTextSize];
    writeText(event.id, id);
    MessageWriter writer(m_frame.data() + proto::frameHeaderSize);
    writer.text(Wire::kIdFieldNumber, {id, sizeof(id)});
    writer.text(Wire::kTypeFieldNumber, type);
    writer.number(Wire::kTimestampFieldNumber, timestamp);
    writer.raw(m_source);
    writer.number(Wire::kPidFieldNumber, event.pid);
    writer.raw(m_session);
    writer.startOf(Wire::kPayloadFieldNumber, payloadSize);
    for (const Field &field : payload) {
        writer.text(field.number, field.text);
        writer.number(field.number, field.value);
    }
    writer.number(Wire::kUidFieldNumber, event.uid);
    return std::string_view(m_frame).substr(0, proto::frameHeaderSize + size);
}

} // namespace lunaris
