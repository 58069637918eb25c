// SPDX-License-Identifier: MIT
#include "app/models/EventListing.h"

#include <QDateTime>
#include <algorithm>
#include <chrono>
#include <numeric>
#include <utility>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

// As many rows as can be asked about at once without a picture being late.
constexpr quint64 mostAtOnce = 20'000;

quint64 now()
{
    return static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) * 1000;
}

RowNumbers passing(const EventRows &rows, EventMatcher matcher, BackgroundTask::Course &course)
{
    constexpr quint64 stretch = 4096;
    RowNumbers numbers;
    for (quint64 number = rows.first(); number < rows.end();) {
        if (course.isCancelled()) {
            return {};
        }
        course.setProgress(static_cast<double>(number - rows.first()) / static_cast<double>(rows.count()));
        for (const quint64 end = std::min(number + stretch, rows.end()); number < end; ++number) {
            if (matcher.passes(rows.at(number))) {
                numbers.push_back(number);
            }
        }
    }
    return numbers;
}

} // namespace

EventListing::EventListing(EventStore *store, QObject *parent) : QObject(parent), m_store(store)
{
    connect(store, &EventStore::changed, this, &EventListing::onStoreChanged);
    for (BackgroundTask *const search : {&m_filterSearch, &m_sortSearch}) {
        connect(search, &BackgroundTask::runningChanged, this, &EventListing::searchingChanged);
        connect(search, &BackgroundTask::progressChanged, this, &EventListing::searchProgressChanged);
    }
    m_ageTimer.setInterval(5s);
    connect(&m_ageTimer, &QTimer::timeout, this, &EventListing::refreshAges);
    m_lookedAt = store->rows().end();
}

quint64 EventListing::count() const
{
    if (m_isSorted) {
        return m_sorted.size();
    }
    return m_matcher.filter().passesEverything() ? rows().count() : m_filtered.size() - m_gone;
}

quint64 EventListing::numberAt(quint64 index) const
{
    if (m_isSorted) {
        return m_sorted[index];
    }
    return m_matcher.filter().passesEverything() ? rows().first() + index : m_filtered[m_gone + index];
}

quint64 EventListing::indexOf(quint64 number) const
{
    if (m_isSorted) {
        return static_cast<quint64>(std::find(m_sorted.begin(), m_sorted.end(), number) - m_sorted.begin());
    }
    if (m_matcher.filter().passesEverything()) {
        return std::clamp(number, rows().first(), rows().end()) - rows().first();
    }
    const auto first = firstFiltered();
    return static_cast<quint64>(std::lower_bound(first, m_filtered.cend(), number) - first);
}

void EventListing::setFilter(const EventFilter &filter)
{
    m_wanted = filter;
    if (filter.dependsOnAge()) {
        m_ageTimer.start();
    } else {
        m_ageTimer.stop();
    }
    if (filter.passesEverything()) {
        m_filterSearch.cancel();
        useFiltered(filter, rows().end(), {});
    } else {
        filterAll();
    }
    Q_EMIT filterChanged();
}

void EventListing::filterAll()
{
    EventMatcher matcher(m_wanted);
    matcher.setNow(now());
    m_filterSearch.start(
        [rows = rows(), matcher](BackgroundTask::Course &course) { return passing(rows, matcher, course); },
        [this, filter = m_wanted, end = rows().end()](RowNumbers numbers) {
            useFiltered(filter, end, std::move(numbers));
        });
}

void EventListing::useFiltered(const EventFilter &filter, quint64 end, RowNumbers numbers)
{
    m_matcher = EventMatcher(filter);
    m_filtered = std::move(numbers);
    m_gone = 0;
    m_lookedAt = end;
    m_isSorted = false;
    m_sorted.clear();
    advance(); // rows have come and gone since the search began
    if (m_sorting) {
        sortAll();
    }
    Q_EMIT changed();
}

void EventListing::onStoreChanged()
{
    if (isFrozen()) {
        Q_EMIT pendingCountChanged();
        return;
    }
    advance();
    Q_EMIT changed();
}

/// Asks about the rows that are new, and forgets those that are gone.
void EventListing::advance()
{
    const EventRows &all = rows();
    forgetGone();
    m_lookedAt = std::max(m_lookedAt, all.first());
    if (m_matcher.filter().passesEverything()) {
        m_lookedAt = all.end();
        return;
    }
    m_matcher.setNow(now());
    for (; m_lookedAt < all.end(); ++m_lookedAt) {
        if (m_matcher.passes(all.at(m_lookedAt))) {
            m_filtered.push_back(m_lookedAt);
        }
    }
}

void EventListing::forgetGone()
{
    while (m_gone < m_filtered.size() && m_filtered[m_gone] < rows().first()) {
        ++m_gone;
    }
    // Moved to the front when they are fewer than those that are gone, so that moving is paid by their going.
    if (m_gone > m_filtered.size() / 2) {
        m_filtered.erase(m_filtered.begin(), firstFiltered());
        m_gone = 0;
    }
}

void EventListing::setFrozen(bool frozen)
{
    if (frozen == isFrozen()) {
        return;
    }
    if (frozen) {
        m_frozenRows = m_store->rows();
    } else {
        m_frozenRows.reset();
        leaveSorting();
        // A long freeze leaves much to ask about: as for a new filter, not on this thread.
        if (m_filterSearch.isRunning() || rows().end() - m_lookedAt > mostAtOnce) {
            forgetGone();
            m_lookedAt = rows().end();
            setFilter(m_wanted);
        } else {
            advance();
        }
    }
    Q_EMIT frozenChanged();
    Q_EMIT pendingCountChanged();
    Q_EMIT changed();
}

void EventListing::setSorting(const std::optional<EventSorting> &sorting)
{
    if (sorting == m_sorting) {
        return;
    }
    if (sorting) {
        setFrozen(true);
        m_sorting = sorting;
        if (!m_filterSearch.isRunning()) {
            sortAll();
        }
        Q_EMIT sortingChanged();
    } else {
        leaveSorting();
        Q_EMIT changed();
    }
}

void EventListing::sortAll()
{
    RowNumbers numbers(firstFiltered(), m_filtered.cend());
    if (m_matcher.filter().passesEverything()) {
        numbers.resize(rows().count());
        std::iota(numbers.begin(), numbers.end(), rows().first());
    }
    m_sortSearch.start(
        [rows = rows(), numbers = std::move(numbers),
         sorting = *m_sorting](BackgroundTask::Course &course) mutable {
            return sorted(rows, std::move(numbers), sorting, course);
        },
        [this](RowNumbers inOrder) {
            m_sorted = std::move(inOrder);
            m_isSorted = true;
            Q_EMIT changed();
        });
}

void EventListing::leaveSorting()
{
    if (m_sorting) {
        m_sortSearch.cancel();
        m_sorting.reset();
        m_isSorted = false;
        m_sorted = {};
        Q_EMIT sortingChanged();
    }
}

void EventListing::clear()
{
    m_filterSearch.cancel();
    m_sortSearch.cancel();
    m_filtered.clear();
    m_gone = 0;
    m_sorted.clear();
    m_matcher = EventMatcher(m_wanted);
    m_store->clear();
    m_lookedAt = m_store->rows().end();
    if (isFrozen()) {
        m_frozenRows = m_store->rows();
        Q_EMIT pendingCountChanged();
        Q_EMIT changed();
    }
}

double EventListing::searchProgress() const
{
    return m_filterSearch.isRunning() ? m_filterSearch.progress() : m_sortSearch.progress();
}

void EventListing::refreshAges()
{
    if (!isFrozen() && !isSearching()) {
        filterAll();
    }
}

} // namespace lunaris
