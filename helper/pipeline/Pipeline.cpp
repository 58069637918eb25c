// SPDX-License-Identifier: MIT
#include "helper/pipeline/Pipeline.h"

#include <utility>

namespace lunaris
{

Pipeline::Pipeline(Normalizer normalizer, std::function<std::int64_t()> realtimeOffset, EventSink &tap,
                   EventSink *bus, EventTypes busTypes, PrivilegedEvents privilegedEvents)
    : m_normalizer(std::move(normalizer))
    , m_realtimeOffset(std::move(realtimeOffset))
    , m_tap(tap)
    , m_bus(bus)
    , m_busTypes(busTypes)
    , m_privilegedEvents(privilegedEvents)
{
}

void Pipeline::record(std::span<const std::byte> bytes)
{
    Event event;
    const Normalizer::Verdict verdict = m_normalizer.normalize(bytes, m_realtimeOffset(), event);
    if (verdict == Normalizer::Verdict::Noted) {
        return;
    }
    m_counters.received.add(1);
    switch (verdict) {
    case Normalizer::Verdict::Noted:
        break;
    case Normalizer::Verdict::Kept:
        deliver(event);
        break;
    case Normalizer::Verdict::Filtered:
        m_counters.filtered.add(1);
        break;
    case Normalizer::Verdict::Duplicate:
        m_counters.duplicates.add(1);
        break;
    case Normalizer::Verdict::Malformed:
        m_counters.malformed.add(1);
        break;
    }
}

void Pipeline::deliver(const Event &event)
{
    m_tap.event(event);
    if (!m_bus || isWithheld(event)) {
        m_counters.withheld.add(1);
        return;
    }
    m_counters.forwarded.add(1);
    m_bus->event(event);
}

bool Pipeline::isWithheld(const Event &event) const
{
    if (!m_busTypes.contains(event.type)) {
        return true;
    }
    if (!event.privileged) {
        return false;
    }
    switch (m_privilegedEvents) {
    case PrivilegedEvents::Public:
        return (event.type == EventType::FileOpened || event.type == EventType::FileWritten) &&
               event.owner != 0;
    case PrivilegedEvents::All:
        return false;
    case PrivilegedEvents::None:
        return true;
    }
    return true;
}

void Pipeline::endOfBatch()
{
    m_tap.flush();
    if (m_bus) {
        m_bus->flush();
    }
}

} // namespace lunaris
