// SPDX-License-Identifier: MIT
#include "app/ctl/Check.h"

#include "app/ctl/ExitStatus.h"
#include "app/ctl/Output.h"
#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QCoreApplication>
#include <QDBusMessage>
#include <QDBusReply>
#include <QEventLoop>
#include <QVariantMap>

namespace lunaris
{

namespace
{

QDBusReply<QVariantMap> properties(QDBusConnection &bus)
{
    QDBusMessage question = QDBusMessage::createMethodCall(dbus::serviceName, dbus::objectPath,
                                                           QStringLiteral("org.freedesktop.DBus.Properties"),
                                                           QStringLiteral("GetAll"));
    question << QString(dbus::interfaceName);
    return bus.call(question);
}

/// Waits for PropertiesChanged: a helper that has just been started needs a moment to load its programs.
class NextChange : public QObject
{
    Q_OBJECT

public:
    explicit NextChange(QDBusConnection &bus)
    {
        bus.connect(dbus::serviceName, dbus::objectPath, QStringLiteral("org.freedesktop.DBus.Properties"),
                    QStringLiteral("PropertiesChanged"), &m_loop, SLOT(quit()));
    }

    void await() { m_loop.exec(); }

private:
    QEventLoop m_loop;
};

} // namespace

int runCheck(QDBusConnection bus)
{
    NextChange change(bus);
    for (;;) {
        const QDBusReply<QVariantMap> reply = properties(bus);
        if (!reply.isValid()) {
            complain(
                QCoreApplication::translate("Check", "The helper does not run and could not be started: %1")
                    .arg(reply.error().message()));
            return HelperUnavailable;
        }
        const auto text = [&reply](const char *name) {
            return reply.value().value(QLatin1String(name)).toString();
        };
        if (text("StateReason") == dbus::reason::starting) {
            change.await();
            continue;
        }
        const bool connected = reply.value().value(QStringLiteral("BusConnected")).toBool();
        print(QStringLiteral("helper     %1\nkernel     %2\nstate      %3\nmethod     %4\nevent bus  %5\n")
                  .arg(text("Version"), text("KernelRelease"), text("State"), text("CaptureMethod"),
                       connected ? QStringLiteral("connected") : QStringLiteral("not connected"))
                  .toStdString());
        const QString reason = text("StateReason");
        if (!reason.isEmpty()) {
            complain(dbus::explainReason(reason));
        }
        return text("State") == dbus::state::unavailable ? Failed : Done;
    }
}

} // namespace lunaris

#include "Check.moc"
