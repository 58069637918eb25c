// SPDX-License-Identifier: MIT
#ifndef LUNARIS_DBUS_FILTER_EVENTVIEW_H
#define LUNARIS_DBUS_FILTER_EVENTVIEW_H

#include "dbus/filter/Field.h"

#include <array>
#include <cstdint>
#include <string_view>

namespace lunaris::filter
{

/// The members of an event as the D-Bus contract has them, whoever holds them. Nothing is copied: the texts
/// are the holder's.
struct EventMembers {
    std::string_view type;
    std::uint32_t pid = 0;
    std::uint32_t parentPid = 0;
    std::uint32_t uid = 0;
    std::string_view comm;        ///< as on D-Bus: bytes that are no UTF-8 are written \xHH
    std::string_view application; ///< likewise
    std::string_view subject;     ///< bytes
    std::uint32_t flags = 0;
    std::uint32_t mode = 0;
    std::int64_t value = 0;
};

/// An event as a filter sees it: which fields it has, and what is in them. The texts belong to whoever
/// filled it.
class EventView
{
public:
    EventView() = default;

    /// The one reading of the contract that helper and clients share: which type has which fields. `user`
    /// and `age` are the client's to add, if a filter asks for them.
    explicit EventView(const EventMembers &members);

    bool has(Field field) const { return m_present.contains(field); }
    /// Empty or 0 when the event lacks the field.
    std::string_view text(Field field) const { return m_texts[index(field)]; }
    std::int64_t number(Field field) const { return m_numbers[index(field) - textFieldCount]; }

    void setText(Field field, std::string_view text)
    {
        m_texts[index(field)] = text;
        m_present.insert(field);
    }
    void setNumber(Field field, std::int64_t number)
    {
        m_numbers[index(field) - textFieldCount] = number;
        m_present.insert(field);
    }

    /// The path, and with it name, dir and ext.
    void setPath(std::string_view path);

private:
    static constexpr std::size_t index(Field field) { return static_cast<std::size_t>(field); }

    FieldSet m_present;
    std::array<std::string_view, textFieldCount> m_texts;
    std::array<std::int64_t, fieldNames.size() - textFieldCount> m_numbers{};
};

} // namespace lunaris::filter

#endif
