// SPDX-License-Identifier: MIT
#include "app/files/CaptureLoader.h"
#include "app/files/EventSaver.h"
#include "app/models/EventStore.h"
#include "tests/unit/ClientEvents.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <sys/stat.h>

using namespace lunaris;
using namespace lunaris::test;

/// Events into files and back.
class EventFilesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void captureComesBack();
    void onlyThoseThatAreWanted();
    void exports_data();
    void exports();
    void isItsOwnersAlone();
    void replacesWhatWasThere();
    void leavesNothingBehindWhenCancelled();
    void cannotBeWritten();
    void damagedUpToTheDamage();
    void cannotBeRead_data();
    void cannotBeRead();
    void loadingIsCancelled();

private:
    struct Loaded {
        MonitorEventList events;
        quint64 dropped = 0;
        int begun = 0;
        QString problem;
    };

    Loaded load(const QString &file);
    SaveRequest request(const QString &format);
    static SaveResult save(const SaveRequest &request);
    QString path(const char *name) const { return m_directory->filePath(QString::fromLatin1(name)); }
    QStringList filesThere() const
    {
        return QDir(m_directory->path()).entryList(QDir::Files | QDir::Hidden, QDir::Name);
    }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<EventStore> m_store;
};

void EventFilesTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_store = std::make_unique<EventStore>();
    m_store->append(oneOfEachType());
    m_store->append(oneOfEachType(), 5);
    m_store->appendConnectionLost(1'771'677'297'000'000);
}

SaveRequest EventFilesTest::request(const QString &format)
{
    return {m_store->rows(), std::nullopt, path("saved"), format, {"host", "6.1.0", 1}};
}

SaveResult EventFilesTest::save(const SaveRequest &request)
{
    BackgroundTask::Course course;
    return saveEvents(request, course);
}

EventFilesTest::Loaded EventFilesTest::load(const QString &file)
{
    Loaded loaded;
    CaptureLoader loader;
    connect(&loader, &CaptureLoader::begun, this, [&loaded] { ++loaded.begun; });
    connect(&loader, &CaptureLoader::eventsLoaded, this,
            [&loaded](const MonitorEventList &events, quint64 dropped) {
                loaded.events += events;
                loaded.dropped += dropped;
            });
    QSignalSpy done(&loader, &CaptureLoader::loaded);
    loader.start(file);
    if (done.wait()) {
        loaded.problem = done.constFirst().constFirst().toString();
    }
    return loaded;
}

void EventFilesTest::captureComesBack()
{
    const SaveResult result = save(request({}));
    QCOMPARE(result.problem, QString());
    QCOMPARE(result.events, 14U);
    const Loaded loaded = load(path("saved"));
    QCOMPARE(loaded.problem, QString());
    QCOMPARE(loaded.begun, 1);
    QCOMPARE(loaded.dropped, 5U);
    QCOMPARE(loaded.events, oneOfEachType() + oneOfEachType());
    QCOMPARE(filesThere(), QStringList{QStringLiteral("saved")});
}

void EventFilesTest::onlyThoseThatAreWanted()
{
    SaveRequest wanted = request({});
    wanted.numbers = {3, 1, 999};
    QCOMPARE(save(wanted).events, 2U);
    const MonitorEventList events = load(path("saved")).events;
    QCOMPARE(events, (MonitorEventList{oneOfEachType().at(2), oneOfEachType().at(0)}));
}

void EventFilesTest::exports_data()
{
    QTest::addColumn<QString>("format");
    QTest::addColumn<qsizetype>("lines");
    QTest::addColumn<quint64>("unsayable");
    QTest::addColumn<QByteArray>("first");
    QTest::newRow("csv") << QStringLiteral("csv") << qsizetype{15} << quint64{0} << QByteArray("time,");
    QTest::newRow("json") << QStringLiteral("json") << qsizetype{14} << quint64{0} << QByteArray("{");
    QTest::newRow("ocsf") << QStringLiteral("ocsf") << qsizetype{14} << quint64{0} << QByteArray("{");
}

void EventFilesTest::exports()
{
    QFETCH(QString, format);
    QFETCH(qsizetype, lines);
    QFETCH(quint64, unsayable);
    QFETCH(QByteArray, first);
    const SaveResult result = save(request(format));
    QCOMPARE(result.problem, QString());
    QCOMPARE(result.events, 14U);
    QCOMPARE(result.unsayable, unsayable);
    QFile file(path("saved"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray text = file.readAll();
    QCOMPARE(text.count('\n'), lines);
    QVERIFY2(text.startsWith(first), text.left(80).constData());
}

void EventFilesTest::isItsOwnersAlone()
{
    const mode_t before = umask(0);
    save(request({}));
    SaveRequest text = request(QStringLiteral("csv"));
    text.file = path("text");
    save(text);
    umask(before);
    for (const char *name : {"saved", "text"}) {
        struct stat status {
        };
        QCOMPARE(::stat(QFile::encodeName(path(name)).constData(), &status), 0);
        QCOMPARE(status.st_mode & 07777, mode_t{0600});
    }
}

void EventFilesTest::replacesWhatWasThere()
{
    QFile file(path("saved"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("what was there");
    file.close();
    SaveRequest impossible = request(QStringLiteral("no such format"));
    QVERIFY(!save(impossible).problem.isEmpty());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("what was there")); // still
    file.close();
    QCOMPARE(save(request({})).problem, QString());
    QCOMPARE(load(path("saved")).events.size(), 14);
}

void EventFilesTest::leavesNothingBehindWhenCancelled()
{
    for (int more = 0; more < 200; ++more) {
        m_store->append(MonitorEventList(1000, openedHosts()));
    }
    BackgroundTask search;
    bool finished = false;
    search.start([wanted = request(QStringLiteral("json"))](
                     BackgroundTask::Course &course) { return saveEvents(wanted, course); },
                 [&finished](const SaveResult &) { finished = true; });
    QTRY_VERIFY(!filesThere().isEmpty()); // it has begun
    QVERIFY(filesThere().constFirst().startsWith(QLatin1Char('.')));
    search.cancel();
    QTRY_COMPARE(filesThere(), QStringList());
    QVERIFY(!finished);
}

void EventFilesTest::cannotBeWritten()
{
    SaveRequest nowhere = request({});
    nowhere.file = path("no/such/folder/capture");
    const SaveResult result = save(nowhere);
    QVERIFY(result.problem.startsWith(nowhere.file));
    nowhere.format = QStringLiteral("csv");
    QVERIFY(save(nowhere).problem.startsWith(nowhere.file));
    QVERIFY(QDir().mkdir(path("target")));
    nowhere.file = path("target"); // a folder is not replaced
    QVERIFY(!save(nowhere).problem.isEmpty());
    QCOMPARE(filesThere(), QStringList());
}

void EventFilesTest::damagedUpToTheDamage()
{
    save(request({}));
    QFile file(path("saved"));
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.resize(file.size() - 30));
    file.close();
    const Loaded loaded = load(path("saved"));
    QCOMPARE(loaded.events.size(), 13);
    QCOMPARE(loaded.begun, 1);
    QVERIFY2(loaded.problem.startsWith(path("saved") + QStringLiteral(" can be read up to byte ")),
             qPrintable(loaded.problem));
}

void EventFilesTest::cannotBeRead_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<bool>("exists");
    QTest::newRow("not there") << QByteArray() << false;
    QTest::newRow("empty") << QByteArray() << true;
    QTest::newRow("another file") << QByteArray("#!/bin/sh\n").repeated(100) << true;
}

void EventFilesTest::cannotBeRead()
{
    QFETCH(QByteArray, content);
    QFETCH(bool, exists);
    if (exists) {
        QFile file(path("other"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    const Loaded loaded = load(path("other"));
    QCOMPARE(loaded.begun, 0);
    QVERIFY(loaded.events.isEmpty());
    QVERIFY2(loaded.problem.startsWith(path("other")), qPrintable(loaded.problem));
}

void EventFilesTest::loadingIsCancelled()
{
    for (int more = 0; more < 50; ++more) {
        m_store->append(MonitorEventList(1000, openedHosts()));
    }
    save(request({}));
    CaptureLoader loader;
    const QSignalSpy loaded(&loader, &CaptureLoader::loaded);
    QSignalSpy events(&loader, &CaptureLoader::eventsLoaded);
    loader.start(path("saved"));
    QVERIFY(events.wait());
    loader.cancel();
    QVERIFY(!loader.isRunning());
    const qsizetype before = events.size();
    CaptureLoader other; // when it is through, so would the first be
    QSignalSpy otherLoaded(&other, &CaptureLoader::loaded);
    other.start(path("saved"));
    QVERIFY(otherLoaded.wait());
    QCOMPARE(events.size(), before);
    QCOMPARE(loaded.size(), 0);
}

QTEST_GUILESS_MAIN(EventFilesTest)
#include "EventFilesTest.moc"
