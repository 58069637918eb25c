// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_GROUPORDER_H
#define LUNARIS_APP_MODELS_GROUPORDER_H

#include "app/models/BackgroundTask.h"
#include "app/models/GroupNames.h"

#include <QString>
#include <vector>

namespace lunaris
{

/// Which groups of a summary are listed, and in what order.
struct GroupOrder {
    enum class Column { Name, Events, Bytes, First, Last };

    EventSummary::Grouping grouping = EventSummary::Grouping::Application;
    Column column = Column::Events;
    bool descending = true;
    QString search; ///< only groups whose name contains it, in capital or small letters; empty for all
};

/// Groups as they were when they were asked for, one after the other.
struct GroupListing {
    EventSummary::Grouping grouping = EventSummary::Grouping::Application;
    std::vector<GroupTable::Group> groups;
    quint64 mostEvents = 1; ///< of one group, also of those that are not listed
};

/// Puts them into order. Equals stay in the order of their first event, whichever way round.
GroupListing listed(std::vector<GroupTable::Group> groups, const GroupOrder &order, const GroupNames &names,
                    const BackgroundTask::Course &course);

} // namespace lunaris

#endif
