// SPDX-License-Identifier: MIT
#include "tests/fakes/PrivateBus.h"

#include "tests/fakes/EndWithParent.h"

#include <QUuid>

namespace lunaris::test
{

PrivateBus::PrivateBus()
{
    endWithParent(m_daemon);
    m_daemon.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    start();
}

PrivateBus::~PrivateBus()
{
    for (const QString &name : m_connections) {
        QDBusConnection::disconnectFromBus(name);
    }
    stop();
}

void PrivateBus::start()
{
    // A path of one's own, without the daemon's guid, is the same address when it comes back.
    const QString address = QStringLiteral("unix:path=") + m_folder.filePath(QStringLiteral("bus"));
    m_daemon.start(QStringLiteral("dbus-daemon"),
                   {QStringLiteral("--session"), QStringLiteral("--address=") + address,
                    QStringLiteral("--print-address"), QStringLiteral("--nofork")});
    if (m_daemon.waitForStarted() && m_daemon.waitForReadyRead()) {
        m_daemon.readAll();
        m_address = address;
    }
}

void PrivateBus::stop()
{
    m_daemon.terminate();
    if (!m_daemon.waitForFinished(5000)) {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
}

QDBusConnection PrivateBus::connect()
{
    m_connections.append(QUuid::createUuid().toString());
    return QDBusConnection::connectToBus(m_address, m_connections.constLast());
}

} // namespace lunaris::test
