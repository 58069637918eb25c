// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_COLUMNSETTINGS_H
#define LUNARIS_APP_GUI_COLUMNSETTINGS_H

#include "app/models/EventColumn.h"

#include <QSettings>
#include <vector>

namespace lunaris
{

/// What a person may say of a column of the table.
struct ColumnSetting {
    static constexpr double narrowest = 40;
    static constexpr double widest = 1000;

    EventColumn id;
    double width; ///< in pixels, for letters of the usual size; 0 is the path's, which takes what is left
    bool shown;
};

/// What never changes about a column.
struct ColumnFact {
    const char *key; ///< a short word, also in the settings
    double width;    ///< to begin with
    bool shown;      ///< to begin with
    bool numeric;    ///< aligned to the right
    bool exact;      ///< in the typeface of numbers and paths
};

const ColumnFact &factOf(EventColumn column);

/// Of all columns, in the order to begin with.
std::vector<ColumnSetting> standardColumns();

/// Of all columns, in the person's order. What is wrong in the file is left out, what is missing keeps its
/// place and width.
std::vector<ColumnSetting> loadColumns(const QSettings &settings);

void saveColumns(const std::vector<ColumnSetting> &columns, QSettings &settings);

} // namespace lunaris

#endif
