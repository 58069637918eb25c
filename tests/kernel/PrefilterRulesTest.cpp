// SPDX-License-Identifier: MIT
//
// Path rules in the kernel: exchanged while files are opened, very many, refused.
#include "tests/kernel/CaptureRig.h"
#include "tests/kernel/Opener.h"

#include <QElapsedTimer>
#include <QTest>
#include <array>
#include <atomic>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <map>
#include <memory>
#include <numeric>
#include <set>
#include <stdexcept>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

constexpr auto exclude = PathRule::Action::Exclude;
constexpr auto include = PathRule::Action::Include;

constexpr std::chrono::nanoseconds forever = 1h;

/// What a child that opens one file after the other shares with the test.
struct Diary {
    struct Entry {
        std::uint64_t before;
        std::uint64_t after;
    };
    static constexpr std::size_t most = 400'000;

    std::atomic<bool> isOver;
    std::atomic<std::size_t> size;
    std::array<Entry, most> entries;
};

struct Unmap {
    void operator()(Diary *diary) const { munmap(diary, sizeof(Diary)); }
};

std::unique_ptr<Diary, Unmap> makeDiary()
{
    void *memory = mmap(nullptr, sizeof(Diary), PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    must(memory == MAP_FAILED ? -1 : 0, "shared memory");
    return std::unique_ptr<Diary, Unmap>(static_cast<Diary *>(memory)); // zeros are what it begins with
}

/// From when setFilter() had returned until it was called again.
struct Period {
    std::uint64_t from;
    std::uint64_t to;
    bool excludes;
};

/// As many more descriptors as the process may have; all others are in use.
class FewDescriptors
{
public:
    explicit FewDescriptors(rlim_t more)
    {
        must(getrlimit(RLIMIT_NOFILE, &m_before), "getrlimit");
        const int lowest = dup(STDERR_FILENO);
        must(lowest, "dup");
        close(lowest);
        const rlimit few{static_cast<rlim_t>(lowest) + more, m_before.rlim_max};
        must(setrlimit(RLIMIT_NOFILE, &few), "setrlimit");
    }
    ~FewDescriptors() { setrlimit(RLIMIT_NOFILE, &m_before); }
    Q_DISABLE_COPY_MOVE(FewDescriptors)

private:
    rlimit m_before{};
};

} // namespace

class PrefilterRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void exchangedWhileFilesAreOpened();
    void hitsStayWithTheirRule();
    void tenThousandRules();
    void aFailureLeavesTheOldOnes_data();
    void aFailureLeavesTheOldOnes();

private:
    std::vector<PathRule> rules(const std::vector<PathRule> &more = {}) const;
    void setFilter(const std::vector<PathRule> &rules, std::chrono::nanoseconds window = 0ns);
    void act(const std::function<void()> &act);
    std::vector<std::string> seenBelow(const std::string &directory, std::size_t from) const;

    CaptureRig m_rig{EventTypes().with(EventType::FileOpened)};
};

void PrefilterRulesTest::initTestCase()
{
    LUNARIS_START_OR_SKIP(m_rig);
}

void PrefilterRulesTest::cleanupTestCase()
{
    QCOMPARE(m_rig.malformed(), std::size_t(0));
}

/// The first two: what others open on this machine is left out.
std::vector<PathRule> PrefilterRulesTest::rules(const std::vector<PathRule> &more) const
{
    std::vector<PathRule> all = {{"/", exclude}, {m_rig.directory() + "/", include}};
    all.insert(all.end(), more.begin(), more.end());
    return all;
}

void PrefilterRulesTest::setFilter(const std::vector<PathRule> &rules, std::chrono::nanoseconds window)
{
    if (const auto failure = m_rig.source().setFilter(rules, window)) {
        throw std::runtime_error(failure->sentence.toStdString());
    }
}

/// In a child; returns when all that the kernel told of it has arrived.
void PrefilterRulesTest::act(const std::function<void()> &act)
{
    Opener opener(m_rig, [&act] {
        act();
        return 0;
    });
    opener.go();
    opener.opens();
}

/// The names of what was opened in a directory, in that order.
std::vector<std::string> PrefilterRulesTest::seenBelow(const std::string &directory, std::size_t from) const
{
    std::vector<std::string> names;
    for (std::size_t i = from; i < m_rig.seen().size(); ++i) {
        const std::string &path = m_rig.seen()[i].path;
        if (path.starts_with(directory + "/")) {
            names.push_back(path.substr(directory.size() + 1));
        }
    }
    return names;
}

void PrefilterRulesTest::exchangedWhileFilesAreOpened()
{
    constexpr std::size_t processes = 2;
    const int exchanges = isEmulated() ? 10 : 60;
    try {
        const std::string directory = m_rig.freshDirectory();
        for (const char *name : {"/a", "/b"}) {
            must(mkdir((directory + name).c_str(), 0755), name);
        }
        const PathRule a{directory + "/a", exclude};
        const PathRule b{directory + "/b/", exclude};
        const std::vector<PathRule> without = rules({a, b});
        std::vector<PathRule> with = rules({b, a});
        with.insert(with.begin(), {directory + "/a/", include}); // the others get other numbers
        setFilter(without, forever);

        // In "a" what counts is when, in "b" how often.
        std::array<std::unique_ptr<Diary, Unmap>, processes> diaries;
        std::vector<std::unique_ptr<Opener>> openers;
        for (std::size_t i = 0; i < processes; ++i) {
            diaries[i] = makeDiary();
            openers.push_back(std::make_unique<Opener>(m_rig, [&diary = *diaries[i], directory, i] {
                std::size_t n = 0;
                for (; !diary.isOver && n < Diary::most; ++n) {
                    const std::string name = "/" + std::to_string(i) + "." + std::to_string(n);
                    diary.entries[n].before = bootTime();
                    openOnce(directory + "/a" + name, O_RDWR | O_CREAT);
                    diary.entries[n].after = bootTime();
                    openOnce(directory + "/b" + name, O_RDWR | O_CREAT);
                }
                diary.size = n;
                return 0;
            }));
        }
        const std::size_t from = m_rig.seen().size();
        const std::uint64_t lost = m_rig.lost();
        std::vector<Period> periods{{bootTime(), 0, true}};
        for (const auto &opener : openers) {
            opener->tell();
        }
        for (int exchange = 0; exchange < exchanges; ++exchange) {
            QTest::qWait(2); // what is in the ring makes room
            periods.back().to = bootTime();
            const bool excludes = !periods.back().excludes;
            setFilter(excludes ? without : with, forever);
            periods.push_back({bootTime(), 0, excludes});
        }
        QTest::qWait(2);
        periods.back().to = bootTime();
        for (const auto &diary : diaries) {
            diary->isOver = true;
        }
        for (const auto &opener : openers) {
            opener->report();
        }
        for (const auto &opener : openers) {
            opener->opens();
        }

        std::set<std::string> seen;
        for (const std::string &name : seenBelow(directory + "/a", from)) {
            seen.insert(name);
        }
        std::uint64_t made = 0;
        std::uint64_t excluded = 0;
        std::uint64_t included = 0;
        for (std::size_t i = 0; i < processes; ++i) {
            made += diaries[i]->size;
            for (std::size_t n = 0; n < diaries[i]->size; ++n) {
                const Diary::Entry &entry = diaries[i]->entries[n];
                const std::string name = std::to_string(i) + "." + std::to_string(n);
                for (const Period &period : periods) {
                    if (entry.before >= period.from && entry.after <= period.to) {
                        ++(period.excludes ? excluded : included);
                        QVERIFY2(seen.contains(name) != period.excludes, name.c_str());
                    }
                }
            }
        }
        const std::vector<std::uint64_t> hits = m_rig.source().ruleHits();
        const bool isWith = !periods.back().excludes;
        qInfo("%llu opens, %llu of them within a time of exclusion, %llu of inclusion; %zu seen",
              static_cast<unsigned long long>(made), static_cast<unsigned long long>(excluded),
              static_cast<unsigned long long>(included), seen.size());
        QVERIFY(excluded > 0);
        QVERIFY(included > 0);
        QCOMPARE(m_rig.lost(), lost);
        QVERIFY(seenBelow(directory + "/b", from).empty());
        // Of rules that were there all the time no hit is missing.
        QCOMPARE(hits[3], made); // b
        QCOMPARE(hits[isWith ? 4 : 2], made - seen.size());
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

void PrefilterRulesTest::hitsStayWithTheirRule()
{
    try {
        const std::string directory = m_rig.freshDirectory();
        for (const char *name : {"/a", "/b", "/c"}) {
            must(mkdir((directory + name).c_str(), 0755), name);
            makeFile(directory + name + "/f");
        }
        const PathRule a{directory + "/a/", exclude};
        const PathRule b{directory + "/b", exclude};
        const PathRule c{directory + "/c/f", exclude};
        const PathRule otherwise{directory + "/b", include};
        const auto hitsAfter = [&](const std::vector<PathRule> &more) {
            setFilter(rules(more));
            act([&directory] {
                openOnce(directory + "/a/f");
                openOnce(directory + "/a", O_RDONLY | O_DIRECTORY);
                openOnce(directory + "/b/f");
                openOnce(directory + "/c/f");
            });
            std::vector<std::uint64_t> hits = m_rig.source().ruleHits();
            hits.erase(hits.begin(), hits.begin() + 2);
            return hits;
        };
        using Hits = std::vector<std::uint64_t>;
        QCOMPARE(hitsAfter({a, b, c}), (Hits{2, 1, 1}));
        QCOMPARE(hitsAfter({c, a}), (Hits{2, 4}));
        QCOMPARE(hitsAfter({b, a, c}), (Hits{1, 6, 3})); // b is new
        QCOMPARE(hitsAfter({otherwise, a, c}), (Hits{0, 8, 4}));
        QCOMPARE(hitsAfter({}), Hits{});
        QCOMPARE(hitsAfter({a, b, c}), (Hits{2, 1, 1}));
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

void PrefilterRulesTest::tenThousandRules()
{
    constexpr int count = 10'000;
    constexpr int probes = 100;
    try {
        const std::string directory = m_rig.freshDirectory();
        std::vector<PathRule> many{{directory + "/", exclude}};
        for (int i = 0; i < count; ++i) {
            // Some with a slash, some without.
            many.push_back({directory + "/" + std::to_string(i) + (i % 3 == 0 ? "/" : ""),
                            i % 2 == 0 ? exclude : include});
        }
        QElapsedTimer time;
        time.start();
        setFilter(rules(many));
        qInfo("%d rules took %lld ms", count, time.elapsed());

        std::vector<std::string> expected;
        std::map<int, std::uint64_t> opened;
        for (int probe = 0; probe < probes; ++probe) {
            const int i = probe * (count / probes) + probe % 7;
            ++opened[i];
            const std::string name = std::to_string(i);
            must(mkdir((directory + "/" + name).c_str(), 0755), name);
            makeFile(directory + "/" + name + "/f");
            if (i % 2 != 0) {
                expected.push_back(name + "/f");
            }
        }
        const std::size_t from = m_rig.seen().size();
        const std::vector<std::uint64_t> before = m_rig.source().ruleHits();
        act([&] {
            for (const auto &[i, times] : opened) {
                openOnce(directory + "/" + std::to_string(i) + "/f");
            }
        });
        QCOMPARE(seenBelow(directory, from), expected);
        const std::vector<std::uint64_t> hits = m_rig.source().ruleHits();
        QCOMPARE(hits.size(), std::size_t(count + 3));
        for (int i = 0; i < count; ++i) {
            const auto rule = static_cast<std::size_t>(i) + 3;
            QCOMPARE(hits[rule] - before[rule], opened.contains(i) && i % 2 == 0 ? 1U : 0U);
        }
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

void PrefilterRulesTest::aFailureLeavesTheOldOnes_data()
{
    QTest::addColumn<int>("descriptors");
    QTest::newRow("no room for the trie") << 0;
    QTest::newRow("no room for the hits") << 1;
}

void PrefilterRulesTest::aFailureLeavesTheOldOnes()
{
    QFETCH(int, descriptors);
    try {
        const std::string directory = m_rig.freshDirectory();
        for (const char *name : {"/a", "/b"}) {
            must(mkdir((directory + name).c_str(), 0755), name);
            makeFile(directory + name + "/f");
        }
        const auto openBoth = [&directory] {
            openOnce(directory + "/a/f");
            openOnce(directory + "/b/f");
            openOnce(directory + "/b/f");
        };
        const auto seenOf = [&] {
            const std::size_t from = m_rig.seen().size();
            act(openBoth);
            return seenBelow(directory, from);
        };
        using Names = std::vector<std::string>;
        const PathRule a{directory + "/a/", exclude};
        const PathRule b{directory + "/b/", exclude};
        setFilter(rules({a}), forever);
        QCOMPARE(seenOf(), Names{"b/f"});
        {
            const FewDescriptors few(static_cast<rlim_t>(descriptors));
            const auto failure = m_rig.source().setFilter(rules({b}), 0ns);
            QVERIFY(failure);
            QVERIFY2(failure->sentence.contains(QLatin1String("files")), qPrintable(failure->sentence));
        }
        QCOMPARE(seenOf(), Names{"b/f"}); // nor has the window changed
        QCOMPARE(m_rig.source().ruleHits().size(), std::size_t(3));
        QCOMPARE(m_rig.source().ruleHits().back(), std::uint64_t(2));
        setFilter(rules({b}), 0ns);
        QCOMPARE(seenOf(), Names{"a/f"});
    } catch (const std::exception &error) {
        QFAIL(error.what());
    }
}

QTEST_GUILESS_MAIN(PrefilterRulesTest)
#include "PrefilterRulesTest.moc"
