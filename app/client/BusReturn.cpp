// SPDX-License-Identifier: MIT
#include "app/client/BusReturn.h"

#include "dbus/BusConnection.h"

#include <QUuid>
#include <utility>

namespace lunaris
{

BusReturn::BusReturn(const QString &bus, QObject *parent) : QObject(parent), m_bus(bus)
{
    m_pool.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &BusReturn::attempt);
}

BusReturn::~BusReturn()
{
    m_pool.waitForDone(); // what it still posts goes with this object
    leave();
}

void BusReturn::wait()
{
    leave();
    m_timer.start(m_backoff.next());
}

void BusReturn::hurry()
{
    if (m_timer.isActive()) {
        attempt();
    }
}

void BusReturn::attempt()
{
    m_timer.stop();
    // Qt keeps a connection under its name, also a dead one, and gives it to whoever asks.
    m_name = QUuid::createUuid().toString();
    m_pool.start([this, bus = m_bus, name = m_name] {
        const QDBusConnection connection = connectToBus(bus, name);
        QMetaObject::invokeMethod(this, [this, connection] { onAttempted(connection); });
    });
}

void BusReturn::onAttempted(const QDBusConnection &connection)
{
    if (connection.isConnected()) {
        m_backoff.reset();
        Q_EMIT returned(connection);
    } else {
        wait();
    }
}

void BusReturn::leave()
{
    if (!m_name.isEmpty()) {
        QDBusConnection::disconnectFromBus(std::exchange(m_name, {}));
    }
}

} // namespace lunaris
