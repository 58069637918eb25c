// SPDX-License-Identifier: MIT
//
// Every byte that a call has written is told or counted as lost: many writers, files that come and go, maps
// and rings that are full, processes that end.
#include "tests/kernel/Opener.h"
#include "tests/kernel/WrittenRig.h"

#include <QTest>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <new>
#include <random>
#include <set>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace lunaris;

namespace
{

constexpr std::size_t processes = 4;
constexpr std::size_t threadsEach = 3;

/// In memory that the children share with us.
struct Made {
    struct Bytes {
        std::atomic<std::uint64_t> common;
        std::atomic<std::uint64_t> own;
    };
    std::array<Bytes, processes> bytes;
    std::atomic<std::size_t> ended;
};

void writeFile(const std::string &path, std::size_t bytes, int more = 0)
{
    const int fd = static_cast<int>(must(open(path.c_str(), O_CREAT | O_WRONLY | more, 0600), path));
    must(write(fd, std::string(bytes, 'f').data(), bytes), path);
    close(fd);
}

/// Writes so many bytes into both files by turns, in pieces of many sizes; the files stay small.
void writeMuch(const std::string &common, const std::string &own, std::uint64_t bytes, unsigned int seed,
               Made::Bytes &made)
{
    const std::string text(4096, 'x');
    std::mt19937 random(seed);
    const std::array<int, 2> files = {
        static_cast<int>(must(open(common.c_str(), O_CREAT | O_WRONLY, 0600), common)),
        static_cast<int>(must(open(own.c_str(), O_CREAT | O_WRONLY, 0600), own))};
    const std::array<std::atomic<std::uint64_t> *, 2> sums = {&made.common, &made.own};
    for (std::uint64_t done = 0; done < bytes;) {
        const std::size_t which = random() % 2;
        const iovec piece = {const_cast<char *>(text.data()),
                             1 + random() % (random() % 8 == 0 ? 4096 : 200)};
        const off_t place = random() % 65'536;
        long written = 0;
        switch (random() % 3) {
        case 0:
            written = must(pwrite(files[which], piece.iov_base, piece.iov_len, place), "pwrite");
            break;
        case 1:
            written = must(pwritev(files[which], &piece, 1, place), "pwritev");
            break;
        default:
            must(lseek(files[which], place, SEEK_SET), "lseek");
            written = must(write(files[which], piece.iov_base, piece.iov_len), "write");
        }
        *sums[which] += static_cast<std::uint64_t>(written);
        done += static_cast<std::uint64_t>(written);
    }
    close(files[0]);
    close(files[1]);
}

} // namespace

class WrittenLossTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanup();

    void manyWriters();
    void filesThatComeAndGo_data();
    void filesThatComeAndGo();
    void beforeTheProcessHasEnded_data();
    void beforeTheProcessHasEnded();
    void fullMap();
    void mapFullOfFilteredSums();
    void fullRing();
    void ringWithRoomForNone();

private:
    std::uint64_t lostSums() { return m_rig.source().counters().lost[written]; }
    std::uint64_t lostBytes() { return m_rig.source().counters().lostBytes; }

    static constexpr auto written = static_cast<std::size_t>(EventType::FileWritten);
    WrittenRig m_rig;
};

void WrittenLossTest::initTestCase()
{
    LUNARIS_START_OR_SKIP(m_rig);
}

void WrittenLossTest::cleanup()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

void WrittenLossTest::manyWriters()
{
    const std::uint64_t each = (isEmulated() ? 2'000'000U : 100'000'000U) / (processes * threadsEach);
    void *memory = mmap(nullptr, sizeof(Made), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    QVERIFY(memory != MAP_FAILED);
    Made *made = new (memory) Made{};
    const std::string directory = m_rig.rig().freshDirectory();
    const std::string common = directory + "/common";
    const std::uint64_t lostBefore = lostBytes();

    std::vector<std::unique_ptr<Opener>> writers;
    for (std::size_t process = 0; process < processes; ++process) {
        const std::string own = directory + "/" + std::to_string(process);
        writers.push_back(std::make_unique<Opener>(m_rig.rig(), [=] {
            std::vector<std::thread> threads;
            for (std::size_t thread = 0; thread < threadsEach; ++thread) {
                const auto seed = static_cast<unsigned int>(process * threadsEach + thread);
                threads.emplace_back([=] { writeMuch(common, own, each, seed, made->bytes[process]); });
            }
            for (std::thread &thread : threads) {
                thread.join();
            }
            ++made->ended;
            return 0L;
        }));
    }
    for (const auto &writer : writers) {
        writer->tell();
    }
    // New rules end the interval: the maps are swapped under the writers as often as can be.
    int swaps = 0;
    QVERIFY(CaptureRig::waitUntil([&] {
        m_rig.setRules();
        ++swaps;
        return made->ended == processes;
    }));
    std::uint64_t total = 0;
    for (std::size_t process = 0; process < processes; ++process) {
        writers[process]->report();
        const Made::Bytes &bytes = made->bytes[process];
        QVERIFY(m_rig.waitForBytes(writers[process]->pid(), bytes.common + bytes.own));
        total += bytes.common + bytes.own;
    }
    QVERIFY(m_rig.passFence());
    qInfo("%llu bytes, rules replaced %d times meanwhile", static_cast<unsigned long long>(total), swaps);
    for (std::size_t process = 0; process < processes; ++process) {
        const Made::Bytes &bytes = made->bytes[process];
        QCOMPARE(m_rig.bytesByPath(writers[process]->pid()),
                 (WrittenRig::Bytes{{common, bytes.common},
                                    {directory + "/" + std::to_string(process), bytes.own}}));
    }
    QCOMPARE(lostBytes(), lostBefore);
    munmap(memory, sizeof(Made));
}

void WrittenLossTest::filesThatComeAndGo_data()
{
    QTest::addColumn<QByteArray>("place");
    QTest::newRow("in memory") << QByteArray();
    // Unlike a tmpfs it gives the number of an inode that is gone to the next one.
    if (access("/var/tmp", W_OK) == 0) {
        QTest::newRow("on a disk") << QByteArray("/var/tmp");
    }
}

void WrittenLossTest::filesThatComeAndGo()
{
    QFETCH(QByteArray, place);
    constexpr int files = 300;
    std::string directory =
        place.isEmpty() ? m_rig.rig().freshDirectory() : place.toStdString() + "/lunaris-XXXXXX";
    if (!place.isEmpty()) {
        QVERIFY(mkdtemp(directory.data()));
        m_rig.setRules({{directory + "/", PathRule::Action::Include}});
    }
    const std::string path = directory + "/file";
    Opener writer(m_rig.rig(), [path] {
        std::set<ino_t> inodes;
        for (int number = 1; number <= files; ++number) {
            writeFile(path, static_cast<std::size_t>(number), O_EXCL);
            writeFile(path, 1000, O_APPEND);
            struct stat facts {
            };
            must(stat(path.c_str(), &facts), path);
            inodes.insert(facts.st_ino);
            must(unlink(path.c_str()), path);
        }
        return static_cast<long>(inodes.size());
    });
    const long inodes = writer.go().result;
    constexpr std::uint64_t made = files * 1000 + files * (files + 1) / 2;
    QVERIFY(m_rig.waitForBytes(writer.pid(), made));
    QVERIFY(m_rig.passFence());
    qInfo("%d files had %ld inode numbers", files, inodes);

    // Each its own sum; the end of an interval may have cut a few in two.
    const auto told = m_rig.writtenBy(writer.pid());
    std::multiset<std::uint64_t> sums;
    std::uint64_t total = 0;
    for (const SeenRecord &seen : told) {
        QCOMPARE(seen.path, path);
        QVERIFY(seen.bytes() <= 1000 + files);
        sums.insert(seen.bytes());
        total += seen.bytes();
    }
    QCOMPARE(total, made);
    int whole = 0;
    for (int number = 1; number <= files; ++number) {
        whole += sums.contains(1000 + static_cast<std::uint64_t>(number)) ? 1 : 0;
    }
    QVERIFY2(whole >= files - 5, qPrintable(QString::number(whole)));
    m_rig.setRules();
    rmdir(directory.c_str());
}

void WrittenLossTest::beforeTheProcessHasEnded_data()
{
    using Life = void (*)(const char *path);
    QTest::addColumn<quintptr>("life");
    QTest::addColumn<bool>("isKilled");
    const auto row = [](const char *name, Life life, bool isKilled) {
        QTest::newRow(name) << reinterpret_cast<quintptr>(life) << isKilled;
    };
    row(
        "ends at once", [](const char *path) { writeFile(path, 5); }, false);
    row(
        "ends by a signal of its own",
        [](const char *path) {
            writeFile(path, 5);
            raise(SIGKILL);
        },
        false);
    row(
        "is killed while it writes",
        [](const char *path) {
            const int fd = open(path, O_CREAT | O_WRONLY | O_APPEND, 0600);
            const std::string text(1000, 'x');
            while (write(fd, text.data(), text.size()) > 0) {
            }
        },
        true);
    row(
        "is killed while its threads write",
        [](const char *path) {
            const int fd = open(path, O_CREAT | O_WRONLY | O_APPEND, 0600);
            const auto fill = [fd] {
                const std::string text(100, 'x');
                while (write(fd, text.data(), text.size()) > 0) {
                }
            };
            std::thread other(fill);
            fill();
        },
        true);
}

void WrittenLossTest::beforeTheProcessHasEnded()
{
    QFETCH(quintptr, life);
    QFETCH(bool, isKilled);
    const std::string directory = m_rig.rig().freshDirectory();
    for (int round = 0; round < (isEmulated() ? 3 : 20); ++round) {
        const std::string path = directory + "/" + std::to_string(round);
        const std::size_t from = m_rig.seen().size();
        const auto child = static_cast<pid_t>(must(fork(), "fork"));
        if (child == 0) {
            reinterpret_cast<void (*)(const char *)>(life)(path.c_str());
            _exit(0);
        }
        struct stat facts {
        };
        if (isKilled) {
            QVERIFY(CaptureRig::waitUntil(
                [&] { return stat(path.c_str(), &facts) == 0 && facts.st_size > 10'000; }));
            must(kill(child, SIGKILL), "kill");
        }
        must(waitpid(child, nullptr, 0), "waitpid");
        must(stat(path.c_str(), &facts), path); // it was only ever appended to
        std::size_t end = 0;
        QVERIFY(CaptureRig::waitUntil([&] {
            for (end = from; end < m_rig.seen().size(); ++end) {
                const SeenRecord &seen = m_rig.seen()[end];
                if (seen.type() == LKM_RECORD_EXIT &&
                    seen.fields.header.tgid == static_cast<std::uint32_t>(child)) {
                    return true;
                }
            }
            return false;
        }));
        std::uint64_t before = 0;
        for (std::size_t i = from; i < end; ++i) {
            const SeenRecord &seen = m_rig.seen()[i];
            before += seen.path == path ? seen.bytes() : 0;
        }
        QCOMPARE(before, static_cast<std::uint64_t>(facts.st_size));
        must(unlink(path.c_str()), path);
    }
}

void WrittenLossTest::fullMap()
{
    m_rig.restart({.writtenFiles = 4});
    const std::string directory = m_rig.rig().freshDirectory();
    constexpr int files = 50;
    constexpr int turns = 3;
    Opener writer(m_rig.rig(), [directory] {
        for (int turn = 0; turn < turns; ++turn) {
            for (int number = 1; number <= files; ++number) {
                writeFile(directory + "/" + std::to_string(number), static_cast<std::size_t>(number));
            }
        }
        return static_cast<long>(turns) * files * (files + 1) / 2;
    });
    WrittenRig::Bytes expected;
    for (int number = 1; number <= files; ++number) {
        expected[directory + "/" + std::to_string(number)] = std::uint64_t(turns) * std::uint64_t(number);
    }
    const auto made = static_cast<std::uint64_t>(writer.go().result);
    QVERIFY(m_rig.waitForBytes(writer.pid(), made));
    QVERIFY(m_rig.passFence());
    QCOMPARE(m_rig.bytesByPath(writer.pid()), expected);
    QCOMPARE(lostBytes(), std::uint64_t(0));
    // Those that found no room were told one by one.
    QVERIFY(m_rig.writtenBy(writer.pid()).size() > files + turns);
    m_rig.restart({});
}

/// Sums that nobody is told of must not keep the place of those that somebody is.
void WrittenLossTest::mapFullOfFilteredSums()
{
    m_rig.restart({.writtenFiles = 4});
    const std::string directory = m_rig.rig().freshDirectory();
    m_rig.setRules({{directory + "/hidden/", PathRule::Action::Exclude}});
    must(mkdir((directory + "/hidden").c_str(), 0755), directory);
    Opener hidden(m_rig.rig(), [directory] {
        for (int number = 0; number < 50; ++number) {
            writeFile(directory + "/hidden/" + std::to_string(number), 1);
        }
        return 0L;
    });
    hidden.go();
    Opener writer(m_rig.rig(), [path = directory + "/file"] {
        writeFile(path, 1);
        writeFile(path, 1);
        return 2L;
    });
    // One record of two bytes: there was room for a sum.
    std::size_t records = 0;
    std::uint64_t made = 0;
    QVERIFY(CaptureRig::waitUntil([&] {
        writer.go();
        made += 2;
        if (!m_rig.waitForBytes(writer.pid(), made)) {
            return false;
        }
        const std::size_t now = m_rig.writtenBy(writer.pid()).size();
        return now - std::exchange(records, now) == 1;
    }));
    QCOMPARE(m_rig.bytesOf(hidden.pid()), std::uint64_t(0));
    m_rig.restart({});
}

void WrittenLossTest::fullRing()
{
    m_rig.restart({.ringBytes = 65'536});
    const std::string directory = m_rig.rig().freshDirectory();
    constexpr int files = 2000;
    Opener writer(m_rig.rig(), [directory] {
        for (int number = 1; number <= files; ++number) {
            writeFile(directory + "/" + std::to_string(number), static_cast<std::size_t>(number));
        }
        return static_cast<long>(files) * (files + 1) / 2;
    });
    // While it writes our event loop does not run.
    const auto made = static_cast<std::uint64_t>(writer.go().result);
    QVERIFY(CaptureRig::waitUntil([&] { return m_rig.bytesOf(writer.pid()) + lostBytes() >= made; }));
    QVERIFY(m_rig.passFence());
    const std::size_t told = m_rig.writtenBy(writer.pid()).size();
    qInfo("%llu bytes made = %llu told of %zu files + %llu lost", static_cast<unsigned long long>(made),
          static_cast<unsigned long long>(m_rig.bytesOf(writer.pid())), told,
          static_cast<unsigned long long>(lostBytes()));
    QVERIFY(told > 0);
    QVERIFY(lostBytes() > 0);
    QCOMPARE(m_rig.bytesOf(writer.pid()) + lostBytes(), made);
    QCOMPARE(told + lostSums(), std::size_t(files));
    m_rig.restart({});
}

/// When nothing that began could be told, the end of the interval comes nevertheless.
void WrittenLossTest::ringWithRoomForNone()
{
    m_rig.restart({.ringBytes = static_cast<std::uint32_t>(sysconf(_SC_PAGESIZE))});
    Opener writer(m_rig.rig(), [top = m_rig.rig().freshDirectory()] {
        must(chdir(top.c_str()), top);
        for (int depth = 0; depth < 16; ++depth) {
            const std::string name(250, 'd');
            must(mkdir(name.c_str(), 0755), name);
            must(chdir(name.c_str()), name);
        }
        writeFile("file", 123);
        return 123L;
    });
    writer.go();
    QVERIFY(CaptureRig::waitUntil([&] { return lostBytes() > 0; }));
    QCOMPARE(lostBytes(), std::uint64_t(123));
    QCOMPARE(lostSums(), std::uint64_t(1));
    QCOMPARE(m_rig.bytesOf(writer.pid()), std::uint64_t(0));
    m_rig.restart({});
}

QTEST_GUILESS_MAIN(WrittenLossTest)
#include "WrittenLossTest.moc"
