// SPDX-License-Identifier: MIT
//
// Nothing is lost without being counted: a ring that overflows, descriptors that are gone at once.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Opener.h"

#include <QElapsedTimer>
#include <QTest>
#include <atomic>
#include <fcntl.h>
#include <memory>
#include <sched.h>
#include <set>
#include <sys/stat.h>
#include <sys/sysinfo.h>
#include <thread>
#include <unistd.h>

using namespace lunaris;

class LossTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void overflow_data();
    void overflow();
    void closedAtOnce();

private:
    struct Tally {
        std::uint64_t made = 0;
        std::uint64_t seen = 0;
        std::uint64_t lost = 0;
        bool areUnique = false;
    };
    Tally overflowOnce(const std::vector<std::unique_ptr<Opener>> &openers);
    void drain(const std::vector<std::unique_ptr<Opener>> &openers);

    // The fewer records others make, the sooner the sums are exact.
    CaptureRig m_rig{EventTypes().with(EventType::FileOpened)};
};

void LossTest::initTestCase()
{
    CaptureOptions options = CaptureRig::chosenOptions();
    options.ringBytes = 1024 * 1024;
    m_rig.setOptions(options);
    LUNARIS_START_OR_SKIP(m_rig);
    // What others open on this machine neither fills the ring nor counts.
    const auto failure = m_rig.source().setFilter(
        {{"/", PathRule::Action::Exclude}, {m_rig.directory() + "/", PathRule::Action::Include}},
        std::chrono::nanoseconds(0));
    QVERIFY2(!failure, failure ? qPrintable(failure->sentence) : "");
}

void LossTest::cleanupTestCase()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

void LossTest::overflow_data()
{
    // The ring has 1 MiB; the totals are half as much again.
    QTest::addColumn<int>("processes");
    QTest::addColumn<int>("files");
    QTest::addColumn<int>("above"); // directories of 199 bytes above the files

    QTest::newRow("long paths, one process") << 1 << 376 << 19;
    QTest::newRow("long paths, four processes") << 4 << 94 << 19;
    QTest::newRow("shorter paths, one process") << 1 << 4000 << 1;
    QTest::newRow("shorter paths, four processes") << 4 << 1000 << 1;
}

void LossTest::overflow()
{
    QFETCH(int, processes);
    QFETCH(int, files);
    QFETCH(int, above);

    std::vector<std::unique_ptr<Opener>> openers;
    for (int process = 0; process < processes; ++process) {
        const std::string top = m_rig.freshDirectory();
        int directory = static_cast<int>(must(open(top.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC), top));
        for (int i = 0; i < above; ++i) {
            const std::string name(199, static_cast<char>('a' + i));
            must(mkdirat(directory, name.c_str(), 0755), name);
            const int next = openat(directory, name.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC);
            must(next, name);
            close(directory);
            directory = next;
        }
        for (int i = 0; i < files; ++i) {
            const int fd = openat(directory, std::to_string(i).c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
            must(fd, "a file");
            close(fd);
        }
        openers.push_back(std::make_unique<Opener>(m_rig, [directory, files] {
            for (int i = 0; i < files; ++i) {
                const int fd = openat(directory, std::to_string(i).c_str(), O_RDONLY);
                must(fd, "a file");
                close(fd);
            }
            return files;
        }));
        // The child has its own by now.
        close(directory);
    }

    const Tally tally = overflowOnce(openers);
    qInfo("%llu opens made = %llu seen + %llu lost", static_cast<unsigned long long>(tally.made),
          static_cast<unsigned long long>(tally.seen), static_cast<unsigned long long>(tally.lost));
    QVERIFY(tally.lost > 0);
    QVERIFY(tally.seen > 0);
    QVERIFY(tally.areUnique);
    QCOMPARE(tally.seen + tally.lost, tally.made);

    // It works again, and loses nothing more.
    const std::uint64_t lost = m_rig.lost();
    const int cpus = get_nprocs();
    Opener next(m_rig, [path = m_rig.freshDirectory(), cpus] {
        for (int cpu = 0; cpu < cpus; ++cpu) {
            cpu_set_t only;
            CPU_ZERO(&only);
            CPU_SET(static_cast<std::size_t>(cpu), &only);
            must(sched_setaffinity(0, sizeof(only), &only), "a CPU");
            close(static_cast<int>(must(open(path.c_str(), O_RDONLY), path)));
        }
        return 0;
    });
    next.go();
    QCOMPARE(next.opens().size(), static_cast<std::size_t>(cpus));
    QCOMPARE(m_rig.lost(), lost);
    // Each CPU has told something since, so the numbers that are missing are all known.
    QCOMPARE(m_rig.gaps(), m_rig.lostOfAllTypes());
}

LossTest::Tally LossTest::overflowOnce(const std::vector<std::unique_ptr<Opener>> &openers)
{
    Tally tally;
    const std::uint64_t lostBefore = m_rig.lost();
    // From here to drain() the event loop does not run.
    for (const auto &opener : openers) {
        opener->tell();
    }
    for (const auto &opener : openers) {
        tally.made += static_cast<std::uint64_t>(opener->report().result) + 2; // and the two marks
    }
    drain(openers);
    tally.lost = m_rig.lost() - lostBefore;
    std::set<std::string> paths;
    for (const auto &opener : openers) {
        for (const SeenOpen &open : opener->everything()) {
            // Not what the child has opened to get ready, before it was told.
            if (open.path.starts_with(m_rig.directory())) {
                ++tally.seen;
                paths.insert(std::to_string(opener->pid()) + open.path);
            }
        }
    }
    tally.areUnique = paths.size() == tally.seen;
    return tally;
}

void LossTest::drain(const std::vector<std::unique_ptr<Opener>> &openers)
{
    // No mark tells the end, it was lost itself: nothing more comes for a while.
    std::size_t before = 0;
    QElapsedTimer quiet;
    quiet.start();
    CaptureRig::waitUntil([&] {
        std::size_t now = 0;
        for (const auto &opener : openers) {
            now += opener->everything().size();
        }
        if (now != before || now == 0) {
            before = now;
            quiet.restart();
        }
        return quiet.elapsed() > 200;
    });
}

/// One thread opens, another closes what it has opened, as soon as it can.
void LossTest::closedAtOnce()
{
    constexpr long rounds = 2'500;
    const int portions = isEmulated() ? 8 : 80;
    const std::string directory = m_rig.freshDirectory();
    for (int i = 0; i < 100; ++i) {
        makeFile(directory + "/" + std::to_string(i));
    }
    Opener opener(m_rig, [directory] {
        const int target = dup(STDERR_FILENO); // the lowest that is free: what the next open will get
        must(target, "dup");
        close(target);
        std::atomic<bool> isOver = false;
        std::thread closer([&] {
            while (!isOver) {
                close(target);
            }
        });
        for (long i = 0; i < rounds; ++i) {
            const int fd = open((directory + "/" + std::to_string(i % 100)).c_str(), O_RDONLY);
            if (fd >= 0 && fd != target) {
                close(fd); // the closer was late
            }
        }
        isOver = true;
        closer.join();
        close(target);
        return rounds;
    });

    const std::uint64_t lostBefore = m_rig.lost();
    std::uint64_t racedInAll = 0;
    for (int portion = 0; portion < portions; ++portion) { // each fits into the ring
        const std::uint64_t racedBefore = m_rig.raced();
        opener.go();
        const auto opens = opener.opens();
        const std::uint64_t raced = m_rig.raced() - racedBefore;
        QCOMPARE(opens.size() + raced, static_cast<std::uint64_t>(rounds));
        racedInAll += raced;

        // In the order they were opened, each under its own name: no record took another one's file.
        long next = 0;
        for (const SeenOpen &seen : opens) {
            const std::size_t slash = seen.path.rfind('/');
            QCOMPARE(QByteArray::fromStdString(seen.path.substr(0, slash)),
                     QByteArray::fromStdString(directory));
            const long number = std::stol(seen.path.substr(slash + 1));
            while (next < rounds && next % 100 != number) {
                ++next;
            }
            QVERIFY2(next < rounds, seen.path.c_str());
            ++next;
        }
    }
    qInfo("%llu of %ld raced", static_cast<unsigned long long>(racedInAll), portions * rounds);
    QCOMPARE(m_rig.lost(), lostBefore);
}

QTEST_GUILESS_MAIN(LossTest)
#include "LossTest.moc"
