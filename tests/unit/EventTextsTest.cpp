// SPDX-License-Identifier: MIT
#include "app/models/EventTexts.h"

#include "app/models/EventStore.h"
#include "app/models/EventWords.h"
#include "tests/unit/ClientEvents.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace lunaris;

class EventTextsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void words_data();
    void words();
    void cells();
    void gapsSaySo();
    void times();
    void titles();
    void applications_data();
    void applications();
    void applicationsInTheReadersLanguage();
};

void EventTextsTest::words_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<qint64>("value");
    QTest::addColumn<quint32>("attributes");
    QTest::addColumn<QString>("operation");
    QTest::addColumn<QString>("result");
    QTest::addColumn<bool>("failure");
    const auto row = [](const char *name, const char *type, qint64 value, quint32 attributes,
                        const char *operation, const char *result, bool failure) {
        QTest::newRow(name) << QString::fromUtf8(type) << value << attributes << QString::fromUtf8(operation)
                            << QString::fromUtf8(result) << failure;
    };
    row("opened", "file.opened", 3, 0, "Opened", "OK", false);
    row("opened through io_uring", "file.opened", -1, 0, "Opened", "OK", false);
    row("created", "file.opened", 3, CreatedFile, "Created", "OK", false);
    row("denied", "file.open_failed", -EACCES, 0, "Could not open", "Permission denied", true);
    row("missing", "file.open_failed", -ENOENT, 0, "Could not open", "No such file or directory", true);
    row("no errno", "file.open_failed", 5, 0, "Could not open", "5", true);
    row("written", "file.written", 4096, 0, "Wrote", "4.1 kB", false);
    row("started", "process.started", 0, 0, "Started", "OK", false);
    row("ended", "process.exited", 0, 0, "Ended", "OK", false);
    row("failed", "process.exited", 2, 0, "Ended", "Exit code 2", true);
    row("killed", "process.exited", -9, 0, "Ended", "Killed by SIGKILL", true);
    row("killed by what", "process.exited", -1000, 0, "Ended", "Killed by signal 1000", true);
    row("connected", "network.connect", 443, 0, "Connected to", "OK", false);
    row("accepted", "network.accept", 22, 0, "Was called by", "OK", false);
    row("unknown", "file.\x1b[2J", 0, 0, "file.\\x1b[2J", "OK", false);
}

void EventTextsTest::words()
{
    QFETCH(QString, type);
    QFETCH(qint64, value);
    QFETCH(quint32, attributes);
    MonitorEvent event = test::openedHosts();
    event.type = type;
    event.value = value;
    event.attributes = attributes;
    EventStore store;
    store.append({event});
    const StoredEvent row = store.rows().at(1);
    QTEST(EventWords::operation(row), "operation");
    QTEST(EventWords::result(row), "result");
    QTEST(EventWords::isFailure(row), "failure");
}

void EventTextsTest::cells()
{
    EventStore store;
    store.append(test::oneOfEachType());
    const EventTexts texts;
    const auto cell = [&](quint64 number, EventColumn column) {
        return texts.cell(store.rows().at(number), column);
    };
    QCOMPARE(cell(1, EventColumn::Number), QStringLiteral("1"));
    QCOMPARE(cell(1, EventColumn::Pid), QStringLiteral("1234"));
    QCOMPARE(cell(1, EventColumn::ParentPid), QStringLiteral("77"));
    QCOMPARE(cell(1, EventColumn::Uid), QStringLiteral("1000"));
    QCOMPARE(cell(1, EventColumn::Path), QStringLiteral("/etc/hosts"));
    QCOMPARE(cell(1, EventColumn::Flags), QStringLiteral("WRONLY|CLOEXEC"));
    QCOMPARE(cell(1, EventColumn::Application), QStringLiteral("cat"));
    QCOMPARE(cell(1, EventColumn::ApplicationId), QStringLiteral("org.example.Reader"));
    QCOMPARE(cell(1, EventColumn::Amount), QString());
    QCOMPARE(cell(3, EventColumn::Amount), QStringLiteral("4.1 kB"));
    QCOMPARE(cell(3, EventColumn::Flags), QString());
    QCOMPARE(cell(6, EventColumn::Path), QStringLiteral("192.0.2.1:443"));
    QCOMPARE(cell(6, EventColumn::Amount), QStringLiteral("Port 40000"));
}

void EventTextsTest::gapsSaySo()
{
    EventStore store;
    store.append({}, 12);
    store.appendConnectionLost(1);
    const EventTexts texts;
    QVERIFY(texts.cell(store.rows().at(1), EventColumn::Path).contains(QStringLiteral("12")));
    QVERIFY(texts.cell(store.rows().at(2), EventColumn::Path).contains(QStringLiteral("connection")));
    for (const EventColumn column : {EventColumn::Pid, EventColumn::User, EventColumn::Result}) {
        QVERIFY(texts.cell(store.rows().at(1), column).isEmpty());
    }
}

void EventTextsTest::times()
{
    QCOMPARE(EventTexts::seconds(0), QStringLiteral("+0.000000"));
    QCOMPARE(EventTexts::seconds(1'500'000), QStringLiteral("+1.500000"));
    QCOMPARE(EventTexts::seconds(-25), QStringLiteral("-0.000025"));
    QCOMPARE(EventTexts::clock(1'771'677'296'123'456).right(6), QStringLiteral("56.123"));
}

void EventTextsTest::titles()
{
    QSet<QString> seen;
    for (int column = 0; column < eventColumnCount; ++column) {
        seen.insert(EventTexts::title(static_cast<EventColumn>(column)));
    }
    QCOMPARE(seen.size(), eventColumnCount);
    QVERIFY(!seen.contains(QString()));
}

void EventTextsTest::applications_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("icon");
    QTest::newRow("reader") << "org.example.Reader"
                            << "Reader"
                            << "reader-icon";
    QTest::newRow("snap") << "snap.paint.draw"
                          << "Paint"
                          << "";
    QTest::newRow("unknown") << "org.example.Nobody"
                             << ""
                             << "";
    QTest::newRow("no id") << ""
                           << ""
                           << "";
    QTest::newRow("out of the folder") << "../secret"
                                       << ""
                                       << "";
    QTest::newRow("hostile") << "hostile"
                             << "a\\xe2\\x80\\xaeb c"
                             << "";
    QTest::newRow("not an entry") << "other"
                                  << ""
                                  << "";
}

void EventTextsTest::applications()
{
    const QTemporaryDir folder;
    const auto write = [&folder](const char *name, const QByteArray &text) {
        QFile file(folder.filePath(QLatin1String(name)));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    };
    QVERIFY(QDir(folder.path()).mkdir(QStringLiteral("applications")));
    write("secret.desktop", "[Desktop Entry]\nName=Secret\n");
    write("applications/org.example.Reader.desktop", "# A comment\n[Desktop Entry]\nName[xx]=Lesa\n"
                                                     "Name = Reader\nIcon=reader-icon\n"
                                                     "[Desktop Action new]\nName=Other\nIcon=other\n");
    write("applications/paint_draw.desktop", "[Desktop Entry]\nName=Paint\n");
    write("applications/hostile.desktop", "[Desktop Entry]\nName=a\xe2\x80\xae"
                                          "b\\nc\n");
    write("applications/other.desktop", "Name=Other\n[Other]\nName=Other\n");

    QFETCH(QString, id);
    const DesktopApplications applications(
        {QStringLiteral("/nowhere"), folder.filePath(QStringLiteral("applications"))});
    QTEST(applications.find(id).name, "name");
    QTEST(applications.find(id).icon, "icon");
}

void EventTextsTest::applicationsInTheReadersLanguage()
{
    const QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("a.desktop")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[Desktop Entry]\nName[de]=Leser\nName[de_AT]=Leserl\nName=Reader\n");
    file.close();
    const auto nameIn = [&folder](const char *locale) {
        const QLocale before;
        QLocale::setDefault(QLocale(QLatin1String(locale)));
        const QString name = DesktopApplications({folder.path()}).find(QStringLiteral("a")).name;
        QLocale::setDefault(before);
        return name;
    };
    QCOMPARE(nameIn("de_DE"), QStringLiteral("Leser"));
    QCOMPARE(nameIn("de_AT"), QStringLiteral("Leserl"));
    QCOMPARE(nameIn("fr_FR"), QStringLiteral("Reader"));
}

QTEST_GUILESS_MAIN(EventTextsTest)
#include "EventTextsTest.moc"
