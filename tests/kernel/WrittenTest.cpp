// SPDX-License-Identifier: MIT
//
// What counts as written, whose it is, when it is told, and who is left out.
#include "tests/kernel/Opener.h"
#include "tests/kernel/WriteSituations.h"
#include "tests/kernel/WrittenRig.h"

#include <QTest>
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace lunaris;

namespace
{

constexpr unsigned int scribe = 4242; // a user

/// A directory where everybody may write, with the file that situations read from.
std::string freshDirectory(WrittenRig &rig)
{
    const std::string directory = rig.rig().freshDirectory();
    must(chmod(directory.c_str(), 0777), directory);
    makeFile(directory + "/source");
    must(truncate((directory + "/source").c_str(), 8192), directory);
    return directory;
}

void becomeScribe()
{
    must(prctl(PR_SET_NAME, "scribe"), "the name");
    must(setresgid(scribe, scribe, scribe), "the group");
    must(setresuid(scribe, scribe, scribe), "the user");
}

/// Appends so much to a file at each turn.
Opener::Act appending(const std::string &path, std::size_t bytes)
{
    return [path, bytes] {
        const int fd = static_cast<int>(must(open(path.c_str(), O_CREAT | O_WRONLY | O_APPEND, 0644), path));
        const long written = must(write(fd, std::string(bytes, 'a').data(), bytes), path);
        close(fd);
        return written;
    };
}

} // namespace

class WrittenTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void everyCall_data();
    void everyCall();
    void nothing_data();
    void nothing();
    void aShortWriteCountsWhatItWrote();
    void eachIntervalIsAnEvent();
    void aRenamedFileHasItsNewName();
    void whatComesBeforeAnExecIsToldBeforeIt();
    void toldInTime();
    void stopHandsOutEverything();
    void notWantedAnyMore();
    void newRulesHoldFromThenOn();
    void filteredIsCounted();
    void ownWritesAndThePeersAreLeftOut();

private:
    WrittenRig m_rig;
};

void WrittenTest::initTestCase()
{
    LUNARIS_START_OR_SKIP(m_rig);
}

void WrittenTest::cleanup()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

void WrittenTest::everyCall_data()
{
    QTest::addColumn<std::size_t>("number");
    const auto situations = writeSituations();
    for (std::size_t number = 0; number < situations.size(); ++number) {
        QTest::newRow(situations[number].name) << number;
    }
}

void WrittenTest::everyCall()
{
    QFETCH(std::size_t, number);
    const WriteSituation situation = writeSituations()[number];
    const std::string directory = freshDirectory(m_rig);
    const std::string path = directory + "/a \xff file";
    Opener writer(
        m_rig.rig(),
        [situation, directory, path] {
            const int fd = static_cast<int>(must(open(path.c_str(), O_CREAT | O_RDWR, 0640), path));
            const long bytes = situation.act(fd, directory);
            close(fd);
            return bytes;
        },
        becomeScribe);
    const Report report = writer.go();
    const auto made = static_cast<std::uint64_t>(report.result);
    QVERIFY(made > 0);
    QVERIFY(m_rig.waitForBytes(writer.pid(), made));
    QVERIFY(m_rig.passFence()); // and nothing more
    QCOMPARE(m_rig.bytesOf(writer.pid()), made);

    for (const SeenRecord &written : m_rig.writtenBy(writer.pid())) {
        const lkm_record_header &header = written.fields.header;
        QCOMPARE(QByteArray::fromStdString(written.path), QByteArray::fromStdString(path));
        QCOMPARE(written.comm, std::string("scribe"));
        QCOMPARE(header.uid, scribe);
        QCOMPARE(header.fsuid, scribe);
        QCOMPARE(header.ppid, static_cast<std::uint32_t>(report.parent));
        QVERIFY(header.start_ns > 0 && header.start_ns <= report.before);
        QVERIFY(header.boot_ns >= report.before && header.boot_ns <= report.after);
        QCOMPARE(written.fields.mode, S_IFREG | 0640U);
        QCOMPARE(written.fields.owner, scribe);
        QCOMPARE(written.fields.flags, 0U);
        QCOMPARE(written.fields.attributes,
                 isForeign(writer.pid()) ? std::uint32_t{LKM_ATTRIBUTE_FOREIGN_MOUNT_NAMESPACE} : 0U);
    }
}

void WrittenTest::nothing_data()
{
    QTest::addColumn<std::size_t>("number");
    const auto situations = silentWrites();
    for (std::size_t number = 0; number < situations.size(); ++number) {
        QTest::newRow(situations[number].name) << number;
    }
}

void WrittenTest::nothing()
{
    QFETCH(std::size_t, number);
    const WriteSituation situation = silentWrites()[number];
    const std::string directory = freshDirectory(m_rig);
    m_rig.clearRules(); // no rule may hide what should not be there
    Opener writer(m_rig.rig(), [situation, directory] {
        const std::string path = directory + "/file";
        const int fd = static_cast<int>(must(open(path.c_str(), O_CREAT | O_RDWR, 0640), path));
        situation.act(fd, directory);
        // Twice, as what has a sum already goes another way; and then a file, so that something is told.
        const long bytes = situation.act(fd, directory);
        must(write(fd, "told", 4), path);
        close(fd);
        return bytes;
    });
    writer.go();
    QVERIFY(m_rig.waitForBytes(writer.pid(), 4));
    QVERIFY(m_rig.passFence());
    QCOMPARE(m_rig.bytesByPath(writer.pid()), (WrittenRig::Bytes{{directory + "/file", 4}}));
    m_rig.setRules();
}

void WrittenTest::aShortWriteCountsWhatItWrote()
{
    const std::string path = freshDirectory(m_rig) + "/file";
    Opener writer(m_rig.rig(), [path] {
        signal(SIGXFSZ, SIG_IGN);
        const rlimit limit = {1000, 1000};
        must(setrlimit(RLIMIT_FSIZE, &limit), "the limit");
        const int fd = static_cast<int>(must(open(path.c_str(), O_CREAT | O_WRONLY, 0600), path));
        const std::string text(4096, 'x');
        const long bytes = must(write(fd, text.data(), text.size()), path);
        must(write(fd, text.data(), text.size()) < 0 && errno == EFBIG ? 0 : -1, "the limit did not hold");
        close(fd);
        return bytes;
    });
    QCOMPARE(writer.go().result, 1000L);
    QVERIFY(m_rig.waitForBytes(writer.pid(), 1000));
    QVERIFY(m_rig.passFence());
    QCOMPARE(m_rig.bytesOf(writer.pid()), std::uint64_t(1000));
}

void WrittenTest::eachIntervalIsAnEvent()
{
    const std::string path = freshDirectory(m_rig) + "/file";
    Opener writer(m_rig.rig(), [append = appending(path, 3), path] {
        const long before = append();
        return before + append();
    });
    std::uint64_t made = 0;
    std::vector<Report> reports;
    for (int interval = 0; interval < 3; ++interval) {
        reports.push_back(writer.go());
        made += 6;
        QVERIFY(m_rig.waitForBytes(writer.pid(), made));
    }
    QVERIFY(m_rig.passFence());
    const auto written = m_rig.writtenBy(writer.pid());
    QCOMPARE(m_rig.bytesOf(writer.pid()), made);
    // Each tells of the time of its own first write.
    for (const Report &report : reports) {
        std::uint64_t bytes = 0;
        for (const SeenRecord &seen : written) {
            const std::uint64_t time = seen.fields.header.boot_ns;
            bytes += time >= report.before && time <= report.after ? seen.bytes() : 0;
        }
        QCOMPARE(bytes, std::uint64_t(6));
    }
}

void WrittenTest::aRenamedFileHasItsNewName()
{
    const std::string directory = freshDirectory(m_rig);
    const std::string first = directory + "/first";
    const std::string second = directory + "/second";
    const int fd = static_cast<int>(must(open(first.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600), first));
    Opener writer(m_rig.rig(), [fd, turn = 0]() mutable {
        return must(write(fd, "xxxx", ++turn == 1 ? 1U : 3U), "write");
    });
    writer.go();
    QVERIFY(m_rig.waitForBytes(writer.pid(), 1));
    must(rename(first.c_str(), second.c_str()), "rename");
    writer.go();
    QVERIFY(m_rig.waitForBytes(writer.pid(), 4));
    QCOMPARE(m_rig.bytesByPath(writer.pid()), (WrittenRig::Bytes{{first, 1}, {second, 3}}));

    must(unlink(second.c_str()), "unlink");
    writer.go();
    QVERIFY(m_rig.waitForBytes(writer.pid(), 7));
    const SeenRecord last = m_rig.writtenBy(writer.pid()).back();
    QCOMPARE(last.path, second);
    QVERIFY((last.fields.attributes & LKM_ATTRIBUTE_DELETED) != 0);
    close(fd);
}

/// The process stays the same, the program does not: each has its own sum, in the order of things.
void WrittenTest::whatComesBeforeAnExecIsToldBeforeIt()
{
    const std::string path = freshDirectory(m_rig) + "/file";
    Opener parent(m_rig.rig(), [path] {
        const int fd = static_cast<int>(must(open(path.c_str(), O_CREAT | O_WRONLY, 0600), path));
        const pid_t child = static_cast<pid_t>(must(fork(), "fork"));
        if (child == 0) {
            if (write(fd, "abc", 3) == 3 && dup2(fd, STDOUT_FILENO) >= 0) {
                execl("/bin/sh", "sh", "-c", "echo hello", nullptr);
            }
            _exit(1);
        }
        close(fd);
        must(waitpid(child, nullptr, 0), "waitpid");
        return long{child};
    });
    const auto child = static_cast<pid_t>(parent.go().result);
    QVERIFY(m_rig.waitForBytes(child, 9));
    QVERIFY(m_rig.passFence()); // its end, too
    std::vector<std::pair<int, std::uint64_t>> told;
    for (const SeenRecord &seen : m_rig.seen()) {
        if (seen.fields.header.tgid == static_cast<std::uint32_t>(child) &&
            (seen.type() != LKM_RECORD_WRITTEN || seen.path == path)) {
            told.emplace_back(seen.type(), seen.bytes());
        }
    }
    const std::vector<std::pair<int, std::uint64_t>> expected = {
        {LKM_RECORD_WRITTEN, 3}, {LKM_RECORD_EXEC, 0}, {LKM_RECORD_WRITTEN, 6}, {LKM_RECORD_EXIT, 0}};
    QCOMPARE(told, expected);
    QCOMPARE(m_rig.writtenBy(child).back().comm, std::string("sh"));
}

/// From the first write of an interval until its sum is here. A machine that lets us wait may have delayed
/// one of a few, not each of them.
void WrittenTest::toldInTime()
{
    const std::uint64_t limit = (isEmulated() ? 6'000ULL : 600ULL) * 1'000'000;
    Opener writer(m_rig.rig(), appending(freshDirectory(m_rig) + "/file", 10));
    std::vector<std::uint64_t> delays;
    for (std::uint64_t turn = 1; turn <= 5; ++turn) {
        writer.go();
        QVERIFY(m_rig.waitForBytes(writer.pid(), turn * 10));
        const SeenRecord last = m_rig.writtenBy(writer.pid()).back();
        delays.push_back(last.arrived - last.fields.header.boot_ns);
    }
    std::sort(delays.begin(), delays.end());
    qInfo("told after %.1f to %.1f ms", double(delays.front()) / 1e6, double(delays.back()) / 1e6);
    QVERIFY(delays[delays.size() / 2] <= limit);
}

void WrittenTest::stopHandsOutEverything()
{
    const std::string directory = freshDirectory(m_rig);
    Opener writer(m_rig.rig(), [directory] {
        for (int number = 0; number < 20; ++number) {
            appending(directory + "/" + std::to_string(number), 5)();
        }
        return 100L;
    });
    writer.go();
    m_rig.source().stop(); // the event loop has not run
    QCOMPARE(m_rig.bytesOf(writer.pid()), std::uint64_t(100));
    QCOMPARE(m_rig.bytesByPath(writer.pid()).size(), std::size_t(20));

    writer.go();
    QVERIFY(!m_rig.source().start(m_rig.rig()));
    QVERIFY(m_rig.passFence());
    QCOMPARE(m_rig.bytesOf(writer.pid()), std::uint64_t(100));
}

void WrittenTest::notWantedAnyMore()
{
    Opener writer(m_rig.rig(), appending(freshDirectory(m_rig) + "/file", 10));
    writer.go();
    QVERIFY(!m_rig.source().setWanted(EventTypes()));
    QCOMPARE(m_rig.bytesOf(writer.pid()), std::uint64_t(10));
    writer.go();
    QVERIFY(!m_rig.source().setWanted(EventTypes().with(EventType::FileWritten)));
    writer.go();
    QVERIFY(m_rig.waitForBytes(writer.pid(), 20));
    QVERIFY(m_rig.passFence());
    QCOMPARE(m_rig.bytesOf(writer.pid()), std::uint64_t(20));
}

void WrittenTest::newRulesHoldFromThenOn()
{
    const std::string directory = freshDirectory(m_rig);
    Opener writer(m_rig.rig(), appending(directory + "/file", 10));
    writer.go();
    m_rig.setRules({{directory + "/", PathRule::Action::Exclude}});
    QCOMPARE(m_rig.bytesOf(writer.pid()), std::uint64_t(10)); // by the rules of its time
    writer.go();
    m_rig.setRules();
    writer.go();
    QVERIFY(m_rig.waitForBytes(writer.pid(), 20));
    QVERIFY(m_rig.passFence());
    QCOMPARE(m_rig.bytesOf(writer.pid()), std::uint64_t(20));
}

void WrittenTest::filteredIsCounted()
{
    // No other rule: what others on the machine write is told, and is not counted as filtered.
    const std::string directory = freshDirectory(m_rig);
    const std::vector<PathRule> rules = {{directory + "/", PathRule::Action::Exclude}};
    QVERIFY(!m_rig.source().setFilter(rules, std::chrono::nanoseconds(0)));
    const SourceCounters before = m_rig.source().counters();
    Opener writer(m_rig.rig(), [directory] {
        for (int number = 0; number < 10; ++number) {
            const auto append = appending(directory + "/" + std::to_string(number), 5);
            append();
            append();
        }
        return 100L;
    });
    writer.go();
    const std::vector<std::uint64_t> hits = m_rig.source().ruleHits();
    QVERIFY(!m_rig.source().setFilter(rules, std::chrono::nanoseconds(0))); // ends the interval
    const SourceCounters after = m_rig.source().counters();
    QCOMPARE(m_rig.bytesOf(writer.pid()), std::uint64_t(0));
    QCOMPARE(after.filtered - before.filtered, std::uint64_t(10)); // sums, as they would have been events
    QCOMPARE(hits, std::vector<std::uint64_t>{10});
    QCOMPARE(after.lostBytes, before.lostBytes);
    m_rig.setRules();
}

void WrittenTest::ownWritesAndThePeersAreLeftOut()
{
    const std::string directory = freshDirectory(m_rig);
    Opener peer(m_rig.rig(), appending(directory + "/peer", 10));
    m_rig.source().ignorePeer(peer.pid());
    appending(directory + "/own", 10)();
    peer.go();
    QVERIFY(m_rig.passFence());
    m_rig.source().ignorePeer(0);
    peer.go();
    QVERIFY(m_rig.waitForBytes(peer.pid(), 10));
    QVERIFY(m_rig.passFence());
    QCOMPARE(m_rig.bytesOf(peer.pid()), std::uint64_t(10));
    for (const SeenRecord &seen : m_rig.seen()) {
        QVERIFY(seen.fields.header.tgid != static_cast<std::uint32_t>(getpid()));
    }
}

QTEST_GUILESS_MAIN(WrittenTest)
#include "WrittenTest.moc"
