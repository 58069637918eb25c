// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_BUS_EVENTENCODER_H
#define LUNARIS_HELPER_BUS_EVENTENCODER_H

#include "helper/normalizer/Event.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace lunaris
{

/// Writes events as frames of the Event Bus that it can never drop for their form: all strings are
/// UTF-8, nothing required is empty. Not thread-safe.
///
/// Every event passes here, so the fields are written straight into the frame; that they mean what
/// event.proto says is tested against protobuf's own decoders.
class EventEncoder
{
public:
    /// `sessionId` must be UTF-8 and not empty.
    explicit EventEncoder(std::string_view sessionId);

    /// One whole frame, length included; valid until the next call.
    std::string_view encode(const Event &event);

private:
    /// A field of a payload: a text or, with an empty one, a number.
    struct Field {
        int number = 0;
        std::string_view text;
        std::uint64_t value = 0;
    };

    /// Never looks absolute when only its end is known.
    std::string_view pathOf(const Event &event);

    /// The fields by ascending number. Their texts are the event's own or lie in the scratch strings.
    std::span<const Field> payloadOf(const Event &event);

    std::string m_source;  ///< the field, ready to be copied
    std::string m_session; ///< the same
    std::array<Field, 5> m_payload;
    std::string m_firstScratch;
    std::string m_secondScratch;
    std::string m_frame;
};

} // namespace lunaris

#endif
