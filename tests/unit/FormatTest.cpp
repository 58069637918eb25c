// SPDX-License-Identifier: MIT
//
// Events as columns, JSON and CSV; LineFormatTest has the lines and OcsfFormatTest the schema.
#include "app/format/EventFormat.h"
#include "app/format/TextWidth.h"
#include "tests/unit/ClientEvents.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <ctime>
#include <limits>

using namespace lunaris;
using namespace lunaris::test;

namespace
{

FormatSettings settings(int width = 0)
{
    FormatSettings settings;
    settings.userName = [](std::uint32_t uid) { return uid == 1000 ? std::string("alex") : std::string(); };
    if (width > 0) {
        settings.width = [width] { return width; };
    }
    return settings;
}

std::string lineOf(const char *format, const MonitorEvent &event, const FormatSettings &how = settings())
{
    return makeFormat(QLatin1String(format), how)->line(event).value_or("nothing");
}

QJsonObject jsonOf(const MonitorEvent &event)
{
    const std::string line = lineOf("json", event);
    return QJsonDocument::fromJson(QByteArray::fromStdString(line)).object();
}

} // namespace

class FormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void columns_data();
    void columns();
    void columnsFitTheTerminal();
    void colorsSayNoMoreThanWords();
    void relativeTimes();
    void jsonKeys_data();
    void jsonKeys();
    void jsonIsExact();
    void csv();
    void nothingReachesTheTerminal_data();
    void nothingReachesTheTerminal();
    void widths_data();
    void widths();
    void thereIsNoOtherFormat();
};

void FormatTest::initTestCase()
{
    qputenv("TZ", "UTC");
    tzset();
}

void FormatTest::columns_data()
{
    QTest::addColumn<MonitorEvent>("event");
    QTest::addColumn<QByteArray>("line");
    const MonitorEventList events = oneOfEachType();
    const auto padded = [](const char *text, int size) { return QByteArray(text).leftJustified(size) + ' '; };
    const auto row = [&](const char *name, const MonitorEvent &event, const char *what, const char *flags,
                         const char *subject) {
        QTest::newRow(name) << event
                            << "12:34:56.123 1234    alex     cat             " + padded(what, 12) +
                                   padded(flags, 24) + subject + '\n';
    };
    row("open", events[0], "open", "WRONLY|CLOEXEC", "/etc/hosts");
    row("failed", events[1], "fail EACCES", "WRONLY|CLOEXEC", "/etc/shadow");
    row("written", events[2], "write 4096", "", "/home/alex/a b.txt");
    row("started", events[3], "start", "", "/usr/bin/cat");
    row("killed", events[4], "killed KILL", "", "/usr/bin/cat");
    row("connect", events[5], "connect", "", "192.0.2.1:443 (local port 40000)");
    row("accept", events[6], "accept", "", "[2001:db8::1]:5555 (local port 22)");
    MonitorEvent event = openedHosts();
    event.attributes = CreatedFile | TruncatedPath;
    event.flags = 0x80000000;
    row("created", event, "create", "0x80000000", "…/etc/hosts");
    event.attributes = UnreadableName;
    row("unreadable", event, "open", "0x80000000", "(the name could not be read)");
    event = clientEvent("file.open_failed", "/x", -100'000);
    row("no errno", event, "fail -100000", "WRONLY|CLOEXEC", "/x");
    event = clientEvent("process.exited", "", 3);
    row("exit", event, "exit 3", "", "");
    event.value = std::numeric_limits<qint64>::min();
    row("an absurd end", event, "killed -9223372036854775808", "", "");
    event = clientEvent("other", "/x", 0);
    row("a type to come", event, "other", "", "/x");
}

void FormatTest::columns()
{
    QFETCH(MonitorEvent, event);
    QFETCH(QByteArray, line);
    QCOMPARE(QByteArray::fromStdString(lineOf("columns", event)), line);
}

void FormatTest::columnsFitTheTerminal()
{
    MonitorEvent event =
        clientEvent("file.open_failed", "/very/long/" + QByteArray(300, 'x') + "/end.txt", -2);
    event.comm = QStringLiteral("日本語日本語日本語");
    for (int width = 1; width < 200; ++width) {
        const auto format = makeFormat(QStringLiteral("columns"), settings(width));
        for (std::string line : {format->header(), format->line(event).value_or("")}) {
            QCOMPARE(line.back(), '\n');
            line.pop_back();
            QVERIFY2(TextWidth::cells(line) <= width, qPrintable(QString::number(width)));
        }
    }
    QVERIFY(QString::fromStdString(lineOf("columns", event, settings(80)))
                .endsWith(QStringLiteral("/end.txt\n")));
    QVERIFY(
        !QString::fromStdString(lineOf("columns", event, settings(119))).contains(QStringLiteral("CLOEXEC")));
    QVERIFY(
        QString::fromStdString(lineOf("columns", event, settings(120))).contains(QStringLiteral("CLOEXEC")));
}

void FormatTest::colorsSayNoMoreThanWords()
{
    FormatSettings colored = settings();
    colored.colors = true;
    for (const MonitorEvent &event : oneOfEachType()) {
        std::string line = lineOf("columns", event, colored);
        for (std::size_t at = line.find('\x1b'); at != std::string::npos; at = line.find('\x1b')) {
            line.erase(at, line.find('m', at) - at + 1);
        }
        QCOMPARE(line, lineOf("columns", event));
    }
    QVERIFY(lineOf("columns", oneOfEachType()[1], colored).find("\x1b[31mfail EACCES") != std::string::npos);
    QVERIFY(lineOf("json", openedHosts(), colored).find('\x1b') == std::string::npos);
}

void FormatTest::relativeTimes()
{
    FormatSettings relative = settings();
    relative.relative = true;
    const auto format = makeFormat(QStringLiteral("columns"), relative);
    MonitorEvent event = openedHosts();
    QVERIFY(format->line(event)->starts_with("+0.000000    1234"));
    event.time += 61'500'000;
    QVERIFY(format->line(event)->starts_with("+61.500000   1234"));
    event.time = openedHosts().time - 20; // of another processor
    QVERIFY(format->line(event)->starts_with("-0.000020    1234"));
}

void FormatTest::jsonKeys_data()
{
    QTest::addColumn<MonitorEvent>("event");
    QTest::addColumn<QString>("keys");
    const MonitorEventList events = oneOfEachType();
    const std::vector<const char *> keys = {"flags mode path result",
                                            "flags mode path result",
                                            "bytes mode path",
                                            "mode path",
                                            "mode path result",
                                            "addr port",
                                            "addr port"};
    for (qsizetype at = 0; at < events.size(); ++at) {
        QStringList all = QString::fromLatin1(keys[static_cast<std::size_t>(at)]).split(u' ');
        all += QStringLiteral("app attributes cgroup comm pid ppid sequence time type uid").split(u' ');
        all.sort();
        QTest::newRow(qPrintable(events[at].type)) << events[at] << all.join(u' ');
    }
}

void FormatTest::jsonKeys()
{
    QFETCH(MonitorEvent, event);
    QFETCH(QString, keys);
    QCOMPARE(jsonOf(event).keys().join(u' '), keys);
}

void FormatTest::jsonIsExact()
{
    QCOMPARE(lineOf("json", openedHosts()),
             std::string(R"({"app":"org.example.Reader","attributes":[],"cgroup":4711,"comm":"cat",)"
                         R"("flags":524289,"mode":33188,"path":"/etc/hosts","pid":1234,"ppid":77,"result":3,)"
                         R"("sequence":7,"time":1771677296123456,"type":"file.opened","uid":1000})"
                         "\n"));
    MonitorEvent event = openedHosts();
    event.subject = "/\xff";
    event.attributes = 31;
    QCOMPARE(jsonOf(event).value(QStringLiteral("path")).toString(), QStringLiteral("/\\xff"));
    QCOMPARE(QByteArray::fromBase64(jsonOf(event).value(QStringLiteral("path_base64")).toString().toLatin1()),
             event.subject);
    QVERIFY(lineOf("json", event).find(R"(["truncated","deleted","foreign","unreadable","created"])") !=
            std::string::npos);
    event.subject = "/Straße/日本/\U0001F600";
    QCOMPARE(jsonOf(event).value(QStringLiteral("path")).toString().toUtf8(), event.subject);
    QVERIFY(lineOf("json", event).find("/Straße/日本/\U0001F600") != std::string::npos);
}

void FormatTest::csv()
{
    const auto format = makeFormat(QStringLiteral("csv"), settings());
    QCOMPARE(
        format->header(),
        std::string("time,type,comm,app,path,addr,pid,ppid,uid,flags,mode,result,bytes,port,attributes\n"));
    QCOMPARE(
        lineOf("csv", openedHosts()),
        std::string("1771677296123456,file.opened,cat,org.example.Reader,/etc/hosts,,1234,77,1000,524289,"
                    "33188,3,,,0\n"));
    QCOMPARE(
        lineOf("csv", oneOfEachType()[5]),
        std::string("1771677296123456,network.connect,cat,org.example.Reader,,192.0.2.1:443,1234,77,1000,,"
                    ",,,40000,0\n"));
    QVERIFY(lineOf("csv", clientEvent("file.written", "/a,\"b\"", 1)).find(",\"/a,\"\"b\"\"\",") !=
            std::string::npos);
}

void FormatTest::nothingReachesTheTerminal_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("text");
    for (const QString &format : formatNames()) {
        for (const auto &[name, text] : hostileNames()) {
            QTest::newRow(qPrintable(format + u' ' + QString::fromLatin1(name.left(6))))
                << format << name << text;
        }
    }
}

void FormatTest::nothingReachesTheTerminal()
{
    QFETCH(QString, format);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, text);
    MonitorEvent event = openedHosts();
    event.subject = "/home/" + name;
    event.comm = QString::fromUtf8(name);
    event.application = QString::fromUtf8(name);
    const auto formatter = makeFormat(format, settings());
    const std::string line = formatter->line(event).value_or("nothing");
    QVERIFY2(isSafeLine(line), line.c_str());
    if (format == QLatin1String("json") || format == QLatin1String("ocsf")) {
        QVERIFY(!QJsonDocument::fromJson(QByteArray::fromStdString(line)).isNull());
    } else {
        QVERIFY2(line.find("/home/" + text.toStdString()) != std::string::npos, line.c_str());
    }
}

void FormatTest::widths_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("width");
    QTest::addColumn<QByteArray>("fitted");
    QTest::addColumn<QByteArray>("end");
    const auto row = [](const char *text, int width, const char *fitted, const char *end) {
        QTest::addRow("%s in %d", text, width)
            << QByteArray(text) << width << QByteArray(fitted) << QByteArray(end);
    };
    row("", 0, "", "");
    row("", 2, "  ", "");
    row("abc", 3, "abc", "abc");
    row("abc", 5, "abc  ", "abc");
    row("abcd", 3, "ab…", "…cd");
    row("abc", 1, "…", "…");
    row("abc", 0, "", "");
    row("日本語", 6, "日本語", "日本語");
    row("日本語", 5, "日本…", "…本語");
    row("日本語", 4, "日… ", "…語");
    row("e\u0301e\u0301e\u0301", 2, "e\u0301…", "…e\u0301");
}

void FormatTest::widths()
{
    QFETCH(QByteArray, text);
    QFETCH(int, width);
    QFETCH(QByteArray, fitted);
    QFETCH(QByteArray, end);
    QCOMPARE(QByteArray::fromStdString(TextWidth::fit(text.toStdString(), width)), fitted);
    QCOMPARE(QByteArray::fromStdString(TextWidth::keepEnd(text.toStdString(), width)), end);
}

void FormatTest::thereIsNoOtherFormat()
{
    for (const QString &name : formatNames()) {
        QVERIFY(makeFormat(name, settings()));
    }
    QVERIFY(!makeFormat(QStringLiteral("xml"), settings()));
    QVERIFY(!makeFormat(QString(), settings()));
}

QTEST_GUILESS_MAIN(FormatTest)
#include "FormatTest.moc"
