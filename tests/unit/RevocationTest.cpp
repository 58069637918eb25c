// SPDX-License-Identifier: MIT
#include "helper/service/Revocation.h"
#include "dbus/Names.h"
#include "tests/unit/SubscriptionRig.h"

#include <QSignalSpy>
#include <QTest>
#include <optional>

using namespace lunaris;

namespace
{

/// Is asked again, and answers when the test says so.
class FakeAuthority final : public Authority
{
public:
    struct Asked {
        QString caller;
        QString action;
        Done done;
    };

    void check(const QString &, const QString &, bool, const Done &) override
    {
        QFAIL("what was allowed is asked about as our own question");
    }

    void checkAgain(const QString &caller, const QString &action, const Done &done) override
    {
        asked.append({caller, action, done});
    }

    void answer(qsizetype number, const Verdict &verdict)
    {
        static_cast<void>(asked.at(number).done(verdict));
    }

    QList<Asked> asked;
};

const QString alex = QStringLiteral(":1.1");
const QString mallory = QStringLiteral(":1.2");

} // namespace

class RevocationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void onlyANoEndsASubscription_data();
    void onlyANoEndsASubscription();
    void aRightIsAskedAboutOnce();
    void theOtherRightOfAnOwnerIsKept();
    void manyChangesAreOneQuestion();
    void whatChangesWhileWeAskIsAskedAboutAfterwards();
    void whoLeavesMeanwhileIsNoTrouble();
};

void RevocationTest::onlyANoEndsASubscription_data()
{
    QTest::addColumn<bool>("allowed");
    QTest::addColumn<int>("refusal");
    QTest::addColumn<bool>("ends");
    QTest::newRow("still allowed") << true << 0 << false;
    QTest::newRow("a kept password ran out") << false << int(Refusal::NeedsAuthentication) << false;
    QTest::newRow("not allowed, or an error") << false << int(Refusal::Denied) << true;
}

void RevocationTest::onlyANoEndsASubscription()
{
    QFETCH(bool, allowed);
    QFETCH(int, refusal);
    QFETCH(bool, ends);
    SubscriptionRig rig;
    FakeAuthority authority;
    Revocation revocation(authority, rig.subscriptions);
    QSignalSpy ended(&rig.subscriptions, &Subscriptions::ended);
    const quint64 id = rig.subscribe(alex);

    Q_EMIT authority.changed();
    QTRY_COMPARE(authority.asked.size(), 1);
    QCOMPARE(authority.asked.constFirst().caller, alex);
    QCOMPARE(authority.asked.constFirst().action, QString(dbus::action::watchOwn));
    authority.answer(0, allowed ? Verdict::allowed() : Verdict::refused(Refusal(refusal)));
    QCOMPARE(rig.subscriptions.count(), ends ? 0 : 1);
    QCOMPARE(ended.count(), ends ? 1 : 0);
    if (ends) {
        QCOMPARE(ended.constFirst(), (QVariantList{alex, id, QString(dbus::ended::notAuthorized)}));
        QVERIFY(rig.subscriptions.wantedTypes().isEmpty());
    }
}

void RevocationTest::aRightIsAskedAboutOnce()
{
    SubscriptionRig rig;
    FakeAuthority authority;
    Revocation revocation(authority, rig.subscriptions);
    QSignalSpy ended(&rig.subscriptions, &Subscriptions::ended);
    rig.subscribe(alex);
    rig.subscribe(alex);
    rig.subscribe(mallory);
    Q_EMIT authority.changed();
    QTRY_COMPARE(authority.asked.size(), 2);
    const qsizetype hers = authority.asked.constFirst().caller == alex ? 0 : 1;
    authority.answer(hers, Verdict::refused(Refusal::Denied));
    QCOMPARE(ended.count(), 2);
    QVERIFY(!rig.subscriptions.hasOwner(alex));
    QVERIFY(rig.subscriptions.hasOwner(mallory));
}

void RevocationTest::theOtherRightOfAnOwnerIsKept()
{
    SubscriptionRig rig;
    FakeAuthority authority;
    Revocation revocation(authority, rig.subscriptions);
    QSignalSpy ended(&rig.subscriptions, &Subscriptions::ended);
    rig.subscribe(alex);
    const auto everyone = rig.subscriptions.add(alex, {1000, true, 0}, 1000, 0);
    QVERIFY(everyone);
    Q_EMIT authority.changed();
    QTRY_COMPARE(authority.asked.size(), 2);
    const qsizetype all = authority.asked.constFirst().action == dbus::action::watchAll ? 0 : 1;
    QCOMPARE(authority.asked.at(all).action, QString(dbus::action::watchAll));
    authority.answer(all, Verdict::refused(Refusal::Denied));
    authority.answer(1 - all, Verdict::allowed());
    QCOMPARE(ended.count(), 1);
    QCOMPARE(ended.constFirst().at(1).toULongLong(), *everyone);
}

void RevocationTest::manyChangesAreOneQuestion()
{
    SubscriptionRig rig;
    FakeAuthority authority;
    Revocation revocation(authority, rig.subscriptions);
    rig.subscribe(alex);
    for (int change = 0; change < 1000; ++change) {
        Q_EMIT authority.changed();
    }
    QTRY_COMPARE(authority.asked.size(), 1);
    authority.answer(0, Verdict::allowed());
    Q_EMIT authority.changed();
    QTRY_COMPARE(authority.asked.size(), 2);
}

void RevocationTest::whatChangesWhileWeAskIsAskedAboutAfterwards()
{
    SubscriptionRig rig;
    FakeAuthority authority;
    Revocation revocation(authority, rig.subscriptions);
    rig.subscribe(alex);
    Q_EMIT authority.changed();
    QTRY_COMPARE(authority.asked.size(), 1);
    Q_EMIT authority.changed();
    authority.answer(0, Verdict::allowed());
    QTRY_COMPARE(authority.asked.size(), 2);
    authority.answer(1, Verdict::refused(Refusal::Denied));
    QCOMPARE(rig.subscriptions.count(), 0);
}

void RevocationTest::whoLeavesMeanwhileIsNoTrouble()
{
    SubscriptionRig rig;
    FakeAuthority authority;
    Revocation revocation(authority, rig.subscriptions);
    QSignalSpy ended(&rig.subscriptions, &Subscriptions::ended);
    rig.subscribe(alex);
    Q_EMIT authority.changed();
    QTRY_COMPARE(authority.asked.size(), 1);
    rig.subscriptions.removeOwner(alex);
    authority.answer(0, Verdict::refused(Refusal::Denied));
    QCOMPARE(ended.count(), 0);
}

QTEST_GUILESS_MAIN(RevocationTest)

#include "RevocationTest.moc"
