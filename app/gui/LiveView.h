// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_LIVEVIEW_H
#define LUNARIS_APP_GUI_LIVEVIEW_H

#include "app/gui/CellActions.h"
#include "app/gui/EventColumns.h"
#include "app/gui/EventDetails.h"
#include "app/gui/EventWindow.h"
#include "app/gui/FilterField.h"
#include "app/gui/HighlightRules.h"
#include "app/gui/SavedFilters.h"
#include "app/models/EventListing.h"
#include "app/models/EventStore.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

class MonitorClient;

/// What the Live page shows and does: the events that came, a table of some of them, and the tools for it.
/// Belongs to the GUI thread.
class LiveView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")
    Q_PROPERTY(lunaris::EventWindow *rows READ rows CONSTANT)
    Q_PROPERTY(lunaris::EventColumns *columns READ columns CONSTANT)
    Q_PROPERTY(lunaris::FilterField *filter READ filter CONSTANT)
    Q_PROPERTY(lunaris::SavedFilters *savedFilters READ savedFilters CONSTANT)
    Q_PROPERTY(lunaris::HighlightRules *highlights READ highlights CONSTANT)
    Q_PROPERTY(lunaris::CellActions *actions READ actions CONSTANT)
    Q_PROPERTY(lunaris::EventDetails *details READ details CONSTANT)

public:
    /// Both must outlive it.
    LiveView(MonitorClient *client, QSettings *settings, QObject *parent = nullptr);

    EventWindow *rows() { return &m_window; }
    EventColumns *columns() { return &m_columns; }
    FilterField *filter() { return &m_filter; }
    SavedFilters *savedFilters() { return &m_savedFilters; }
    HighlightRules *highlights() { return &m_highlights; }
    CellActions *actions() { return &m_actions; }
    EventDetails *details() { return &m_details; }

    /// All that came and is kept.
    EventStore *store() { return &m_store; }

    /// What of it is shown.
    EventListing *listing() { return &m_listing; }

    Q_PROPERTY(bool frozen READ isFrozen WRITE setFrozen NOTIFY frozenChanged)
    /// Whether the view stands still. Capture, counters and everyone else go on.
    bool isFrozen() const { return m_listing.isFrozen(); }
    void setFrozen(bool frozen) { m_listing.setFrozen(frozen); }

    Q_PROPERTY(double pendingCount READ pendingCount NOTIFY pendingCountChanged)
    /// Events that came since the view froze.
    double pendingCount() const { return static_cast<double>(m_listing.pendingCount()); }

    Q_PROPERTY(double shownCount READ shownCount NOTIFY countsChanged)
    Q_PROPERTY(double totalCount READ totalCount NOTIFY countsChanged)
    /// Events that pass the filter, of those that are kept.
    double shownCount() const { return static_cast<double>(m_listing.eventCount()); }
    double totalCount() const { return static_cast<double>(m_listing.rows().eventCount()); }

    Q_PROPERTY(bool filtered READ isFiltered NOTIFY countsChanged)
    bool isFiltered() const { return !m_listing.filter().passesEverything(); }

    Q_PROPERTY(bool searching READ isSearching NOTIFY searchingChanged)
    Q_PROPERTY(double searchProgress READ searchProgress NOTIFY searchProgressChanged)
    /// Whether the rows are about to be those of a new filter or in a new order, and how far that is, 0 to 1.
    bool isSearching() const { return m_listing.isSearching(); }
    double searchProgress() const { return m_listing.searchProgress(); }

    Q_PROPERTY(int sortColumn READ sortColumn NOTIFY sortingChanged)
    Q_PROPERTY(bool sortDescending READ isSortDescending NOTIFY sortingChanged)
    /// An EventColumn; -1 while the rows are in the order of arrival.
    int sortColumn() const;
    bool isSortDescending() const;

    /// By another column the smallest first, by the same the other way round, and then as they come again.
    /// Sorting freezes the view, and its end thaws what it has frozen.
    Q_INVOKABLE void sortBy(int column);

Q_SIGNALS:
    void frozenChanged();
    void pendingCountChanged();
    void countsChanged();
    void searchingChanged();
    void searchProgressChanged();
    void sortingChanged();

private:
    void onEvents(const MonitorEventList &events, quint64 dropped);
    void onStatus();

    MonitorClient *const m_client;
    QSettings *const m_settings;
    EventStore m_store;
    EventListing m_listing{&m_store};
    EventColumns m_columns;
    HighlightRules m_highlights;
    EventWindow m_window{&m_listing, &m_columns, &m_highlights};
    FilterField m_filter;
    SavedFilters m_savedFilters;
    CellActions m_actions;
    EventDetails m_details;
    bool m_connected = false;
    bool m_frozenBySorting = false;
};

} // namespace lunaris

#endif
