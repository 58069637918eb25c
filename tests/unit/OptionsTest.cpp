// SPDX-License-Identifier: MIT
#include "helper/Options.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace lunaris;

class OptionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();

    void withoutOptionsTheDefaultsHold();
    void everyOptionIsRead();
    void farewells_data();
    void farewells();
    void badOptions_data();
    void badOptions();
    void theEnvironmentBeatsTheFile();
    void theCommandLineBeatsTheEnvironment();
    void anEmptyEnvironmentSaysNothing();
    void badEnvironment_data();
    void badEnvironment();
    void aBrokenFileIsUsage();
    void aMissingFileIsUsage();
    void theLastOfTwoWins();
    void captureBeatsTheFile();
    void sources_data();
    void sources();

private:
    /// With an empty config file, so that the machine's own one is not read.
    std::variant<Options, Farewell> parse(const QStringList &options,
                                          const QProcessEnvironment &environment = {},
                                          const QByteArray &toml = {});

    QTemporaryDir m_directory;
};

namespace
{

const QStringList none;

QProcessEnvironment environmentOf(const QString &name, const QString &value)
{
    QProcessEnvironment environment;
    environment.insert(name, value);
    return environment;
}

const QString socketVariable = QStringLiteral("LUNARIS_PRODUCER_SOCKET");
const QString sessionVariable = QStringLiteral("LUNARIS_SESSION_ID");
const QString stateVariable = QStringLiteral("STATE_DIRECTORY");

QStringList words(const char *options)
{
    return QString::fromLatin1(options).split(u' ', Qt::SkipEmptyParts);
}

} // namespace

void OptionsTest::initTestCase()
{
    QVERIFY(m_directory.isValid());
}

std::variant<Options, Farewell>
OptionsTest::parse(const QStringList &options, const QProcessEnvironment &environment, const QByteArray &toml)
{
    const QString file = m_directory.filePath(QStringLiteral("k.toml"));
    QFile config(file);
    if (!config.open(QIODevice::WriteOnly) || config.write(toml) != toml.size()) {
        return Farewell{QStringLiteral("the test cannot write its file"), -1};
    }
    config.close();
    return parseOptions(QStringList{QStringLiteral("helper"), QStringLiteral("--config"), file} + options,
                        environment);
}

void OptionsTest::withoutOptionsTheDefaultsHold()
{
    const auto parsed = parse(none);
    const auto *options = std::get_if<Options>(&parsed);
    QVERIFY(options);
    QVERIFY(options->task == Options::Task::Run);
    QVERIFY(!options->json);
    QVERIFY(options->config.dbusEnabled);
    QCOMPARE(options->config.dbusAddress, QStringLiteral("system"));
}

void OptionsTest::everyOptionIsRead()
{
    const auto parsed =
        parse(words("--check --json --bus session --no-dbus --producer-socket /x/p --session-id me "
                    "--state-directory /x/state --log-level warning"));
    const auto *options = std::get_if<Options>(&parsed);
    QVERIFY(options);
    QVERIFY(options->task == Options::Task::Check);
    QVERIFY(options->json);
    QVERIFY(!options->config.dbusEnabled);
    QCOMPARE(options->config.dbusAddress, QStringLiteral("session"));
    QCOMPARE(options->config.producerSocket, QStringLiteral("/x/p"));
    QCOMPARE(options->config.sessionId, QStringLiteral("me"));
    QCOMPARE(options->config.stateDirectory, QStringLiteral("/x/state"));
    QCOMPARE(options->config.logLevel, QtWarningMsg);
}

void OptionsTest::farewells_data()
{
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("--help") << QByteArray("--help") << QByteArray("--producer-socket");
    QTest::newRow("-h") << QByteArray("-h") << QByteArray("--producer-socket");
    QTest::newRow("--help-all") << QByteArray("--help-all") << QByteArray("--producer-socket");
    QTest::newRow("--version") << QByteArray("--version")
                               << QByteArray("lunaris-kernel-helper " LUNARIS_VERSION);
    QTest::newRow("-v") << QByteArray("-v") << QByteArray("lunaris-kernel-helper " LUNARIS_VERSION);
    // Who asks for help gets it, whatever else is wrong but the options themselves.
    QTest::newRow("--help with a bad value")
        << QByteArray("--log-level loud --help") << QByteArray("--log-level");
}

void OptionsTest::farewells()
{
    QFETCH(QByteArray, options);
    QFETCH(QByteArray, text);
    const auto parsed = parse(words(options.constData()));
    const auto *farewell = std::get_if<Farewell>(&parsed);
    QVERIFY(farewell);
    QCOMPARE(farewell->status, 0);
    QVERIFY2(farewell->text.contains(QString::fromLatin1(text)), qPrintable(farewell->text));
}

void OptionsTest::badOptions_data()
{
    QTest::addColumn<QStringList>("options");
    QTest::addColumn<QByteArray>("about");
    const auto row = [](const char *name, const QStringList &options, const QByteArray &about) {
        QTest::newRow(name) << options << about;
    };
    row("unknown", words("--frobnicate"), "frobnicate");
    row("unknown letter", words("-x"), "x");
    row("a letter too many", words("--checkk"), "checkk");
    row("a value where none goes", words("--check=yes"), "check");
    row("a value missing", words("--producer-socket"), "producer-socket");
    row("something more", words("--no-dbus extra"), "extra");
    row("a single dash", {QStringLiteral("-")}, "-");
    row("json alone", words("--json"), "--check");
    row("wrong level", words("--log-level loud"), "loud");
    row("empty level", {QStringLiteral("--log-level"), QString()}, "log level");
    row("wrong bus", words("--bus sistem"), "sistem");
    row("empty bus", {QStringLiteral("--bus="), QStringLiteral("--no-dbus")}, "bus");
    row("relative socket", words("--producer-socket x.sock"), "x.sock");
    row("empty socket", {QStringLiteral("--producer-socket"), QString()}, "absolute");
    row("long socket", {QStringLiteral("--producer-socket"), u'/' + QString(107, u'x')}, "107");
    row("long socket in UTF-8", {QStringLiteral("--producer-socket"), u'/' + QString(60, u'é')}, "107");
    row("wrong method", words("--capture-method kprobe"), "kprobe");
    row("empty method", {QStringLiteral("--capture-method"), QString()}, "capture method");
    row("a method missing", words("--capture-method"), "capture-method");
    row("compat with a value", words("--capture-compat=yes"), "capture-compat");
    row("wrong source", words("--source kernal"), "kernal");
    row("empty source", {QStringLiteral("--source"), QString()}, "source");
    row("replay of nothing", words("--source replay:"), "replay:FILE");
    row("record of nothing", {QStringLiteral("--record"), QString()}, "needs a file");
    row("record of a replay", words("--source replay:x --record y"), "--record");
    row("record of a check", words("--check --record y"), "--record");
    row("empty session", {QStringLiteral("--session-id"), QString()}, "session");
    row("relative state", words("--state-directory state"), "state directory");
    row("session with a newline", {QStringLiteral("--session-id"), QStringLiteral("a\nb")}, "control");
    row("long session", {QStringLiteral("--session-id"), QString(129, u's')}, "128");
}

void OptionsTest::badOptions()
{
    QFETCH(QStringList, options);
    QFETCH(QByteArray, about);
    const auto parsed = parse(options);
    const auto *farewell = std::get_if<Farewell>(&parsed);
    QVERIFY(farewell);
    QCOMPARE(farewell->status, 2);
    QVERIFY2(farewell->text.contains(QString::fromLatin1(about)), qPrintable(farewell->text));
    QVERIFY2(!farewell->text.contains(u'\n'), qPrintable(farewell->text));
    QVERIFY(farewell->text.startsWith(QStringLiteral("lunaris-kernel-helper: ")));
}

void OptionsTest::theEnvironmentBeatsTheFile()
{
    QProcessEnvironment environment = environmentOf(socketVariable, QStringLiteral("/env"));
    environment.insert(sessionVariable, QStringLiteral("env"));
    environment.insert(stateVariable, QStringLiteral("/env/state:/env/more"));
    const auto parsed = parse(
        none, environment,
        "state_directory = \"/file/state\"\n[bus]\nproducer_socket = \"/file\"\nsession_id = \"file\"\n");
    QCOMPARE(std::get<Options>(parsed).config.producerSocket, QStringLiteral("/env"));
    QCOMPARE(std::get<Options>(parsed).config.sessionId, QStringLiteral("env"));
    QCOMPARE(std::get<Options>(parsed).config.stateDirectory, QStringLiteral("/env/state"));
}

void OptionsTest::theCommandLineBeatsTheEnvironment()
{
    QProcessEnvironment environment = environmentOf(socketVariable, QStringLiteral("/env"));
    environment.insert(sessionVariable, QStringLiteral("env"));
    environment.insert(stateVariable, QStringLiteral("/env/state"));
    const auto parsed =
        parse(words("--producer-socket /line --session-id line --state-directory /line/state "
                    "--log-level error --bus session"),
              environment,
              "log_level = \"debug\"\n[dbus]\naddress = \"unix:x\"\n[bus]\nproducer_socket = \"/file\"\n");
    const Config &config = std::get<Options>(parsed).config;
    QCOMPARE(config.producerSocket, QStringLiteral("/line"));
    QCOMPARE(config.sessionId, QStringLiteral("line"));
    QCOMPARE(config.stateDirectory, QStringLiteral("/line/state"));
    QCOMPARE(config.logLevel, QtCriticalMsg);
    QCOMPARE(config.dbusAddress, QStringLiteral("session"));
}

void OptionsTest::anEmptyEnvironmentSaysNothing()
{
    // A unit file with Environment=LUNARIS_SESSION_ID= means: none.
    QProcessEnvironment environment = environmentOf(socketVariable, QString());
    environment.insert(sessionVariable, QString());
    const auto parsed =
        parse(none, environment, "[bus]\nproducer_socket = \"/file\"\nsession_id = \"file\"\n");
    QCOMPARE(std::get<Options>(parsed).config.producerSocket, QStringLiteral("/file"));
    QCOMPARE(std::get<Options>(parsed).config.sessionId, QStringLiteral("file"));
}

void OptionsTest::badEnvironment_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::newRow("relative socket") << socketVariable << QStringLiteral("x.sock");
    QTest::newRow("long session") << sessionVariable << QString(129, u's');
    QTest::newRow("relative state") << stateVariable << QStringLiteral("state");
}

void OptionsTest::badEnvironment()
{
    QFETCH(QString, name);
    QFETCH(QString, value);
    const auto parsed = parse(none, environmentOf(name, value));
    const auto *farewell = std::get_if<Farewell>(&parsed);
    QVERIFY(farewell);
    QCOMPARE(farewell->status, 2);
}

void OptionsTest::aBrokenFileIsUsage()
{
    const auto parsed = parse(none, {}, "\n\nnonsense = 1\n");
    const auto *farewell = std::get_if<Farewell>(&parsed);
    QVERIFY(farewell);
    QCOMPARE(farewell->status, 2);
    QVERIFY2(farewell->text.contains(QStringLiteral("k.toml, line 3:")), qPrintable(farewell->text));
}

void OptionsTest::aMissingFileIsUsage()
{
    const auto parsed = parseOptions(
        {QStringLiteral("helper"), QStringLiteral("--config"), QStringLiteral("/nonexistent.toml")}, {});
    const auto *farewell = std::get_if<Farewell>(&parsed);
    QVERIFY(farewell);
    QCOMPARE(farewell->status, 2);
    QVERIFY(farewell->text.contains(QStringLiteral("/nonexistent.toml")));
}

void OptionsTest::theLastOfTwoWins()
{
    const auto parsed = parse(words("--session-id a --session-id b"));
    QCOMPARE(std::get<Options>(parsed).config.sessionId, QStringLiteral("b"));
}

void OptionsTest::captureBeatsTheFile()
{
    using Method = CaptureOptions::Method;
    const QByteArray toml = "[capture]\nmethod = \"tracepoint\"\n";
    QVERIFY(std::get<Options>(parse(none)).config.capture.method == Method::Automatic);
    QVERIFY(std::get<Options>(parse(none, {}, toml)).config.capture.method == Method::Tracepoint);
    for (const auto &[name, method] :
         {std::pair{"automatic", Method::Automatic}, std::pair{"trampoline", Method::Trampoline},
          std::pair{"tracepoint", Method::Tracepoint}}) {
        const auto parsed = parse({QStringLiteral("--capture-method"), QString::fromLatin1(name)}, {}, toml);
        QVERIFY(std::get<Options>(parsed).config.capture.method == method);
    }
#ifdef __x86_64__
    QVERIFY(!std::get<Options>(parse(none)).config.capture.compat);
    QVERIFY(std::get<Options>(parse(words("--capture-compat"))).config.capture.compat);
    // Who is not asked for it on the command line has what the file says.
    QVERIFY(std::get<Options>(parse(none, {}, "[capture]\ncompat = true\n")).config.capture.compat);
#else
    QCOMPARE(std::get<Farewell>(parse(words("--capture-compat"))).status, 2);
#endif
}

void OptionsTest::sources_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QByteArray>("options");
    QTest::addColumn<QString>("replayed");
    QTest::newRow("the kernel") << QByteArray() << QByteArray() << QString();
    QTest::newRow("a file") << QByteArray() << QByteArray("--source replay:/x:y") << QStringLiteral("/x:y");
    QTest::newRow("the file's file") << QByteArray("source = \"replay:z\"\n") << QByteArray()
                                     << QStringLiteral("z");
    QTest::newRow("the command line's kernel")
        << QByteArray("source = \"replay:z\"\n") << QByteArray("--source kernel") << QString();
}

void OptionsTest::sources()
{
    QFETCH(QByteArray, toml);
    QFETCH(QByteArray, options);
    QFETCH(QString, replayed);
    const auto parsed = parse(words(options.constData()), {}, toml);
    QCOMPARE(std::get<Options>(parsed).config.replayFile, replayed);
    const auto recording = parse(words("--source kernel --record /x/r"), {}, toml);
    QCOMPARE(std::get<Options>(recording).recordFile, QStringLiteral("/x/r"));
}

QTEST_GUILESS_MAIN(OptionsTest)
#include "OptionsTest.moc"
