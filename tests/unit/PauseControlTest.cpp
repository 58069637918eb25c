// SPDX-License-Identifier: MIT
#include "helper/service/PauseControl.h"

#include "dbus/Names.h"
#include "dbus/StateReason.h"
#include "tests/unit/FakeCapture.h"

#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace lunaris;
using namespace std::chrono_literals;
using Scope = PauseControl::Scope;

namespace
{

constexpr quint64 second = 1'000'000;
constexpr quint64 noon = 1'771'677'296 * second;
constexpr quint32 alex = 1000;
constexpr quint32 robin = 1001;

/// A clock that a test sets.
class FakeAlarm final : public Alarm
{
public:
    quint64 now() const override { return m_now; }
    void setFor(quint64 time) override { m_time = time; }

    /// As the system's: it rings when the clock has reached the time, also when somebody set it.
    void set(quint64 clock)
    {
        m_now = clock;
        if (m_time != 0 && m_time <= m_now) {
            m_time = 0;
            ring();
        }
    }

    quint64 time() const { return m_time; }

private:
    quint64 m_now = noon;
    quint64 m_time = 0;
};

} // namespace

class PauseControlTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void aPauseOfAllStopsTheCapture();
    void aPauseOfOneMutesOne();
    void aPauseEndsByItself_data();
    void aPauseEndsByItself();
    void theClockOnTheWallCounts();
    void aSecondPauseTakesThePlaceOfTheFirst();
    void theEarliestEndComesFirst();
    void answersComeInOrder();
    void whatCannotRunIsSaidSo();
    void resumingWithoutAPauseIsFine();
    void everyStepIsOneLine();
    void limits();
    void aRestartKeepsThePauses();
    void whatEndedMeanwhileIsOver();
    void aDiskThatFailsPausesNevertheless();
    void whatCouldNotBeWrittenIsTriedAgain();
    void aDamagedFileIsNotUsed_data();
    void aDamagedFileIsNotUsed();
    void theSystemsClockRings();

private:
    StateFile file() const { return {m_directory->path(), QStringLiteral("pauses.json")}; }
    void restart();
    Answer take();
    /// The capture thread's answer to the last command.
    void captureSays(CaptureState::Kind kind);
    PauseStatus of(quint32 uid) const { return m_pauses->statusFor(uid); }

    std::unique_ptr<QTemporaryDir> m_directory;
    std::unique_ptr<FakeCapture> m_capture;
    FakeAlarm m_alarm;
    std::unique_ptr<PauseControl> m_pauses;
    QStringList m_commands;
    QStringList m_answers; // error names, empty for done
};

void PauseControlTest::init()
{
    m_directory = std::make_unique<QTemporaryDir>();
    QVERIFY(m_directory->isValid());
    m_alarm.setFor(0);
    m_alarm.set(noon);
    restart();
    captureSays(CaptureState::Kind::Running);
    m_commands.clear();
}

void PauseControlTest::restart()
{
    m_capture = std::make_unique<FakeCapture>();
    m_pauses = std::make_unique<PauseControl>(*m_capture, m_alarm, file());
    m_commands.clear();
    m_answers.clear();
    connect(m_pauses.get(), &PauseControl::startRequested, this,
            [this] { m_commands += QStringLiteral("start"); });
    connect(m_pauses.get(), &PauseControl::pauseRequested, this,
            [this] { m_commands += QStringLiteral("pause"); });
    m_pauses->start();
    m_capture->work();
}

Answer PauseControlTest::take()
{
    return [this](const std::optional<ErrorReply> &refusal) {
        m_answers += refusal ? QString(refusal->error) : QString();
    };
}

void PauseControlTest::captureSays(CaptureState::Kind kind)
{
    m_pauses->onAnswered({kind, QString(dbus::reason::missingBtf), QString()});
}

void PauseControlTest::aPauseOfAllStopsTheCapture()
{
    m_pauses->pause(Scope::All, alex, 60, take());
    QCOMPARE(m_commands, QStringList{QStringLiteral("pause")});
    QVERIFY(m_answers.isEmpty()); // not before it is true
    captureSays(CaptureState::Kind::Paused);
    QCOMPARE(m_answers, QStringList{QString()});
    QCOMPARE(m_pauses->pausedUntil(), noon + 60 * second);
    QVERIFY(of(robin) == (PauseStatus{false, 0, true, noon + 60 * second, alex}));
    m_pauses->resume(Scope::All, robin, take());
    captureSays(CaptureState::Kind::Running);
    QCOMPARE(m_commands, (QStringList{QStringLiteral("pause"), QStringLiteral("start")}));
    QCOMPARE(m_answers.size(), 2);
    QVERIFY(of(robin) == PauseStatus{});
    QCOMPARE(m_alarm.time(), quint64(0));
}

void PauseControlTest::aPauseOfOneMutesOne()
{
    m_pauses->pause(Scope::Own, alex, 0, take());
    QVERIFY(m_answers.isEmpty());
    m_capture->work();
    QCOMPARE(m_answers, QStringList{QString()});
    QCOMPARE(m_capture->muted, std::set<quint32>{alex});
    QVERIFY(of(alex) == (PauseStatus{true, 0, false, 0, 0}));
    QVERIFY(of(robin) == PauseStatus{}); // which is nobody else's business
    QVERIFY(m_commands.isEmpty());
    m_pauses->resume(Scope::Own, robin, take()); // not hers
    m_capture->work();
    QCOMPARE(m_capture->muted, std::set<quint32>{alex});
    m_pauses->resume(Scope::Own, alex, take());
    m_capture->work();
    QVERIFY(m_capture->muted.empty());
    QCOMPARE(m_answers.size(), 3);
}

void PauseControlTest::aPauseEndsByItself_data()
{
    QTest::addColumn<quint64>("seconds");
    QTest::newRow("a second") << quint64(1);
    QTest::newRow("a week") << PauseControl::longestSeconds;
}

void PauseControlTest::aPauseEndsByItself()
{
    QFETCH(quint64, seconds);
    m_pauses->pause(Scope::All, robin, seconds, take());
    captureSays(CaptureState::Kind::Paused);
    m_pauses->pause(Scope::Own, alex, seconds, take());
    m_capture->work();
    m_alarm.set(noon + seconds * second - 1);
    m_capture->work();
    QVERIFY(of(alex).own && of(alex).all);
    QCOMPARE(m_capture->muted.size(), std::size_t{1});
    m_alarm.set(noon + seconds * second);
    m_capture->work();
    QVERIFY(of(alex) == PauseStatus{});
    QVERIFY(m_capture->muted.empty());
    QCOMPARE(m_commands, (QStringList{QStringLiteral("pause"), QStringLiteral("start")}));
    captureSays(CaptureState::Kind::Running); // answers nobody
    QCOMPARE(m_answers.size(), 2);
}

void PauseControlTest::theClockOnTheWallCounts()
{
    m_pauses->pause(Scope::All, alex, 3600, take());
    m_alarm.set(noon - 7200 * second); // set back: until one o'clock is still until one o'clock
    QVERIFY(of(alex).all);
    m_alarm.set(noon + 3599 * second);
    QVERIFY(of(alex).all);
    QCOMPARE(m_alarm.time(), noon + 3600 * second);
    m_alarm.set(noon + 24 * 3600 * second); // set forward
    QVERIFY(!of(alex).all);
}

void PauseControlTest::aSecondPauseTakesThePlaceOfTheFirst()
{
    m_pauses->pause(Scope::All, alex, 10, take());
    m_pauses->pause(Scope::All, robin, 0, take());
    m_pauses->pause(Scope::Own, alex, 10, take());
    m_pauses->pause(Scope::Own, alex, 20, take());
    QVERIFY(of(alex) == (PauseStatus{true, noon + 20 * second, true, 0, robin}));
    m_alarm.set(noon + 15 * second);
    QVERIFY(of(alex).own && of(alex).all);
    m_alarm.set(noon + 20 * second);
    QVERIFY(!of(alex).own && of(alex).all);
}

void PauseControlTest::theEarliestEndComesFirst()
{
    m_pauses->pause(Scope::Own, alex, 30, take());
    m_pauses->pause(Scope::All, alex, 20, take());
    m_pauses->pause(Scope::Own, robin, 10, take());
    QCOMPARE(m_alarm.time(), noon + 10 * second);
    m_alarm.set(noon + 10 * second);
    QCOMPARE(m_alarm.time(), noon + 20 * second);
    m_alarm.set(noon + 20 * second);
    QCOMPARE(m_alarm.time(), noon + 30 * second);
    m_alarm.set(noon + 30 * second);
    QCOMPARE(m_alarm.time(), quint64(0));
}

void PauseControlTest::answersComeInOrder()
{
    QStringList order;
    const auto named = [&order](const char *name) {
        return [&order, name](const std::optional<ErrorReply> &) { order += QString::fromLatin1(name); };
    };
    m_pauses->pause(Scope::All, alex, 5, named("pause"));
    m_alarm.set(noon + 5 * second); // asks for a start in between, whose answer is nobody's
    m_pauses->resume(Scope::All, alex, named("resume"));
    captureSays(CaptureState::Kind::Paused);
    QCOMPARE(order, QStringList{QStringLiteral("pause")});
    captureSays(CaptureState::Kind::Running);
    QCOMPARE(order.size(), 1);
    captureSays(CaptureState::Kind::Running);
    QCOMPARE(order, (QStringList{QStringLiteral("pause"), QStringLiteral("resume")}));
    captureSays(CaptureState::Kind::Running); // a change that nobody asked for
}

void PauseControlTest::whatCannotRunIsSaidSo()
{
    m_pauses->resume(Scope::All, alex, take());
    captureSays(CaptureState::Kind::Unavailable);
    QCOMPARE(m_answers, QStringList{QString(dbus::error::unavailable)});
}

void PauseControlTest::resumingWithoutAPauseIsFine()
{
    m_pauses->resume(Scope::Own, alex, take());
    m_pauses->resume(Scope::All, alex, take());
    captureSays(CaptureState::Kind::Running);
    QCOMPARE(m_answers, (QStringList{QString(), QString()}));
}

void PauseControlTest::everyStepIsOneLine()
{
    const auto expect = [](const char *line) {
        QTest::ignoreMessage(QtInfoMsg, QRegularExpression(QString::fromLatin1(line)));
    };
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    expect("^Capture is paused by uid 1000, until 2026-02-21T.*Z\\.$");
    m_pauses->pause(Scope::All, alex, 1, take());
    expect("^Uid 1001 has paused for itself, until it is resumed\\.$");
    m_pauses->pause(Scope::Own, robin, 0, take());
    expect("^The pause by uid 1000 is over\\.$");
    m_alarm.set(noon + 2 * second);
    expect("^Uid 1001 has resumed for itself\\.$");
    m_pauses->resume(Scope::Own, robin, take());
    expect("^Capture is resumed by uid 1001\\.$");
    m_pauses->resume(Scope::All, robin, take());
}

void PauseControlTest::limits()
{
    for (const Scope scope : {Scope::Own, Scope::All}) {
        m_pauses->pause(scope, alex, PauseControl::longestSeconds + 1, take());
        m_pauses->pause(scope, alex, ~quint64(0), take());
    }
    QCOMPARE(m_answers, QStringList(4, QString(dbus::error::invalidArgument)));
    m_answers.clear();
    for (quint32 uid = 0; uid < SavedPauses::maximumOwn; ++uid) {
        m_pauses->pause(Scope::Own, uid, 0, take());
    }
    m_pauses->pause(Scope::Own, 5000, 0, take());
    QCOMPARE(m_answers, QStringList{QString(dbus::error::limitExceeded)});
    m_pauses->pause(Scope::Own, 7, 10, take()); // who has one may change it
    m_pauses->resume(Scope::Own, 8, take());
    m_pauses->pause(Scope::Own, 5000, 0, take());
    m_capture->work();
    QCOMPARE(m_answers.count(QString()), int(SavedPauses::maximumOwn) + 3);
}

void PauseControlTest::aRestartKeepsThePauses()
{
    m_pauses->pause(Scope::All, alex, 3600, take());
    m_pauses->pause(Scope::Own, robin, 0, take());
    m_pauses->pause(Scope::Own, alex, 1800, take());
    const PauseStatus before = of(alex);
    restart();
    QCOMPARE(m_commands, QStringList{QStringLiteral("pause")}); // and never "start" first
    QCOMPARE(m_capture->muted, (std::set<quint32>{alex, robin}));
    QVERIFY(of(alex) == before);
    captureSays(CaptureState::Kind::Paused);
    QVERIFY(m_answers.isEmpty());
    m_alarm.set(noon + 3600 * second);
    m_capture->work();
    QCOMPARE(m_capture->muted, std::set<quint32>{robin});
    QCOMPARE(m_commands.last(), QStringLiteral("start"));
    restart();
    QCOMPARE(m_commands, QStringList{QStringLiteral("start")});
    QCOMPARE(m_capture->muted, std::set<quint32>{robin});
}

void PauseControlTest::whatEndedMeanwhileIsOver()
{
    m_pauses->pause(Scope::All, alex, 10, take());
    m_pauses->pause(Scope::Own, alex, 10, take());
    m_pauses.reset();
    m_alarm.setFor(0);
    m_alarm.set(noon + 60 * second);
    restart();
    m_alarm.set(noon + 60 * second); // a time that has passed rings at once
    m_capture->work();
    QCOMPARE(m_commands.last(), QStringLiteral("start"));
    QVERIFY(m_capture->muted.empty());
    QVERIFY(of(alex) == PauseStatus{});
}

void PauseControlTest::aDiskThatFailsPausesNevertheless()
{
    QVERIFY(m_directory->remove());
    QFile inTheWay(m_directory->path());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be written")));
    m_pauses->pause(Scope::Own, alex, 10, take());
    m_capture->work();
    QCOMPARE(m_answers, QStringList{QString()});
    QCOMPARE(m_capture->muted.size(), std::size_t{1});
    QCOMPARE(m_alarm.time(), noon + 10 * second);
    inTheWay.remove();
}

void PauseControlTest::whatCouldNotBeWrittenIsTriedAgain()
{
    m_pauses = std::make_unique<PauseControl>(*m_capture, m_alarm, file(), 10ms);
    QSignalSpy changed(m_pauses.get(), &PauseControl::isSavedChanged);
    QVERIFY(m_directory->remove());
    QFile inTheWay(m_directory->path());
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be written")));
    m_pauses->pause(Scope::Own, alex, 0, take());
    m_pauses->pause(Scope::Own, robin, 0, take()); // and nothing more is said of it
    QCOMPARE(changed.size(), 1);
    QVERIFY(!m_pauses->isSaved());

    inTheWay.remove();
    QTRY_COMPARE(changed.size(), 2);
    QVERIFY(m_pauses->isSaved());
    restart();
    QVERIFY(of(alex).own && of(robin).own);
}

void PauseControlTest::aDamagedFileIsNotUsed_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut off") << QByteArray(R"({"version": 1, "own": [)");
    QTest::newRow("another version") << QByteArray(R"({"version": 2, "own": []})");
    QTest::newRow("no list") << QByteArray(R"({"version": 1})");
    QTest::newRow("another key") << QByteArray(R"({"version": 1, "own": [], "oll": {"uid": 1, "until": 0}})");
    QTest::newRow("a negative uid") << QByteArray(R"({"version": 1, "own": [{"uid": -1, "until": 0}]})");
    QTest::newRow("a huge uid") << QByteArray(R"({"version": 1, "own": [{"uid": 4294967296, "until": 0}]})");
    QTest::newRow("a negative time") << QByteArray(R"({"version": 1, "own": [{"uid": 1, "until": -5}]})");
    QTest::newRow("no time") << QByteArray(R"({"version": 1, "own": [{"uid": 1}]})");
    QTest::newRow("twice") << QByteArray(
        R"({"version": 1, "own": [{"uid": 1, "until": 0}, {"uid": 1, "until": 7}]})");
    QTest::newRow("half of it") << QByteArray(
        R"({"version": 1, "own": [{"uid": 1, "until": 0}], "all": {"uid": 1}})");
}

void PauseControlTest::aDamagedFileIsNotUsed()
{
    QFETCH(QByteArray, content);
    QFile planted(file().path());
    QVERIFY(planted.open(QIODevice::WriteOnly));
    planted.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    planted.write(content);
    planted.close();
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("pauses.json: what was paused is not known")));
    restart();
    QCOMPARE(m_commands, QStringList{QStringLiteral("start")});
    QVERIFY(m_capture->muted.empty());
}

void PauseControlTest::theSystemsClockRings()
{
    WallAlarm alarm;
    int rings = 0;
    alarm.onRing([&rings] { ++rings; });
    alarm.setFor(alarm.now() - second); // passed already
    QCOMPARE(rings, 0);
    QTRY_COMPARE(rings, 1);
    const quint64 soon = alarm.now() + 20'000;
    alarm.setFor(alarm.now() + 3600 * second);
    alarm.setFor(soon);
    QTRY_COMPARE(rings, 2);
    QVERIFY(alarm.now() >= soon);
    alarm.setFor(alarm.now() - 1);
    alarm.setFor(0);
    QCoreApplication::processEvents();
    QCOMPARE(rings, 2);
}

QTEST_GUILESS_MAIN(PauseControlTest)
#include "PauseControlTest.moc"
