// SPDX-License-Identifier: MIT
#include "helper/service/IdleWatch.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>

using namespace lunaris;
using namespace std::chrono_literals;

class IdleWatchTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whoIsNeverNeededIsIdle();
    void whoIsNeededStaysUntilNobodyDoes();
};

void IdleWatchTest::whoIsNeverNeededIsIdle()
{
    IdleWatch watch([] { return false; }, 1ms);
    QSignalSpy idle(&watch, &IdleWatch::idle);
    QTRY_COMPARE(idle.size(), 1);
}

void IdleWatchTest::whoIsNeededStaysUntilNobodyDoes()
{
    bool isNeeded = false;
    IdleWatch watch([&isNeeded] { return isNeeded; }, 0ms); // at the next look into the event loop
    QSignalSpy idle(&watch, &IdleWatch::idle);
    const auto change = [&](bool needed) {
        isNeeded = needed;
        watch.look();
    };
    change(true);
    QCoreApplication::processEvents();
    QCOMPARE(idle.size(), 0);
    change(false);
    QCOMPARE(idle.size(), 0); // not at once
    change(true);             // in the last moment
    QCoreApplication::processEvents();
    QCOMPARE(idle.size(), 0);
    change(false);
    QCoreApplication::processEvents();
    QCOMPARE(idle.size(), 1);
}

QTEST_GUILESS_MAIN(IdleWatchTest)
#include "IdleWatchTest.moc"
