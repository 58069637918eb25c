// SPDX-License-Identifier: MIT
#include "app/gui/EventWindow.h"

#include <QElapsedTimer>
#include <algorithm>
#include <cmath>
#include <utility>

namespace lunaris
{

namespace
{

// For how many times as long as showing rows took it rests at least: so it takes a fifth of the time at most.
constexpr int restShare = 4;

// Not 0: Qt's event loop of GLib would wait with that until there is nothing else to do.
constexpr std::chrono::milliseconds untilNextTurn{1};

} // namespace

EventWindow::EventWindow(const EventListing *listing, const EventColumns *columns,
                         const HighlightRules *highlights, QObject *parent)
    : QObject(parent), m_listing(listing), m_shown(listing, columns, highlights)
{
    m_rest.setSingleShot(true);
    connect(&m_rest, &QTimer::timeout, this, &EventWindow::showWaiting);
    connect(listing, &EventListing::changed, this, &EventWindow::onListingChanged);
    connect(listing, &EventListing::sortingChanged, this, &EventWindow::onSortingChanged);
}

void EventWindow::setViewSize(double rows)
{
    rows = std::max(rows, 0.0);
    if (rows != m_viewSize) {
        const double before = std::exchange(m_viewSize, rows);
        m_following = m_following || isEnd(position());
        const int row = currentRow();
        const bool inView = row >= 0 && row + 1 - m_fraction <= before;
        refresh();
        // What one reads stays in sight when something opens beside it.
        const double below = row + 1 - m_fraction - rows;
        if (inView && !m_following && below > 0) {
            moveTo(position() + std::ceil(below));
        }
    }
}

void EventWindow::setPosition(double position)
{
    if (std::isnan(position)) {
        return;
    }
    // It counts from the first row as it was shown last, which may be gone.
    const RowNumbers &numbers = m_shown.numbers();
    const bool counts = m_waiting && !numbers.empty() && !m_listing->sorting();
    const double gone =
        counts ? static_cast<double>(m_shown.top()) - static_cast<double>(m_listing->indexOf(numbers.front()))
               : 0;
    m_following = isEnd(position - gone);
    m_toTop = false;
    moveTo(position - gone);
}

void EventWindow::setFollowing(bool following)
{
    if (following != m_following) {
        m_following = following;
        refresh();
    }
}

double EventWindow::unseen() const
{
    if (m_listing->sorting()) {
        return 0; // frozen: nothing comes
    }
    return static_cast<double>(m_listing->count() - m_listing->indexOf(m_seenEnd));
}

bool EventWindow::isListed(quint64 number) const
{
    const quint64 place = m_listing->indexOf(number);
    return place < m_listing->count() && m_listing->numberAt(place) == number;
}

void EventWindow::onListingChanged()
{
    if (m_leastRest == std::chrono::milliseconds::zero()) {
        refresh();
        return;
    }
    m_waiting = true;
    if (!m_rest.isActive()) {
        m_rest.start(untilNextTurn);
    }
}

void EventWindow::showWaiting()
{
    if (m_waiting) {
        QElapsedTimer time;
        time.start();
        refresh();
        m_rest.start(std::max(m_leastRest, restShare * std::chrono::milliseconds(time.elapsed())));
    }
}

void EventWindow::catchUp()
{
    if (m_waiting) {
        refresh();
    }
}

void EventWindow::refresh()
{
    m_waiting = false;
    if (m_current != 0 && !m_listing->rows().contains(m_current)) {
        m_current = 0;
        Q_EMIT currentChanged();
    }
    // What held its place before the rows changed: the current row if it was in view, else the first.
    const RowNumbers &numbers = m_shown.numbers();
    double place = 0;
    const int row = currentRow();
    if (m_toTop) {
        m_toTop = m_listing->isSearching();
        m_fraction = 0;
    } else if (row >= 0 && isListed(m_current)) {
        place = static_cast<double>(m_listing->indexOf(m_current)) - row;
    } else if (!numbers.empty()) {
        place = static_cast<double>(m_listing->indexOf(numbers.front()));
    }
    const bool gone = !numbers.empty() && numbers.front() < m_listing->rows().first();
    moveTo(place + (gone ? 0 : m_fraction));
}

/// Sorted rows are read from their beginning, the live ones at their end.
void EventWindow::onSortingChanged()
{
    m_following = !m_listing->sorting();
    m_toTop = !m_following; // until they are sorted
    moveTo(0);
}

double EventWindow::endPosition() const
{
    return std::max(0.0, static_cast<double>(m_listing->count()) - m_viewSize);
}

bool EventWindow::isEnd(double position) const
{
    // A wheel step that ends within a pixel of the end means the end.
    constexpr double aPixel = 0.04;
    return position >= endPosition() - aPixel && !m_listing->sorting();
}

void EventWindow::moveTo(double position)
{
    const double end = endPosition();
    position = m_following ? end : std::clamp(position, 0.0, end);
    m_total = static_cast<double>(m_listing->count());

    const double top = std::floor(position);
    m_fraction = position - top;
    const auto first = static_cast<quint64>(top);
    // One more for the part that is scrolled off, one for a view that is not a whole number of rows.
    const auto fit = static_cast<std::size_t>(std::ceil(m_viewSize)) + 2;
    RowNumbers numbers(std::min<std::size_t>(fit, m_listing->count() - first));
    for (std::size_t row = 0; row < numbers.size(); ++row) {
        numbers[row] = m_listing->numberAt(first + row);
    }
    const auto inView = static_cast<std::size_t>(std::floor(position + m_viewSize) - top);
    if (inView > 0 && !numbers.empty()) {
        m_seenEnd = std::max(m_seenEnd, numbers[std::min(inView, numbers.size()) - 1] + 1);
    }
    m_shown.show(first, std::move(numbers), fit);
    Q_EMIT viewChanged();
}

int EventWindow::currentRow() const
{
    const RowNumbers &numbers = m_shown.numbers();
    const auto row = std::find(numbers.begin(), numbers.end(), m_current);
    return m_current == 0 || row == numbers.end() ? -1 : static_cast<int>(row - numbers.begin());
}

void EventWindow::setCurrent(int row)
{
    const RowNumbers &numbers = m_shown.numbers();
    if (row >= 0 && static_cast<std::size_t>(row) < numbers.size()) {
        m_current = numbers[static_cast<std::size_t>(row)];
        m_following = false; // who selects wants to read
        Q_EMIT currentChanged();
        Q_EMIT viewChanged();
    }
}

void EventWindow::moveCurrent(double rows)
{
    catchUp();
    if (m_listing->count() == 0) {
        return;
    }
    const double last = total() - 1;
    double place = 0;
    if (m_current == 0 || !isListed(m_current)) {
        // The first step enters at the edge of the view that it comes from.
        const double edge = rows < 0 ? std::min(position() + m_viewSize, total()) - 1 : position();
        place = std::ceil(edge) + rows - (rows < 0 ? -1 : 1);
    } else {
        place = static_cast<double>(m_listing->indexOf(m_current)) + rows;
    }
    select(static_cast<quint64>(std::clamp(place, 0.0, last)));
}

void EventWindow::goTo(double number)
{
    catchUp();
    if (m_listing->count() > 0) {
        const quint64 place = m_listing->indexOf(static_cast<quint64>(std::max(number, 0.0)));
        select(std::min(place, m_listing->count() - 1));
    }
}

void EventWindow::select(quint64 index)
{
    m_current = m_listing->numberAt(index);
    const auto row = static_cast<double>(index);
    if (index + 1 == m_listing->count() && !m_listing->sorting()) {
        setFollowing(true);
    } else if (row < position()) {
        setPosition(row);
    } else if (row + 1 > position() + m_viewSize) {
        setPosition(row + 1 - m_viewSize);
    } else {
        // The person is reading here: hold the view although it stands at the end.
        m_following = false;
        Q_EMIT viewChanged();
    }
    Q_EMIT currentChanged();
}

} // namespace lunaris
