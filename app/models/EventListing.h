// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_EVENTLISTING_H
#define LUNARIS_APP_MODELS_EVENTLISTING_H

#include "app/models/BackgroundTask.h"
#include "app/models/EventFilter.h"
#include "app/models/EventSorting.h"
#include "app/models/EventStore.h"

#include <QObject>
#include <QTimer>
#include <cstddef>
#include <optional>
#include <vector>

namespace lunaris
{

/// Which rows of a store are shown, and in which order: those that pass a filter, as they come; or, while
/// frozen, those that were there, sorted if wanted.
///
/// New rows are asked about as they come. A new filter goes over all rows on another thread, on a copy of
/// EventRows; until it is through, the rows are those of the filter before. Belongs to the thread that made
/// it.
class EventListing : public QObject
{
    Q_OBJECT

public:
    /// `store` must outlive it.
    explicit EventListing(EventStore *store, QObject *parent = nullptr);

    /// What the numbers are of: the store's rows, or those that were there when it froze.
    const EventRows &rows() const { return m_frozenRows ? *m_frozenRows : m_store->rows(); }

    quint64 count() const;
    /// `index` is below count().
    quint64 numberAt(quint64 index) const;
    /// Where a row stands, or the next one that is shown; count() when there is none.
    quint64 indexOf(quint64 number) const;

    /// Of count(), without the gaps, which are always shown.
    quint64 eventCount() const { return count() - (rows().count() - rows().eventCount()); }

    /// The last one that was asked for; in force as soon as nothing is searched any more.
    const EventFilter &filter() const { return m_wanted; }
    void setFilter(const EventFilter &filter);

    bool isFrozen() const { return m_frozenRows.has_value(); }
    void setFrozen(bool frozen);

    /// Events that came since it froze.
    quint64 pendingCount() const { return m_store->rows().eventsEver() - rows().eventsEver(); }

    /// Only frozen rows can be sorted: sorting freezes, and the live order comes back with the live rows.
    const std::optional<EventSorting> &sorting() const { return m_sorting; }
    void setSorting(const std::optional<EventSorting> &sorting);

    /// Empties the store, and shows that also while frozen.
    void clear();

    bool isSearching() const { return m_filterSearch.isRunning() || m_sortSearch.isRunning(); }
    /// 0 to 1; of filtering and sorting each.
    double searchProgress() const;

Q_SIGNALS:
    /// Once after every change of what is shown.
    void changed();

    void filterChanged();
    void sortingChanged();
    void frozenChanged();
    void pendingCountChanged();
    void searchingChanged();
    void searchProgressChanged();

private:
    void onStoreChanged();
    void advance();
    void forgetGone();
    void filterAll();
    void sortAll();
    void useFiltered(const EventFilter &filter, quint64 end, RowNumbers numbers);
    RowNumbers::const_iterator firstFiltered() const
    {
        return m_filtered.begin() + static_cast<std::ptrdiff_t>(m_gone);
    }
    void refreshAges();
    void leaveSorting();

    EventStore *const m_store;
    EventFilter m_wanted;
    EventMatcher m_matcher{EventFilter()}; // of the filter in force
    RowNumbers m_filtered;                 // ascending; unused while everything passes
    std::size_t m_gone = 0;                // of these, from the front: rows that are gone
    quint64 m_lookedAt = 1;                // rows below have been asked about
    std::optional<EventRows> m_frozenRows;
    std::optional<EventSorting> m_sorting;
    std::vector<quint64> m_sorted;
    bool m_isSorted = false; // m_sorted is there
    BackgroundTask m_filterSearch;
    BackgroundTask m_sortSearch;
    QTimer m_ageTimer;
};

} // namespace lunaris

#endif
