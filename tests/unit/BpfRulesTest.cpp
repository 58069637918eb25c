// SPDX-License-Identifier: MIT
//
// The path rules as prefixes for the kernel, looked up as its trie does, against the rules themselves.
#include "helper/source/BpfRules.h"
#include "dbus/rules/PathRules.h"

#include <QTest>
#include <random>

using namespace lunaris;

namespace
{

using Action = PathRule::Action;
using Entries = std::vector<BpfRules::Entry>;

/// What the kernel looks up: the start of the path with its end.
std::string keyOf(const std::string &path, bool isDirectory)
{
    return (path + (isDirectory ? '/' : '\0')).substr(0, LKM_RULE_BYTES);
}

const BpfRules::Entry *lookUp(const Entries &entries, const std::string &key)
{
    const BpfRules::Entry *longest = nullptr;
    for (const BpfRules::Entry &entry : entries) {
        if (key.starts_with(entry.prefix) && (!longest || entry.prefix.size() > longest->prefix.size())) {
            longest = &entry;
        }
    }
    return longest;
}

bool keeps(const Entries &entries, const std::string &path, bool isDirectory)
{
    const BpfRules::Entry *entry = lookUp(entries, keyOf(path, isDirectory));
    return !entry || entry->rule.action != LKM_RULE_EXCLUDE;
}

class Dice
{
public:
    explicit Dice(std::uint64_t seed) : m_random(seed) {}

    std::size_t below(std::size_t limit) { return m_random() % limit; }

    /// Few names, so that rules and paths meet; never two slashes in a row.
    std::string path()
    {
        static const std::vector<std::string> names = {"a", "b", "ab", "\xff", "a\n"};
        std::string path;
        for (std::size_t depth = below(5); depth > 0; --depth) {
            path += "/" + names[below(names.size())];
        }
        return path.empty() ? "/" : path;
    }

    /// Rules may be written oddly.
    std::string prefix()
    {
        std::string prefix = path();
        if (below(2) == 0 && prefix != "/") {
            prefix += "/";
        }
        if (below(10) == 0) {
            prefix.insert(below(prefix.size()), "/");
        }
        return prefix;
    }

    std::vector<PathRule> rules()
    {
        std::vector<PathRule> rules;
        for (std::size_t count = below(9); count > 0; --count) {
            rules.push_back({prefix(), below(2) == 0 ? Action::Exclude : Action::Include});
        }
        return rules;
    }

private:
    std::mt19937_64 m_random;
};

std::string inWords(const std::vector<PathRule> &rules, const std::string &path, bool isDirectory)
{
    std::string text;
    for (const PathRule &rule : rules) {
        text += (rule.action == Action::Exclude ? "-" : "+") + rule.prefix + " ";
    }
    return text + (isDirectory ? "for the directory " : "for the file ") + path;
}

} // namespace

class BpfRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheRules();
    void theHitIsThatRules();
    void longRulesAreLeftToTheHelper_data();
    void longRulesAreLeftToTheHelper();
    void longRulesKeepWhatTheyMayBeAbout();
    void everyPrefixFits();
};

void BpfRulesTest::agreesWithTheRules()
{
    constexpr std::uint64_t seed = 42;
    Dice dice(seed);
    int excluded = 0;
    int kept = 0;
    for (int round = 0; round < 20'000; ++round) {
        const std::vector<PathRule> written = dice.rules();
        const Entries entries = BpfRules::entriesFor(written);
        PathRules rules(written);
        for (int i = 0; i < 10; ++i) {
            const std::string path = dice.path();
            const bool isDirectory = path == "/" || dice.below(2) == 0;
            const bool expected = rules.keeps(path, isDirectory);
            ++(expected ? kept : excluded);
            QVERIFY2(keeps(entries, path, isDirectory) == expected,
                     inWords(written, path, isDirectory).c_str());
        }
    }
    qInfo("Seed %llu: %d kept, %d excluded", static_cast<unsigned long long>(seed), kept, excluded);
    QVERIFY(kept > 1000);
    QVERIFY(excluded > 1000);
}

/// Of two rules for one path the first counts, for the verdict and for the hit.
void BpfRulesTest::theHitIsThatRules()
{
    const Entries entries = BpfRules::entriesFor({{"/a", Action::Exclude},
                                                  {"/a/", Action::Exclude},
                                                  {"/a/", Action::Include},
                                                  {"/", Action::Exclude}});
    const auto hit = [&entries](const std::string &path, bool isDirectory) {
        const BpfRules::Entry *entry = lookUp(entries, keyOf(path, isDirectory));
        return entry && entry->rule.action == LKM_RULE_EXCLUDE ? static_cast<int>(entry->rule.number) : -1;
    };
    QCOMPARE(hit("/a", false), 0);
    QCOMPARE(hit("/a", true), 1);
    QCOMPARE(hit("/a/b", false), 1);
    QCOMPARE(hit("/ab", false), 3);
    QCOMPARE(hit("/", true), 3);
}

void BpfRulesTest::longRulesAreLeftToTheHelper_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<bool>("slash"); // at its end, counted
    QTest::addColumn<bool>("decided");
    for (const int length : {254, 255, 256, 257, 258, 1000, 4096}) {
        QTest::addRow("%d with a slash", length) << length << true << (length <= 256);
        QTest::addRow("%d without", length) << length << false << (length <= 255);
    }
}

void BpfRulesTest::longRulesAreLeftToTheHelper()
{
    QFETCH(int, length);
    QFETCH(bool, slash);
    QFETCH(bool, decided);
    std::string prefix(static_cast<std::size_t>(length), 'x');
    prefix.front() = '/';
    if (slash) {
        prefix.back() = '/';
    }
    const std::vector<PathRule> rules = {{"/", Action::Include}, {prefix, Action::Exclude}};
    const Entries entries = BpfRules::entriesFor(rules);
    const std::string below = prefix + (slash ? "y" : "/y");
    const std::string itself = slash ? prefix.substr(0, prefix.size() - 1) : prefix;
    PathRules exact(rules);
    QVERIFY(!exact.keeps(below, false));
    QVERIFY(!exact.keeps(itself, true));
    QCOMPARE(keeps(entries, below, false), !decided);
    QCOMPARE(keeps(entries, itself, true), !decided);
    QVERIFY(keeps(entries, itself + "z", false));
}

/// A rule that ends within what the kernel sees, and longer ones below it that say otherwise.
void BpfRulesTest::longRulesKeepWhatTheyMayBeAbout()
{
    constexpr std::uint64_t seed = 43;
    Dice dice(seed);
    int undecided = 0;
    int excluded = 0;
    for (int round = 0; round < 4000; ++round) {
        // Around the end of what the kernel sees, at random.
        const std::string start = "/" + std::string(240 + dice.below(16), 'x');
        std::vector<PathRule> written = {{"/", Action::Exclude}};
        for (std::size_t count = 1 + dice.below(4); count > 0; --count) {
            const std::string prefix = start + dice.prefix() + (dice.below(3) == 0 ? "aaaaaaaaaaaa" : "");
            written.push_back({prefix, dice.below(2) == 0 ? Action::Exclude : Action::Include});
        }
        const Entries entries = BpfRules::entriesFor(written);
        PathRules rules(written);
        for (int i = 0; i < 20; ++i) {
            const std::string path = start + dice.path();
            if (path.ends_with('/')) {
                continue; // no path does
            }
            const bool isDirectory = dice.below(2) == 0;
            const bool isKept = keeps(entries, path, isDirectory);
            const bool shouldBe = rules.keeps(path, isDirectory);
            excluded += isKept ? 0 : 1;
            undecided += isKept && !shouldBe ? 1 : 0;
            // More may be kept, never less.
            QVERIFY2(isKept || !shouldBe, inWords(written, path, isDirectory).c_str());
            if (isKept && !shouldBe) {
                QCOMPARE(keyOf(path, isDirectory).size(), std::size_t(LKM_RULE_BYTES));
            }
        }
    }
    qInfo("Seed %llu: %d excluded, %d left to the helper", static_cast<unsigned long long>(seed), excluded,
          undecided);
    QVERIFY(excluded > 1000);
    QVERIFY(undecided > 100);
}

void BpfRulesTest::everyPrefixFits()
{
    for (const std::size_t length : {1, 2, 255, 256, 257, 4095}) {
        const std::string prefix = "/" + std::string(length - 1, 'x');
        for (const std::string &written : {prefix, prefix + "/"}) {
            const Entries entries = BpfRules::entriesFor({{written, Action::Exclude}});
            QVERIFY(!entries.empty());
            for (const BpfRules::Entry &entry : entries) {
                QVERIFY(!entry.prefix.empty());
                QVERIFY(entry.prefix.size() <= LKM_RULE_BYTES);
            }
        }
    }
}

QTEST_GUILESS_MAIN(BpfRulesTest)
#include "BpfRulesTest.moc"
