// SPDX-License-Identifier: MIT
#include "app/models/GroupTable.h"

#include <QRandomGenerator>
#include <algorithm>
#include <tuple>
#include <utility>
#include <xxhash.h>

namespace lunaris
{

namespace
{

constexpr std::size_t smallestIndex = 64;

} // namespace

void Totals::add(quint64 bytesWritten, quint64 time)
{
    ++events;
    bytes += bytesWritten;
    first = first == 0 ? time : std::min(first, time);
    last = std::max(last, time);
}

void Totals::add(const Totals &other)
{
    events += other.events;
    bytes += other.bytes;
    first = first == 0 ? other.first : std::min(first, other.first);
    last = std::max(last, other.last);
}

GroupTable::GroupTable(qsizetype mostGroups, qsizetype mostBytes)
    : m_mostGroups(std::max<qsizetype>(mostGroups, 4)), m_mostBytes(mostBytes), m_index(smallestIndex)
{
}

quint32 GroupTable::hashOf(QByteArrayView key)
{
    // Seeded per process: who chooses file names cannot choose where they collide.
    static const quint64 seed = QRandomGenerator::system()->generate64();
    const quint64 hash = XXH3_64bits_withSeed(key.data(), static_cast<std::size_t>(key.size()), seed);
    return static_cast<quint32>(hash ^ (hash >> 32));
}

/// Where the key is, or the empty slot that it would go into.
std::size_t GroupTable::slotOf(QByteArrayView key, quint32 hash) const
{
    const std::size_t mask = m_index.size() - 1;
    std::size_t at = hash & mask;
    while (m_index[at].next != 0 && (m_index[at].hash != hash || m_groups[m_index[at].next - 1].key != key)) {
        at = (at + 1) & mask;
    }
    return at;
}

void GroupTable::add(QByteArrayView key, quint64 bytesWritten, quint64 time)
{
    const quint32 hash = hashOf(key);
    const std::size_t at = slotOf(key, hash);
    if (m_index[at].next != 0) {
        m_groups[m_index[at].next - 1].totals.add(bytesWritten, time);
        return;
    }
    m_groups.push_back({m_nextNumber++, key.toByteArray(), {}});
    m_groups.back().totals.add(bytesWritten, time);
    m_keyBytes += key.size();
    m_index[at] = {hash, static_cast<quint32>(m_groups.size())};
    if (size() > m_mostGroups || m_keyBytes > m_mostBytes) {
        dropSmallGroups();
    } else if (m_groups.size() * 2 > m_index.size()) {
        makeIndex([](quint32 before) { return before; });
    }
}

void GroupTable::clear()
{
    m_groups.clear();
    m_keyBytes = 0;
    m_others = {};
    m_index.assign(smallestIndex, {});
}

/// For the groups as they are now: `next` says what a slot's next has become, 0 where its group is gone. No
/// key is looked at, they lie all over memory.
template<typename Next>
void GroupTable::makeIndex(const Next &next)
{
    std::size_t slots = smallestIndex;
    while (slots < m_groups.size() * 4) {
        slots *= 2;
    }
    const std::vector<Slot> before = std::exchange(m_index, std::vector<Slot>(slots));
    const std::size_t mask = slots - 1;
    for (const Slot &slot : before) {
        const quint32 now = slot.next == 0 ? 0 : next(slot.next);
        if (now != 0) {
            std::size_t at = slot.hash & mask;
            while (m_index[at].next != 0) {
                at = (at + 1) & mask;
            }
            m_index[at] = {slot.hash, now};
        }
    }
}

/// A quarter at once, so that the search for the small ones is paid by the many events that it takes to fill
/// up again. Those that stay keep their order, so that they need not be read from all over memory.
void GroupTable::dropSmallGroups()
{
    const std::vector<bool> stays = largeGroups();
    std::vector<quint32> next(m_groups.size() + 1); // of what was next before
    std::size_t kept = 0;
    for (std::size_t id = 0; id < m_groups.size(); ++id) {
        Group &group = m_groups[id];
        if (stays[id]) {
            std::swap(m_groups[kept], group);
            next[id + 1] = static_cast<quint32>(++kept);
        } else {
            m_keyBytes -= group.key.size();
            m_others.add(group.totals);
        }
    }
    m_groups.resize(kept);
    makeIndex([&next](quint32 before) { return next[before]; });
}

/// Three quarters of what there may be; by id.
std::vector<bool> GroupTable::largeGroups() const
{
    // Numbers that lie side by side: to compare the groups where they are would mostly be waiting for memory.
    struct Place {
        quint64 events;
        quint64 last;
        Id id;
    };
    std::vector<Place> places;
    places.reserve(m_groups.size());
    for (const Group &group : m_groups) {
        places.push_back({group.totals.events, group.totals.last, static_cast<Id>(places.size())});
    }
    // Of equals the newest stays: it may be about to grow.
    const auto isLarger = [](const Place &one, const Place &other) {
        return std::tie(one.events, one.last, one.id) > std::tie(other.events, other.last, other.id);
    };
    const qsizetype mostKept = std::min(size(), m_mostGroups / 4 * 3);
    const qsizetype mostBytes = m_mostBytes / 4 * 3;
    if (m_keyBytes <= mostBytes) {
        std::nth_element(places.begin(), places.begin() + mostKept, places.end(), isLarger);
    } else {
        std::sort(places.begin(), places.end(), isLarger); // who comes first has room
    }
    std::vector<bool> stays(m_groups.size());
    qsizetype kept = 0;
    qsizetype bytes = 0;
    for (const Place &place : places) {
        const qsizetype size = m_groups[place.id].key.size();
        if (kept < mostKept && bytes + size <= mostBytes) {
            ++kept;
            bytes += size;
            stays[place.id] = true;
        }
    }
    return stays;
}

} // namespace lunaris
