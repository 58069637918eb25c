// SPDX-License-Identifier: MIT
#include "helper/normalizer/Normalizer.h"
#include "tests/unit/RecordBuilder.h"

#include <QByteArray>
#include <QTest>
#include <chrono>
#include <fcntl.h>

using namespace lunaris;
using namespace std::chrono_literals;
using Verdict = Normalizer::Verdict;

namespace
{

ExecutableIdentity identity;

QByteArray toBytes(std::string_view text)
{
    return {text.data(), static_cast<qsizetype>(text.size())};
}

RecordBuilder process(lkm_record_type type, std::uint32_t pid, std::uint32_t parent,
                      std::string_view path = {})
{
    RecordBuilder builder(path);
    builder.setType(type).setProcess(pid, parent).setComm("worker");
    builder.fields.value = 0;
    return builder;
}

RecordBuilder failed(std::string_view directory, std::string_view name, int error = -2)
{
    RecordBuilder builder(directory);
    builder.setType(LKM_RECORD_OPEN_FAILED).setName(name);
    builder.fields.value = error;
    builder.fields.mode = 0;
    return builder;
}

} // namespace

/// What the normalizer makes of processes and of opens that failed.
class ProcessEventsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void aLifeOfAProcess();
    void aForkRunsWhatItsParentRuns();
    void anExitOfAnUnknownProcessSaysWhatIsKnown();
    void aNumberUsedAgainIsAnotherProcess();
    void anotherStartIsAnotherProcess();
    void processesThatWereThereBefore();
    void programsInExcludedFoldersAreReported();
    void namesAreJoined_data();
    void namesAreJoined();
    void failuresAreJudgedLikeOpens();
    void failuresRepeatTheSameFailureOnly();

private:
    Verdict normalize(const RecordBuilder &record)
    {
        m_bytes = record.bytes(); // the event points into them
        return m_normalizer->normalize(m_bytes, 1'771'677'296'000'000'000, m_event);
    }

    std::unique_ptr<Normalizer> m_normalizer;
    std::vector<std::byte> m_bytes;
    Event m_event;
};

void ProcessEventsTest::init()
{
    m_event = {};
    m_normalizer = std::make_unique<Normalizer>(PathRules(PathRules::defaults()), Deduplicator(100ms, 100, 1),
                                                UuidV7(1), identity);
}

void ProcessEventsTest::aLifeOfAProcess()
{
    QCOMPARE(normalize(process(LKM_RECORD_FORK, 20, 10)), Verdict::Noted);
    QCOMPARE(normalize(process(LKM_RECORD_EXEC, 20, 10, "/opt/worker")), Verdict::Kept);
    QVERIFY(m_event.type == EventType::ProcessStarted);
    QCOMPARE(toBytes(m_event.subject), QByteArray("/opt/worker"));
    QCOMPARE(toBytes(m_event.application), QByteArray("/opt/worker"));
    QCOMPARE(m_event.pid, 20U);
    QCOMPARE(m_event.parentPid, 10U);

    RecordBuilder open("/home/alex/notes");
    open.setProcess(20, 10);
    QCOMPARE(normalize(open), Verdict::Kept);
    QCOMPARE(toBytes(m_event.application), QByteArray("/opt/worker"));

    RecordBuilder exit = process(LKM_RECORD_EXIT, 20, 10);
    exit.fields.value = -9;
    QCOMPARE(normalize(exit), Verdict::Kept);
    QVERIFY(m_event.type == EventType::ProcessExited);
    QCOMPARE(toBytes(m_event.subject), QByteArray("/opt/worker"));
    QCOMPARE(toBytes(m_event.application), QByteArray("/opt/worker"));
    QCOMPARE(m_event.value, std::int64_t{-9});
}

void ProcessEventsTest::aForkRunsWhatItsParentRuns()
{
    QCOMPARE(normalize(process(LKM_RECORD_EXEC, 20, 1, "/bin/sh")), Verdict::Kept);
    QCOMPARE(normalize(process(LKM_RECORD_FORK, 21, 20)), Verdict::Noted);
    QCOMPARE(normalize(process(LKM_RECORD_EXIT, 21, 20)), Verdict::Kept);
    QCOMPARE(toBytes(m_event.subject), QByteArray("/bin/sh"));
}

void ProcessEventsTest::anExitOfAnUnknownProcessSaysWhatIsKnown()
{
    QCOMPARE(normalize(process(LKM_RECORD_EXIT, 99, 1)), Verdict::Kept);
    QVERIFY(m_event.subject.empty());
    QCOMPARE(toBytes(m_event.application), QByteArray("worker"));
}

void ProcessEventsTest::aNumberUsedAgainIsAnotherProcess()
{
    QCOMPARE(normalize(process(LKM_RECORD_EXEC, 20, 1, "/opt/first")), Verdict::Kept);
    QCOMPARE(normalize(process(LKM_RECORD_EXIT, 20, 1)), Verdict::Kept);
    // Ended and forgotten, and even when its end was lost, a fork of an unknown parent starts afresh.
    QCOMPARE(normalize(process(LKM_RECORD_FORK, 20, 5)), Verdict::Noted);
    QCOMPARE(normalize(process(LKM_RECORD_EXIT, 20, 5)), Verdict::Kept);
    QVERIFY(m_event.subject.empty());
    QCOMPARE(normalize(process(LKM_RECORD_EXEC, 30, 1, "/opt/second")), Verdict::Kept);
    QCOMPARE(normalize(process(LKM_RECORD_FORK, 30, 5)), Verdict::Noted);
    QCOMPARE(normalize(process(LKM_RECORD_EXIT, 30, 5)), Verdict::Kept);
    QVERIFY(m_event.subject.empty());
}

void ProcessEventsTest::anotherStartIsAnotherProcess()
{
    QCOMPARE(normalize(process(LKM_RECORD_EXEC, 20, 1, "/opt/first").setStart(100)), Verdict::Kept);
    // Its end was lost, and so was the fork of who has its number now.
    RecordBuilder open("/home/alex/notes");
    open.setProcess(20, 1).setStart(200).setComm("second");
    QCOMPARE(normalize(open), Verdict::Kept);
    QCOMPARE(toBytes(m_event.application), QByteArray("second"));
    // An end that is told late is not its end.
    QCOMPARE(normalize(process(LKM_RECORD_EXEC, 20, 1, "/opt/second").setStart(200)), Verdict::Kept);
    QCOMPARE(normalize(process(LKM_RECORD_EXIT, 20, 1).setStart(100)), Verdict::Kept);
    QVERIFY(m_event.subject.empty());
    QCOMPARE(normalize(process(LKM_RECORD_EXIT, 20, 1).setStart(200)), Verdict::Kept);
    QCOMPARE(toBytes(m_event.subject), QByteArray("/opt/second"));
}

void ProcessEventsTest::processesThatWereThereBefore()
{
    QCOMPARE(normalize(process(LKM_RECORD_RUNNING, 7, 1, "/usr/sbin/sshd")), Verdict::Noted);
    RecordBuilder open("/home/alex/notes");
    open.setProcess(7, 1);
    QCOMPARE(normalize(open), Verdict::Kept);
    QCOMPARE(toBytes(m_event.application), QByteArray("/usr/sbin/sshd"));
}

void ProcessEventsTest::programsInExcludedFoldersAreReported()
{
    // Path rules are about files, and most programs lie in /usr/bin.
    QCOMPARE(normalize(process(LKM_RECORD_EXEC, 20, 1, "/usr/bin/cat")), Verdict::Kept);
    QCOMPARE(normalize(process(LKM_RECORD_EXEC, 20, 1, "/usr/bin/cat")), Verdict::Kept);
}

void ProcessEventsTest::namesAreJoined_data()
{
    QTest::addColumn<QByteArray>("directory");
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<QByteArray>("subject");
    QTest::newRow("absolute") << QByteArray() << QByteArray("/etc/nothing") << QByteArray("/etc/nothing");
    QTest::newRow("relative") << QByteArray("/home/alex") << QByteArray("a/b")
                              << QByteArray("/home/alex/a/b");
    QTest::newRow("in the root") << QByteArray("/") << QByteArray("a") << QByteArray("/a");
    QTest::newRow("empty name") << QByteArray("/home/alex") << QByteArray() << QByteArray("/home/alex/");
    QTest::newRow("unknown directory") << QByteArray() << QByteArray("a") << QByteArray("a");
    QTest::newRow("nothing known") << QByteArray() << QByteArray() << QByteArray();
}

void ProcessEventsTest::namesAreJoined()
{
    QFETCH(QByteArray, directory);
    QFETCH(QByteArray, name);
    QFETCH(QByteArray, subject);
    QCOMPARE(normalize(failed(directory.toStdString(), name.toStdString())), Verdict::Kept);
    QVERIFY(m_event.type == EventType::FileOpenFailed);
    QCOMPARE(toBytes(m_event.subject), subject);
    QCOMPARE(m_event.value, std::int64_t{-2});
}

void ProcessEventsTest::failuresAreJudgedLikeOpens()
{
    QCOMPARE(normalize(failed("/usr/lib", "libnothing.so")), Verdict::Filtered);
    QCOMPARE(normalize(failed("", "/proc/1/secret")), Verdict::Filtered);
    QCOMPARE(normalize(failed("/home/alex", "x")), Verdict::Kept);
}

void ProcessEventsTest::failuresRepeatTheSameFailureOnly()
{
    QCOMPARE(normalize(failed("/home/alex", "x", -2)), Verdict::Kept);
    QCOMPARE(normalize(failed("/home/alex", "x", -2)), Verdict::Duplicate);
    QCOMPARE(normalize(failed("/home", "alex/x", -2)), Verdict::Duplicate);
    QCOMPARE(normalize(failed("/home/alex", "x", -13)), Verdict::Kept);
    RecordBuilder open("/home/alex/x");
    QCOMPARE(normalize(open), Verdict::Kept);
    RecordBuilder writing = failed("/home/alex", "x", -2);
    writing.fields.flags = O_WRONLY;
    QCOMPARE(normalize(writing), Verdict::Kept);
}

QTEST_GUILESS_MAIN(ProcessEventsTest)
#include "ProcessEventsTest.moc"
