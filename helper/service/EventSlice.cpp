// SPDX-License-Identifier: MIT
#include "helper/service/EventSlice.h"

namespace lunaris
{

void EventSlice::clear()
{
    m_copies.clear();
    m_texts.clear();
}

void EventSlice::append(EventRing::Position position, const Event &event)
{
    m_copies.push_back({position, event, m_texts.size()});
    m_texts += event.comm;
    m_texts += event.application;
    m_texts += event.subject;
}

Event EventSlice::event(std::size_t index) const
{
    const Copy &copy = m_copies[index];
    Event event = copy.event;
    std::size_t offset = copy.offset;
    for (std::string_view *const text : {&event.comm, &event.application, &event.subject}) {
        *text = std::string_view(m_texts).substr(offset, text->size());
        offset += text->size();
    }
    return event;
}

} // namespace lunaris
