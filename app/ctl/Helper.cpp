// SPDX-License-Identifier: MIT
#include "app/ctl/Helper.h"

#include "app/ctl/Output.h"
#include "dbus/Names.h"
#include "dbus/RuleLists.h"
#include "dbus/StateReason.h"

#include <QDBusMessage>
#include <QDBusReply>
#include <QEventLoop>
#include <chrono>

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

std::optional<PauseStatus> Helper::pause()
{
    const QDBusMessage reply = call(dbus::interfaceName, QStringLiteral("GetPause"), {});
    const QVariantList values = reply.arguments();
    if (reply.type() != QDBusMessage::ReplyMessage || values.size() != 5) {
        return std::nullopt;
    }
    return PauseStatus{values[0].toBool(), values[1].toULongLong(), values[2].toBool(),
                       values[3].toULongLong(), values[4].toUInt()};
}

std::optional<std::vector<PathRule>> Helper::rules()
{
    const QDBusReply<CountedRuleList> reply = call(dbus::interfaceName, QStringLiteral("GetRules"), {});
    if (!reply.isValid()) {
        return std::nullopt;
    }
    std::optional<std::vector<PathRule>> rules = toPathRules(reply.value());
    if (!rules) {
        m_status = Failed;
        complain(
            QStringLiteral("The helper has rules of a kind that this program does not know; update it."));
    }
    return rules;
}

std::optional<Funnel::Look> Helper::look()
{
    const std::optional<Statistics> totals = statistics();
    const std::optional<std::vector<PathRule>> known = totals ? rules() : std::nullopt;
    return known ? std::optional(Funnel::Look{*totals, *known}) : std::nullopt;
}

} // namespace lunaris

#include "Helper.moc"
