// SPDX-License-Identifier: MIT
#include "app/client/EventBatch.h"

#include <QDBusMetaType>
#include <algorithm>
#include <limits>

namespace lunaris
{

namespace
{

// A path has 4096 bytes at most, and each may be escaped with four.
constexpr qsizetype longestText = qsizetype{4} * 4096;
// The end of the year 9999, in microseconds.
constexpr quint64 lastTime = 253'402'300'799'999'999;
// Of a file's bytes or anything else that an event counts.
constexpr qint64 largestValue = std::numeric_limits<qint64>::max() / 2;
// A million events a second, for nearly nine years.
constexpr quint64 mostMissing = quint64{1} << 48U;

bool isPossible(const MonitorEvent &event)
{
    return event.time <= lastTime && event.value <= largestValue && event.value >= -largestValue &&
           event.type.size() <= longestText && event.comm.size() <= longestText &&
           event.application.size() <= longestText && event.subject.size() <= longestText;
}

QString signature()
{
    return QStringLiteral("tt") +
           QLatin1String(QDBusMetaType::typeToSignature(QMetaType::fromType<MonitorEventList>()));
}

} // namespace

std::optional<EventBatch> EventBatch::read(const QDBusMessage &message)
{
    // Qt D-Bus would make something of any message, or end the program.
    if (message.signature() != signature()) {
        return std::nullopt;
    }
    const QVariantList arguments = message.arguments();
    EventBatch batch{arguments[0].toULongLong(), arguments[1].toULongLong(),
                     qdbus_cast<MonitorEventList>(arguments[2])};
    const auto disorder = std::adjacent_find(batch.events.cbegin(), batch.events.cend(),
                                             [](const MonitorEvent &event, const MonitorEvent &next) {
                                                 return next.sequence != event.sequence + 1;
                                             });
    if (disorder != batch.events.cend() ||
        !std::all_of(batch.events.cbegin(), batch.events.cend(), isPossible)) {
        return std::nullopt;
    }
    return batch;
}

std::optional<quint64> BatchOrder::take(const EventBatch &batch)
{
    quint64 missing = batch.dropped;
    if (!batch.events.isEmpty()) {
        const quint64 first = batch.events.constFirst().sequence;
        if (first <= m_last || first - m_last - 1 < batch.dropped) {
            return std::nullopt;
        }
        missing = first - m_last - 1;
    }
    if (missing > mostMissing) {
        return std::nullopt;
    }
    m_last = batch.events.isEmpty() ? m_last + missing : batch.events.constLast().sequence;
    return missing;
}

} // namespace lunaris
