// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_PROCESSOUTLINE_H
#define LUNARIS_APP_MODELS_PROCESSOUTLINE_H

#include "app/models/BackgroundTask.h"
#include "app/models/ProcessTree.h"

#include <QHash>
#include <QSet>
#include <QString>
#include <vector>

namespace lunaris
{

/// Which processes of a tree are wanted.
struct ProcessChoice {
    QString search; ///< only those whose name, path or pid contains it, and those above them; empty for all
    bool ended = false;   ///< those that have ended, too
    QSet<quint64> closed; ///< numbers of those below which nothing is listed
};

/// A tree of processes as it was when it was asked for, one row after the other.
struct ProcessOutline {
    struct Place {
        int depth = 0;
        bool parental = false;   ///< there are rows below it, or would be if it were open
        quint64 eventsBelow = 0; ///< its own, and those of all below it
    };

    std::vector<quint64> numbers;
    QHash<quint64, Place> places; ///< of these
};

/// `processes` with all parents that they name; those below the same one are listed in their order.
ProcessOutline outlined(const std::vector<ProcessTree::Process> &processes, const ProcessChoice &choice,
                        const BackgroundTask::Course &course);

} // namespace lunaris

#endif
