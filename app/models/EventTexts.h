// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_MODELS_EVENTTEXTS_H
#define LUNARIS_APP_MODELS_EVENTTEXTS_H

#include "app/models/DesktopApplications.h"
#include "app/models/EventColumn.h"
#include "app/models/EventRows.h"
#include "app/models/UserNames.h"

#include <QString>

namespace lunaris
{

/// The cells of a table of events as people read them: escaped, in their language. Remembers names that it
/// looked up. One thread.
class EventTexts
{
public:
    /// Empty where the event has nothing to say in that column. The time is the local clock's.
    QString cell(const StoredEvent &row, EventColumn column) const;

    /// The name of the application, or the comm where none is known.
    QString application(const StoredEvent &row) const;

    /// What application() says and QIcon may know; empty where no desktop file is found.
    QString icon(const StoredEvent &row) const;

    /// HH:mm:ss.zzz.
    static QString clock(quint64 time);

    /// Seconds, signed, to the microsecond.
    static QString seconds(qint64 microseconds);

    /// The title of a column.
    static QString title(EventColumn column);

private:
    DesktopApplications m_applications;
    UserNames m_users;
};

} // namespace lunaris

#endif
