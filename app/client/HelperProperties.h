// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CLIENT_HELPERPROPERTIES_H
#define LUNARIS_APP_CLIENT_HELPERPROPERTIES_H

#include <QString>
#include <QVariantMap>

namespace lunaris
{

/// What the helper says of itself: empty or 0 until it has answered, and where an answer has another type
/// than the interface says.
class HelperProperties
{
public:
    /// Takes over those that are known and of the right type.
    void update(const QVariantMap &properties);
    void clear() { m_values.clear(); }

    QString state() const { return value("State").toString(); }
    QString stateReason() const { return value("StateReason").toString(); }
    quint64 stateSince() const { return value("StateSince").toULongLong(); }
    quint64 pausedUntil() const { return value("PausedUntil").toULongLong(); }
    uint deduplicationMilliseconds() const { return value("DeduplicationMilliseconds").toUInt(); }
    QString version() const { return value("Version").toString(); }
    QString kernelRelease() const { return value("KernelRelease").toString(); }
    QString captureMethod() const { return value("CaptureMethod").toString(); }
    bool isBusConnected() const { return value("BusConnected").toBool(); }

private:
    QVariant value(const char *name) const { return m_values.value(QLatin1String(name)); }

    QVariantMap m_values;
};

} // namespace lunaris

#endif
