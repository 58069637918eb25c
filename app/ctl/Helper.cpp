// SPDX-License-Identifier: MIT
#include "app/ctl/Helper.h"

#include "app/ctl/Output.h"
#include "dbus/Names.h"
#include "dbus/StateReason.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusReply>
#include <QEventLoop>
#include <QFile>
#include <chrono>
#include <unistd.h>

namespace lunaris
{

namespace
{

using namespace std::chrono_literals;

// polkit may ask a person for a password: as long as the helper's own limit, and a little more.
constexpr std::chrono::milliseconds patience = 5min + 10s;

const QString propertiesInterface = QStringLiteral("org.freedesktop.DBus.Properties");

/// Waits for PropertiesChanged: a helper that has just been started needs a moment to load its programs.
class NextChange : public QObject
{
    Q_OBJECT

public:
    explicit NextChange(QDBusConnection &bus)
    {
        bus.connect(dbus::serviceName, dbus::objectPath, propertiesInterface,
                    QStringLiteral("PropertiesChanged"), &m_loop, SLOT(quit()));
    }

    void await() { m_loop.exec(); }

private:
    QEventLoop m_loop;
};

QByteArray contentOf(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

Helper::Helper(const QDBusConnection &bus, bool mayAsk) : m_bus(bus), m_mayAsk(mayAsk)
{
    registerDBusTypes();
}

QDBusMessage Helper::call(const QString &interface, const QString &method, const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(dbus::serviceName, dbus::objectPath, interface, method);
    message.setArguments(arguments);
    message.setInteractiveAuthorizationAllowed(m_mayAsk);
    const QDBusMessage reply = m_bus.call(message, QDBus::Block, static_cast<int>(patience.count()));
    if (reply.type() == QDBusMessage::ErrorMessage) {
        fail(QDBusError(reply));
    } else if (reply.type() != QDBusMessage::ReplyMessage) {
        fail(m_bus.lastError());
    }
    return reply;
}

void Helper::fail(const QDBusError &error)
{
    if (error.name() == dbus::error::notAuthorized) {
        m_status = NotAuthorized;
    } else if (error.name().startsWith(QLatin1String("org.lunaris.KernelMonitor1.Error."))) {
        m_status = Failed;
    } else {
        m_status = HelperUnavailable;
        complain(QStringLiteral("The helper does not run and could not be started (%1); see: journalctl -u "
                                "lunaris-kernel-helper")
                     .arg(error.message()));
        return;
    }
    complain(error.message());
}

ExitStatus Helper::command(const QString &method, const QVariantList &arguments)
{
    const QDBusMessage reply = call(dbus::interfaceName, method, arguments);
    return reply.type() == QDBusMessage::ReplyMessage ? Done : m_status;
}

std::optional<Statistics> Helper::statistics()
{
    const QDBusReply<Statistics> reply = call(dbus::interfaceName, QStringLiteral("GetStatistics"), {});
    return reply.isValid() ? std::optional(reply.value()) : std::nullopt;
}

std::optional<QVariantMap> Helper::properties()
{
    NextChange change(m_bus);
    for (;;) {
        const QDBusReply<QVariantMap> reply =
            call(propertiesInterface, QStringLiteral("GetAll"), {QString(dbus::interfaceName)});
        if (!reply.isValid()) {
            return std::nullopt;
        }
        if (reply.value().value(QStringLiteral("StateReason")).toString() != dbus::reason::starting) {
            return reply.value();
        }
        change.await();
    }
}

std::optional<quint64> Helper::startTime()
{
    const QDBusReply<uint> pid = m_bus.interface()->servicePid(dbus::serviceName);
    if (!pid.isValid()) {
        return std::nullopt;
    }
    // proc(5): the 22nd field of stat, in ticks since the boot. The second one may hold anything but its end.
    const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(pid.value()));
    const QByteArrayList fields = stat.mid(stat.lastIndexOf(')') + 1).simplified().split(' ');
    const QByteArray machine = contentOf(QStringLiteral("/proc/stat"));
    const qsizetype boot = machine.indexOf("\nbtime ");
    const long ticks = sysconf(_SC_CLK_TCK);
    if (fields.size() < 20 || boot < 0 || ticks <= 0) {
        return std::nullopt;
    }
    const quint64 seconds = machine.mid(boot + 7, machine.indexOf('\n', boot + 1) - boot - 7).toULongLong();
    return (seconds + fields[19].toULongLong() / static_cast<quint64>(ticks)) * 1'000'000;
}

} // namespace lunaris

#include "Helper.moc"
