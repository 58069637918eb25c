// SPDX-License-Identifier: MIT
//
// What becomes of the frames of producers; who may listen is EventBusConsumersTest's.
#include "tests/unit/ServerRig.h"

using namespace lunaris;

class EventBusServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void types_data();
    void types();
    void uids();
    void uidZeroIsEverybodys();
    void uidZeroOfAnotherIsStamped();
    void aStampThatDoesNotFitIsNoFrame();
    void badLengthsCloseTheConnection_data();
    void badLengthsCloseTheConnection();
    void badEventsAreDroppedSilently_data();
    void badEventsAreDroppedSilently();
    void framesInPieces();
};

void EventBusServerTest::types_data()
{
    QTest::addColumn<QByteArray>("types");
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<bool>("delivered");
    const auto row = [](const char *types, const char *type, bool delivered) {
        QTest::addRow("%s: %s", types, type) << QByteArray(types) << QByteArray(type) << delivered;
    };
    row("file.opened", "file.opened", true);
    row("file.opened", "file.written", false);
    row("file.opened", "file.opened.twice", false);
    row("file.", "file.opened", true);
    row("file.", "file.", true);
    row("file.", "file", false);
    row("file.", "filed.opened", false);
    row("file.", "process.started", false);
    row("file", "file.opened", false);
    row("*", "anything", true);
    row("process.started,file.opened", "file.opened", true);
    row("process.started,file.", "file.opened", true);
    row(",,file.opened,", "file.opened", true);
    row("FILE.OPENED", "file.opened", false);
}

void EventBusServerTest::types()
{
    QFETCH(QByteArray, types);
    QFETCH(QByteArray, type);
    QFETCH(bool, delivered);
    ServerRig rig;
    const auto listener = rig.consumer(registration("one", types));
    const auto witness = rig.consumer(registration("two"));
    eventbus::Event event = sampleMessage(QStringLiteral("it"), geteuid());
    event.set_type(type.toStdString());
    QVERIFY(rig.producer->sendFrame(event.SerializeAsString()));
    QTRY_COMPARE(witness->ids(), QStringList{QStringLiteral("it")});
    // Written in the same turn as the witness's.
    QTRY_COMPARE(listener->ids().size(), delivered ? 1 : 0);
}

void EventBusServerTest::uids()
{
    if (geteuid() != 0) {
        QSKIP("only root may listen to other users; run the test as root");
    }
    ServerRig rig;
    const auto all = rig.consumer("all\n*\n*\n");
    const auto first = rig.consumer("first\n*\n1000\n");
    const auto second = rig.consumer("second\n*\n1001\n");
    rig.producer->sendFrame(sampleMessage(QStringLiteral("a"), 1000).SerializeAsString());
    rig.producer->sendFrame(sampleMessage(QStringLiteral("b"), 1001).SerializeAsString());
    rig.producer->sendFrame(sampleMessage(QStringLiteral("c"), 1002).SerializeAsString());
    QVERIFY(rig.sendFence());
    const QString a = QStringLiteral("a");
    const QString b = QStringLiteral("b");
    QTRY_COMPARE(all->ids(), (QStringList{a, b, QStringLiteral("c"), fence}));
    QTRY_COMPARE(first->ids(), (QStringList{a, fence}));
    QTRY_COMPARE(second->ids(), (QStringList{b, fence}));
}

void EventBusServerTest::uidZeroIsEverybodys()
{
    if (geteuid() != 0) {
        QSKIP("only root may send events of uid 0; run the test as root");
    }
    ServerRig rig;
    const auto user = rig.consumer("user\n*\n65534\n", nobody);
    QVERIFY(rig.sendFence());
    QTRY_COMPARE(user->ids(), QStringList{fence});
    QCOMPARE(user->last().uid(), 0U);
}

void EventBusServerTest::uidZeroOfAnotherIsStamped()
{
    ServerRig rig;
    const uid_t uid = ordinaryUser();
    const auto user = rig.consumer("user\n*\n" + QByteArray::number(uid) + "\n", uid);
    RawPeer producer(rig.producers, uid);
    QVERIFY(producer.isConnected());
    eventbus::Event event = sampleMessage(QStringLiteral("it"), 0);
    event.set_payload("\x01\x02");
    event.set_project_id("p");
    QVERIFY(producer.sendFrame(event.SerializeAsString()));
    QTRY_COMPARE(user->ids(), QStringList{QStringLiteral("it")});
    event.set_uid(uid);
    QCOMPARE(user->last().SerializeAsString(), event.SerializeAsString()); // nothing else is touched
    // Only a 0 is stamped: what a producer says of others is its own affair.
    if (geteuid() == 0) {
        const auto all = rig.consumer("consumer-1\n*\n*\n");
        QVERIFY(producer.sendFrame(sampleMessage(QStringLiteral("other"), 1234).SerializeAsString()));
        QTRY_COMPARE(all->ids(), QStringList{QStringLiteral("other")});
        QCOMPARE(all->last().uid(), 1234U);
    }
}

void EventBusServerTest::aStampThatDoesNotFitIsNoFrame()
{
    ServerRig rig;
    const uid_t uid = ordinaryUser();
    const auto user = rig.consumer("user\n*\n" + QByteArray::number(uid) + "\n", uid);
    RawPeer producer(rig.producers, uid);
    eventbus::Event event = sampleMessage(QStringLiteral("big"), 0);
    event.set_payload(std::string(1024 * 1024 - 100, 'p'));
    event.mutable_payload()->append(1024 * 1024 - event.ByteSizeLong(), 'p');
    QCOMPARE(event.ByteSizeLong(), std::size_t{1024 * 1024});
    QVERIFY(producer.sendFrame(event.SerializeAsString()));
    QVERIFY(producer.sendFrame(sampleMessage(fence, uid).SerializeAsString()));
    QTRY_COMPARE(user->ids(), QStringList{fence});
    QVERIFY(!user->isClosed());
    // With its uid given the largest event fits.
    event.set_uid(uid);
    event.mutable_payload()->resize(event.payload().size() - (event.ByteSizeLong() - 1024 * 1024));
    QVERIFY(producer.sendFrame(event.SerializeAsString()));
    QTRY_COMPARE(user->ids(), (QStringList{fence, QStringLiteral("big")}));
}

void EventBusServerTest::badLengthsCloseTheConnection_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("0") << QByteArray::fromHex("00000000");
    QTest::newRow("1 MiB + 1") << QByteArray::fromHex("00100001");
    QTest::newRow("all bits") << QByteArray::fromHex("ffffffff");
}

void EventBusServerTest::badLengthsCloseTheConnection()
{
    QFETCH(QByteArray, header);
    ServerRig rig;
    const auto listener = rig.consumer(registration("one"));
    RawPeer other(rig.producers);
    QVERIFY(other.sendFrame(sampleMessage(QStringLiteral("before"), geteuid()).SerializeAsString()));
    QTRY_COMPARE(listener->ids(), QStringList{QStringLiteral("before")});
    other.send(header);
    QTRY_VERIFY(other.isClosed());
    QVERIFY(rig.sendFence()); // others are not concerned
    QTRY_COMPARE(listener->ids().size(), 2);
    QVERIFY(!rig.producer->isClosed());
}

void EventBusServerTest::badEventsAreDroppedSilently_data()
{
    QTest::addColumn<QByteArray>("body");
    const auto row = [](const char *name, const std::string &body) {
        QTest::newRow(name) << QByteArray::fromStdString(body);
    };
    const auto spoilt = [&row](const char *name, auto spoil) {
        eventbus::Event event = sampleMessage();
        spoil(event);
        row(name, event.SerializeAsString());
    };
    spoilt("no id", [](eventbus::Event &event) { event.clear_id(); });
    spoilt("no type", [](eventbus::Event &event) { event.clear_type(); });
    spoilt("no source", [](eventbus::Event &event) { event.clear_source(); });
    spoilt("no session", [](eventbus::Event &event) { event.clear_session_id(); });
    spoilt("no time", [](eventbus::Event &event) { event.clear_timestamp(); });
    row("no protobuf", "\xff\xff\xff\xff");
    row("one byte", std::string(1, '\0'));
    std::string body = sampleMessage().SerializeAsString();
    row("cut off", body.substr(0, body.size() - 1));
    // Written by hand, as protobuf complains when it is to write them.
    body.replace(body.find("id-1"), 4, "id-\xff");
    row("an id that is no UTF-8", body);
    body = sampleMessage().SerializeAsString();
    body.replace(body.find("file.opened"), 2, "\xed\xa0");
    row("a type that is no UTF-8", body);
    body = sampleMessage().SerializeAsString();
    body.replace(body.find("ebpf"), 2, "\xc0\xaf");
    row("a source that is no UTF-8", body);
    row("a project that is no UTF-8", sampleMessage().SerializeAsString() + "\x4a\x01\x80");
}

void EventBusServerTest::badEventsAreDroppedSilently()
{
    QFETCH(QByteArray, body);
    ServerRig rig;
    const auto listener = rig.consumer(registration("one"));
    QVERIFY(rig.producer->sendFrame(body.toStdString()));
    QVERIFY(rig.sendFence());
    QTRY_COMPARE(listener->ids(), QStringList{fence});
    QVERIFY(!rig.producer->isClosed());
}

void EventBusServerTest::framesInPieces()
{
    ServerRig rig;
    const auto listener = rig.consumer(registration("one"));
    const std::string body = sampleMessage(QStringLiteral("it"), geteuid()).SerializeAsString();
    QByteArray stream = QByteArray::fromHex("000000") + char(body.size()) + QByteArray::fromStdString(body);
    stream += stream;
    for (const char byte : stream) {
        QVERIFY(rig.producer->send(QByteArray(1, byte)));
    }
    QTRY_COMPARE(listener->ids().size(), 2);
}

QTEST_GUILESS_MAIN(EventBusServerTest)
#include "EventBusServerTest.moc"
