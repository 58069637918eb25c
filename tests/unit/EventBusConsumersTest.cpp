// SPDX-License-Identifier: MIT
//
// The two sockets of the server, and who may register on the one for consumers.
#include "tests/unit/ServerRig.h"

using namespace lunaris;

class EventBusConsumersTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesakesLeaveTogether();
    void unregisteredConsumersGetNothing();
    void registrationInPieces();
    void badRegistrations_data();
    void badRegistrations();
    void onlyRootListensToOthers();
    void aSecondServerIsRefused();
    void aStaleSocketIsReplaced();
    void whatIsNoSocketIsLeftAlone();
    void permissions();
};

void EventBusConsumersTest::namesakesLeaveTogether()
{
    ServerRig rig;
    const auto first = rig.consumer(registration("same"));
    const auto second = rig.consumer(registration("same"));
    const auto third = rig.consumer(registration("same"));
    const auto other = rig.consumer(registration("other"));
    RawPeer unregistered(rig.consumers);
    QVERIFY(rig.sendFence());
    QTRY_COMPARE(second->ids(), QStringList{fence}); // until then both are served
    first->hangUp();
    QTRY_VERIFY(second->isClosed());
    QTRY_VERIFY(third->isClosed());
    QVERIFY(rig.sendFence());
    QTRY_COMPARE(other->ids().size(), 2);
    QVERIFY(!other->isClosed());
    QVERIFY(!unregistered.isClosed());
}

void EventBusConsumersTest::unregisteredConsumersGetNothing()
{
    ServerRig rig;
    const auto silent = rig.consumer(QByteArray());
    const auto half = rig.consumer("half\n*\n");
    const auto listener = rig.consumer(registration("one"));
    QVERIFY(rig.sendFence());
    QTRY_COMPARE(listener->ids(), QStringList{fence});
    QVERIFY(silent->ids().isEmpty() && half->ids().isEmpty());
    // Hanging up before registering takes nobody along.
    silent->hangUp();
    half->hangUp();
    QVERIFY(rig.sendFence());
    QTRY_COMPARE(listener->ids().size(), 2);
}

void EventBusConsumersTest::registrationInPieces()
{
    ServerRig rig;
    RawPeer listener(rig.consumers);
    for (const char byte : registration("in-pieces", "file.opened")) {
        QVERIFY(listener.send(QByteArray(1, byte)));
    }
    const auto witness = rig.consumer(registration("witness"));
    QVERIFY(rig.sendFence());
    QTRY_COMPARE(witness->ids(), QStringList{fence});
    QTRY_COMPARE(listener.ids(), QStringList{fence});
    // What a consumer says afterwards means nothing, however much it is.
    QVERIFY(listener.send(QByteArray(100'000, 'x')));
    QVERIFY(rig.sendFence());
    QTRY_COMPARE(listener.ids().size(), 2);
    QVERIFY(!listener.isClosed());
}

void EventBusConsumersTest::badRegistrations_data()
{
    QTest::addColumn<QByteArray>("lines");
    const QByteArray uid = geteuid() == 0 ? QByteArray("*") : QByteArray::number(geteuid());
    QTest::newRow("no id") << QByteArray("\n*\n" + uid + "\n");
    QTest::newRow("a blank id") << QByteArray("  \n*\n" + uid + "\n");
    QTest::newRow("no types") << QByteArray("a\n\n" + uid + "\n");
    QTest::newRow("only commas") << QByteArray("a\n,,\n" + uid + "\n");
    QTest::newRow("no uid") << QByteArray("a\n*\n\n");
    QTest::newRow("a name for a uid") << QByteArray("a\n*\nroot\n");
    QTest::newRow("a negative uid") << QByteArray("a\n*\n-1\n");
    QTest::newRow("a uid beyond 32 bits") << QByteArray("a\n*\n4294967296\n");
    QTest::newRow("oversized, one line") << QByteArray(5000, 'i');
    QTest::newRow("oversized, whole") << QByteArray(QByteArray(5000, 'i') + "\n*\n" + uid + "\n");
    QTest::newRow("oversized, many types") << QByteArray("a\n" + QByteArray("x,").repeated(3000));
}

void EventBusConsumersTest::badRegistrations()
{
    QFETCH(QByteArray, lines);
    ServerRig rig;
    RawPeer peer(rig.consumers);
    peer.send(lines);
    QTRY_VERIFY(peer.isClosed());
    const auto listener = rig.consumer(registration("one"));
    QVERIFY(rig.sendFence());
    QTRY_COMPARE(listener->ids(), QStringList{fence});
}

void EventBusConsumersTest::onlyRootListensToOthers()
{
    ServerRig rig;
    const uid_t uid = ordinaryUser();
    for (const QByteArray &asked : {QByteArray("*"), QByteArray("0"), QByteArray::number(uid + 1)}) {
        RawPeer peer(rig.consumers, uid);
        QVERIFY(peer.isConnected());
        peer.send("nosy\n*\n" + asked + "\n");
        QTRY_VERIFY(peer.isClosed());
    }
    const auto modest = rig.consumer("modest\n*\n" + QByteArray::number(uid) + "\n", uid);
    rig.producer->sendFrame(sampleMessage(QStringLiteral("other"), uid + 1).SerializeAsString());
    rig.producer->sendFrame(sampleMessage(QStringLiteral("own"), uid).SerializeAsString());
    QTRY_COMPARE(modest->ids(), QStringList{QStringLiteral("own")});
}

void EventBusConsumersTest::aSecondServerIsRefused()
{
    ServerRig rig;
    EventBusServer second(rig.producers, rig.directory.filePath(QStringLiteral("other.sock")));
    const auto problem = second.listen();
    QVERIFY(problem && problem->contains(rig.producers));
    EventBusServer third(rig.directory.filePath(QStringLiteral("third.sock")), rig.consumers);
    const auto consumers = third.listen();
    QVERIFY(consumers && consumers->contains(rig.consumers));
    const auto listener = rig.consumer(registration("one")); // and the first works on
    QVERIFY(rig.sendFence());
    QTRY_COMPARE(listener->ids(), QStringList{fence});
}

void EventBusConsumersTest::aStaleSocketIsReplaced()
{
    ServerRig rig;
    const QString producers = rig.directory.filePath(QStringLiteral("stale-p.sock"));
    const QString consumers = rig.directory.filePath(QStringLiteral("stale-c.sock"));
    RawBus(producers).leaveStaleFile();
    RawBus(consumers).leaveStaleFile();
    QVERIFY(QFileInfo::exists(producers) && !RawPeer(producers).isConnected());
    EventBusServer server(producers, consumers);
    const auto problem = server.listen();
    QVERIFY2(!problem, qPrintable(problem.value_or(QString())));
    QVERIFY(RawPeer(producers).isConnected());
    QVERIFY(RawPeer(consumers).isConnected());
}

void EventBusConsumersTest::whatIsNoSocketIsLeftAlone()
{
    ServerRig rig;
    // Connecting to a file is refused just as connecting to a stale socket is.
    const QString precious = rig.directory.filePath(QStringLiteral("precious"));
    QFile file(precious);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("diary") == 5);
    file.close();
    const QString free = rig.directory.filePath(QStringLiteral("free.sock"));
    QVERIFY(EventBusServer(precious, free).listen());
    QVERIFY(EventBusServer(free, precious).listen());
    QVERIFY(EventBusServer(rig.directory.path(), free).listen());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("diary"));
}

void EventBusConsumersTest::permissions()
{
    ServerRig rig;
    const QString producers = rig.directory.filePath(QStringLiteral("fresh-p.sock"));
    const QString consumers = rig.directory.filePath(QStringLiteral("fresh-c.sock"));
    EventBusServer server(producers, consumers);
    QVERIFY(!server.listen());
    struct stat status = {};
    QCOMPARE(stat(QFile::encodeName(producers).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0077, 0U); // who may produce may speak in anyone's name
    QCOMPARE(stat(QFile::encodeName(consumers).constData(), &status), 0);
    QCOMPARE(status.st_mode & 0006, 0006U);
}

QTEST_GUILESS_MAIN(EventBusConsumersTest)
#include "EventBusConsumersTest.moc"
