// SPDX-License-Identifier: MIT
#ifndef LUNARIS_HELPER_NORMALIZER_EVENTTYPE_H
#define LUNARIS_HELPER_NORMALIZER_EVENTTYPE_H

#include "proto/EventNames.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace lunaris
{

enum class EventType : std::uint8_t {
    FileOpened,
    FileOpenFailed,
    FileWritten,
    ProcessStarted,
    ProcessExited,
    NetworkConnect,
    NetworkAccept,
};

inline constexpr std::array eventTypes = {
    EventType::FileOpened,    EventType::FileOpenFailed, EventType::FileWritten,   EventType::ProcessStarted,
    EventType::ProcessExited, EventType::NetworkConnect, EventType::NetworkAccept,
};

constexpr std::string_view nameOf(EventType type)
{
    constexpr std::array names = {
        proto::type::fileOpened,     proto::type::fileOpenFailed, proto::type::fileWritten,
        proto::type::processStarted, proto::type::processExited,  proto::type::networkConnect,
        proto::type::networkAccept,
    };
    static_assert(names.size() == eventTypes.size());
    return names[static_cast<std::size_t>(type)];
}

constexpr std::optional<EventType> eventTypeOf(std::string_view name)
{
    for (const EventType type : eventTypes) {
        if (nameOf(type) == name) {
            return type;
        }
    }
    return std::nullopt;
}

/// A set of types.
class EventTypes
{
public:
    constexpr EventTypes() = default;

    constexpr EventTypes with(EventType type) const { return EventTypes(m_bits | bitOf(type)); }
    constexpr EventTypes without(EventType type) const { return EventTypes(m_bits & ~bitOf(type)); }
    constexpr EventTypes without(EventTypes types) const { return EventTypes(m_bits & ~types.m_bits); }
    constexpr EventTypes operator|(EventTypes other) const { return EventTypes(m_bits | other.m_bits); }
    constexpr EventTypes operator&(EventTypes other) const { return EventTypes(m_bits & other.m_bits); }
    constexpr bool contains(EventType type) const { return (m_bits & bitOf(type)) != 0; }
    /// As people write them, one behind the other.
    std::string names() const
    {
        std::string names;
        for (const EventType type : eventTypes) {
            if (contains(type)) {
                names.append(names.empty() ? "" : ", ").append(nameOf(type));
            }
        }
        return names;
    }

    constexpr bool isEmpty() const { return m_bits == 0; }
    constexpr bool operator==(const EventTypes &) const = default;

    static constexpr EventTypes all()
    {
        EventTypes types;
        for (const EventType type : eventTypes) {
            types = types.with(type);
        }
        return types;
    }

    /// What a subscriber gets who does not choose, and the most that the Event Bus gets: failed opens
    /// are many, and say little to whoever did not ask for them.
    static constexpr EventTypes usual() { return all().without(EventType::FileOpenFailed); }

private:
    constexpr explicit EventTypes(std::uint32_t bits) : m_bits(bits) {}
    static constexpr std::uint32_t bitOf(EventType type) { return 1U << static_cast<unsigned>(type); }

    std::uint32_t m_bits = 0;
};

} // namespace lunaris

#endif
