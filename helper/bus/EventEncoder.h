// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_BUS_EVENTENCODER_H
#define LUNARIS_HELPER_BUS_EVENTENCODER_H

#include "helper/normalizer/Event.h"
#include "proto/event.pb.h"

#include <string>
#include <string_view>

namespace lunaris
{

/// Writes events as frames of the Event Bus that it can never drop for their form: all strings are
/// UTF-8, nothing required is empty. Not thread-safe.
class EventEncoder
{
public:
    /// `sessionId` must not be empty.
    explicit EventEncoder(std::string sessionId);

    /// One whole frame, length included; valid until the next call.
    std::string_view encode(const Event &event);

private:
    void encodePayload(const Event &event);

    // Kept between calls: their strings keep their memory.
    eventbus::FileOpenedPayload m_fileOpened;
    eventbus::FileWrittenPayload m_fileWritten;
    eventbus::ProcessLifecyclePayload m_process;
    eventbus::NetworkConnectionPayload m_connection;
    eventbus::Event m_message;
    std::string m_frame;
};

} // namespace lunaris

#endif
