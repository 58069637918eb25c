// SPDX-License-Identifier: MIT
#include "helper/normalizer/PathRules.h"
#include "bpf/events.h"

#include <QByteArray>
#include <QTest>

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

QTEST_GUILESS_MAIN(PathRulesTest)
#include "PathRulesTest.moc"
