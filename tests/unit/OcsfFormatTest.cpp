// SPDX-License-Identifier: MIT
#include "app/format/EventFormat.h"
#include "tests/unit/ClientEvents.h"
#include "tests/unit/OcsfFacts.h"

#include <QJsonDocument>
#include <QTest>
#include <limits>
#include <sys/stat.h>

using namespace lunaris;
using namespace lunaris::test;

namespace
{

FormatSettings settings(const char *host = "desk")
{
    FormatSettings settings;
    settings.userName = [](std::uint32_t uid) { return uid == 1000 ? std::string("alex") : std::string(); };
    settings.host = host;
    settings.kernelRelease = "6.1.0";
    return settings;
}

std::optional<QJsonObject> ocsf(const MonitorEvent &event, const char *host = "desk")
{
    const auto line = makeFormat(QStringLiteral("ocsf"), settings(host))->line(event);
    return line ? std::optional(QJsonDocument::fromJson(QByteArray::fromStdString(*line)).object())
                : std::nullopt;
}

/// A value by its way, as "file.name".
QVariant at(const QJsonObject &object, const QString &way)
{
    QJsonValue value = object;
    for (const QString &name : way.split(u'.')) {
        value = value.toObject().value(name);
    }
    return value.toVariant();
}

} // namespace

class OcsfFormatTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void says_data();
    void says();
    void keepsTheRules_data();
    void keepsTheRules();
    void theRulesAreLookedAt_data();
    void theRulesAreLookedAt();
    void cannotSay_data();
    void cannotSay();
};

void OcsfFormatTest::says_data()
{
    QTest::addColumn<MonitorEvent>("event");
    QTest::addColumn<QString>("way");
    QTest::addColumn<QVariant>("value");
    const MonitorEventList events = oneOfEachType();
    MonitorEvent created = openedHosts();
    created.attributes = CreatedFile;
    MonitorEvent truncated = openedHosts();
    truncated.attributes = TruncatedPath;
    const auto row = [](const MonitorEvent &event, const char *way, const QVariant &value) {
        QTest::addRow("%s %s %u", qPrintable(event.type), way, event.attributes)
            << event << QString::fromLatin1(way) << value;
    };
    const auto text = [](const char *value) { return QVariant(QString::fromUtf8(value)); };
    row(events[0], "type_uid", 100114);
    row(created, "type_uid", 100101);
    row(events[1], "type_uid", 100114);
    row(events[2], "type_uid", 100103);
    row(events[3], "type_uid", 100701);
    row(events[4], "type_uid", 100702);
    row(events[5], "type_uid", 400101);
    row(events[6], "type_uid", 400101);
    row(events[0], "time", qint64{1'771'677'296'123}); // milliseconds
    row(events[0], "file.name", text("hosts"));
    row(events[0], "file.path", text("/etc/hosts"));
    row(events[0], "file.type", text("Regular File"));
    row(truncated, "file.path", text("…/etc/hosts"));
    row(events[0], "actor.process.pid", 1234);
    row(events[0], "actor.process.name", text("cat"));
    row(events[0], "actor.user.name", text("alex"));
    row(events[0], "actor.user.uid", text("1000"));
    row(events[0], "unmapped.flags", 524289);
    row(events[0], "status_id", 1);
    row(events[1], "status_id", 2);
    row(events[1], "status_code", text("13"));
    row(events[1], "status_detail", text("EACCES"));
    row(events[2], "unmapped.bytes", 4096);
    row(events[3], "process.pid", 1234);
    row(events[3], "process.file.path", text("/usr/bin/cat"));
    row(events[3], "actor.process.pid", 77); // the parent
    row(events[4], "actor.process.pid", 1234);
    row(events[4], "exit_code", -9);
    row(events[5], "dst_endpoint.ip", text("192.0.2.1"));
    row(events[5], "dst_endpoint.port", 443);
    row(events[5], "src_endpoint.hostname", text("desk"));
    row(events[5], "src_endpoint.port", 40000);
    row(events[5], "connection_info.direction", text("Outbound"));
    row(events[5], "connection_info.protocol_ver_id", 4);
    row(events[6], "src_endpoint.ip", text("2001:db8::1"));
    row(events[6], "src_endpoint.port", 5555);
    row(events[6], "dst_endpoint.hostname", text("desk"));
    row(events[6], "dst_endpoint.port", 22);
    row(events[6], "connection_info.direction_id", 1);
    row(clientEvent("file.opened", "/\xff\x1b[2J", 3), "file.name", text("\\xff\x1b[2J"));
    row(clientEvent("file.opened", "/", 3), "file.name", text("/"));
}

void OcsfFormatTest::says()
{
    QFETCH(MonitorEvent, event);
    QFETCH(QString, way);
    QFETCH(QVariant, value);
    const auto object = ocsf(event);
    QVERIFY(object);
    QCOMPARE(at(*object, way).toString(), value.toString());
}

void OcsfFormatTest::keepsTheRules_data()
{
    QTest::addColumn<MonitorEvent>("event");
    QTest::addColumn<QByteArray>("host");
    for (MonitorEvent event : oneOfEachType()) {
        QTest::addRow("%s", qPrintable(event.type)) << event << QByteArray("desk.example.org");
        QTest::addRow("%s of a host without a name", qPrintable(event.type)) << event << QByteArray();
        QTest::addRow("%s of a host with no hostname", qPrintable(event.type))
            << event << QByteArray("_a b\xff");
        event.attributes = CreatedFile | TruncatedPath | DeletedFile | ForeignMountNamespace;
        event.pid = event.parentPid = 0;
        event.flags = event.uid = std::numeric_limits<quint32>::max();
        event.comm = QStringLiteral("\x1b[2J");
        event.application.clear();
        QTest::addRow("%s of an odd kind", qPrintable(event.type)) << event << QByteArray("desk");
    }
    for (const quint32 type : {S_IFDIR, S_IFCHR, S_IFBLK, S_IFSOCK, S_IFIFO, S_IFLNK, 0}) {
        MonitorEvent event = openedHosts();
        event.mode = type | 0644;
        QTest::addRow("mode %o", event.mode) << event << QByteArray("desk");
    }
    QTest::newRow("an end without a path") << clientEvent("process.exited", "", 0) << QByteArray("desk");
}

void OcsfFormatTest::keepsTheRules()
{
    QFETCH(MonitorEvent, event);
    QFETCH(QByteArray, host);
    const auto object = ocsf(event, host.constData());
    QVERIFY(object);
    QCOMPARE(problemByOcsf(*object), QString());
}

void OcsfFormatTest::theRulesAreLookedAt_data()
{
    QTest::addColumn<int>("index");
    QTest::addColumn<QString>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("problem");
    const auto row = [](int index, const char *key, const QJsonValue &value, const char *problem) {
        QTest::addRow("%s", problem) << index << QString::fromLatin1(key) << value
                                     << QString::fromLatin1(problem);
    };
    row(0, "file", QJsonValue::Undefined, ".file is required");
    row(3, "process", QJsonValue::Undefined, ".process is required");
    row(5, "dst_endpoint", QJsonValue::Undefined, ".dst_endpoint is required");
    row(0, "extra", 1, ".extra is unknown");
    row(0, "severity_id", 7, ".severity_id: no e_severity");
    row(0, "status", QStringLiteral("Good"), ".status_id: its caption is Success");
    row(0, "time", QStringLiteral("now"), ".time: no t");
    row(0, "type_uid", 1, ".type_uid is wrong");
    row(0, "activity_id", 77, ".activity_id is wrong");
    row(0, "actor", QJsonObject(), ".actor: one of several attributes is required");
    row(0, "device", QJsonObject{{QStringLiteral("type_id"), 0}},
        ".device: one of several attributes is required");
    row(5, "dst_endpoint", QJsonObject{{QStringLiteral("ip"), QStringLiteral("nowhere")}},
        ".dst_endpoint.ip: no ip");
    row(5, "src_endpoint", QJsonObject{{QStringLiteral("hostname"), QStringLiteral("a_b")}},
        ".src_endpoint.hostname: no h");
}

/// The test's own eyes: each broken rule is seen.
void OcsfFormatTest::theRulesAreLookedAt()
{
    QFETCH(int, index);
    QFETCH(QString, key);
    QFETCH(QJsonValue, value);
    QFETCH(QString, problem);
    QJsonObject object = *ocsf(oneOfEachType()[index]);
    object.insert(key, value);
    QCOMPARE(problemByOcsf(object), problem);
}

void OcsfFormatTest::cannotSay_data()
{
    QTest::addColumn<MonitorEvent>("event");
    MonitorEvent event = openedHosts();
    event.attributes = UnreadableName;
    QTest::newRow("an unreadable name") << event;
    QTest::newRow("no path") << clientEvent("file.opened", "", 3);
    QTest::newRow("a type to come") << clientEvent("file.deleted", "/x", 0);
    for (const char *peer : {"", "192.0.2.1", "192.0.2.1:", "192.0.2.1:65536", "192.0.2.999:1",
                             "2001:db8::1:1", "[2001:db8::1]", "[192.0.2.1]:1", "host:1", "192.0.2.1:1\n"}) {
        QTest::addRow("the peer '%s'", peer) << clientEvent("network.connect", peer, 1);
    }
    QTest::newRow("a port too high") << clientEvent("network.accept", "192.0.2.1:1", 65536);
    QTest::newRow("no exit code") << clientEvent("process.exited", "/x", qint64{1} << 40);
    QTest::newRow("a port below 0") << clientEvent("network.accept", "192.0.2.1:1", -1);
}

void OcsfFormatTest::cannotSay()
{
    QFETCH(MonitorEvent, event);
    QVERIFY(!ocsf(event));
}

QTEST_GUILESS_MAIN(OcsfFormatTest)
#include "OcsfFormatTest.moc"
