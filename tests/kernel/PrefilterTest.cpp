// SPDX-License-Identifier: MIT
//
// What the kernel's prefilter takes for a repetition, one question at a time: in shadow mode, so that
// every open arrives with its verdict.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Opener.h"
#include "tests/kernel/PrefilterQuestions.h"
#include "tests/kernel/PrefilterReference.h"

#include <QTest>
#include <array>
#include <ctime>
#include <fcntl.h>
#include <set>
#include <stdexcept>
#include <sys/stat.h>
#include <unistd.h>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

/// Nothing grows old in a test.
constexpr std::chrono::nanoseconds forever = 1h;

/// Opens a file of a directory with a path that no system call takes.
void openBeyond(const std::string &directory, int times)
{
    int fd = static_cast<int>(must(open(directory.c_str(), O_PATH | O_DIRECTORY), directory));
    const std::string name(199, 'p');
    for (std::size_t length = directory.size(); length <= LKM_PATH_MAX; length += name.size() + 1) {
        static_cast<void>(mkdirat(fd, name.c_str(), 0755));
        const int next = openat(fd, name.c_str(), O_PATH | O_DIRECTORY);
        must(next, name);
        close(fd);
        fd = next;
    }
    for (int i = 0; i < times; ++i) {
        const int file = openat(fd, "file", O_RDONLY | O_CREAT | O_CLOEXEC, 0644);
        must(file, "the file far down");
        close(file);
    }
}

} // namespace

class PrefilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void whatRepeats_data();
    void whatRepeats();
    void truncatedPathsAreKept();
    void reusedInodes();
    void aReadRepeatsTheLaterWrite();
    void windowChangesAtOnce();
    void rememberedAcrossAChangeOfRules();

private:
    void setFilter(const std::vector<PathRule> &rules, std::chrono::nanoseconds window);
    std::string verdicts(std::size_t from, const std::string &directory) const;
    std::vector<PathRule> rules() const;
    std::string freshFiles();

    CaptureRig m_rig{EventTypes().with(EventType::FileOpened)};
};

void PrefilterTest::initTestCase()
{
    LUNARIS_START_OR_SKIP(m_rig);
    CaptureOptions options;
    options.ringBytes = 32 * 1024 * 1024; // in shadow mode all that others open arrives, too
    m_rig.replaceSource(options);
    m_rig.source().setShadow(true);
    const auto failure = m_rig.source().start(m_rig);
    QVERIFY2(!failure, failure ? qPrintable(failure->sentence) : "");
}

void PrefilterTest::cleanupTestCase()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

std::vector<PathRule> PrefilterTest::rules() const
{
    return {{"/", PathRule::Action::Exclude}, {m_rig.directory() + "/", PathRule::Action::Include}};
}

void PrefilterTest::setFilter(const std::vector<PathRule> &rules, std::chrono::nanoseconds window)
{
    if (const auto failure = m_rig.source().setFilter(rules, window)) {
        throw std::runtime_error(failure->sentence.toStdString());
    }
}

std::string PrefilterTest::freshFiles()
{
    const std::string directory = m_rig.freshDirectory();
    for (const char *name : {"/d", "/e"}) {
        must(mkdir((directory + name).c_str(), 0755), name);
    }
    for (const char *name : {"/f", "/g", "/d/f", "/e/f"}) {
        makeFile(directory + name);
    }
    return directory;
}

/// A letter for each open below a directory, whoever made it.
std::string PrefilterTest::verdicts(std::size_t from, const std::string &directory) const
{
    std::string letters;
    for (std::size_t i = from; i < m_rig.seen().size(); ++i) {
        const SeenOpen &open = m_rig.seen()[i];
        if (open.path.starts_with(directory + "/")) {
            const auto mark = markOf(open);
            letters += mark == PrefilterReference::Verdict::Keep        ? 'k'
                       : mark == PrefilterReference::Verdict::Duplicate ? 'd'
                                                                        : 'f';
        }
    }
    return letters;
}

void PrefilterTest::whatRepeats_data()
{
    QTest::addColumn<std::function<void(const std::string &)>>("act");
    QTest::addColumn<QByteArray>("expected");
    for (const Question &question : prefilterQuestions()) {
        QTest::newRow(question.name) << question.act << QByteArray(question.verdicts);
    }
}

void PrefilterTest::whatRepeats()
{
    QFETCH(std::function<void(const std::string &)>, act);
    QFETCH(QByteArray, expected);
    try {
        setFilter(rules(), forever);
        const std::string directory = freshFiles();
        const std::size_t from = m_rig.seen().size();
        Opener opener(m_rig, [&] {
            act(directory);
            return 0;
        });
        opener.go();
        opener.opens();
        QCOMPARE(QByteArray::fromStdString(verdicts(from, directory)), expected);

        // Without a window nothing repeats anything.
        setFilter(rules(), 0ns);
        const std::string other = freshFiles();
        const std::size_t again = m_rig.seen().size();
        Opener next(m_rig, [&] {
            act(other);
            return 0;
        });
        next.go();
        next.opens();
        QCOMPARE(QByteArray::fromStdString(verdicts(again, other)), QByteArray(expected.size(), 'k'));
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

/// The ends of two paths may be equal, and the paths not.
void PrefilterTest::truncatedPathsAreKept()
{
    try {
        setFilter(rules(), forever);
        Opener opener(m_rig, [directory = m_rig.freshDirectory()] {
            openBeyond(directory, 3);
            return 0;
        });
        opener.go();
        int truncated = 0;
        for (const SeenOpen &seen : opener.opens()) {
            if (seen.fields.attributes & LKM_ATTRIBUTE_TRUNCATED && seen.path.ends_with("/file")) {
                ++truncated;
                QCOMPARE(markOf(seen), PrefilterReference::Verdict::Keep);
            }
        }
        QCOMPARE(truncated, 3);
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

/// On the machine's own file system, which may give a new file the inode of the one before it; a tmpfs
/// never does.
void PrefilterTest::reusedInodes()
{
    constexpr int cycles = 200;
    std::string directory = "/lunaris-kernel-XXXXXX";
    if (!mkdtemp(directory.data())) {
        QSKIP("No directory can be made in /");
    }
    try {
        std::vector<PathRule> all = rules();
        all.push_back({directory + "/", PathRule::Action::Include});
        setFilter(all, forever);
        const std::size_t from = m_rig.seen().size();
        Opener opener(m_rig, [&] {
            std::set<ino_t> inodes;
            for (int i = 0; i < cycles; ++i) {
                const std::string name = directory + "/" + std::to_string(i);
                const int fd = open(name.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
                must(fd, name);
                struct stat facts {
                };
                must(fstat(fd, &facts), name);
                inodes.insert(facts.st_ino);
                close(fd);
                must(unlink(name.c_str()), name);
            }
            return static_cast<long>(inodes.size());
        });
        const Report report = opener.go();
        opener.opens();
        qInfo("%d files had %ld inodes", cycles, report.result);
        const std::string found = verdicts(from, directory);
        rmdir(directory.c_str());
        QCOMPARE(QByteArray::fromStdString(found), QByteArray(cycles, 'k'));
    } catch (const std::exception &error) {
        rmdir(directory.c_str());
        QFAIL(error.what());
    }
}

/// At 0 ms a read, at 10 a write, at 105 a read. The machine may take its time: what the records say of
/// it is what the reference goes by.
void PrefilterTest::aReadRepeatsTheLaterWrite()
{
    constexpr auto window = 100ms;
    try {
        setFilter(rules(), window);
        const std::string directory = freshFiles();
        Opener opener(m_rig, [path = directory + "/f"] {
            timespec start{};
            clock_gettime(CLOCK_MONOTONIC, &start);
            const std::array<std::pair<int, int>, 3> plan = {
                {{0, O_RDONLY}, {10, O_WRONLY}, {105, O_RDONLY}}};
            for (const auto &[ms, flags] : plan) {
                timespec when = start;
                when.tv_nsec += ms * 1'000'000L;
                when.tv_sec += when.tv_nsec / 1'000'000'000L;
                when.tv_nsec %= 1'000'000'000L;
                while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &when, nullptr) != 0) {
                }
                openOnce(path, flags);
            }
            return 0;
        });
        opener.go();
        const auto opens = opener.opens();
        QCOMPARE(opens.size(), std::size_t(3));
        PrefilterReference reference(rules(), window);
        std::string times;
        for (const SeenOpen &open : opens) {
            times +=
                " " + std::to_string((open.fields.header.boot_ns - opens[0].fields.header.boot_ns) / 1000);
            QCOMPARE(markOf(open), reference.judge(open));
        }
        qInfo("At%s us", times.c_str());
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

void PrefilterTest::windowChangesAtOnce()
{
    try {
        const std::string directory = freshFiles();
        Opener opener(m_rig, [path = directory + "/f"] {
            openOnce(path);
            openOnce(path);
            return 0;
        });
        const auto under = [&](std::chrono::nanoseconds window) {
            setFilter(rules(), window);
            const std::size_t from = m_rig.seen().size();
            opener.go();
            opener.opens();
            return QByteArray::fromStdString(verdicts(from, directory));
        };
        QCOMPARE(under(0ns), QByteArray("kk")); // nor are these remembered
        QCOMPARE(under(forever), QByteArray("kd"));
        QCOMPARE(under(1ns), QByteArray("kk"));
        QCOMPARE(under(forever), QByteArray("dd"));
        QCOMPARE(under(0ns), QByteArray("kk"));
        QCOMPARE(under(forever), QByteArray("dd"));
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

/// Rules are asked first, each time: no verdict of theirs is remembered.
void PrefilterTest::rememberedAcrossAChangeOfRules()
{
    try {
        const std::string directory = freshFiles();
        Opener opener(m_rig, [directory] {
            openOnce(directory + "/d/f");
            openOnce(directory + "/g");
            return 0;
        });
        const auto under = [&](const std::vector<PathRule> &more) {
            std::vector<PathRule> all = rules();
            all.insert(all.end(), more.begin(), more.end());
            setFilter(all, forever);
            const std::size_t from = m_rig.seen().size();
            opener.go();
            opener.opens();
            return QByteArray::fromStdString(verdicts(from, directory));
        };
        const PathRule without{directory + "/d/", PathRule::Action::Exclude};
        const PathRule nevertheless{directory + "/d/f", PathRule::Action::Include};
        QCOMPARE(under({without}), QByteArray("fk"));
        QCOMPARE(under({}), QByteArray("kd")); // that it was left out did not count as told
        QCOMPARE(under({without}), QByteArray("fd"));
        QCOMPARE(under({without, nevertheless}), QByteArray("dd"));
        QCOMPARE(under({without}), QByteArray("fd"));
        QCOMPARE(under({}), QByteArray("dd"));
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

QTEST_GUILESS_MAIN(PrefilterTest)
#include "PrefilterTest.moc"
