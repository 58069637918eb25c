// SPDX-License-Identifier: MIT
#include "helper/bus/EventEncoder.h"
#include "bpf/events.h"
#include "proto/FrameCodec.h"
#include "proto/event.pb.h"
#include "tests/unit/SampleEvent.h"

#include <QByteArray>
#include <QTest>
#include <QUtf8StringView>
#include <random>

using namespace lunaris;

namespace
{

QByteArray encode(EventEncoder &encoder, const SampleEvent &sample)
{
    const std::string_view frame = encoder.encode(sample.event());
    return {frame.data(), static_cast<qsizetype>(frame.size())};
}

/// The second opinion: what protobuf makes of the frame.
struct Decoded {
    explicit Decoded(const QByteArray &frame)
    {
        proto::FrameReader reader;
        reader.append({frame.constData(), static_cast<std::size_t>(frame.size())});
        const auto body = reader.next();
        ok = body && event.ParseFromArray(body->data(), static_cast<int>(body->size())) &&
             payload.ParseFromString(event.payload()) && reader.pending() == 0;
    }

    bool ok = false;
    eventbus::Event event;
    eventbus::FileOpenedPayload payload;
};

bool isValid(const std::string &text)
{
    return QUtf8StringView(text.data(), static_cast<qsizetype>(text.size())).isValidUtf8();
}

} // namespace

class EventEncoderTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFrameByHand();
    void zerosByHand();
    void fieldsSurvive();
    void textsAreUtf8_data();
    void textsAreUtf8();
    void truncatedPathsLookTruncated();
    void nothingOfTheLastEventRemains();
    void nothingRequiredIsEverEmpty();
    void theLongestPathFitsAFrame();
    void processesByHand();
    void writesByHand();
    void connectionsByHand();
    void protobufWritesTheSame();
    void aClockThatWasNeverSet();
};

void EventEncoderTest::aFrameByHand()
{
    const QByteArray payload = QByteArray::fromHex("0a16") + "/home/tester/notes.txt" // 1: path
                               + QByteArray::fromHex("1212") + "org.example.Reader"   // 2: app_id
                               + QByteArray::fromHex("18808002");                     // 3: flags 0x8000
    QCOMPARE(payload.size(), 0x30);
    const QByteArray body = QByteArray::fromHex("0a24") + "01020304-0506-0708-090a-0b0c0d0e0f10" // 1: id
                            + QByteArray::fromHex("120b") + "file.opened"                        // 2: type
                            + QByteArray::fromHex("1881f8899fccea9203") // 3: timestamp
                            + QByteArray::fromHex("2204") + "ebpf"      // 4: source
                            + QByteArray::fromHex("28d209")             // 5: pid 1234
                            + QByteArray::fromHex("3209") + "session-1" // 6: session_id
                            + QByteArray::fromHex("3a30") + payload     // 7: payload
                            + QByteArray::fromHex("40e807");            // 8: uid 1000
    QCOMPARE(body.size(), 133);
    EventEncoder encoder("session-1");
    QCOMPARE(encode(encoder, {}).toHex(), (QByteArray::fromHex("00000085") + body).toHex());
}

void EventEncoderTest::zerosByHand()
{
    // proto3 leaves zeros out; uid 0 is then for the bus to stamp, or root's own.
    SampleEvent sample;
    sample.application = "a";
    sample.subject = "/";
    sample.fields.uid = 0;
    sample.fields.pid = 0;
    sample.fields.flags = 0;
    sample.fields.timestamp = 1;
    const QByteArray body = QByteArray::fromHex("0a24") + "01020304-0506-0708-090a-0b0c0d0e0f10" +
                            QByteArray::fromHex("120b") + "file.opened" + QByteArray::fromHex("18012204") +
                            "ebpf" +
                            QByteArray::fromHex("320173"
                                                "3a060a012f120161");
    EventEncoder encoder("s");
    QCOMPARE(encode(encoder, sample).toHex(), (QByteArray::fromHex("00000046") + body).toHex());
}

void EventEncoderTest::fieldsSurvive()
{
    SampleEvent sample;
    sample.fields.pid = UINT32_MAX;
    sample.fields.uid = 4'000'000'000;
    sample.fields.flags = UINT32_MAX;
    sample.fields.timestamp = INT64_MAX;
    EventEncoder encoder("s");
    const Decoded decoded(encode(encoder, sample));
    QVERIFY(decoded.ok);
    QCOMPARE(decoded.event.pid(), UINT32_MAX);
    QCOMPARE(decoded.event.uid(), 4'000'000'000U);
    QCOMPARE(decoded.event.timestamp(), std::int64_t{INT64_MAX});
    QCOMPARE(decoded.payload.flags(), UINT32_MAX);
    QCOMPARE(decoded.event.project_id(), std::string());
}

void EventEncoderTest::textsAreUtf8_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("Latin-1") << QByteArray("/caf\xe9") << QByteArray("/caf\\xe9");
    QTest::newRow("UTF-8") << QByteArray("/caf\xc3\xa9") << QByteArray("/caf\xc3\xa9");
    QTest::newRow("surrogate") << QByteArray("/\xed\xa0\x80") << QByteArray("/\\xed\\xa0\\x80");
    QTest::newRow("newline stays: it is UTF-8") << QByteArray("/a\nb") << QByteArray("/a\nb");
}

void EventEncoderTest::textsAreUtf8()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    SampleEvent sample;
    sample.subject = bytes.toStdString();
    sample.application = bytes.toStdString();
    EventEncoder encoder("s");
    const Decoded decoded(encode(encoder, sample));
    QVERIFY(decoded.ok);
    QCOMPARE(QByteArray::fromStdString(decoded.payload.path()), text);
    QCOMPARE(QByteArray::fromStdString(decoded.payload.app_id()), text);
}

void EventEncoderTest::truncatedPathsLookTruncated()
{
    SampleEvent sample;
    sample.subject = "/deep/\xff";
    sample.fields.attributes = LKM_ATTRIBUTE_TRUNCATED;
    EventEncoder encoder("s");
    QCOMPARE(Decoded(encode(encoder, sample)).payload.path(), std::string("\xe2\x80\xa6/deep/\\xff"));
    sample.fields.attributes = LKM_ATTRIBUTE_DELETED | LKM_ATTRIBUTE_CREATED;
    QCOMPARE(Decoded(encode(encoder, sample)).payload.path(), std::string("/deep/\\xff"));
}

void EventEncoderTest::nothingOfTheLastEventRemains()
{
    // The encoder reuses its messages: a big event must leave nothing in a small one.
    SampleEvent big;
    big.subject = "/" + std::string(3000, 'b');
    big.fields.flags = 7;
    SampleEvent small;
    small.subject = "/s";
    small.application = "";
    small.fields.flags = 0;
    small.fields.pid = 0;
    small.fields.uid = 0;
    EventEncoder used("s");
    encode(used, big);
    EventEncoder fresh("s");
    QCOMPARE(encode(used, small).toHex(), encode(fresh, small).toHex());
}

void EventEncoderTest::nothingRequiredIsEverEmpty()
{
    std::mt19937 random(7);
    EventEncoder encoder("s");
    for (int round = 0; round < 20'000; ++round) {
        SampleEvent sample;
        sample.subject = "/";
        for (unsigned int more = random() % 40; more > 0; --more) {
            sample.subject += static_cast<char>(random());
        }
        sample.application.assign(sample.subject, sample.subject.size() / 2);
        sample.fields.attributes = random() & 0xffff;
        sample.fields.id.fill(static_cast<std::uint8_t>(random()));
        const Decoded decoded(encode(encoder, sample));
        QVERIFY(decoded.ok); // protobuf refuses strings that are not UTF-8
        QVERIFY(isValid(decoded.payload.path()) && isValid(decoded.payload.app_id()));
        QCOMPARE(decoded.event.id().size(), std::size_t{36});
        QVERIFY(!decoded.event.type().empty() && !decoded.event.source().empty());
        QVERIFY(!decoded.event.session_id().empty() && decoded.event.timestamp() != 0);
    }
}

void EventEncoderTest::theLongestPathFitsAFrame()
{
    SampleEvent sample;
    sample.subject = "/" + std::string(LKM_PATH_MAX - 1, '\xff'); // escaped, it is four times as long
    EventEncoder encoder("s");
    const Decoded decoded(encode(encoder, sample));
    QVERIFY(decoded.ok);
    QCOMPARE(decoded.payload.path().size(), std::size_t{1 + 4 * 4095});
}

void EventEncoderTest::processesByHand()
{
    EventEncoder encoder("s");
    SampleEvent sample;
    sample.comm = "sh";
    sample.subject = "/bin/sh";
    sample.fields.type = EventType::ProcessExited;
    sample.fields.value = -9;
    const Decoded exited(encode(encoder, sample));
    QCOMPARE(exited.event.type(), std::string("process.exited"));
    // 1 "exited" · 2 pid 1234 · 3 ppid 77 · 4 "sh" · 5 int32 -9, which proto3 writes as ten bytes
    QCOMPARE(QByteArray::fromStdString(exited.event.payload()),
             QByteArray::fromHex("0a06657869746564 10d209 184d 22027368 28f7ffffffffffffffff01"));

    sample.fields.type = EventType::ProcessStarted;
    sample.fields.value = 0;
    const Decoded started(encode(encoder, sample));
    QCOMPARE(started.event.type(), std::string("process.started"));
    QCOMPARE(QByteArray::fromStdString(started.event.payload()),
             QByteArray::fromHex("0a0773746172746564 10d209 184d 22027368"));
}

void EventEncoderTest::writesByHand()
{
    EventEncoder encoder("s");
    SampleEvent sample;
    sample.application = "/a";
    sample.subject = "/f";
    sample.fields.type = EventType::FileWritten;
    sample.fields.value = std::int64_t{1} << 40;
    // 1 "/f" · 2 "/a" · 3 2^40, which takes six bytes
    const Decoded written(encode(encoder, sample));
    QCOMPARE(written.event.type(), std::string("file.written"));
    QCOMPARE(QByteArray::fromStdString(written.event.payload()),
             QByteArray::fromHex("0a022f66 12022f61 18808080808020"));
    sample.fields.attributes = LKM_ATTRIBUTE_TRUNCATED;
    QVERIFY(Decoded(encode(encoder, sample)).payload.path().starts_with("…/"));
}

void EventEncoderTest::connectionsByHand()
{
    EventEncoder encoder("s");
    SampleEvent sample;
    sample.application = "/a";
    sample.subject = "[::2]:1";
    sample.fields.type = EventType::NetworkConnect;
    // 1 "/a" · 2 "[::2]:1" · 3 "tcp" · 4 "outbound"
    const QByteArray start = QByteArray::fromHex("0a022f61 12075b3a3a325d3a31 1a03746370");
    QCOMPARE(QByteArray::fromStdString(Decoded(encode(encoder, sample)).event.payload()),
             start + QByteArray::fromHex("22086f7574626f756e64"));
    sample.fields.type = EventType::NetworkAccept;
    QCOMPARE(QByteArray::fromStdString(Decoded(encode(encoder, sample)).event.payload()),
             start + QByteArray::fromHex("2207696e626f756e64"));
    QCOMPARE(Decoded(encode(encoder, sample)).event.type(), std::string("network.accept"));
}

void EventEncoderTest::protobufWritesTheSame()
{
    // Whatever the numbers and lengths are: decoded and written again by protobuf, it is the same bytes.
    std::mt19937_64 random(3);
    const auto number = [&random] { return static_cast<std::uint32_t>(random() >> random() % 64); };
    const auto text = [&random](std::size_t most) {
        std::string bytes(random() % most, ' ');
        for (char &byte : bytes) {
            byte = static_cast<char>(random());
        }
        return bytes;
    };
    EventEncoder encoder("session");
    for (int round = 0; round < 20'000; ++round) {
        SampleEvent sample;
        sample.subject = text(round % 100 == 0 ? 20'000 : 200);
        sample.application = text(150);
        sample.comm = text(16);
        sample.fields.type = eventTypes[random() % eventTypes.size()];
        sample.fields.pid = number();
        sample.fields.parentPid = number();
        sample.fields.uid = number();
        sample.fields.flags = number();
        sample.fields.value = static_cast<std::int32_t>(number());
        sample.fields.timestamp = static_cast<std::int64_t>(random() >> (1 + random() % 63));
        const QByteArray frame = encode(encoder, sample);
        eventbus::Event event;
        QVERIFY(event.ParseFromArray(frame.constData() + 4, static_cast<int>(frame.size()) - 4));
        QCOMPARE(QByteArray::fromStdString(event.SerializeAsString()), frame.mid(4));
        const auto same = [&event](auto payload) {
            return payload.ParseFromString(event.payload()) && payload.SerializeAsString() == event.payload();
        };
        if (sample.fields.type == EventType::ProcessStarted ||
            sample.fields.type == EventType::ProcessExited) {
            QVERIFY(same(eventbus::ProcessLifecyclePayload()));
        } else if (sample.fields.type == EventType::NetworkConnect ||
                   sample.fields.type == EventType::NetworkAccept) {
            QVERIFY(same(eventbus::NetworkConnectionPayload()));
        } else if (sample.fields.type == EventType::FileWritten) {
            QVERIFY(same(eventbus::FileWrittenPayload()));
        } else {
            QVERIFY(same(eventbus::FileOpenedPayload()));
        }
    }
}

void EventEncoderTest::aClockThatWasNeverSet()
{
    EventEncoder encoder("s");
    SampleEvent sample;
    sample.fields.timestamp = 0;
    QCOMPARE(Decoded(encode(encoder, sample)).event.timestamp(), std::int64_t{1});
    sample.fields.timestamp = -7;
    QCOMPARE(Decoded(encode(encoder, sample)).event.timestamp(), std::int64_t{1});
}

QTEST_GUILESS_MAIN(EventEncoderTest)
#include "EventEncoderTest.moc"
