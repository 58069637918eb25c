// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_EVENTSORTING_H
#define LUNARIS_APP_MODELS_EVENTSORTING_H

#include "app/models/BackgroundTask.h"
#include "app/models/EventColumn.h"
#include "app/models/EventRows.h"

namespace lunaris
{

/// An order of rows.
struct EventSorting {
    EventColumn column = EventColumn::Number;
    bool descending = false;

    bool operator==(const EventSorting &) const = default;
};

/// The same numbers in that order: by what a column shows, numbers by size, texts as people sort them, paths
/// by their bytes. Rows that are alike stay in the order of arrival. Any thread; nothing when it was
/// cancelled.
RowNumbers sorted(const EventRows &rows, RowNumbers numbers, EventSorting sorting,
                  BackgroundTask::Course &course);

} // namespace lunaris

#endif
