// SPDX-License-Identifier: MIT
#include "app/gui/LiveView.h"

#include "app/client/MonitorClient.h"

#include <QDateTime>
#include <QMetaEnum>
#include <chrono>

namespace lunaris
{

namespace
{

constexpr QLatin1String timeKey{"live/time"};

// Less than the 50 ms between batches: only those that had to wait are drawn together.
constexpr std::chrono::milliseconds restOfRows{40};

} // namespace

LiveView::LiveView(MonitorClient *client, QSettings *settings, QObject *parent)
    : QObject(parent)
    , m_client(client)
    , m_settings(settings)
    , m_columns(settings)
    , m_highlights(settings)
    , m_filter(settings)
    , m_savedFilters(settings)
    , m_actions({&m_listing, &m_columns, &m_window.shown()->texts(), &m_filter, &m_highlights})
    , m_details(&m_listing, &m_window.shown()->texts())
{
    m_window.setRest(restOfRows);
    connect(client, &MonitorClient::eventsReceived, this, &LiveView::onEvents);
    connect(client, &MonitorClient::statusChanged, this, &LiveView::onStatus);
    connect(&m_listing, &EventListing::frozenChanged, this, &LiveView::frozenChanged);
    connect(&m_listing, &EventListing::pendingCountChanged, this, &LiveView::pendingCountChanged);
    connect(&m_listing, &EventListing::changed, this, &LiveView::countsChanged);
    connect(&m_listing, &EventListing::filterChanged, this, &LiveView::countsChanged);
    connect(&m_listing, &EventListing::searchingChanged, this, &LiveView::searchingChanged);
    connect(&m_listing, &EventListing::searchProgressChanged, this, &LiveView::searchProgressChanged);
    connect(&m_listing, &EventListing::sortingChanged, this, &LiveView::sortingChanged);
    connect(&m_filter, &FilterField::applied, &m_listing, &EventListing::setFilter);
    connect(&m_window, &EventWindow::currentChanged, this,
            [this] { m_details.setNumber(static_cast<quint64>(m_window.currentNumber())); });

    ShownRows *const shown = m_window.shown();
    const auto forms = QMetaEnum::fromType<ShownRows::TimeForm>();
    bool known = false;
    const int form = forms.keyToValue(settings->value(timeKey).toByteArray().constData(), &known);
    if (known) {
        shown->setTimeForm(static_cast<ShownRows::TimeForm>(form));
    }
    connect(shown, &ShownRows::timeFormChanged, this, [this, shown, forms] {
        m_settings->setValue(timeKey,
                             QString::fromLatin1(forms.valueToKey(static_cast<int>(shown->timeForm()))));
    });
}

void LiveView::onEvents(const MonitorEventList &events, quint64 dropped)
{
    if (m_store.startTime() == 0 && !events.isEmpty()) {
        m_window.shown()->setStartTime(events.constFirst().time);
    }
    m_connected = true; // events can be here before the status
    m_store.append(events, dropped);
}

void LiveView::onStatus()
{
    const bool connected = m_client->isSubscribed();
    // What is lost before anything came is not missed in the table.
    if (m_connected && !connected && m_store.rows().count() > 0) {
        m_store.appendConnectionLost(static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) * 1000);
    }
    m_connected = connected;
}

int LiveView::sortColumn() const
{
    return m_listing.sorting() ? static_cast<int>(m_listing.sorting()->column) : -1;
}

bool LiveView::isSortDescending() const
{
    return m_listing.sorting() && m_listing.sorting()->descending;
}

void LiveView::sortBy(int column)
{
    if (column < 0 || column >= eventColumnCount) {
        return;
    }
    const auto id = static_cast<EventColumn>(column);
    if (sortColumn() != column) {
        m_frozenBySorting = !isFrozen() || (m_listing.sorting() && m_frozenBySorting);
        m_listing.setSorting(EventSorting{id, false});
    } else if (!isSortDescending()) {
        m_listing.setSorting(EventSorting{id, true});
    } else {
        m_listing.setSorting(std::nullopt);
        if (m_frozenBySorting) {
            m_listing.setFrozen(false);
        }
    }
}

} // namespace lunaris
