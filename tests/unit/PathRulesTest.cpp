// SPDX-License-Identifier: MIT
#include "dbus/rules/PathRules.h"
#include "bpf/events.h"

#include <QByteArray>
#include <QTest>
#include <algorithm>
#include <map>
#include <random>
#include <string>

using namespace lunaris;

namespace
{

using Action = PathRule::Action;

/// "-/tmp/ +/tmp/keep": rules as a person would jot them down.
std::vector<PathRule> parse(const QByteArray &notes)
{
    std::vector<PathRule> rules;
    for (const QByteArray &note : notes.split(' ')) {
        if (!note.isEmpty()) {
            rules.push_back(
                {note.mid(1).toStdString(), note.startsWith('+') ? Action::Include : Action::Exclude});
        }
    }
    return rules;
}

/// The words of the design, as slowly as they can be written.
PathRule *naiveMatch(std::vector<PathRule> &rules, const std::string &path, bool isDirectory)
{
    PathRule *longest = nullptr;
    for (PathRule &rule : rules) {
        const std::string &prefix = rule.prefix;
        bool matches = false;
        if (prefix.ends_with('/')) {
            matches = path.starts_with(prefix) || (isDirectory && path + '/' == prefix);
        } else {
            matches = path == prefix || path.starts_with(prefix + '/');
        }
        if (matches && (!longest || prefix.size() > longest->prefix.size())) {
            longest = &rule;
        }
    }
    return longest;
}

constexpr bool directory = true;
constexpr bool file = false;

} // namespace

class PathRulesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theLongestPrefixDecides_data();
    void theLongestPrefixDecides();
    void orderOfTheRulesDoesNotMatter();
    void onlyTheRuleThatDecidesIsHit();
    void defaultsKeepWhatPeopleDo_data();
    void defaultsKeepWhatPeopleDo();
    void rulesAreListedLongestFirst();
    void badPrefixesAreNamed_data();
    void badPrefixesAreNamed();
    void badRulesAreNumbered_data();
    void badRulesAreNumbered();
    void ofTwoForOnePathTheFirstCounts();
    void hitsOfRulesThatStayAreKept();
    void explanationsNameEveryRuleThatMatches_data();
    void explanationsNameEveryRuleThatMatches();
    void explanationsAndDecisionsAgree();
    void behavesAsTheNaiveOne_data();
    void behavesAsTheNaiveOne();
    void tenThousandRules();
    void rulesInsideEachOther();
};

void PathRulesTest::theLongestPrefixDecides_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isDirectory");
    QTest::addColumn<bool>("kept");

    QTest::newRow("no rules") << QByteArray() << QByteArray("/x") << file << true;
    QTest::newRow("below") << QByteArray("-/x/") << QByteArray("/x/y") << file << false;
    QTest::newRow("far below") << QByteArray("-/x/") << QByteArray("/x/y/z/w") << file << false;
    QTest::newRow("slash: the directory itself")
        << QByteArray("-/x/") << QByteArray("/x") << directory << false;
    QTest::newRow("slash: a file of that name") << QByteArray("-/x/") << QByteArray("/x") << file << true;
    QTest::newRow("slash: written with a slash")
        << QByteArray("-/x/") << QByteArray("/x/") << directory << false;
    QTest::newRow("slash: a namesake") << QByteArray("-/x/") << QByteArray("/xy") << directory << true;
    QTest::newRow("slash: shorter") << QByteArray("-/xy/") << QByteArray("/x") << directory << true;
    QTest::newRow("bare: the file itself") << QByteArray("-/x") << QByteArray("/x") << file << false;
    QTest::newRow("bare: the directory itself")
        << QByteArray("-/x") << QByteArray("/x") << directory << false;
    QTest::newRow("bare: below") << QByteArray("-/x") << QByteArray("/x/y") << file << false;
    QTest::newRow("bare: a namesake") << QByteArray("-/x") << QByteArray("/xy") << file << true;
    QTest::newRow("bare: a namesake with a dot") << QByteArray("-/x") << QByteArray("/x.txt") << file << true;
    QTest::newRow("/usr/lib is not /usr/library")
        << QByteArray("-/usr/lib/") << QByteArray("/usr/library/a") << file << true;
    QTest::newRow("/usr/lib is not /usr/lib64")
        << QByteArray("-/usr/lib") << QByteArray("/usr/lib64/a") << file << true;
    QTest::newRow("include in exclude")
        << QByteArray("-/run/ +/run/media/") << QByteArray("/run/media/u/a") << file << true;
    QTest::newRow("include in exclude: its directory")
        << QByteArray("-/run/ +/run/media/") << QByteArray("/run/media") << directory << true;
    QTest::newRow("include in exclude: beside it")
        << QByteArray("-/run/ +/run/media/") << QByteArray("/run/mediation") << file << false;
    QTest::newRow("exclude in include in exclude") << QByteArray("-/run/ +/run/media/ -/run/media/u/trash")
                                                   << QByteArray("/run/media/u/trash/a") << file << false;
    QTest::newRow("/x/ is longer than /x") << QByteArray("-/x +/x/") << QByteArray("/x/y") << file << true;
    QTest::newRow("/x/ says nothing of a file /x")
        << QByteArray("-/x +/x/") << QByteArray("/x") << file << false;
    QTest::newRow("/ matches all") << QByteArray("-/") << QByteArray("/anything") << file << false;
    QTest::newRow("/ matches the root directory")
        << QByteArray("-/") << QByteArray("/") << directory << false;
    QTest::newRow("/ gives way") << QByteArray("-/ +/home/") << QByteArray("/home/u/a") << file << true;
    QTest::newRow("bytes, not text") << QByteArray("-/\xff/") << QByteArray("/\xff/a") << file << false;
    QTest::newRow("upper case is another path")
        << QByteArray("-/tmp/") << QByteArray("/TMP/a") << file << true;
    QTest::newRow("a prefix in the middle")
        << QByteArray("-/tmp/") << QByteArray("/home/tmp/a") << file << true;
}

void PathRulesTest::theLongestPrefixDecides()
{
    QFETCH(QByteArray, rules);
    QFETCH(QByteArray, path);
    QFETCH(bool, isDirectory);
    QFETCH(bool, kept);
    QCOMPARE(PathRules(parse(rules)).keeps(path.toStdString(), isDirectory), kept);
}

void PathRulesTest::orderOfTheRulesDoesNotMatter()
{
    for (const char *order : {"-/a/ +/a/b/ -/a/b/c", "-/a/b/c +/a/b/ -/a/", "+/a/b/ -/a/b/c -/a/"}) {
        PathRules rules(parse(order));
        QVERIFY(!rules.keeps("/a/x", file));
        QVERIFY(rules.keeps("/a/b/x", file));
        QVERIFY(!rules.keeps("/a/b/c", file));
        QVERIFY(rules.keeps("/z", file));
    }
}

void PathRulesTest::onlyTheRuleThatDecidesIsHit()
{
    PathRules rules(parse("-/a/ +/a/b/"));
    rules.keeps("/a/1", file);
    rules.keeps("/a/b/2", file);
    rules.keeps("/a/b/3", file);
    rules.keeps("/elsewhere", file);
    QCOMPARE(rules.rules().at(0).prefix, std::string("/a/b/"));
    QCOMPARE(rules.rules().at(0).hits, std::uint64_t{2});
    QCOMPARE(rules.rules().at(1).hits, std::uint64_t{1});
}

void PathRulesTest::defaultsKeepWhatPeopleDo_data()
{
    QTest::addColumn<bool>("kept");
    for (const char *path : {"/proc/1/stat", "/sys/kernel/x", "/dev/null", "/run/user/1000/bus", "/tmp/x",
                             "/usr/lib/x.so", "/usr/lib64/x.so", "/usr/share/icons/x", "/usr/bin/cat",
                             "/usr/sbin/cron", "/lib/x", "/lib64/ld.so", "/var/lib/lunaris/graph.db"}) {
        QTest::newRow(path) << false;
    }
    for (const char *path : {"/home/u/a", "/run/media/u/stick/a", "/etc/hosts", "/var/lib/dpkg/status",
                             "/usr/local/bin/x", "/usr/libexec/x", "/library", "/tmpfile", "/process",
                             "/var/lib/lunaris2/x", "/devel/x", "/opt/x", "/root/x"}) {
        QTest::newRow(path) << true;
    }
}

void PathRulesTest::defaultsKeepWhatPeopleDo()
{
    QFETCH(bool, kept);
    QCOMPARE(PathRules(PathRules::defaults()).keeps(QTest::currentDataTag(), file), kept);
}

void PathRulesTest::rulesAreListedLongestFirst()
{
    const PathRules rules(PathRules::defaults());
    QCOMPARE(rules.rules().size(), std::size_t{14});
    std::size_t last = SIZE_MAX;
    for (const PathRule &rule : rules.rules()) {
        QVERIFY(rule.prefix.size() <= last);
        QCOMPARE(rule.hits, std::uint64_t{0});
        last = rule.prefix.size();
        QVERIFY(PathRules::problemWith(rule.prefix).empty());
    }
}

void PathRulesTest::badPrefixesAreNamed_data()
{
    QTest::addColumn<QByteArray>("prefix");
    QTest::addColumn<QByteArray>("problem");
    QTest::newRow("root") << QByteArray("/") << QByteArray();
    QTest::newRow("ordinary") << QByteArray("/x y") << QByteArray();
    QTest::newRow("bytes") << QByteArray("/\xff\n") << QByteArray();
    QTest::newRow("longest") << QByteArray("/" + QByteArray(LKM_PATH_MAX - 1, 'x')) << QByteArray();
    QTest::newRow("too long") << QByteArray("/" + QByteArray(LKM_PATH_MAX, 'x')) << QByteArray("4096");
    QTest::newRow("empty") << QByteArray() << QByteArray("needs a path");
    QTest::newRow("relative") << QByteArray("x/") << QByteArray("start with /");
    QTest::newRow("home") << QByteArray("~/x") << QByteArray("start with /");
    QTest::newRow("NUL") << QByteArray("/x\0y", 4) << QByteArray("NUL");
}

void PathRulesTest::badPrefixesAreNamed()
{
    QFETCH(QByteArray, prefix);
    QFETCH(QByteArray, problem);
    const QByteArray said = QByteArray::fromStdString(PathRules::problemWith(prefix.toStdString()));
    QCOMPARE(said.isEmpty(), problem.isEmpty());
    QVERIFY2(said.contains(problem), said.constData());
}

void PathRulesTest::badRulesAreNumbered_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::addColumn<QByteArray>("problem");
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("good ones") << QByteArray("-/x -/x/ +/y") << QByteArray();
    QTest::newRow("a relative one") << QByteArray("-/x -y/")
                                    << QByteArray("rule 2: a rule's path must start");
    QTest::newRow("twice") << QByteArray("-/a -/x +/y -/x")
                           << QByteArray("rules 2 and 4 are for the same path");
    QTest::newRow("contradicting") << QByteArray("-/x/ +/x/")
                                   << QByteArray("rules 1 and 2 are for the same path");
    QTest::newRow("the first problem") << QByteArray("-/x -/x y") << QByteArray("rules 1 and 2");
}

void PathRulesTest::badRulesAreNumbered()
{
    QFETCH(QByteArray, rules);
    QFETCH(QByteArray, problem);
    const QByteArray said = QByteArray::fromStdString(PathRules::problemWith(parse(rules)));
    QCOMPARE(said.isEmpty(), problem.isEmpty());
    QVERIFY2(said.contains(problem), said.constData());
}

void PathRulesTest::ofTwoForOnePathTheFirstCounts()
{
    QVERIFY(PathRules(parse("+/x/ -/x/")).keeps("/x/y", file));
    QVERIFY(!PathRules(parse("-/x/ +/x/ -/x")).keeps("/x/y", file));
}

void PathRulesTest::hitsOfRulesThatStayAreKept()
{
    PathRules former(parse("-/stays/ -/turns/ -/goes/"));
    for (const char *path : {"/stays/1", "/stays/2", "/turns/1", "/goes/1"}) {
        QVERIFY(!former.keeps(path, file));
    }
    PathRules rules(parse("+/comes/ +/turns/ -/stays/ -/stays"));
    rules.takeHitsOf(former);
    QVERIFY(!rules.keeps("/stays/3", file));
    std::map<std::string, std::uint64_t> hits;
    for (const PathRule &rule : rules.rules()) {
        hits[rule.prefix] = rule.hits;
    }
    const std::map<std::string, std::uint64_t> expected = {
        {"/stays/", 3}, {"/stays", 0}, {"/turns/", 0}, {"/comes/", 0}};
    QCOMPARE(hits, expected);
}

void PathRulesTest::explanationsNameEveryRuleThatMatches_data()
{
    QTest::addColumn<QByteArray>("rules");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("isDirectory");
    QTest::addColumn<QByteArray>("matching");
    const auto row = [](const char *name, const char *rules, const char *path, bool isDirectory,
                        const char *matching) {
        QTest::newRow(name) << QByteArray(rules) << QByteArray(path) << isDirectory << QByteArray(matching);
    };
    row("none", "-/tmp/ +/home/", "/etc/passwd", file, "");
    row("one", "-/tmp/ +/home/", "/tmp/a", file, "-/tmp/");
    row("the longest first", "-/tmp/ +/tmp/keep -/ +/tmp/other", "/tmp/keep/a", file, "+/tmp/keep -/tmp/ -/");
    row("with and without slash", "-/x +/x/", "/x", directory, "+/x/ -/x");
    row("no directory", "-/x +/x/", "/x", file, "-/x");
    row("no neighbours", "-/x", "/xy", file, "");
}

void PathRulesTest::explanationsNameEveryRuleThatMatches()
{
    QFETCH(QByteArray, rules);
    QFETCH(QByteArray, path);
    QFETCH(bool, isDirectory);
    QFETCH(QByteArray, matching);
    QByteArrayList notes;
    for (const PathRule &rule : PathRules(parse(rules)).matching(path.toStdString(), isDirectory)) {
        notes.append((rule.action == Action::Include ? '+' : '-') + QByteArray::fromStdString(rule.prefix));
    }
    QCOMPARE(notes.join(' '), matching);
}

void PathRulesTest::explanationsAndDecisionsAgree()
{
    std::mt19937 random(5);
    const auto text = [&random] {
        std::string path = "/";
        for (unsigned int more = random() % 6; more > 0; --more) {
            path += "ab//"[random() % 4];
        }
        return path;
    };
    for (int round = 0; round < 20'000; ++round) {
        std::map<std::string, Action> chosen;
        for (unsigned int more = random() % 6; more > 0; --more) {
            chosen[text()] = random() % 2 == 0 ? Action::Include : Action::Exclude;
        }
        std::vector<PathRule> list;
        for (const auto &[prefix, action] : chosen) {
            list.push_back({prefix, action});
        }
        PathRules rules(list);
        const std::string path = text();
        const bool isDirectory = random() % 2 == 0;
        const std::vector<PathRule> matching = rules.matching(path, isDirectory);
        const bool kept = rules.keeps(path, isDirectory);
        QCOMPARE(matching.empty() || matching.front().action == Action::Include, kept);
        for (const PathRule &rule : rules.rules()) {
            const bool decided = !matching.empty() && rule.prefix == matching.front().prefix;
            QCOMPARE(rule.hits, decided ? 1U : 0U);
        }
    }
}

void PathRulesTest::behavesAsTheNaiveOne_data()
{
    QTest::addColumn<QByteArray>("alphabet");
    QTest::addColumn<int>("longest");
    QTest::newRow("few letters") << QByteArray("/ab") << 6;
    QTest::newRow("many slashes") << QByteArray("//a") << 6;
    QTest::newRow("any bytes") << QByteArray("/a\x01\n\x7f\x80\xff") << 5;
    QTest::newRow("long") << QByteArray("/a") << 24;
}

void PathRulesTest::behavesAsTheNaiveOne()
{
    QFETCH(QByteArray, alphabet);
    QFETCH(int, longest);
    std::mt19937 random(11);
    const auto word = [&](int least) {
        std::string text(static_cast<std::size_t>(least) + random() % static_cast<unsigned>(longest), '\0');
        std::generate(text.begin(), text.end(),
                      [&] { return alphabet.at(qsizetype(random() % unsigned(alphabet.size()))); });
        return text;
    };
    int decided = 0;
    int asked = 0;
    for (int round = 0; round < 400; ++round) {
        std::map<std::string, Action> chosen;
        for (std::size_t count = random() % 40; chosen.size() < count;) {
            chosen['/' + word(0)] = random() % 2 == 0 ? Action::Exclude : Action::Include;
        }
        std::vector<PathRule> naive;
        for (const auto &[prefix, action] : chosen) {
            naive.push_back({prefix, action});
        }
        std::shuffle(naive.begin(), naive.end(), random);
        PathRules rules(naive);
        for (int open = 0; open < 200; ++open) {
            // Half of them near a rule: there the edges are.
            std::string path = '/' + word(0);
            if (!naive.empty() && random() % 2 == 0) {
                path = naive[random() % naive.size()].prefix;
                path.resize(path.size() - random() % 2);
                path += random() % 2 == 0 ? word(0) : "";
            }
            const bool isDirectory = random() % 2 == 0;
            PathRule *const rule = naiveMatch(naive, path, isDirectory);
            QCOMPARE(rules.keeps(path, isDirectory), !rule || rule->action == Action::Include);
            if (rule) {
                ++rule->hits;
                ++decided;
            }
            ++asked;
        }
        std::map<std::string, std::uint64_t> expected;
        std::map<std::string, std::uint64_t> hits;
        for (const PathRule &rule : naive) {
            expected[rule.prefix] = rule.hits;
        }
        for (const PathRule &rule : rules.rules()) {
            hits[rule.prefix] = rule.hits;
        }
        QCOMPARE(hits, expected);
    }
    QVERIFY(decided > asked / 10 && decided < asked);
}

void PathRulesTest::tenThousandRules()
{
    std::mt19937 random(12);
    std::vector<PathRule> naive;
    for (int number = 0; number < 10'000; ++number) {
        const std::string user = "/home/user" + std::to_string(number % 100);
        const std::string folder = user + "/folder-" + std::to_string(number);
        naive.push_back({number % 3 == 0   ? folder
                         : number % 3 == 1 ? folder + "/"
                                           : folder + "/deep/\xff",
                         number % 5 == 0 ? Action::Include : Action::Exclude});
    }
    QCOMPARE(PathRules::problemWith(naive), std::string());
    PathRules rules(naive);
    QCOMPARE(rules.rules().size(), naive.size());
    int decided = 0;
    for (int open = 0; open < 1000; ++open) {
        const std::string path = naive[random() % naive.size()].prefix + (random() % 2 == 0 ? "" : "/x");
        const bool isDirectory = random() % 2 == 0;
        const PathRule *rule = naiveMatch(naive, path, isDirectory);
        QCOMPARE(rules.keeps(path, isDirectory), !rule || rule->action == Action::Include);
        decided += rule ? 1 : 0;
    }
    QVERIFY(decided > 900);
    QVERIFY(rules.keeps("/home/user1/folder-x", file));

    const auto problem = [](std::vector<PathRule> with) {
        with.push_back(with.at(41));
        return PathRules::problemWith(with);
    };
    QCOMPARE(problem(naive), std::string("the rules 42 and 10001 are for the same path"));
}

void PathRulesTest::rulesInsideEachOther()
{
    // As deep as a path can be: neither building nor asking may need a stack for that.
    std::vector<PathRule> nested;
    std::string path;
    for (std::size_t depth = 0; depth < LKM_PATH_MAX / 2; ++depth) {
        path += "/a";
        nested.push_back({path, depth % 2 == 0 ? Action::Exclude : Action::Include});
    }
    PathRules rules(nested);
    QVERIFY(rules.keeps(path, file));
    QVERIFY(!rules.keeps(path.substr(0, path.size() - 2), file));
    QVERIFY(rules.keeps(path + "/b", file));
    QCOMPARE(rules.rules().front().hits, std::uint64_t{2});
}

QTEST_GUILESS_MAIN(PathRulesTest)
#include "PathRulesTest.moc"
