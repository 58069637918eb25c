// SPDX-License-Identifier: MIT
#include "helper/service/Subscription.h"

#include "proto/Escape.h"

#include <QUtf8StringView>
#include <algorithm>
#include <utility>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

constexpr qsizetype batchEvents = 1000;
constexpr std::size_t batchBytes = std::size_t{256} * 1024;
constexpr std::size_t unacknowledgedBatches = 4;

/// For each subscription's filter in each round: 4 % of a processor.
constexpr std::chrono::nanoseconds filterTime = 2ms;

/// Numbers, lengths and padding of one event on the wire, rounded up.
constexpr std::size_t eventOverhead = 128;

QString toText(std::string_view bytes)
{
    return QString::fromStdString(proto::toUtf8(bytes));
}

/// The most bytes that toText() of it takes on the wire.
std::size_t textSize(std::string_view bytes)
{
    const bool valid = QUtf8StringView(bytes.data(), static_cast<qsizetype>(bytes.size())).isValidUtf8();
    return valid ? bytes.size() : 4 * bytes.size();
}

MonitorEvent toMonitorEvent(const Event &event)
{
    MonitorEvent out;
    out.time = static_cast<quint64>(event.timestamp);
    out.type = toText(nameOf(event.type));
    out.pid = event.pid;
    out.parentPid = event.parentPid;
    out.uid = event.uid;
    out.comm = toText(event.comm);
    out.application = toText(event.application);
    out.subject = QByteArray(event.subject.data(), static_cast<qsizetype>(event.subject.size()));
    out.flags = event.flags;
    out.mode = event.mode;
    out.value = event.value;
    out.attributes = event.attributes;
    out.cgroup = event.cgroup;
    return out;
}

} // namespace

Subscription::Subscription(EventRing &ring, const Clock &clock, Terms terms)
    : m_ring(ring)
    , m_clock(clock)
    , m_scope(terms.scope)
    , m_filter(std::move(terms.filter))
    , m_firstNew(ring.end())
    , m_position(ring.positionBefore(terms.backlog, terms.scope))
    , m_maximumRate(terms.maximumRate)
    , m_allowance(terms.maximumRate)
    , m_allowedAt(clock())
{
}

bool Subscription::acknowledge(quint64 sequence)
{
    if (sequence > m_lastSequence) {
        return false;
    }
    m_unacknowledged.erase(m_unacknowledged.begin(),
                           std::upper_bound(m_unacknowledged.begin(), m_unacknowledged.end(), sequence));
    return true;
}

bool Subscription::isCaughtUp(EventRing::Position end) const
{
    return m_position >= end && m_dropped == 0 && m_unacknowledged.empty();
}

bool Subscription::isStalled() const
{
    return m_unacknowledged.size() >= unacknowledgedBatches;
}

void Subscription::allow()
{
    if (m_maximumRate > 0) {
        const std::chrono::nanoseconds now = m_clock();
        const double seconds = std::chrono::duration<double>(now - m_allowedAt).count();
        const double most = m_maximumRate;
        m_allowance = std::min(m_allowance + seconds * most, most);
        m_allowedAt = now;
    }
}

bool Subscription::isOverRate() const
{
    return m_maximumRate > 0 && m_allowance < 1 && m_position >= m_firstNew;
}

std::optional<Subscription::Batch> Subscription::next(EventSlice &room)
{
    std::optional<Batch> batch = take(room);
    if (isOverRate()) {
        // Comes after what is sent, and is told with the next batch.
        m_dropped += m_ring.skip(m_position, m_ring.end(), m_scope);
    }
    return batch;
}

std::optional<Subscription::Batch> Subscription::take(EventSlice &room)
{
    m_dropped += m_ring.skipOverwritten(m_position, m_scope);
    allow();
    Batch batch;
    if (!isStalled()) {
        if (m_filter) {
            takeFiltered(room, batch);
        } else {
            takeUntil(room, std::chrono::nanoseconds::max(), batch);
        }
    }
    if (batch.events.isEmpty()) {
        if (m_dropped == 0 ||
            (m_sinceEmptyBatch.isValid() && !m_sinceEmptyBatch.hasExpired(emptyBatchInterval.count()))) {
            return std::nullopt;
        }
        m_sinceEmptyBatch.start();
    }
    batch.dropped = std::exchange(m_dropped, 0);
    m_lastSequence += batch.dropped;
    for (MonitorEvent &event : batch.events) {
        event.sequence = ++m_lastSequence;
    }
    if (!batch.events.isEmpty()) {
        m_unacknowledged.push_back(m_lastSequence);
    }
    return batch;
}

/// A batch bounds what is sent; what a filter looks at and keeps back is bounded by time. One event may take
/// more than there is: then the next rounds are without this subscription until it is made up for.
void Subscription::takeFiltered(EventSlice &room, Batch &batch)
{
    if (m_overdrawn >= filterTime) {
        m_overdrawn -= filterTime;
        return;
    }
    const std::chrono::nanoseconds start = m_clock();
    const std::chrono::nanoseconds allowed = filterTime - m_overdrawn;
    takeUntil(room, start + allowed, batch);
    m_overdrawn = std::max(m_clock() - start - allowed, std::chrono::nanoseconds::zero());
}

void Subscription::takeUntil(EventSlice &room, std::chrono::nanoseconds deadline, Batch &batch)
{
    std::size_t bytes = 0;
    bool lookedAtOne = false; // however little time there is, it goes on
    for (;;) {
        room.clear();
        const EventRing::Position next =
            m_ring.read(m_position, m_scope, [&room](EventRing::Position at, const Event &event) {
                room.append(at, event);
                return true;
            });
        // No step forward: the end, or overwritten while we were reading, which the next round counts.
        if (next == m_position) {
            return;
        }
        for (std::size_t index = 0; index < room.size(); ++index) {
            const Event event = room.event(index);
            m_position = room.position(index);
            if (isOverRate()) {
                return;
            }
            if (m_filter) {
                if (std::exchange(lookedAtOne, true) && m_clock() >= deadline) {
                    return;
                }
                if (!m_filter->passes(event)) {
                    continue;
                }
            }
            const std::size_t size =
                eventOverhead + textSize(event.comm) + textSize(event.application) + event.subject.size();
            if (batch.events.size() == batchEvents || bytes + size > batchBytes) {
                return;
            }
            bytes += size;
            if (m_position >= m_firstNew) {
                m_allowance -= 1;
                batch.kernelTimes.push_back(event.kernelTime);
            }
            batch.events.append(toMonitorEvent(event));
        }
        m_position = next;
    }
}

} // namespace lunaris
