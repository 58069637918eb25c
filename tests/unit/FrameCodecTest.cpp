// SPDX-License-Identifier: MIT
#include "proto/FrameCodec.h"

#include <QByteArray>
#include <QTest>
#include <random>
#include <vector>

using namespace lunaris::proto;

namespace
{

std::string_view view(const QByteArray &bytes)
{
    return {bytes.constData(), static_cast<std::size_t>(bytes.size())};
}

QByteArray frame(const QByteArray &body)
{
    // Written out, so that the reader is not tested with the writer's own idea of a header.
    QByteArray bytes(4, '\0');
    for (int index = 0; index < 4; ++index) {
        bytes[index] = static_cast<char>(body.size() >> (24 - 8 * index) & 0xff);
    }
    return bytes + body;
}

QByteArrayList readAll(FrameReader &reader)
{
    QByteArrayList bodies;
    while (const auto body = reader.next()) {
        bodies.append(QByteArray(body->data(), static_cast<qsizetype>(body->size())));
    }
    return bodies;
}

} // namespace

class FrameCodecTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void headersAreBigEndian_data();
    void headersAreBigEndian();
    void byteByByte();
    void manyInOne();
    void boundariesOfTheLength_data();
    void boundariesOfTheLength();
    void brokenStaysBroken();
    void framesBeforeTheBreakAreRead();
    void bodiesMayHoldAnything();
    void randomPortionsGiveTheSameFrames();
    void whatWasReadIsNotKept();
};

void FrameCodecTest::headersAreBigEndian_data()
{
    QTest::addColumn<quint32>("size");
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("1") << 1U << QByteArray::fromHex("00000001");
    QTest::newRow("127") << 127U << QByteArray::fromHex("0000007f");
    QTest::newRow("128") << 128U << QByteArray::fromHex("00000080");
    QTest::newRow("255") << 255U << QByteArray::fromHex("000000ff");
    QTest::newRow("256") << 256U << QByteArray::fromHex("00000100");
    QTest::newRow("each byte another") << 0x0a0b0cU << QByteArray::fromHex("000a0b0c");
    QTest::newRow("1 MiB") << 1048576U << QByteArray::fromHex("00100000");
}

void FrameCodecTest::headersAreBigEndian()
{
    QFETCH(quint32, size);
    QFETCH(QByteArray, bytes);
    QByteArray header(4, 'x');
    writeFrameHeader(size, header.data());
    QCOMPARE(header, bytes);
}

void FrameCodecTest::byteByByte()
{
    FrameReader reader;
    const QByteArray stream = frame("first") + frame("2") + frame(QByteArray(300, 'z'));
    QByteArrayList bodies;
    for (const char byte : stream) {
        reader.append({&byte, 1});
        bodies += readAll(reader);
    }
    QCOMPARE(bodies, (QByteArrayList{"first", "2", QByteArray(300, 'z')}));
    QCOMPARE(reader.pending(), std::size_t{0});
}

void FrameCodecTest::manyInOne()
{
    FrameReader reader;
    QByteArray stream;
    for (int number = 0; number < 1000; ++number) {
        stream += frame(QByteArray::number(number));
    }
    reader.append(view(stream + frame("unfinished").left(7)));
    const QByteArrayList bodies = readAll(reader);
    QCOMPARE(bodies.size(), 1000);
    QCOMPARE(bodies.last(), QByteArray("999"));
    QCOMPARE(reader.pending(), std::size_t{7});
    QVERIFY(!reader.isBroken());
    reader.append(view(frame("unfinished").mid(7)));
    QCOMPARE(readAll(reader), QByteArrayList{"unfinished"});
}

void FrameCodecTest::boundariesOfTheLength_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<bool>("broken");
    QTest::newRow("0") << QByteArray::fromHex("00000000") << true;
    QTest::newRow("1") << QByteArray::fromHex("00000001") << false;
    QTest::newRow("1 MiB") << QByteArray::fromHex("00100000") << false;
    QTest::newRow("1 MiB + 1") << QByteArray::fromHex("00100001") << true;
    QTest::newRow("the sign bit") << QByteArray::fromHex("80000001") << true;
    QTest::newRow("all bits") << QByteArray::fromHex("ffffffff") << true;
    QTest::newRow("text") << QByteArray("GET ") << true;
}

void FrameCodecTest::boundariesOfTheLength()
{
    QFETCH(QByteArray, header);
    QFETCH(bool, broken);
    FrameReader reader;
    reader.append(view(header));
    QVERIFY(!reader.next());
    QCOMPARE(reader.isBroken(), broken);
    if (!broken) {
        const auto size = static_cast<qsizetype>(header.toHex().toUInt(nullptr, 16));
        reader.append(view(QByteArray(size - 1, 'b')));
        QVERIFY(!reader.next());
        reader.append("e");
        const auto body = reader.next();
        QVERIFY(body);
        QCOMPARE(body->size(), static_cast<std::size_t>(size));
        QVERIFY(body->ends_with('e'));
    }
}

void FrameCodecTest::brokenStaysBroken()
{
    FrameReader reader;
    reader.append(view(QByteArray(4, '\0')));
    QVERIFY(!reader.next());
    QVERIFY(reader.isBroken());
    const std::size_t pending = reader.pending();
    for (int round = 0; round < 100; ++round) {
        reader.append(view(frame("good")));
        QVERIFY(!reader.next());
    }
    QVERIFY(reader.isBroken());
    QCOMPARE(reader.pending(), pending); // a babbling peer costs no memory
}

void FrameCodecTest::framesBeforeTheBreakAreRead()
{
    FrameReader reader;
    reader.append(view(frame("one") + frame("two") + QByteArray(4, '\0') + frame("three")));
    QCOMPARE(readAll(reader), (QByteArrayList{"one", "two"}));
    QVERIFY(reader.isBroken());
}

void FrameCodecTest::bodiesMayHoldAnything()
{
    FrameReader reader;
    const QByteArray body = QByteArray(4, '\0') + "\xff\n" + frame("inner");
    reader.append(view(frame(body)));
    QCOMPARE(readAll(reader), QByteArrayList{body});
}

void FrameCodecTest::randomPortionsGiveTheSameFrames()
{
    std::mt19937 random(12);
    for (int round = 0; round < 200; ++round) {
        QByteArrayList sent;
        QByteArray stream;
        for (unsigned int count = random() % 20; count > 0; --count) {
            sent.append(QByteArray(qsizetype(1 + random() % 2000), static_cast<char>(random())));
            stream += frame(sent.last());
        }
        FrameReader reader;
        QByteArrayList received;
        while (!stream.isEmpty()) {
            const auto size = qsizetype(1 + random() % 3000);
            reader.append(view(stream.left(size)));
            stream.remove(0, size);
            // Sometimes nobody asks for a while.
            if (random() % 3 != 0 || stream.isEmpty()) {
                received += readAll(reader);
            }
        }
        QCOMPARE(received, sent);
    }
}

void FrameCodecTest::whatWasReadIsNotKept()
{
    FrameReader reader;
    const QByteArray one = frame(QByteArray(1000, 'm'));
    for (int round = 0; round < 10'000; ++round) {
        reader.append(view(one));
        QVERIFY(reader.next());
        QCOMPARE(reader.pending(), std::size_t{0});
    }
}

QTEST_GUILESS_MAIN(FrameCodecTest)
#include "FrameCodecTest.moc"
