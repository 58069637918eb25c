// SPDX-License-Identifier: MIT
//
// What the real kernel says is recorded, and the recording is replayed to the Event Bus.
#include "dbus/Names.h"
#include "helper/normalizer/Record.h"
#include "tests/integration/BusConsumer.h"
#include "tests/integration/TestSystem.h"
#include "tests/unit/RecordingFile.h"

#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSet>
#include <QSysInfo>
#include <QTest>
#include <algorithm>
#include <optional>

using namespace lunaris;

namespace
{

const QString home = QStringLiteral("/home/alex");
constexpr int patience = 30'000;

} // namespace

class RecordReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void everythingIsRecorded();
    void theRecordingIsReplayed();
    void whoPausesIsNotRecorded();

private:
    struct Found {
        lkm_record record{};
        std::int64_t time = 0; ///< microseconds since the epoch
    };
    /// Of the first open of the path in the recording.
    std::optional<Found> find(const QString &path) const;
    qint64 open(const QString &path, const TestUser &user);
    qint64 open(const QString &path) { return open(path, m_alex); }

    QString m_file;
    const TestUser m_alex = TestUser::named("alex");
    QStringList m_paths; // one that the rules keep, one that they leave out
};

void RecordReplayTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    m_file = TestSystem::directory() + QStringLiteral("/session.recording");
    m_paths = {home + QStringLiteral("/kept"), QStringLiteral("/run/lunaris/left-out")};
    for (const QString &path : m_paths) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::ReadOther));
    }
}

qint64 RecordReplayTest::open(const QString &path, const TestUser &user)
{
    const auto opener =
        TestSystem::program(QStringLiteral(OPENER_PROGRAM), {QStringLiteral("open"), path}, user);
    opener->start();
    const qint64 pid = opener->waitForStarted() ? opener->processId() : -1;
    return opener->waitForFinished(patience) ? pid : -1;
}

std::optional<RecordReplayTest::Found> RecordReplayTest::find(const QString &path) const
{
    RecordingReader reader = openRecording(m_file);
    while (const auto bytes = reader.next()) {
        const std::optional<Record> record = readRecord(*bytes);
        if (record && (record->path == path.toStdString() || record->name == path.toStdString()) &&
            record->type() != LKM_RECORD_EXEC) {
            const auto bootTime = static_cast<std::int64_t>(record->fields.header.boot_ns);
            return Found{record->fields, (bootTime + reader.realtimeOffset()) / 1000};
        }
    }
    return std::nullopt;
}

void RecordReplayTest::everythingIsRecorded()
{
    // Nobody listens: neither bus nor subscriber.
    const auto helper = TestSystem::startHelper({QStringLiteral("--record"), m_file});
    QVERIFY(helper);
    const qint64 before = QDateTime::currentMSecsSinceEpoch() * 1000;
    QHash<QString, qint64> pids;
    for (const QString &path : m_paths) {
        pids[path] = open(path);
        QVERIFY(pids[path] > 0);
    }
    const QString missing = home + QStringLiteral("/missing");
    const qint64 missed = open(missing);
    const qint64 after = (QDateTime::currentMSecsSinceEpoch() + 1) * 1000;
    QCOMPARE(TestSystem::imbalance(), QString()); // has paused
    QCOMPARE(TestSystem::call({}, QStringLiteral("Resume"), {dbus::scope::all}).status, 0);
    QCOMPARE(TestSystem::stop(*helper), 0);

    RecordingReader reader = openRecording(m_file);
    QCOMPARE(reader.facts().kernelRelease, QSysInfo::kernelVersion().toStdString());
    QCOMPARE(reader.facts().host, QSysInfo::machineHostName().toStdString());
    QVERIFY(reader.facts().startTime <= before && reader.facts().startTime > before - 60'000'000);
    while (reader.next()) {
    }
    QCOMPARE(QByteArray::fromStdString(reader.problem()), QByteArray());
    QVERIFY(reader.records() > 3); // the processes that were there before, too
    QCOMPARE(QFileInfo(m_file).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());

    for (const QString &path : m_paths) {
        const auto found = find(path);
        QVERIFY2(found, qPrintable(path));
        QCOMPARE(found->record.header.tgid, quint32(pids[path]));
        QVERIFY(found->time >= before - 1000 && found->time <= after);
    }
    const auto failed = find(missing);
    QVERIFY(failed);
    QCOMPARE(failed->record.header.tgid, quint32(missed));
    QCOMPARE(int(failed->record.header.type), int(LKM_RECORD_OPEN_FAILED));
}

void RecordReplayTest::theRecordingIsReplayed()
{
    const auto recorded = find(m_paths.first());
    QVERIFY2(recorded, "nothing was recorded");
    const auto bus = TestSystem::startBus();
    QVERIFY(bus);
    const BusConsumer consumer(TestSystem::consumerSocket(), home.toStdString());
    QVERIFY(consumer.isConnected());
    const auto helper = TestSystem::program(QStringLiteral(HELPER_PROGRAM),
                                            {QStringLiteral("--no-dbus"), QStringLiteral("--producer-socket"),
                                             TestSystem::producerSocket(), QStringLiteral("--source"),
                                             QStringLiteral("replay:") + m_file});
    helper->start();
    QVERIFY(helper->waitForFinished(patience));
    QCOMPARE(helper->exitStatus(), QProcess::NormalExit);
    QVERIFY2(helper->exitCode() == 0, helper->readAllStandardError().constData());

    const std::string kept = m_paths.first().toStdString();
    QTRY_VERIFY_WITH_TIMEOUT(!consumer.eventsOf(kept).empty(), patience);
    // When it was, not when it is.
    QCOMPARE(qint64{consumer.eventsOf(kept).front().event.timestamp()}, qint64{recorded->time});
    QCOMPARE(consumer.eventsOf(kept).front().event.uid(), m_alex.uid);
    QVERIFY(!consumer.sawPathBelow("/run/lunaris/"));
    QCOMPARE(TestSystem::stop(*bus), 0);
}

void RecordReplayTest::whoPausesIsNotRecorded()
{
    m_file = TestSystem::directory() + QStringLiteral("/paused.recording");
    const TestUser mallory = TestUser::named("mallory");
    const auto helper = TestSystem::startHelper({QStringLiteral("--record"), m_file});
    QVERIFY(helper);
    const qint64 before = open(m_paths.first());
    QCOMPARE(
        TestSystem::call(m_alex, QStringLiteral("Pause"), {dbus::scope::own, QStringLiteral("0")}).status, 0);
    const qint64 during = open(m_paths.first());
    const qint64 others = open(m_paths.first(), mallory);
    QCOMPARE(TestSystem::call(m_alex, QStringLiteral("Resume"), {dbus::scope::own}).status, 0);
    const qint64 after = open(m_paths.first());
    QCOMPARE(TestSystem::stop(*helper), 0);

    QHash<qint64, QSet<int>> typesOf;
    RecordingReader reader = openRecording(m_file);
    while (const auto bytes = reader.next()) {
        if (const std::optional<Record> record = readRecord(*bytes)) {
            typesOf[record->fields.header.tgid].insert(int(record->type()));
        }
    }
    QCOMPARE(QByteArray::fromStdString(reader.problem()), QByteArray());
    for (const qint64 pid : {before, others, after}) {
        QVERIFY2(typesOf.value(pid).contains(LKM_RECORD_OPEN), qPrintable(QString::number(pid)));
    }
    QVERIFY(during > 0);
    // Where it forked it was still ours.
    QVERIFY2(typesOf.value(during).subtract({LKM_RECORD_FORK}).isEmpty(),
             "of who had paused there is a record");
}

QTEST_GUILESS_MAIN(RecordReplayTest)
#include "RecordReplayTest.moc"
