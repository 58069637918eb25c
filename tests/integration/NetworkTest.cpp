// SPDX-License-Identifier: MIT
//
// TCP connections on the real kernel, between two network namespaces of the test's own, joined by a veth
// pair. Nothing leaves this machine.
#include "app/client/MonitorClient.h"
#include "dbus/BusConnection.h"
#include "dbus/Names.h"
#include "tests/integration/TestSystem.h"

#include <QTest>
#include <memory>

using namespace lunaris;

namespace
{

constexpr int patience = 20'000;

} // namespace

class NetworkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void connections_data();
    void connections();
    void refusedConnectionsAreNone();
    void loopbackIsLeftOut();

private:
    struct Outcome {
        qint64 client = 0;
        qint64 server = 0;
        bool connected = false;
    };

    /// A command in a network namespace, which is named by a process that lives in it.
    std::unique_ptr<QProcess> in(const QProcess &space, const QStringList &command,
                                 const TestUser &user = {});
    bool shell(const QProcess &space, const QString &command);
    Outcome connectOnce(const QString &listen, const QString &connect, const QString &address, int port,
                        const QProcess &serverSpace, const QProcess &clientSpace);
    QList<MonitorEvent> eventsOf(qint64 pid) const;

    std::unique_ptr<QProcess> m_here;
    std::unique_ptr<QProcess> m_there;
    std::unique_ptr<QProcess> m_helper;
    std::unique_ptr<MonitorClient> m_client;
    QList<MonitorEvent> m_events;
    int m_port = 4000;
};

void NetworkTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    for (std::unique_ptr<QProcess> *space : {&m_here, &m_there}) {
        // The shell says when it is in its namespace, and ends with its stdin.
        *space = TestSystem::program(QStringLiteral("unshare"),
                                     {QStringLiteral("--net"), QStringLiteral("sh"), QStringLiteral("-c"),
                                      QStringLiteral("echo in; exec cat")});
        (*space)->start();
        QVERIFY((*space)->waitForReadyRead(patience));
    }
    const QString there = QString::number(m_there->processId());
    QVERIFY(shell(
        *m_here,
        QStringLiteral("ip link add lkm0 type veth peer name lkm1 netns %1 && ip link set lo up && "
                       "ip addr add 192.0.2.1/24 dev lkm0 && ip addr add 2001:db8::1/64 dev lkm0 nodad && "
                       "ip link set lkm0 up")
            .arg(there)));
    QVERIFY(
        shell(*m_there, QStringLiteral("ip addr add 192.0.2.2/24 dev lkm1 && "
                                       "ip addr add 2001:db8::2/64 dev lkm1 nodad && ip link set lkm1 up")));
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
    m_client = std::make_unique<MonitorClient>(
        connectToBus(TestSystem::busAddress()),
        MonitorClient::Options{
            dbus::scope::all,
            0,
            {dbus::type::networkConnect, dbus::type::networkAccept, dbus::type::processExited}});
    connect(m_client.get(), &MonitorClient::eventsReceived, this,
            [this](const MonitorEventList &events) { m_events += events; });
    m_client->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_client->status(), MonitorClient::Status::Watching, patience);
}

void NetworkTest::cleanupTestCase()
{
    m_client.reset();
    if (m_helper) {
        QCOMPARE(TestSystem::imbalance(), QString());
        QCOMPARE(TestSystem::stop(*m_helper), 0);
    }
    for (std::unique_ptr<QProcess> *space : {&m_here, &m_there}) {
        if (*space) {
            TestSystem::stop(**space); // the veth pair goes with its namespaces
        }
    }
}

std::unique_ptr<QProcess> NetworkTest::in(const QProcess &space, const QStringList &command,
                                          const TestUser &user)
{
    QStringList arguments = {QStringLiteral("--net=/proc/%1/ns/net").arg(space.processId())};
    if (user.uid != 0) {
        arguments << QStringLiteral("--setuid") << QString::number(user.uid);
    }
    return TestSystem::program(QStringLiteral("nsenter"), arguments + command);
}

bool NetworkTest::shell(const QProcess &space, const QString &command)
{
    const auto process = in(space, {QStringLiteral("sh"), QStringLiteral("-c"), command});
    process->start();
    process->waitForFinished(patience);
    if (process->exitCode() != 0) {
        qWarning("%s", process->readAllStandardError().constData());
    }
    return process->exitCode() == 0;
}

NetworkTest::Outcome NetworkTest::connectOnce(const QString &listen, const QString &connect,
                                              const QString &address, int port, const QProcess &serverSpace,
                                              const QProcess &clientSpace)
{
    const QString program = QStringLiteral(CONNECT_PROGRAM);
    const auto server = in(serverSpace, {program, listen, address, QString::number(port)});
    server->start();
    const bool ready = listen.isEmpty() || (server->waitForReadyRead(patience) &&
                                            server->readAllStandardOutput().contains("ready"));
    const auto client = in(clientSpace, {program, connect, address, QString::number(port)});
    client->start();
    client->waitForStarted();
    const Outcome outcome{client->processId(), server->processId(), ready};
    const bool connected = client->waitForFinished(patience) && client->exitCode() == 0;
    if (!listen.isEmpty()) {
        server->waitForFinished(patience);
    }
    return {outcome.client, outcome.server, ready && connected};
}

QList<MonitorEvent> NetworkTest::eventsOf(qint64 pid) const
{
    QList<MonitorEvent> found;
    for (const MonitorEvent &event : m_events) {
        if (event.pid == pid) {
            found.append(event);
        }
    }
    return found;
}

void NetworkTest::connections_data()
{
    QTest::addColumn<QString>("listen");
    QTest::addColumn<QString>("connect");
    QTest::addColumn<QString>("address");
    QTest::addColumn<QByteArray>("server");
    QTest::addColumn<QByteArray>("client");

    for (const char *listen : {"listen", "listen4"}) {
        for (const char *connect : {"connect", "nonblocking"}) {
            QTest::addRow("IPv4, %s, %s", listen, connect)
                << QString::fromLatin1(listen) << QString::fromLatin1(connect) << QStringLiteral("192.0.2.2")
                << QByteArray("192.0.2.2") << QByteArray("192.0.2.1");
            QTest::addRow("IPv6, %s, %s", listen, connect)
                << QString::fromLatin1(listen) << QString::fromLatin1(connect)
                << QStringLiteral("2001:db8::2") << QByteArray("[2001:db8::2]")
                << QByteArray("[2001:db8::1]");
        }
    }
}

void NetworkTest::connections()
{
    QFETCH(QString, listen);
    QFETCH(QString, connect);
    QFETCH(QString, address);
    QFETCH(QByteArray, server);
    QFETCH(QByteArray, client);
    const int port = ++m_port;
    const Outcome outcome = connectOnce(listen, connect, address, port, *m_there, *m_here);
    QVERIFY(outcome.connected);
    QTRY_COMPARE_WITH_TIMEOUT(eventsOf(outcome.client).size(), 2, patience);
    QTRY_COMPARE_WITH_TIMEOUT(eventsOf(outcome.server).size(), 2, patience);

    const MonitorEvent outbound = eventsOf(outcome.client).constFirst();
    QCOMPARE(outbound.type, QString(dbus::type::networkConnect));
    QCOMPARE(outbound.subject, server + ':' + QByteArray::number(port));
    QCOMPARE(outbound.comm, QStringLiteral("connect-tcp"));
    QVERIFY(outbound.application.endsWith(TestSystem::applicationOf(QStringLiteral("/connect-tcp"))));
    const MonitorEvent inbound = eventsOf(outcome.server).constFirst();
    QCOMPARE(inbound.type, QString(dbus::type::networkAccept));
    QCOMPARE(inbound.subject, client + ':' + QByteArray::number(outbound.value));
    QCOMPARE(inbound.value, qint64(port));
    // An end comes after what the process did.
    QCOMPARE(eventsOf(outcome.client).constLast().type, QString(dbus::type::processExited));
}

void NetworkTest::refusedConnectionsAreNone()
{
    const Outcome outcome =
        connectOnce({}, QStringLiteral("connect"), QStringLiteral("192.0.2.2"), ++m_port, *m_there, *m_here);
    QVERIFY(!outcome.connected);
    QTRY_COMPARE_WITH_TIMEOUT(eventsOf(outcome.client).size(), 1, patience);
    QCOMPARE(eventsOf(outcome.client).constFirst().type, QString(dbus::type::processExited));
}

void NetworkTest::loopbackIsLeftOut()
{
    for (const QString &address :
         {QStringLiteral("127.0.0.1"), QStringLiteral("::1"), QStringLiteral("::ffff:127.0.0.1")}) {
        const Outcome outcome = connectOnce(QStringLiteral("listen"), QStringLiteral("connect"), address,
                                            ++m_port, *m_here, *m_here);
        QVERIFY(outcome.connected);
        QTRY_COMPARE_WITH_TIMEOUT(eventsOf(outcome.server).size(), 1, patience);
        QTRY_COMPARE_WITH_TIMEOUT(eventsOf(outcome.client).size(), 1, patience);
        QCOMPARE(eventsOf(outcome.client).constFirst().type, QString(dbus::type::processExited));
        QCOMPARE(eventsOf(outcome.server).constFirst().type, QString(dbus::type::processExited));
    }
}

QTEST_GUILESS_MAIN(NetworkTest)

#include "NetworkTest.moc"
