// SPDX-License-Identifier: MIT
#include "app/format/LineFormat.h"

#include <QTest>
#include <limits>

using namespace lunaris;

namespace
{

constexpr quint64 moment = 1'771'677'296'999'999; // 2026-02-21T12:34:56Z

MonitorEvent opened(const QByteArray &path, const QString &comm = QStringLiteral("cat"))
{
    MonitorEvent event;
    event.time = moment;
    event.type = QStringLiteral("file.opened");
    event.pid = 1234;
    event.uid = 1000;
    event.comm = comm;
    event.subject = path;
    return event;
}

eventbus::Event message(const std::string &path, const std::string &application = "org.example.Reader")
{
    eventbus::FileOpenedPayload payload;
    payload.set_path(path);
    payload.set_app_id(application);
    payload.set_flags(0x241);
    eventbus::Event event;
    event.set_type("file.opened");
    event.set_timestamp(moment);
    event.set_pid(1234);
    event.set_uid(1000);
    payload.SerializeToString(event.mutable_payload());
    return event;
}

const std::string head = "2026-02-21T12:34:56Z pid=1234 uid=1000 flags=";

} // namespace

class LineFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theExactLine();
    void theExactLineOfTheBus();
    void numbersAtTheirEnds();
    void times_data();
    void times();
    void nothingReachesTheTerminal_data();
    void nothingReachesTheTerminal();
    void truncatedPaths();
    void otherMessagesOfTheBus();
    void otherTypesSayWhatTheyAre();
    void writesSayHowMuch();
};

void LineFormatTest::theExactLine()
{
    QCOMPARE(toLine(opened("/etc/hosts")),
             std::string("2026-02-21T12:34:56Z pid=1234 uid=1000 flags=0x0 comm=cat file=/etc/hosts"));
    QCOMPARE(toLine(opened("/a b/\xc3\xa9")), head + "0x0 comm=cat file=/a b/\xc3\xa9");
    // A process may call itself anything, but it cannot forge a field.
    QCOMPARE(toLine(opened("/a", QStringLiteral("x file=/b"))), head + "0x0 comm=x\\x20file=/b file=/a");
    QCOMPARE(toLine(message("/a", "x file=/b")), head + "0x241 app=x\\x20file=/b file=/a");
}

void LineFormatTest::theExactLineOfTheBus()
{
    QCOMPARE(toLine(message("/etc/hosts")), head + "0x241 app=org.example.Reader file=/etc/hosts");
}

void LineFormatTest::numbersAtTheirEnds()
{
    MonitorEvent event = opened("/x");
    event.pid = event.uid = event.flags = std::numeric_limits<quint32>::max();
    QCOMPARE(
        toLine(event),
        std::string("2026-02-21T12:34:56Z pid=4294967295 uid=4294967295 flags=0xffffffff comm=cat file=/x"));
}

void LineFormatTest::times_data()
{
    QTest::addColumn<quint64>("time");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("1970") << quint64{0} << QByteArray("1970-01-01T00:00:00Z");
    QTest::newRow("a second's end") << quint64{999'999} << QByteArray("1970-01-01T00:00:00Z");
    QTest::newRow("a leap day") << quint64{1'709'164'800'000'000} << QByteArray("2024-02-29T00:00:00Z");
    QTest::newRow("beyond 32 bits") << quint64{4'294'967'296'000'000} << QByteArray("2106-02-07T06:28:16Z");
}

void LineFormatTest::times()
{
    QFETCH(quint64, time);
    QFETCH(QByteArray, text);
    MonitorEvent event = opened("/x");
    event.time = time;
    const std::string line = toLine(event);
    QVERIFY2(line.starts_with(text.toStdString() + " pid="), line.c_str());
    // Nothing sensible can be said of these, but it is said on one line.
    for (const quint64 absurd : {quint64{UINT64_MAX}, quint64{INT64_MAX}, quint64{1} << 63}) {
        event.time = absurd;
        QVERIFY(toLine(event).ends_with("comm=cat file=/x"));
    }
}

void LineFormatTest::nothingReachesTheTerminal_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("newline") << QByteArray("a\nb") << QByteArray("a\\x0ab");
    QTest::newRow("carriage return") << QByteArray("a\rb") << QByteArray("a\\x0db");
    QTest::newRow("a forged line") << QByteArray("a\n2026-02-21T") << QByteArray("a\\x0a2026-02-21T");
    QTest::newRow("ESC") << QByteArray("\x1b[31m") << QByteArray("\\x1b[31m");
    QTest::newRow("8-bit CSI") << QByteArray("\xc2\x9b"
                                             "31m")
                               << QByteArray("\\xc2\\x9b31m");
    QTest::newRow("RLO") << QByteArray("\xe2\x80\xae"
                                       "fdp")
                         << QByteArray("\\xe2\\x80\\xaefdp");
}

void LineFormatTest::nothingReachesTheTerminal()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, text);
    const std::string shown = text.toStdString();
    QCOMPARE(toLine(opened("/" + bytes)), head + "0x0 comm=cat file=/" + shown);
    QCOMPARE(toLine(opened("/x", QString::fromUtf8(bytes))), head + "0x0 comm=" + shown + " file=/x");
    QCOMPARE(toLine(message("/" + bytes.toStdString(), bytes.toStdString())),
             head + "0x241 app=" + shown + " file=/" + shown);
    QCOMPARE(toLine(opened("/\xff" + bytes)), head + "0x0 comm=cat file=/\\xff" + shown);
    eventbus::Event other = message("/x");
    other.set_type(bytes.toStdString());
    QCOMPARE(toLine(other), head + "0x0 type=" + shown);
}

void LineFormatTest::truncatedPaths()
{
    MonitorEvent event = opened("/end");
    event.attributes = TruncatedPath | CreatedFile;
    QCOMPARE(toLine(event), head + "0x0 comm=cat file=\xe2\x80\xa6/end");
    event.attributes = CreatedFile | DeletedFile | UnreadableName;
    QCOMPARE(toLine(event), head + "0x0 comm=cat file=/end");
}

void LineFormatTest::otherMessagesOfTheBus()
{
    eventbus::Event event = message("/x");
    event.set_payload("\xff\xff");
    QCOMPARE(toLine(event), head + "0x0 type=file.opened");
    event.set_type("file.written");
    QCOMPARE(toLine(event), head + "0x0 type=file.written");
    event.set_timestamp(-1'000'000);
    QVERIFY(toLine(event).starts_with("1969-12-31T23:59:59Z pid="));
}

void LineFormatTest::otherTypesSayWhatTheyAre()
{
    MonitorEvent event = opened("/bin/sh", QStringLiteral("sh"));
    event.type = QStringLiteral("process.started");
    QCOMPARE(toLine(event), head + "0x0 type=process.started comm=sh file=/bin/sh");
    event.type = QStringLiteral("process.exited");
    event.value = -9;
    QCOMPARE(toLine(event), head + "0x0 type=process.exited result=-9 comm=sh file=/bin/sh");
    event = opened("/nothing");
    event.type = QStringLiteral("file.open_failed");
    event.value = -2;
    QCOMPARE(toLine(event), head + "0x0 type=file.open_failed result=-2 comm=cat file=/nothing");

    eventbus::ProcessLifecyclePayload process;
    process.set_event_type("exited");
    process.set_ppid(7);
    process.set_comm("a b");
    process.set_exit_code(3);
    eventbus::Event onBus = message("");
    onBus.set_type("process.exited");
    process.SerializeToString(onBus.mutable_payload());
    QCOMPARE(toLine(onBus), head + "0x0 type=process.exited ppid=7 result=3 comm=a\\x20b");
}

void LineFormatTest::writesSayHowMuch()
{
    MonitorEvent event = opened("/home/a\nb");
    event.type = QStringLiteral("file.written");
    event.value = qint64{1} << 40;
    QCOMPARE(toLine(event), head + "0x0 type=file.written bytes=1099511627776 comm=cat file=/home/a\\x0ab");
    event.attributes = TruncatedPath;
    QVERIFY(toLine(event).ends_with(" file=\xe2\x80\xa6/home/a\\x0ab"));

    eventbus::FileWrittenPayload written;
    written.set_path("/home/a\nb");
    written.set_app_id("x file=/b");
    written.set_bytes(UINT64_MAX);
    eventbus::Event onBus = message("");
    onBus.set_type("file.written");
    written.SerializeToString(onBus.mutable_payload());
    QCOMPARE(toLine(onBus), head + "0x0 type=file.written bytes=18446744073709551615 "
                                   "app=x\\x20file=/b file=/home/a\\x0ab");
}

QTEST_GUILESS_MAIN(LineFormatTest)
#include "LineFormatTest.moc"
