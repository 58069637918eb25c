// SPDX-License-Identifier: MIT
//
// The helper itself, from a recording to the Event Bus; no root and no kernel programs are needed.
#include "tests/unit/RawBus.h"
#include "tests/unit/RecordBuilder.h"
#include "tests/unit/RecordingFile.h"

#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <numeric>
#include <pwd.h>

using namespace lunaris;

namespace
{

constexpr std::int64_t offset = 1'771'677'296'000'000'000;
constexpr int patience = 60'000; // milliseconds; only a broken helper takes that long

/// Told apart on the bus by their flags: 0, 1, 2 …
std::vector<std::vector<std::byte>> opens(std::uint32_t count)
{
    std::vector<std::vector<std::byte>> records;
    for (std::uint32_t number = 0; number < count; ++number) {
        RecordBuilder record("/home/tester/letter-" + std::to_string(number) + std::string(200, '\xff'));
        record.fields.flags = number;
        records.push_back(record.bytes());
    }
    return records;
}

std::vector<std::uint32_t> countedTo(std::size_t count)
{
    std::vector<std::uint32_t> numbers(count);
    std::iota(numbers.begin(), numbers.end(), 0U);
    return numbers;
}

} // namespace

class HelperReplayTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void everythingArrivesHoweverSlowTheBus();
    void aDamagedFileIsSaidSo();
    void withoutABusItFails();
    void aBusThatDoesNotReadCanBeLeft();
    void whatCannotBeReplayed_data();
    void whatCannotBeReplayed();
    void aRecordingWritesOverNothing();

private:
    QString path(const char *name) const { return m_directory.filePath(QLatin1String(name)); }
    void start(const QStringList &options);
    /// Its exit status, -1 when it crashed or has not ended.
    int end();

    QTemporaryDir m_directory;
    std::unique_ptr<RawBus> m_bus;
    std::unique_ptr<QProcess> m_helper;
    QByteArray m_log;
};

void HelperReplayTest::initTestCase()
{
    QVERIFY(m_directory.isValid());
    // A small queue: what is not waited for is lost.
    QFile config(path("k.toml"));
    QVERIFY(config.open(QIODevice::WriteOnly));
    const passwd *user = getpwuid(geteuid());
    QVERIFY(user);
    config.write("[bus]\nqueue_mib = 1\nowner = \"" + QByteArray(user->pw_name) + "\"\n");
}

void HelperReplayTest::init()
{
    QFile::remove(path("r"));
    m_bus = std::make_unique<RawBus>(path("bus"));
}

void HelperReplayTest::start(const QStringList &options)
{
    m_log.clear();
    m_helper = std::make_unique<QProcess>();
    connect(m_helper.get(), &QProcess::readyReadStandardError, this,
            [this] { m_log += m_helper->readAllStandardError(); });
    m_helper->start(QStringLiteral(HELPER_PROGRAM),
                    QStringList{QStringLiteral("--no-dbus"), QStringLiteral("--config"), path("k.toml"),
                                QStringLiteral("--producer-socket"), path("bus")} +
                        options);
}

int HelperReplayTest::end()
{
    // Not waitForFinished(): the bus lives in our event loop.
    QSignalSpy finished(m_helper.get(), &QProcess::finished);
    if (m_helper->state() != QProcess::NotRunning && !finished.wait(patience)) {
        m_helper->kill();
        m_helper->waitForFinished();
        return -1;
    }
    m_log += m_helper->readAllStandardError();
    return m_helper->exitStatus() == QProcess::NormalExit ? m_helper->exitCode() : -1;
}

void HelperReplayTest::everythingArrivesHoweverSlowTheBus()
{
    constexpr std::uint32_t count = 20'000; // some 20 MiB of frames, far more than the queue
    writeRecording(path("r"), opens(count), offset);
    m_bus->setPortion(16 * 1024);
    m_bus->listen();
    start({QStringLiteral("--source"), QStringLiteral("replay:") + path("r")});
    QCOMPARE(end(), 0);
    QTRY_COMPARE(m_bus->events().size(), std::size_t{count}); // of what lies in the socket
    QVERIFY(m_bus->events() == countedTo(count));
    QVERIFY(m_bus->isIntact());
    QVERIFY2(m_log.contains("The replay is over after 20000 records."), m_log.constData());
}

void HelperReplayTest::aDamagedFileIsSaidSo()
{
    writeRecording(path("r"), opens(2000), offset);
    QFile file(path("r"));
    QVERIFY(file.resize(file.size() / 2));
    m_bus->listen();
    start({QStringLiteral("--source"), QStringLiteral("replay:") + path("r")});
    QCOMPARE(end(), 1);
    QVERIFY2(m_log.contains("can be read up to byte"), m_log.constData());
    QTRY_VERIFY(m_bus->events().size() > 500);
    QVERIFY(m_bus->events() == countedTo(m_bus->events().size()));
}

void HelperReplayTest::withoutABusItFails()
{
    writeRecording(path("r"), opens(10), offset);
    start({QStringLiteral("--source"), QStringLiteral("replay:") + path("r")});
    QCOMPARE(end(), 1);
    QVERIFY2(m_log.contains("Of the replay 10 events did not reach the Event Bus."), m_log.constData());
}

void HelperReplayTest::aBusThatDoesNotReadCanBeLeft()
{
    writeRecording(path("r"), opens(5000), offset);
    m_bus->setReading(false);
    m_bus->listen();
    start({QStringLiteral("--source"), QStringLiteral("replay:") + path("r")});
    QTRY_VERIFY_WITH_TIMEOUT(m_log.contains("Replaying"), patience);
    m_helper->terminate();
    QCOMPARE(end(), 0);
    QVERIFY2(!m_log.contains("The replay is over"), m_log.constData()); // more than a socket holds was left
}

void HelperReplayTest::whatCannotBeReplayed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QByteArray>("problem");
    QTest::newRow("nothing") << QByteArray() << QByteArray("is no recording");
    QTest::newRow("something else") << QByteArray(100, 'x') << QByteArray("is no recording");
    QTest::newRow("not there") << QByteArray("-") << QByteArray("cannot be read: No such file");
}

void HelperReplayTest::whatCannotBeReplayed()
{
    QFETCH(QByteArray, content);
    QFETCH(QByteArray, problem);
    if (content != "-") {
        QFile file(path("r"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    start({QStringLiteral("--source"), QStringLiteral("replay:") + path("r")});
    QCOMPARE(end(), 2);
    QVERIFY2(m_log.startsWith("lunaris-kernel-helper: " + path("r").toUtf8()), m_log.constData());
    QVERIFY2(m_log.contains(problem), m_log.constData());
    QCOMPARE(m_log.count('\n'), 1);
}

void HelperReplayTest::aRecordingWritesOverNothing()
{
    QFile file(path("r"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("precious");
    file.close();
    start({QStringLiteral("--record"), path("r")});
    QCOMPARE(end(), 2);
    QCOMPARE(m_log, "lunaris-kernel-helper: " + path("r").toUtf8() +
                        " is there already, and a recording does not write over it; choose another name\n");
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("precious"));
}

QTEST_GUILESS_MAIN(HelperReplayTest)
#include "HelperReplayTest.moc"
