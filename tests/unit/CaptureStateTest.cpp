// SPDX-License-Identifier: MIT
#include "dbus/StateReason.h"
#include "helper/pipeline/Capture.h"
#include "tests/unit/FakeSource.h"

#include <QSignalSpy>
#include <QTest>

using namespace lunaris;
using Kind = CaptureState::Kind;

namespace
{

constexpr EventTypes opens = EventTypes().with(EventType::FileOpened);
constexpr EventTypes writes = EventTypes().with(EventType::FileWritten);

struct : RecordSink {
    void record(std::span<const std::byte>) override {}
    void endOfBatch() override {}
} nowhere;

struct Rig {
    QString reason() const { return states.isEmpty() ? QString() : last().reason; }
    CaptureState last() const { return states.constLast().constFirst().value<CaptureState>(); }

    FakeSource source;
    Capture capture{source, nowhere};
    QSignalSpy states{&capture, &Capture::stateChanged};
    QSignalSpy answers{&capture, &Capture::answered};
};

} // namespace

/// What the helper says of the capture: running, in part, paused, not at all.
class CaptureStateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCommandIsAnsweredOnce();
    void whatIsMissingFromTheStartIsSaid();
    void whatBecomesMissingIsSaid();
    void resumingTriesAgain();
    void whoIsWhoIsMissingWithoutWhich();
    void nothingIsSaidWhileItDoesNotRun();
};

void CaptureStateTest::everyCommandIsAnsweredOnce()
{
    Rig rig;
    rig.capture.start();
    QVERIFY(rig.last() == (CaptureState{Kind::Running, QString(), QStringLiteral("fake")}));
    rig.capture.start();
    QCOMPARE(rig.source.starts, 1); // a replay would begin anew
    rig.capture.pause();
    QCOMPARE(rig.last().kind, Kind::Paused);
    QCOMPARE(rig.last().reason, QString(dbus::reason::paused));
    QVERIFY(!rig.source.isStarted);
    rig.capture.setWanted(opens); // no command
    QCOMPARE(rig.answers.size(), 3);
}

void CaptureStateTest::whatIsMissingFromTheStartIsSaid()
{
    Rig rig;
    rig.source.refused = writes;
    rig.capture.setWanted(opens | writes);
    rig.capture.start();
    QVERIFY(rig.last() ==
            (CaptureState{Kind::Running, QString(dbus::reason::typesMissing), QStringLiteral("fake")}));
    QVERIFY(rig.source.isStarted);
}

void CaptureStateTest::whatBecomesMissingIsSaid()
{
    Rig rig;
    rig.source.refused = writes;
    rig.capture.setWanted(opens);
    rig.capture.start();
    QCOMPARE(rig.reason(), QString());
    rig.capture.setWanted(opens | writes);
    QCOMPARE(rig.reason(), QString(dbus::reason::typesMissing));
    rig.capture.setWanted(writes); // no news
    QCOMPARE(rig.states.size(), 2);
    rig.capture.setWanted(opens);
    QCOMPARE(rig.reason(), QString());
    QCOMPARE(rig.states.size(), 3);
    QCOMPARE(rig.answers.size(), 1); // of start()
}

void CaptureStateTest::resumingTriesAgain()
{
    Rig rig;
    rig.source.refused = writes;
    rig.capture.setWanted(writes);
    rig.capture.start();
    QCOMPARE(rig.reason(), QString(dbus::reason::typesMissing));
    rig.source.refused = {};
    rig.capture.start();
    QCOMPARE(rig.reason(), QString());
    QCOMPARE(rig.answers.size(), 2);
}

void CaptureStateTest::whoIsWhoIsMissingWithoutWhich()
{
    Rig rig;
    rig.capture.start();
    rig.source.failure = SourceFailure{dbus::reason::programRejected, QStringLiteral("No hooks.")};
    QTest::ignoreMessage(QtWarningMsg, "Nothing can be captured: No hooks.");
    rig.capture.setWanted(opens);
    QCOMPARE(rig.last().kind, Kind::Unavailable);
    QCOMPARE(rig.reason(), QString(dbus::reason::programRejected));
    rig.source.failure.reset();
    rig.capture.start();
    QCOMPARE(rig.last().kind, Kind::Running);
    QVERIFY(rig.source.isStarted);
}

void CaptureStateTest::nothingIsSaidWhileItDoesNotRun()
{
    Rig rig;
    rig.source.refused = writes;
    rig.capture.setWanted(writes);
    rig.capture.pause();
    rig.capture.setWanted(opens | writes);
    QCOMPARE(rig.states.size(), 1);
    QCOMPARE(rig.last().kind, Kind::Paused);
}

QTEST_GUILESS_MAIN(CaptureStateTest)
#include "CaptureStateTest.moc"
