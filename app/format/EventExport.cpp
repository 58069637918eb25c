// SPDX-License-Identifier: MIT
#include "app/format/EventExport.h"

#include <utility>

namespace lunaris
{

namespace
{

constexpr std::size_t atOnce = std::size_t{64} * 1024; // bytes of text

} // namespace

EventExport::EventExport(std::unique_ptr<EventFormat> format)
    : m_format(std::move(format)), m_text(m_format->header())
{
}

void EventExport::add(const MonitorEvent &event)
{
    if (const std::optional<std::string> line = m_format->line(event)) {
        m_text += *line;
        ++m_said;
    } else {
        ++m_unsayable;
    }
}

bool EventExport::isFull() const
{
    return m_text.size() >= atOnce;
}

std::string EventExport::take()
{
    return std::exchange(m_text, {});
}

} // namespace lunaris
