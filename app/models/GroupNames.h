// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_GROUPNAMES_H
#define LUNARIS_APP_MODELS_GROUPNAMES_H

#include "app/models/DesktopApplications.h"
#include "app/models/EventSummary.h"
#include "app/models/UserNames.h"

#include <QCoreApplication>

namespace lunaris
{

/// What the groups of a summary are called for people: escaped, in their language. Remembers names that it
/// looked up. One thread.
class GroupNames
{
    Q_DECLARE_TR_FUNCTIONS(lunaris::GroupNames)

public:
    using Grouping = EventSummary::Grouping;

    QString name(Grouping grouping, const QByteArray &key) const;

    /// Whether the groups are called by a path.
    static bool isPath(Grouping grouping)
    {
        return grouping == Grouping::Folder || grouping == Grouping::File;
    }

private:
    DesktopApplications m_applications;
    UserNames m_users;
};

} // namespace lunaris

#endif
