// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_INTEGRATION_TESTCLIENT_H
#define LUNARIS_TESTS_INTEGRATION_TESTCLIENT_H

#include "dbus/MonitorEvent.h"
#include "dbus/Names.h"
#include "tests/integration/TestSystem.h"
#include "tests/unit/AsUser.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QObject>
#include <QStringList>
#include <QUuid>
#include <algorithm>

/// A client as any user; the bus takes it for a process of that user's.
class TestClient : public QObject
{
    Q_OBJECT

public:
    explicit TestClient(uid_t uid) : m_bus(connectAs(uid))
    {
        lunaris::registerDBusTypes();
        using namespace lunaris::dbus;
        m_bus.connect(serviceName, objectPath, interfaceName, QStringLiteral("Events"), this,
                      SLOT(onEvents(qulonglong, qulonglong, lunaris::MonitorEventList)));
        m_bus.connect(serviceName, objectPath, interfaceName, QStringLiteral("SubscriptionEnded"), this,
                      SLOT(onEnded(qulonglong, QString)));
    }
    ~TestClient() override { QDBusConnection::disconnectFromBus(m_bus.name()); }

    const QDBusConnection &bus() const { return m_bus; }

    QDBusMessage call(const QString &method, const QVariantList &arguments = {})
    {
        return m_bus.call(message(method, arguments), QDBus::BlockWithGui, 30'000);
    }

    /// Whether polkit may have somebody enter a password.
    enum class Ask { Nobody, Person };
    QDBusPendingCall callAsync(const QString &method, const QVariantList &arguments, Ask ask) const
    {
        QDBusMessage question = message(method, arguments);
        question.setInteractiveAuthorizationAllowed(ask == Ask::Person);
        return m_bus.asyncCall(question, 360'000); // somewhat more than polkit's agents get
    }

    /// The number of the subscription; 0 when it was refused.
    quint64 subscribe(const QVariantMap &options = {})
    {
        const QDBusMessage reply = call(QStringLiteral("Subscribe"), {options});
        return reply.type() == QDBusMessage::ReplyMessage ? reply.arguments().constFirst().toULongLong() : 0;
    }

    qsizetype eventsBelow(const QByteArray &directory) const
    {
        return std::count_if(events.cbegin(), events.cend(), [&](const lunaris::MonitorEvent &event) {
            return event.subject.startsWith(directory);
        });
    }

    bool acknowledges = true;
    lunaris::MonitorEventList events; ///< of all subscriptions
    quint64 dropped = 0;
    QList<quint64> ended;
    QStringList reasons; ///< of these

private Q_SLOTS:
    void onEvents(qulonglong id, qulonglong missed, const lunaris::MonitorEventList &batch)
    {
        events += batch;
        dropped += missed;
        if (acknowledges && !batch.isEmpty()) {
            m_bus.send(message(QStringLiteral("Acknowledge"), {id, batch.constLast().sequence}));
        }
    }
    void onEnded(qulonglong id, const QString &reason)
    {
        ended.append(id);
        reasons.append(reason);
    }

private:
    static QDBusConnection connectAs(uid_t uid)
    {
        const lunaris::AsUser user(uid);
        return QDBusConnection::connectToBus(TestSystem::busAddress(), QUuid::createUuid().toString());
    }

    static QDBusMessage message(const QString &method, const QVariantList &arguments)
    {
        using namespace lunaris::dbus;
        QDBusMessage message = QDBusMessage::createMethodCall(serviceName, objectPath, interfaceName, method);
        message.setArguments(arguments);
        return message;
    }

    QDBusConnection m_bus;
};

#endif
