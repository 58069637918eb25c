// SPDX-License-Identifier: MIT
//
// Every format from real opens through the helper, captures, and what opensnoop sees of the same.
#include "dbus/Names.h"
#include "tests/integration/TestSystem.h"
#include "tests/unit/ClientEvents.h"
#include "tests/unit/OcsfFacts.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QStandardPaths>
#include <QTest>
#include <cstdio>
#include <memory>

using namespace lunaris;

namespace
{

const QString home = QStringLiteral("/home/alex/formats");
const QString lastFile = home + QStringLiteral("/last");
constexpr int patience = 20'000;

QJsonObject object(const QByteArray &line)
{
    return QJsonDocument::fromJson(line).object();
}

/// A program that runs, and what it has said.
struct Watcher {
    std::unique_ptr<QProcess> process;
    QByteArray output;
    QByteArray messages;

    bool says(const QByteArray &text)
    {
        return QTest::qWaitFor([&] { return (output += process->readAllStandardOutput()).contains(text); },
                               patience);
    }
};

} // namespace

class FormatsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void realOpens_data();
    void realOpens();
    void capturesHoldTheSame();
    void endsWhenNobodyReads();
    void everyFileOfOpensnoop();

private:
    void open(const QString &how, const QByteArray &path, int status = 0);
    Watcher watch(const QStringList &arguments);
    /// In the order in which they are opened: the hostile names, and the last file.
    void openHostileNames();

    std::unique_ptr<QProcess> m_helper;
};

void FormatsTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    QVERIFY(QDir().mkpath(home));
    for (const auto &[name, text] : test::hostileNames()) {
        const QByteArray path = home.toUtf8() + '/' + name;
        const std::unique_ptr<std::FILE, int (*)(std::FILE *)> file(std::fopen(path.constData(), "w"),
                                                                    std::fclose);
        QVERIFY(file);
    }
    QFile last(lastFile);
    QVERIFY(last.open(QIODevice::WriteOnly));
    // Everything, as opensnoop sees everything.
    const QString config = TestSystem::directory() + QStringLiteral("/formats.toml");
    QFile file(config);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("[files]\ndefaults = false\n[deduplication]\nmilliseconds = 0\n");
    file.close();
    m_helper = TestSystem::startHelper({QStringLiteral("--config"), config});
    QVERIFY(m_helper);
}

void FormatsTest::cleanupTestCase()
{
    if (m_helper) {
        QCOMPARE(TestSystem::stop(*m_helper), 0);
    }
}

/// By way of the shell, which hands on bytes that are no text.
void FormatsTest::open(const QString &how, const QByteArray &path, int status)
{
    QByteArray octal;
    for (const char byte : path) {
        octal += "\\0" + QByteArray::number(static_cast<unsigned char>(byte), 8).rightJustified(3, '0');
    }
    const auto opener = TestSystem::program(
        QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"),
         QStringLiteral("name=$(printf '%bx' \"$3\"); exec \"$1\" \"$2\" \"${name%x}\" \"$4\""),
         QStringLiteral("sh"), QStringLiteral(OPENER_PROGRAM), how, QString::fromLatin1(octal), home});
    opener->start();
    QVERIFY(QTest::qWaitFor([&opener] { return opener->state() == QProcess::NotRunning; }, patience));
    QCOMPARE(opener->exitCode(), status);
}

Watcher FormatsTest::watch(const QStringList &arguments)
{
    Watcher watcher;
    watcher.process = TestSystem::program(QStringLiteral(CTL_PROGRAM),
                                          QStringList{QStringLiteral("watch"), QStringLiteral("--bus"),
                                                      TestSystem::busAddress(), QStringLiteral("--scope"),
                                                      QStringLiteral("all")} +
                                              arguments);
    watcher.process->start();
    const bool watching = QTest::qWaitFor(
        [&] { return (watcher.messages += watcher.process->readAllStandardError()).contains("Watching"); },
        patience);
    if (!watching) {
        qWarning("It said: %s", watcher.messages.constData());
    }
    return watcher;
}

void FormatsTest::openHostileNames()
{
    for (const auto &[name, text] : test::hostileNames()) {
        open(QStringLiteral("open"), home.toUtf8() + '/' + name);
    }
    open(QStringLiteral("open"), lastFile.toUtf8());
}

void FormatsTest::realOpens_data()
{
    QTest::addColumn<QString>("format");
    for (const char *format : {"columns", "line", "json", "csv", "ocsf"}) {
        QTest::newRow(format) << QString::fromLatin1(format);
    }
}

void FormatsTest::realOpens()
{
    QFETCH(QString, format);
    Watcher watcher = watch({QStringLiteral("--format"), format,
                             QStringLiteral("comm == open-files and path startswith %1/").arg(home)});
    openHostileNames();
    QVERIFY(watcher.says("/last"));
    QCOMPARE(TestSystem::stop(*watcher.process), 0);
    watcher.output += watcher.process->readAllStandardOutput();
    watcher.messages += watcher.process->readAllStandardError();
    QVERIFY2(watcher.messages.contains(" 9 events shown, 0 dropped, "), watcher.messages.constData());

    QByteArrayList lines = watcher.output.trimmed().split('\n');
    if (format == QLatin1String("columns") || format == QLatin1String("csv")) {
        QVERIFY(lines.takeFirst().contains(format == QLatin1String("csv") ? "time,type" : "PROGRAM"));
    }
    const auto names = test::hostileNames();
    QCOMPARE(static_cast<std::size_t>(lines.size()), names.size() + 1);
    for (std::size_t at = 0; at < names.size(); ++at) {
        const QByteArray line = lines.at(static_cast<qsizetype>(at));
        const auto &[name, text] = names[at];
        QVERIFY2(test::isSafeLine(line.toStdString() + '\n'), line.constData());
        if (format == QLatin1String("json")) {
            const QJsonObject event = object(line);
            const QByteArray bytes =
                event.contains(QStringLiteral("path_base64"))
                    ? QByteArray::fromBase64(event.value(QStringLiteral("path_base64")).toString().toLatin1())
                    : event.value(QStringLiteral("path")).toString().toUtf8();
            QCOMPARE(bytes, home.toUtf8() + '/' + name);
        } else if (format == QLatin1String("ocsf")) {
            QCOMPARE(test::problemByOcsf(object(line)), QString());
            QVERIFY(object(line)
                        .value(QStringLiteral("file"))
                        .toObject()
                        .value(QStringLiteral("path"))
                        .toString()
                        .startsWith(home));
        } else {
            QVERIFY2(line.contains(home.toUtf8() + '/' + text), line.constData());
        }
    }
}

void FormatsTest::capturesHoldTheSame()
{
    const QString capture = TestSystem::directory() + QStringLiteral("/events.capture");
    Watcher watcher =
        watch({QStringLiteral("--format"), QStringLiteral("json"), QStringLiteral("--save"), capture,
               QStringLiteral("comm == open-files and path startswith %1/").arg(home)});
    openHostileNames();
    QVERIFY(watcher.says("/last"));
    QCOMPARE(TestSystem::stop(*watcher.process), 0);
    QCOMPARE(QFile::permissions(capture) & (QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup), 0);

    const auto exported = [&](const QStringList &arguments) {
        const auto process = TestSystem::program(QStringLiteral(CTL_PROGRAM),
                                                 QStringList{QStringLiteral("export"), capture} + arguments);
        process->start();
        process->waitForFinished(patience);
        return std::pair(process->readAllStandardOutput(), process->exitCode());
    };
    QCOMPARE(exported({QStringLiteral("--format"), QStringLiteral("json")}), std::pair(watcher.output, 0));
    const auto [one, status] =
        exported({QStringLiteral("name"), QStringLiteral("=="), QStringLiteral("last")});
    QVERIFY(one.count('\n') == 1 && one.endsWith(" file=/home/alex/formats/last\n"));
    QCOMPARE(status, 0);
    // Cut off: what is left, and a failure.
    QVERIFY(QFile::resize(capture, QFileInfo(capture).size() - 30));
    const auto [rest, cut] = exported({QStringLiteral("--format"), QStringLiteral("json")});
    QVERIFY(watcher.output.startsWith(rest) && rest.count('\n') == 8);
    QCOMPARE(cut, 1);
}

/// With nothing to print, which would show it.
void FormatsTest::endsWhenNobodyReads()
{
    const auto shell = TestSystem::program(
        QStringLiteral("/bin/sh"),
        {QStringLiteral("-c"),
         QStringLiteral(
             "{ \"$1\" watch --bus \"$2\" --format line 'name == no-such-name'; echo $? >&2; } | true"),
         QStringLiteral("sh"), QStringLiteral(CTL_PROGRAM), TestSystem::busAddress()});
    shell->start();
    QVERIFY(shell->waitForFinished(patience));
    const QByteArray said = shell->readAllStandardError();
    QVERIFY2(said.contains("0 events shown, 0 dropped") && said.endsWith("\n0\n"), said.constData());
}

void FormatsTest::everyFileOfOpensnoop()
{
    const QString program = QStandardPaths::findExecutable(
        QStringLiteral("opensnoop"), {QStringLiteral("/usr/sbin"), QStringLiteral("/usr/bin")});
    if (program.isEmpty()) {
        QSKIP("opensnoop is missing; install Debian's package libbpf-tools");
    }
    Watcher theirs;
    theirs.process =
        TestSystem::program(QStringLiteral("stdbuf"), {QStringLiteral("-oL"), program, QStringLiteral("-n"),
                                                       QStringLiteral("open-files")});
    theirs.process->start();
    Watcher ours =
        watch({QStringLiteral("--format"), QStringLiteral("columns"), QStringLiteral("--types"),
               QStringLiteral("file.opened,file.open_failed"), QStringLiteral("comm == open-files")});
    // It is there when it sees something. (It knows neither creat nor openat2; those are ours alone.)
    const QByteArray first = (home + QStringLiteral("/first")).toUtf8();
    QFile file(QString::fromUtf8(first));
    QVERIFY(file.open(QIODevice::WriteOnly));
    const bool attached = QTest::qWaitFor(
        [&] {
            open(QStringLiteral("open"), first);
            return (theirs.output += theirs.process->readAllStandardOutput()).contains("/first");
        },
        patience);
    if (!attached) {
        qWarning("opensnoop said: %s", theirs.process->readAllStandardError().constData());
    }
    QVERIFY(attached);

    for (int number = 0; number < 10; ++number) {
        const QByteArray name = "file " + QByteArray::number(number);
        const QByteArray path = home.toUtf8() + '/' + name;
        open(QStringLiteral("creat"), path);
        open(QStringLiteral("legacy-open"), path);
        open(QStringLiteral("openat2"), path);
        open(QStringLiteral("relative"), name);
        open(QStringLiteral("dirfd"), name);
        const QByteArray link = home.toUtf8() + "/link " + QByteArray::number(number);
        QVERIFY(QFile::link(QString::fromUtf8(name), QString::fromUtf8(link)));
        open(QStringLiteral("open"), link);
        open(QStringLiteral("open"), home.toUtf8() + "/../formats/./" + name);
        open(QStringLiteral("open"), path + " is missing", 1);
    }
    open(QStringLiteral("open"), lastFile.toUtf8());
    QVERIFY(theirs.says("/last"));
    QVERIFY(ours.says("/last"));
    TestSystem::stop(*theirs.process);
    QCOMPARE(TestSystem::stop(*ours.process), 0);
    ours.output += ours.process->readAllStandardOutput();

    static const QRegularExpression ourForm(
        QStringLiteral("^\\S+ +(\\d+) +\\S+ +open-files +(?:open|create|fail \\S+) +\\S+ +(/.*)$"));
    QSet<QString> seen;
    int ourCount = 0;
    for (const QByteArray &line : ours.output.split('\n')) {
        const QRegularExpressionMatch match = ourForm.match(QString::fromUtf8(line));
        ourCount += match.hasMatch() ? 1 : 0;
        seen.insert(match.captured(1) + u' ' + match.captured(2));
    }
    static const QRegularExpression theirForm(QStringLiteral("^(\\d+) +open-files +(-?\\d+) +(\\d+) +(.+)$"));
    int theirCount = 0;
    for (const QByteArray &line : theirs.output.split('\n')) {
        const QRegularExpressionMatch match = theirForm.match(QString::fromUtf8(line));
        if (!match.hasMatch()) {
            continue;
        }
        ++theirCount;
        // What failed has no file, and is named as it was asked for.
        const QString absolute = QDir(home).absoluteFilePath(match.captured(4));
        const QString path =
            match.captured(2).toInt() < 0 ? absolute : QFileInfo(absolute).canonicalFilePath();
        const QString wanted = match.captured(1) + u' ' + path;
        QVERIFY2(seen.contains(wanted), qPrintable(QStringLiteral("opensnoop has this alone: ") + wanted));
    }
    qInfo("opensnoop named %d opens, watch %d", theirCount, ourCount);
    QVERIFY(theirCount >= 60);
    QVERIFY(ourCount >= theirCount);
}

QTEST_GUILESS_MAIN(FormatsTest)

#include "FormatsTest.moc"
