// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_GROUPTABLE_H
#define LUNARIS_APP_MODELS_GROUPTABLE_H

#include <QByteArray>
#include <QByteArrayView>
#include <vector>

namespace lunaris
{

/// What there is to say of some events together.
struct Totals {
    quint64 events = 0;
    quint64 bytes = 0; ///< written
    quint64 first = 0; ///< microseconds since the epoch; 0 while there are no events
    quint64 last = 0;

    void add(quint64 bytesWritten, quint64 time);
    void add(const Totals &other);
};

/// Events counted by a key, in memory that has a bound: where there are too many keys, those with the fewest
/// events are summed up as others(), and begin anew when they come back. So a group that was always among
/// the larger ones is exact, the sum of all is exact always, and a small group may have had more events
/// than it says. O(1) per event, spread over many.
class GroupTable
{
public:
    struct Group {
        quint64 number = 0; ///< from 1 in the order in which they began; never used again
        QByteArray key;
        Totals totals;
    };

    /// At most so many groups, at least 4, whose keys have at most so many bytes together.
    GroupTable(qsizetype mostGroups, qsizetype mostBytes);

    /// One more event of this key.
    void add(QByteArrayView key, quint64 bytesWritten, quint64 time);

    void clear();

    qsizetype size() const { return static_cast<qsizetype>(m_groups.size()); }
    /// In the order of their numbers.
    const std::vector<Group> &groups() const { return m_groups; }

    /// Events of keys that have no group of their own any more.
    const Totals &others() const { return m_others; }

private:
    /// Where a group is, until others are dropped.
    using Id = quint32;

    struct Slot {
        quint32 hash = 0;
        quint32 next = 0; // id + 1, 0 is empty
    };

    static quint32 hashOf(QByteArrayView key);
    std::size_t slotOf(QByteArrayView key, quint32 hash) const;
    template<typename Next>
    void makeIndex(const Next &next);
    void dropSmallGroups();
    std::vector<bool> largeGroups() const;

    const qsizetype m_mostGroups;
    const qsizetype m_mostBytes;
    std::vector<Group> m_groups;
    std::vector<Slot> m_index; // open addressing, a power of two, at most half full
    qsizetype m_keyBytes = 0;
    Totals m_others;
    quint64 m_nextNumber = 1;
};

} // namespace lunaris

#endif
