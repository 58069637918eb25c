// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FILES_EVENTSAVER_H
#define LUNARIS_APP_FILES_EVENTSAVER_H

#include "app/capture/CaptureFormat.h"
#include "app/models/BackgroundTask.h"
#include "app/models/EventRows.h"

#include <QString>
#include <optional>
#include <vector>

namespace lunaris
{

/// Events that are to go into a file.
struct SaveRequest {
    EventRows rows;
    std::optional<std::vector<quint64>> numbers; ///< of those to save, in their order; else all
    QString file;                                ///< what has this name is replaced
    QString format;                              ///< one of formatNames(), or empty for a capture
    capture::Facts facts;                        ///< of the machine that the events are of
};

struct SaveResult {
    QString problem; ///< a sentence; empty if all is written
    quint64 events = 0;
    quint64 unsayable = 0; ///< lack what the format requires, and are left out
};

/// Writes them, for their owner's eyes only, and puts the file in place when it is whole; so nothing is left
/// of one that was cancelled. Takes a while: not for the thread of the window.
SaveResult saveEvents(const SaveRequest &request, BackgroundTask::Course &course);

} // namespace lunaris

#endif
