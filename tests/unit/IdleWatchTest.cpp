// SPDX-License-Identifier: MIT
#include "helper/service/IdleWatch.h"

#include "tests/unit/SubscriptionRig.h"

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
    void aSubscriptionKeepsItUntilTheLastEnds();
};

void IdleWatchTest::whoIsNeverNeededIsIdle()
{
    SubscriptionRig rig;
    IdleWatch watch(rig.subscriptions, 1ms);
    QSignalSpy idle(&watch, &IdleWatch::idle);
    QTRY_COMPARE(idle.size(), 1);
}

void IdleWatchTest::aSubscriptionKeepsItUntilTheLastEnds()
{
    SubscriptionRig rig;
    IdleWatch watch(rig.subscriptions, 0ms); // at the next look into the event loop
    QSignalSpy idle(&watch, &IdleWatch::idle);
    const auto look = [] { QCoreApplication::processEvents(); };
    const quint64 first = rig.subscribe(QStringLiteral(":1.1"));
    rig.subscribe(QStringLiteral(":1.2"));
    look();
    rig.subscriptions.remove(QStringLiteral(":1.1"), first);
    look();
    QCOMPARE(idle.size(), 0);
    rig.subscriptions.removeOwner(QStringLiteral(":1.2"));
    QCOMPARE(idle.size(), 0); // not at once
    look();
    QCOMPARE(idle.size(), 1);
    rig.subscriptions.removeOwner(QStringLiteral(":1.2")); // who has none
    look();
    QCOMPARE(idle.size(), 1);
}

QTEST_GUILESS_MAIN(IdleWatchTest)
#include "IdleWatchTest.moc"
