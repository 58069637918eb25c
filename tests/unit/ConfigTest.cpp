// SPDX-License-Identifier: MIT
#include "helper/Config.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

const PathRule *ruleFor(const Config &config, const std::string &prefix)
{
    const auto found = std::find_if(config.rules.begin(), config.rules.end(),
                                    [&prefix](const PathRule &rule) { return rule.prefix == prefix; });
    return found == config.rules.end() ? nullptr : &*found;
}

} // namespace

class ConfigTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void anEmptyFileChangesNothing_data();
    void anEmptyFileChangesNothing();
    void everyKeyIsRead();
    void privilegedEvents_data();
    void privilegedEvents();
    void captureMethods_data();
    void captureMethods();
    void logLevels_data();
    void logLevels();
    void boundariesAreInside();
    void rulesAreAddedToTheDefaults();
    void aRuleReplacesTheDefaultForItsPath();
    void typesOfTheBus();
    void rulesWithoutTheDefaults();
    void problemsNameFileAndLine_data();
    void problemsNameFileAndLine();
    void theFirstProblemIsTold();
    void filesThatCannotBeRead_data();
    void filesThatCannotBeRead();
    void aFileNameIsNoFormat();

private:
    std::optional<QString> read(const QByteArray &toml, Config &config,
                                const QString &name = QStringLiteral("k.toml"));

    QTemporaryDir m_directory;
    QString m_file;
};

void ConfigTest::init()
{
    QVERIFY(m_directory.isValid());
}

std::optional<QString> ConfigTest::read(const QByteArray &toml, Config &config, const QString &name)
{
    m_file = m_directory.filePath(name);
    QFile file(m_file);
    if (!file.open(QIODevice::WriteOnly) || file.write(toml) != toml.size()) {
        return QStringLiteral("the test cannot write its file");
    }
    file.close();
    return readConfigFile(m_file, config);
}

void ConfigTest::anEmptyFileChangesNothing_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("a comment") << QByteArray("# nothing\n\n");
    QTest::newRow("a byte order mark") << QByteArray("\xef\xbb\xbf# nothing\n");
    QTest::newRow("empty tables") << QByteArray("[dbus]\n[bus]\n[deduplication]\n[files]\n");
    QTest::newRow("Windows line ends") << QByteArray("[dbus]\r\n[bus]\r\n");
}

void ConfigTest::anEmptyFileChangesNothing()
{
    QFETCH(QByteArray, toml);
    Config config;
    const auto problem = read(toml, config);
    QVERIFY2(!problem, qPrintable(problem.value_or(QString())));
    QCOMPARE(config.logLevel, QtInfoMsg);
    QVERIFY(config.dbusEnabled && config.busEnabled);
    QCOMPARE(config.dbusAddress, QStringLiteral("system"));
    QCOMPARE(config.producerSocket, QStringLiteral("/run/lunaris/event-bus-producer.sock"));
    QVERIFY(!config.busOwner);
    QVERIFY(config.sessionId.isEmpty());
    QVERIFY(config.busSelection.privileged == PrivilegedEvents::Public);
    QVERIFY(config.busSelection.directories);
    QCOMPARE(config.queueBytes, std::size_t{64} * 1024 * 1024);
    QVERIFY(config.spoolEnabled);
    QCOMPARE(config.spoolBytes, std::uint64_t{256} * 1024 * 1024);
    QCOMPARE(config.stateDirectory, QStringLiteral("/var/lib/lunaris/kernel-monitor"));
    QCOMPARE(config.rules.size(), PathRules::defaults().size());
    QVERIFY(config.capture.method == CaptureOptions::Method::Automatic);
    QVERIFY(!config.capture.compat);
    QCOMPARE(config.capture.ringBytes, 8U * 1024 * 1024);
    QVERIFY(config.deduplicationWindow == 100ms);
    QCOMPARE(config.deduplicationEntries, 10'000U);
}

void ConfigTest::everyKeyIsRead()
{
    Config config;
    const auto problem = read(R"(
log_level = "debug"
state_directory = "/x/state"

[dbus]
enabled = false
address = "unix:path=/x"

[bus]
enabled = false
producer_socket = "/x/p.sock"
session_id = "s-1"
owner = "root"
privileged_events = "none"
directories = false
queue_mib = 3
spool = false
spool_mib = 5

[capture]
method = "tracepoint"
ring_mib = 16

[deduplication]
milliseconds = 7
entries = 9

[files]
defaults = false
exclude = ["/a/", "/b"]
include = ["/a/c/"]
)",
                              config);
    QVERIFY2(!problem, qPrintable(problem.value_or(QString())));
    QCOMPARE(config.logLevel, QtDebugMsg);
    QVERIFY(!config.dbusEnabled && !config.busEnabled);
    QCOMPARE(config.dbusAddress, QStringLiteral("unix:path=/x"));
    QCOMPARE(config.producerSocket, QStringLiteral("/x/p.sock"));
    QCOMPARE(config.sessionId, QStringLiteral("s-1"));
    QVERIFY(config.busOwner && *config.busOwner == 0);
    QVERIFY(config.busSelection.privileged == PrivilegedEvents::None);
    QVERIFY(!config.busSelection.directories);
    QCOMPARE(config.queueBytes, std::size_t{3} * 1024 * 1024);
    QVERIFY(!config.spoolEnabled);
    QCOMPARE(config.spoolBytes, std::uint64_t{5} * 1024 * 1024);
    QCOMPARE(config.stateDirectory, QStringLiteral("/x/state"));
    QVERIFY(config.capture.method == CaptureOptions::Method::Tracepoint);
    QCOMPARE(config.capture.ringBytes, 16U * 1024 * 1024);
    QVERIFY(config.deduplicationWindow == 7ms);
    QCOMPARE(config.deduplicationEntries, 9U);
    QCOMPARE(config.rules.size(), std::size_t{3});
    QVERIFY(ruleFor(config, "/a/")->action == PathRule::Action::Exclude);
    QVERIFY(ruleFor(config, "/b")->action == PathRule::Action::Exclude);
    QVERIFY(ruleFor(config, "/a/c/")->action == PathRule::Action::Include);
}

void ConfigTest::privilegedEvents_data()
{
    QTest::addColumn<int>("meaning");
    QTest::newRow("public") << int(PrivilegedEvents::Public);
    QTest::newRow("all") << int(PrivilegedEvents::All);
    QTest::newRow("none") << int(PrivilegedEvents::None);
}

void ConfigTest::privilegedEvents()
{
    QFETCH(int, meaning);
    Config config;
    QVERIFY(!read("[bus]\nprivileged_events = \"" + QByteArray(QTest::currentDataTag()) + "\"\n", config));
    QCOMPARE(int(config.busSelection.privileged), meaning);
}

void ConfigTest::captureMethods_data()
{
    QTest::addColumn<int>("meaning");
    QTest::newRow("automatic") << int(CaptureOptions::Method::Automatic);
    QTest::newRow("tracepoint") << int(CaptureOptions::Method::Tracepoint);
    QTest::newRow("trampoline") << int(CaptureOptions::Method::Trampoline);
}

void ConfigTest::captureMethods()
{
    QFETCH(int, meaning);
    Config config;
    const QByteArray method = "[capture]\nmethod = \"" + QByteArray(QTest::currentDataTag()) + "\"\n";
    QVERIFY(!read(method + "compat = false\n", config));
    QCOMPARE(int(config.capture.method), meaning);
    QVERIFY(!config.capture.compat);
#ifdef __x86_64__
    QVERIFY(!read(method + "compat = true\n", config));
    QVERIFY(config.capture.compat);
#else
    const auto problem = read(method + "compat = true\n", config);
    QVERIFY(problem && problem->contains(QStringLiteral("x86_64")));
#endif
}

void ConfigTest::logLevels_data()
{
    QTest::addColumn<int>("level");
    QTest::newRow("debug") << int(QtDebugMsg);
    QTest::newRow("info") << int(QtInfoMsg);
    QTest::newRow("warning") << int(QtWarningMsg);
    QTest::newRow("error") << int(QtCriticalMsg);
}

void ConfigTest::logLevels()
{
    QFETCH(int, level);
    Config config;
    QVERIFY(!read("log_level = \"" + QByteArray(QTest::currentDataTag()) + "\"\n", config));
    QCOMPARE(int(config.logLevel), level);
}

void ConfigTest::boundariesAreInside()
{
    Config config;
    QVERIFY(!read("[bus]\nqueue_mib = 1\n[deduplication]\nmilliseconds = 0\nentries = 1\n", config));
    QVERIFY(config.deduplicationWindow == 0ms);
    QVERIFY(!read("[bus]\nqueue_mib = 65536\n[deduplication]\nmilliseconds = 3600000\nentries = 10000000\n",
                  config));
    QCOMPARE(config.queueBytes, std::size_t{65'536} * 1024 * 1024);
    for (const int mebibytes : {1, 1024}) {
        QVERIFY(!read("[capture]\nring_mib = " + QByteArray::number(mebibytes) + "\n", config));
        QCOMPARE(config.capture.ringBytes, std::uint32_t(mebibytes) * 1024 * 1024);
    }
    // The longest path that fits a socket address, and one more.
    const QByteArray longest = "/" + QByteArray(106, 's');
    QVERIFY(!read("[bus]\nproducer_socket = \"" + longest + "\"\n", config));
    QVERIFY(read("[bus]\nproducer_socket = \"" + longest + "s\"\n", config));
    QVERIFY(!read("[bus]\nsession_id = \"" + QByteArray(128, 'i') + "\"\n", config));
}

void ConfigTest::rulesAreAddedToTheDefaults()
{
    Config config;
    QVERIFY(!read("[files]\nexclude = [\"/var/cache/\"]\ninclude = [\"/tmp/keep\"]\n", config));
    QCOMPARE(config.rules.size(), PathRules::defaults().size() + 2);
    PathRules rules(config.rules);
    QVERIFY(!rules.keeps("/var/cache/x", false));
    QVERIFY(rules.keeps("/tmp/keep/x", false));
    QVERIFY(!rules.keeps("/tmp/x", false));
}

void ConfigTest::aRuleReplacesTheDefaultForItsPath()
{
    Config config;
    QVERIFY(!read("[files]\ninclude = [\"/tmp/\"]\n", config));
    QCOMPARE(config.rules.size(), PathRules::defaults().size());
    PathRules rules(config.rules);
    QVERIFY(rules.keeps("/tmp/x", false));
    QVERIFY(!rules.keeps("/proc/x", false));
}

void ConfigTest::typesOfTheBus()
{
    Config config;
    QVERIFY(config.busSelection.types == EventTypes::usual());
    QVERIFY(
        !read("[bus]\ntypes = [\"file.opened\", \"network.accept\"]\n[network]\nloopback = true\n", config));
    QVERIFY(config.busSelection.types ==
            EventTypes().with(EventType::FileOpened).with(EventType::NetworkAccept));
    QVERIFY(config.reportsLoopback);
    for (const char *wrong : {"\"file.eaten\"", "\"file.open_failed\"", "7"}) {
        Config other;
        QVERIFY(read(QByteArray("[bus]\ntypes = [") + wrong + "]\n", other));
    }
}

void ConfigTest::rulesWithoutTheDefaults()
{
    // The order of the keys in the file must not matter.
    Config config;
    QVERIFY(!read("[files]\nexclude = [\"/x\"]\ndefaults = false\n", config));
    QCOMPARE(config.rules.size(), std::size_t{1});
    Config empty;
    QVERIFY(!read("[files]\ndefaults = false\nexclude = []\n", empty));
    QVERIFY(empty.rules.empty());
}

void ConfigTest::problemsNameFileAndLine_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<int>("line");
    QTest::addColumn<QByteArray>("about");
    const auto row = [](const char *name, const QByteArray &toml, int line, const QByteArray &about) {
        QTest::newRow(name) << toml << line << about;
    };
    row("no TOML at all", "what is this\n", 1, "");
    row("an open string", "\n\nlog_level = \"deb\n", 3, "");
    row("an open table", "log_level = \"info\"\n[bus\n", 2, "");
    row("a key twice", "log_level = \"info\"\nlog_level = \"info\"\n", 2, "");
    row("bytes that are no UTF-8", "log_level = \"\xff\"\n", 1, "");
    row("an unknown key", "\nloglevel = \"info\"\n", 2, "loglevel");
    row("an unknown table", "[bus]\n\n[buss]\n", 3, "buss");
    row("an unknown key in a table", "[bus]\nenabled = true\nsocket = \"/x\"\n", 3, "socket");
    row("a table inside a table", "[bus.inner]\nx = 1\n", 1, "inner");
    row("a key for a table", "bus = 1\n", 1, "must be a table");
    row("a list of tables", "[[bus]]\nenabled = true\n", 1, "must be a table");
    row("a table for a key", "[log_level]\n", 1, "log_level");
    row("a number for a string", "log_level = 1\n", 1, "a string");
    row("a string for a flag", "[dbus]\nenabled = \"yes\"\n", 2, "true or false");
    row("a number for a flag", "[bus]\nenabled = 1\n", 2, "true or false");
    row("a fraction for a number", "[bus]\nqueue_mib = 1.0\n", 2, "a number");
    row("a string for a number", "[deduplication]\nentries = \"1\"\n", 2, "a number");
    row("a wrong level", "log_level = \"loud\"\n", 1, "loud");
    row("a level in capitals", "log_level = \"INFO\"\n", 1, "INFO");
    row("a wrong source", "\nsource = \"replay\"\n", 2, "replay:FILE");
    row("a wrong bus", "[dbus]\naddress = \"sistem\"\n", 2, "sistem");
    row("a relative socket", "[bus]\nproducer_socket = \"bus.sock\"\n", 2, "bus.sock");
    row("an empty socket", "[bus]\nproducer_socket = \"\"\n", 2, "absolute");
    row("an empty session", "[bus]\nsession_id = \"\"\n", 2, "session");
    row("a long session", "[bus]\nsession_id = \"" + QByteArray(129, 'i') + "\"\n", 2, "128");
    row("a user that is none", "[bus]\nowner = \"no-such-user-here\"\n", 2, "no-such-user-here");
    row("a wrong setting", "[bus]\nprivileged_events = \"some\"\n", 2, "privileged_events");
    row("queue too small", "[bus]\nqueue_mib = 0\n", 2, "from 1 to 65536");
    row("queue too large", "[bus]\nqueue_mib = 65537\n", 2, "from 1 to 65536");
    row("queue negative", "[bus]\nqueue_mib = -1\n", 2, "from 1 to 65536");
    row("spool too small", "[bus]\nspool_mib = 0\n", 2, "from 1 to 65536");
    row("spool too large", "[bus]\nspool_mib = 65537\n", 2, "from 1 to 65536");
    row("a number for the spool", "[bus]\nspool = 256\n", 2, "true or false");
    row("a string for directories", "[bus]\ndirectories = \"no\"\n", 2, "true or false");
    row("a relative state directory", "\nstate_directory = \"state\"\n", 2, "state directory");
    row("a session of two lines", "[bus]\nsession_id = \"a\\nb\"\n", 2, "control characters");
    row("a wrong method", "[capture]\nmethod = \"kprobe\"\n", 2, "kprobe");
    row("a method in capitals", "[capture]\nmethod = \"Tracepoint\"\n", 2, "Tracepoint");
    row("a flag for a method", "[capture]\nmethod = true\n", 2, "a string");
    row("a string for compat", "[capture]\ncompat = \"yes\"\n", 2, "true or false");
    row("ring 0", "[capture]\nring_mib = 0\n", 2, "power of two");
    row("ring negative", "[capture]\nring_mib = -8\n", 2, "power of two");
    row("ring no power of two", "[capture]\nring_mib = 6\n", 2, "power of two");
    row("ring too large", "[capture]\nring_mib = 2048\n", 2, "1024");
    row("ring beyond 32 bits", "[capture]\nring_mib = 4294967296\n", 2, "1024");
    row("an unknown key of capture", "[capture]\n\nring = 8\n", 3, "ring");
    row("window negative", "[deduplication]\nmilliseconds = -1\n", 2, "from 0 to 3600000");
    row("window too large", "[deduplication]\nmilliseconds = 3600001\n", 2, "from 0 to 3600000");
    row("entries 0", "[deduplication]\nentries = 0\n", 2, "from 1 to");
    row("entries too many", "[deduplication]\nentries = 10000001\n", 2, "10000000");
    row("a number beyond 64 bits", "[bus]\nqueue_mib = 99999999999999999999\n", 2, "");
    row("rules that are no list", "[files]\nexclude = \"/x\"\n", 2, "a list of strings");
    row("a list with a number", "[files]\nexclude = [\"/x\", 1]\n", 2, "a list of strings");
    row("a list of numbers", "[files]\nexclude = [1]\n", 2, "a list of strings");
    row("a relative rule", "[files]\nexclude = [\n  \"/ok\",\n  \"home\"\n]\n", 4, "start with /");
    row("an empty rule", "[files]\ninclude = [\"\"]\n", 2, "needs a path");
    row("a rule with a NUL", "[files]\nexclude = [\"/a\\u0000b\"]\n", 2, "NUL");
    row("a rule twice", "[files]\nexclude = [\"/x\", \"/x\"]\n", 2, "/x");
    row("a rule both ways", "[files]\nexclude = [\"/x\"]\ninclude = [\"/x\"]\n", 3, "/x");
    row("Windows line ends", "[bus]\r\nenabled = true\r\nsocket = 1\r\n", 3, "socket");
}

void ConfigTest::problemsNameFileAndLine()
{
    QFETCH(QByteArray, toml);
    QFETCH(int, line);
    QFETCH(QByteArray, about);
    Config config;
    const auto problem = read(toml, config);
    QVERIFY(problem);
    QVERIFY2(problem->startsWith(QStringLiteral("%1, line %2: ").arg(m_file).arg(line)),
             qPrintable(*problem));
    QVERIFY2(problem->contains(QString::fromUtf8(about)), qPrintable(*problem));
    QVERIFY2(problem->endsWith(u'.') && !problem->contains(u'\n'), qPrintable(*problem));
}

void ConfigTest::theFirstProblemIsTold()
{
    Config config;
    const auto problem =
        read("log_level = \"x\"\n[bus]\nqueue_mib = 0\n[files]\nexclude = [\"a\", \"b\"]\n", config);
    QVERIFY(problem && problem->contains(QStringLiteral("line 1:")));
    const auto second = read("[files]\nexclude = [\n\"first\",\n\"second\"]\n", config);
    QVERIFY(second && second->contains(QStringLiteral("line 3:")));
}

void ConfigTest::filesThatCannotBeRead_data()
{
    QTest::addColumn<QString>("file");
    QTest::newRow("none") << m_directory.filePath(QStringLiteral("none.toml"));
    QTest::newRow("a directory") << m_directory.path();
    QTest::newRow("no name") << QString();
}

void ConfigTest::filesThatCannotBeRead()
{
    QFETCH(QString, file);
    Config config;
    const auto problem = readConfigFile(file, config);
    QVERIFY(problem && problem->contains(file) && problem->contains(QStringLiteral("cannot be read")));
}

void ConfigTest::aFileNameIsNoFormat()
{
    Config config;
    const auto problem = read("x = 1\n", config, QStringLiteral("50%2 off%3.toml"));
    QVERIFY(problem);
    QVERIFY2(problem->startsWith(m_file + QStringLiteral(", line 1: ")), qPrintable(*problem));
    QVERIFY2(problem->contains(QStringLiteral("\"x\"")), qPrintable(*problem));
    const auto broken = read("x = \n", config, QStringLiteral("50%2 off%3.toml"));
    QVERIFY(broken && broken->startsWith(m_file + QStringLiteral(", line 1: ")));
}

QTEST_GUILESS_MAIN(ConfigTest)
#include "ConfigTest.moc"
