// SPDX-License-Identifier: MIT
//
// What the kernel's prefilter remembers of opens that were told: once among threads, as much as it has
// room for, and nothing that was lost on its way.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Opener.h"
#include "tests/kernel/PrefilterReference.h"
#include "tests/kernel/Programs.h"

#include <QTest>
#include <algorithm>
#include <fcntl.h>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <thread>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

constexpr std::chrono::nanoseconds forever = 1h;

/// In shadow mode all that others open arrives, too.
CaptureOptions roomForAll()
{
    CaptureOptions options;
    options.ringBytes = 32 * 1024 * 1024;
    return options;
}

} // namespace

class PrefilterMemoryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void oneOfManyThreadsTells();
    void whatCannotBeComparedIsLeftToTheHelper();
    void littleMemoryKeepsMore_data();
    void littleMemoryKeepsMore();
    void whatFoundNoRoomWasNotTold();

private:
    void startSource(const CaptureOptions &options, bool shadow, std::chrono::nanoseconds window);
    std::vector<PathRule> rules() const;
    std::vector<SeenOpen> seenBelow(const std::string &directory, std::size_t from) const;

    CaptureRig m_rig{EventTypes().with(EventType::FileOpened)};
};

void PrefilterMemoryTest::initTestCase()
{
    LUNARIS_START_OR_SKIP(m_rig);
}

void PrefilterMemoryTest::cleanupTestCase()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

/// What others open on this machine is left out.
std::vector<PathRule> PrefilterMemoryTest::rules() const
{
    return {{"/", PathRule::Action::Exclude}, {m_rig.directory() + "/", PathRule::Action::Include}};
}

void PrefilterMemoryTest::startSource(const CaptureOptions &options, bool shadow,
                                      std::chrono::nanoseconds window)
{
    m_rig.replaceSource(options);
    m_rig.source().setShadow(shadow);
    auto failure = m_rig.source().setFilter(rules(), window);
    failure = failure ? failure : m_rig.source().start(m_rig);
    if (failure) {
        throw std::runtime_error(failure->sentence.toStdString());
    }
}

std::vector<SeenOpen> PrefilterMemoryTest::seenBelow(const std::string &directory, std::size_t from) const
{
    std::vector<SeenOpen> found;
    for (std::size_t i = from; i < m_rig.seen().size(); ++i) {
        if (m_rig.seen()[i].path.starts_with(directory + "/")) {
            found.push_back(m_rig.seen()[i]);
        }
    }
    return found;
}

/// Threads of one process that open the same file at the same moment: one of them is told. Who does not
/// get to compare, because the processor of another one is held up, leaves that to the helper.
void PrefilterMemoryTest::oneOfManyThreadsTells()
{
    constexpr int files = 300;
    constexpr int threads = 4;
    try {
        startSource(roomForAll(), true, forever);
        const std::string directory = m_rig.freshDirectory();
        for (int i = 0; i < files; ++i) {
            makeFile(directory + "/" + std::to_string(i));
        }
        const std::size_t from = m_rig.seen().size();
        Opener opener(m_rig, [directory] {
            std::vector<std::thread> all;
            for (int thread = 0; thread < threads; ++thread) {
                all.emplace_back([&directory] {
                    for (int i = 0; i < files; ++i) {
                        openOnce(directory + "/" + std::to_string(i));
                    }
                });
            }
            for (std::thread &thread : all) {
                thread.join();
            }
            return 0;
        });
        opener.go();
        opener.opens();
        const std::vector<SeenOpen> opens = seenBelow(directory, from);
        std::map<std::string, int> told;
        int notCompared = 0;
        for (const SeenOpen &open : opens) {
            told[open.path] += isCompared(open) && markOf(open) == PrefilterReference::Verdict::Keep ? 1 : 0;
            notCompared += isCompared(open) ? 0 : 1;
        }
        qInfo("%d opens were not compared", notCompared);
        QCOMPARE(opens.size(), std::size_t(files * threads));
        QCOMPARE(told.size(), std::size_t(files));
        for (const auto &[path, times] : told) {
            QVERIFY2(times == 1, path.c_str());
        }
        QVERIFY(notCompared <= files / 10);
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

/// Somebody has the memory for itself, and is held up with it for ever: no open waits for that.
void PrefilterMemoryTest::whatCannotBeComparedIsLeftToTheHelper()
{
    constexpr std::size_t times = 100;
    try {
        CaptureOptions options = roomForAll();
        options.rememberedOpens = 1;
        startSource(options, false, forever);
        const int memory = heldMap("told");
        bpf_map_info info{};
        std::uint32_t size = sizeof(info);
        QVERIFY(bpf_obj_get_info_by_fd(memory, &info, &size) == 0);
        QCOMPARE(info.max_entries, 1U);
        std::vector<std::uint64_t> set(info.value_size / sizeof(std::uint64_t));
        const auto setTaken = [&](std::uint64_t taken) {
            const std::uint32_t number = 0;
            set.back() = taken; // bpf/prefilter.bpf.h: the last of a set
            QCOMPARE(bpf_map_update_elem(memory, &number, set.data(), BPF_EXIST), 0);
        };
        const std::string path = m_rig.freshDirectory() + "/file";
        makeFile(path);
        Opener opener(m_rig, [path] {
            for (std::size_t i = 0; i < times; ++i) {
                openOnce(path);
            }
            return 0;
        });

        setTaken(1);
        opener.go();
        const std::vector<SeenOpen> left = opener.opens();
        QCOMPARE(left.size(), times);
        QVERIFY(std::none_of(left.begin(), left.end(), isCompared));

        setTaken(0);
        opener.go();
        const std::vector<SeenOpen> told = opener.opens();
        QCOMPARE(told.size(), std::size_t(1));
        QVERIFY(isCompared(told.front()));
        QCOMPARE(m_rig.source().counters().duplicates, std::uint64_t(times - 1));
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

void PrefilterMemoryTest::littleMemoryKeepsMore_data()
{
    QTest::addColumn<std::uint32_t>("entries");
    for (const std::uint32_t entries : {1U, 8U, 64U, 1024U}) {
        if (entries > 8 && isEmulated()) {
            continue; // to load the programs is what takes time there
        }
        QTest::addRow("%u", entries) << entries;
    }
}

/// What was told longest ago, more or less, is forgotten: then a repetition is told again. Still every
/// open that is taken for one has its twin, told a moment before.
void PrefilterMemoryTest::littleMemoryKeepsMore()
{
    constexpr auto window = 20ms;
    constexpr int processes = 4;
    constexpr int steps = 1'000; // what all processes tell in a round fits into the ring
    const int rounds = isEmulated() ? 1 : 10;
    QFETCH(std::uint32_t, entries);
    try {
        CaptureOptions options = roomForAll();
        options.rememberedOpens = entries;
        startSource(options, true, window);
        const std::string directory = m_rig.freshDirectory();
        constexpr int files = 600;
        for (int i = 0; i < files; ++i) {
            makeFile(directory + "/" + std::to_string(i));
        }
        std::vector<std::unique_ptr<Opener>> openers;
        for (int i = 0; i < processes; ++i) {
            openers.push_back(std::make_unique<Opener>(
                m_rig, [directory, state = 12'345U + static_cast<std::uint32_t>(i)]() mutable {
                    for (int step = 0; step < steps; ++step) {
                        state = state * 1'664'525U + 1'013'904'223U;
                        // Some files much more often than others, and some for writing.
                        const std::uint32_t file = (state >> 8) % ((state >> 28) < 8 ? 4 : files);
                        openOnce(directory + "/" + std::to_string(file),
                                 (state >> 27) & 1 ? O_RDONLY : O_RDWR);
                    }
                    return 0;
                }));
        }
        const std::size_t from = m_rig.seen().size();
        for (int round = 0; round < rounds; ++round) {
            for (const auto &opener : openers) {
                opener->tell();
            }
            for (const auto &opener : openers) {
                opener->report();
            }
            for (const auto &opener : openers) {
                opener->opens();
            }
        }

        struct Told {
            std::uint64_t read = 0;
            std::uint64_t write = 0;
        };
        std::map<std::pair<std::uint32_t, std::string>, Told> lastTold;
        PrefilterReference reference(rules(), window);
        Comparison comparison;
        for (const SeenOpen &open : seenBelow(directory, from)) {
            comparison.add(open, reference);
            const bool writes = open.fields.attributes & LKM_ATTRIBUTE_WRITABLE;
            const std::uint64_t now = open.fields.header.boot_ns;
            Told &told = lastTold[{open.fields.header.tgid, open.path}];
            if (!isCompared(open)) {
                continue;
            }
            if (markOf(open) == PrefilterReference::Verdict::Keep) {
                (writes ? told.write : told.read) = now;
                continue;
            }
            const std::uint64_t twin = writes ? told.write : std::max(told.read, told.write);
            QVERIFY2(now - twin < static_cast<std::uint64_t>(std::chrono::nanoseconds(window).count()),
                     open.path.c_str());
        }
        qInfo("%llu opens, %llu duplicates, %llu kept that repeat",
              static_cast<unsigned long long>(comparison.opens),
              static_cast<unsigned long long>(comparison.duplicates),
              static_cast<unsigned long long>(comparison.keptDuplicates));
        QCOMPARE(comparison.opens, static_cast<std::uint64_t>(processes * steps * rounds));
        QVERIFY(comparison.duplicates > 0);
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

/// The same files are opened again later, so slowly that all finds room: those arrive that were lost.
void PrefilterMemoryTest::whatFoundNoRoomWasNotTold()
{
    constexpr int files = 2000;
    constexpr int portion = 50;
    try {
        CaptureOptions options;
        options.ringBytes = 64 * 1024;
        options.rememberedOpens = 131'072; // so many that nothing gives way
        startSource(options, false, forever);
        const std::string directory = m_rig.freshDirectory();
        std::set<std::string> all;
        for (int i = 0; i < files; ++i) {
            const std::string path = directory + "/" + std::to_string(i);
            makeFile(path);
            all.insert(path);
        }
        const std::size_t from = m_rig.seen().size();
        Opener opener(m_rig, [directory, next = -1]() mutable {
            const int first = std::max(next, 0);
            const int last = next < 0 ? files : next + portion;
            for (int i = first; i < last; ++i) {
                openOnce(directory + "/" + std::to_string(i));
            }
            next = next < 0 ? 0 : last;
            return 0;
        });
        opener.go(); // the event loop does not run
        const auto arrived = [&] { return m_rig.seen().size() - from + m_rig.lost(); };
        QVERIFY(CaptureRig::waitUntil([&] { return arrived() >= files + 2; })); // and the two marks
        std::set<std::string> untold = all;
        for (const SeenOpen &open : seenBelow(directory, from)) {
            untold.erase(open.path);
        }
        qInfo("%zu of %d found no room", untold.size(), files);
        QVERIFY(!untold.empty());
        QVERIFY(untold.size() < all.size());

        const std::uint64_t lost = m_rig.lost();
        const std::size_t again = m_rig.seen().size();
        for (int i = 0; i < files; i += portion) {
            opener.go();
            opener.opens();
        }
        QCOMPARE(m_rig.lost(), lost);
        const std::vector<SeenOpen> opens = seenBelow(directory, again);
        std::set<std::string> told;
        for (const SeenOpen &open : opens) {
            told.insert(open.path);
        }
        QCOMPARE(opens.size(), untold.size());
        QCOMPARE(told, untold);
        QCOMPARE(m_rig.source().counters().duplicates, all.size() - untold.size());
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

QTEST_GUILESS_MAIN(PrefilterMemoryTest)
#include "PrefilterMemoryTest.moc"
