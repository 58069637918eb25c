// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CLIENT_EVENTBATCH_H
#define LUNARIS_APP_CLIENT_EVENTBATCH_H

#include "dbus/MonitorEvent.h"

#include <QDBusMessage>
#include <QtGlobal>
#include <optional>

namespace lunaris
{

/// What the signal Events brings.
struct EventBatch {
    quint64 id = 0;      ///< of the subscription
    quint64 dropped = 0; ///< events that were skipped before these
    MonitorEventList events;

    /// Nothing where the message is not what the interface says: of other types, with texts, times or
    /// numbers beyond any that there can be, or with events whose sequence numbers are not consecutive.
    static std::optional<EventBatch> read(const QDBusMessage &message);
};

/// How the batches of one subscription follow each other.
class BatchOrder
{
public:
    /// Takes the next batch. How many events are missing before it, said so or not; nothing where it cannot
    /// come here: it repeats numbers, or leaves out fewer than it says.
    std::optional<quint64> take(const EventBatch &batch);

private:
    quint64 m_last = 0; // sequence number that is accounted for
};

} // namespace lunaris

#endif
