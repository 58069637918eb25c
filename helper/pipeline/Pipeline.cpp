// SPDX-License-Identifier: MIT
#include "helper/pipeline/Pipeline.h"

#include <sys/stat.h>
#include <utility>

namespace lunaris
{

Pipeline::Pipeline(Normalizer normalizer, std::function<std::int64_t()> realtimeOffset, EventSink &tap,
                   EventSink *bus, const BusSelection &busSelection)
    : m_normalizer(std::move(normalizer))
    , m_realtimeOffset(std::move(realtimeOffset))
    , m_tap(tap)
    , m_bus(bus)
    , m_busSelection(busSelection)
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
    if (!m_bus || !m_busSelection.contains(event)) {
        m_counters.withheld.add(1);
        return;
    }
    m_counters.forwarded.add(1);
    m_bus->event(event);
}

bool BusSelection::contains(const Event &event) const
{
    if (!types.contains(event.type)) {
        return false;
    }
    if (!directories && event.type == EventType::FileOpened && S_ISDIR(event.mode)) {
        return false;
    }
    if (!event.privileged) {
        return true;
    }
    switch (privileged) {
    case PrivilegedEvents::Public:
        return (event.type != EventType::FileOpened && event.type != EventType::FileWritten) ||
               event.owner == 0;
    case PrivilegedEvents::All:
        return true;
    case PrivilegedEvents::None:
        return false;
    }
    return false;
}

void Pipeline::endOfBatch()
{
    m_tap.flush();
    if (m_bus) {
        m_bus->flush();
    }
}

} // namespace lunaris
