// SPDX-License-Identifier: MIT
//
// The real polkitd, whose rules are changed, which is stopped, and which ends, while somebody watches.
#include "dbus/Names.h"
#include "tests/integration/TestClient.h"
#include "tests/integration/TestSystem.h"

#include <QDBusConnectionInterface>
#include <QDBusReply>
#include <QElapsedTimer>
#include <QProcess>
#include <QSaveFile>
#include <QTest>
#include <csignal>
#include <memory>

using namespace lunaris;

namespace
{

constexpr int patience = 30'000;
const QString polkit = QStringLiteral("org.freedesktop.PolicyKit1");

} // namespace

class RevokedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void whoMayNotAnyMoreIsEnded();
    void aPasswordThatRanOutEndsNothing();
    void aStoppedPolkitIsANo();
    void aPolkitThatEndedIsANo();
    void aQuestionKeepsAnIdleHelper();

private:
    /// Until polkit goes by it: `alex` and `mallory` are what its rules may answer.
    void rule(const char *alex, const char *mallory);
    /// New rules, and the helper has gone by them: mallory's end tells, who subscribed after everybody else,
    /// and polkit answers in the order in which it is asked.
    void haveEveryoneAskedAgain(const char *alex);
    bool mayWatch(uid_t uid);
    qint64 polkitPid();
    bool isThere(TestClient &client, quint64 id)
    {
        return client.call(QStringLiteral("Acknowledge"), {id, quint64(0)}).type() ==
               QDBusMessage::ReplyMessage;
    }

    std::unique_ptr<QProcess> m_helper;
    std::unique_ptr<QProcess> m_polkit; // in place of the one that ended
    const TestUser m_alex = TestUser::named("alex");
    const TestUser m_mallory = TestUser::named("mallory");
};

void RevokedTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
}

void RevokedTest::cleanupTestCase()
{
    if (m_helper) {
        QCOMPARE(TestSystem::stop(*m_helper), 0);
    }
    if (m_polkit) {
        TestSystem::stop(*m_polkit);
    }
}

void RevokedTest::rule(const char *alex, const char *mallory)
{
    QSaveFile file(TestSystem::directory() + QStringLiteral("/rules.d/polkit-tests.rules"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray("polkit.addRule(function(action, subject) {\n"
                          "    if (action.id == 'org.lunaris.KernelMonitor1.watch-own') {\n"
                          "        if (subject.user == 'alex') { return polkit.Result.") +
               alex + "; }\n        if (subject.user == 'mallory') { return polkit.Result." + mallory +
               "; }\n    }\n});\n");
    QVERIFY(file.setPermissions(QFile::Permissions::fromInt(0x6444)));
    QVERIFY(file.commit());
}

bool RevokedTest::mayWatch(uid_t uid)
{
    TestClient client(uid);
    return client.subscribe() != 0;
}

qint64 RevokedTest::polkitPid()
{
    const QDBusConnection bus =
        QDBusConnection::connectToBus(TestSystem::busAddress(), QStringLiteral("whose"));
    const uint pid = bus.interface()->servicePid(polkit);
    QDBusConnection::disconnectFromBus(QStringLiteral("whose"));
    return pid;
}

void RevokedTest::whoMayNotAnyMoreIsEnded()
{
    QVERIFY(!mayWatch(m_mallory.uid));
    rule("YES", "YES");
    QTRY_VERIFY_WITH_TIMEOUT(mayWatch(m_mallory.uid), patience);
    TestClient alex(m_alex.uid);
    TestClient mallory(m_mallory.uid);
    const quint64 hers = alex.subscribe();
    const QList<quint64> his{mallory.subscribe(), mallory.subscribe()};
    QVERIFY(hers != 0 && !his.contains(0));

    rule("YES", "NO");
    QTRY_COMPARE_WITH_TIMEOUT(mallory.ended, his, patience);
    QCOMPARE(mallory.reasons, QStringList(2, dbus::ended::notAuthorized));
    QVERIFY(!isThere(mallory, his.constFirst()));
    QVERIFY(!mayWatch(m_mallory.uid));
    QVERIFY(isThere(alex, hers));
    QVERIFY(alex.ended.isEmpty());
}

void RevokedTest::haveEveryoneAskedAgain(const char *alex)
{
    rule(alex, "YES");
    QTRY_VERIFY_WITH_TIMEOUT(mayWatch(m_mallory.uid), patience);
    TestClient mallory(m_mallory.uid);
    const quint64 his = mallory.subscribe();
    QVERIFY(his != 0);
    rule(alex, "NO");
    QTRY_COMPARE_WITH_TIMEOUT(mallory.ended, QList{his}, patience);
}

void RevokedTest::aPasswordThatRanOutEndsNothing()
{
    rule("YES", "YES");
    QTRY_VERIFY_WITH_TIMEOUT(mayWatch(m_mallory.uid), patience);
    TestClient alex(m_alex.uid);
    const quint64 hers = alex.subscribe();
    QVERIFY(hers != 0);
    rule("AUTH_SELF_KEEP", "YES");
    QTRY_VERIFY_WITH_TIMEOUT(!mayWatch(m_alex.uid), patience);
    // The second time tells that the first is over.
    haveEveryoneAskedAgain("AUTH_SELF_KEEP");
    haveEveryoneAskedAgain("AUTH_SELF_KEEP");
    QVERIFY(alex.ended.isEmpty());
    QVERIFY(isThere(alex, hers));
}

void RevokedTest::aStoppedPolkitIsANo()
{
    rule("YES", "NO");
    QTRY_VERIFY_WITH_TIMEOUT(mayWatch(m_alex.uid), patience);
    TestClient alex(m_alex.uid);
    const quint64 hers = alex.subscribe();
    QVERIFY(hers != 0);
    const auto pid = static_cast<pid_t>(polkitPid());
    QVERIFY(pid > 0);

    // What new rules make the helper ask must not meet a polkit that stands still.
    haveEveryoneAskedAgain("YES");
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    TestClient other(m_alex.uid);
    QElapsedTimer timer;
    timer.start();
    const QDBusMessage refused = other.call(QStringLiteral("Subscribe"), {QVariantMap{}});
    const qint64 taken = timer.elapsed();
    const bool answers = isThere(alex, hers);
    QCOMPARE(::kill(pid, SIGCONT), 0);
    QCOMPARE(refused.errorName(), QString(dbus::error::notAuthorized));
    QVERIFY2(taken >= 4'500, qPrintable(QString::number(taken)));
    QVERIFY(answers);
    QVERIFY(alex.ended.isEmpty());
    QTRY_VERIFY_WITH_TIMEOUT(mayWatch(m_alex.uid), patience);
}

void RevokedTest::aPolkitThatEndedIsANo()
{
    TestClient alex(m_alex.uid);
    const quint64 hers = alex.subscribe();
    QVERIFY(hers != 0);
    const auto pid = static_cast<pid_t>(polkitPid());
    QVERIFY(pid > 0);
    QCOMPARE(::kill(pid, SIGKILL), 0);
    QTRY_COMPARE_WITH_TIMEOUT(polkitPid(), qint64(0), patience);
    TestClient other(m_alex.uid);
    QCOMPARE(other.call(QStringLiteral("Subscribe"), {QVariantMap{}}).errorName(),
             QString(dbus::error::notAuthorized));
    QVERIFY(isThere(alex, hers));

    // The next one has other rules, and nobody says so.
    rule("NO", "NO");
    m_polkit =
        TestSystem::program(QStringLiteral("/usr/lib/polkit-1/polkitd"), {QStringLiteral("--no-debug")});
    m_polkit->start();
    QTRY_COMPARE_WITH_TIMEOUT(alex.ended, QList{hers}, patience);
    QVERIFY(!mayWatch(m_alex.uid));
    rule("YES", "NO");
    QTRY_VERIFY_WITH_TIMEOUT(mayWatch(m_alex.uid), patience);
}

void RevokedTest::aQuestionKeepsAnIdleHelper()
{
    QCOMPARE(TestSystem::stop(*m_helper), 0);
    m_helper = TestSystem::startHelper(
        {QStringLiteral("--config"),
         TestSystem::configuration("[bus]\nenabled = false\n[dbus]\nidle_seconds = 3\n")});
    QVERIFY(m_helper);
    TestClient alex(m_alex.uid);
    const quint64 hers = alex.subscribe();
    QVERIFY(hers != 0);
    const auto pid = static_cast<pid_t>(polkitPid());
    QVERIFY(pid > 0);

    // polkit has 5 seconds for its answer; the helper would leave in 3.
    QCOMPARE(::kill(pid, SIGSTOP), 0);
    TestClient other(m_alex.uid);
    const QDBusPendingCall question =
        other.callAsync(QStringLiteral("Subscribe"), {QVariantMap{}}, TestClient::Ask::Nobody);
    QCOMPARE(alex.call(QStringLiteral("Unsubscribe"), {hers}).type(), QDBusMessage::ReplyMessage);
    const bool isAnswered = QTest::qWaitFor([&question] { return question.isFinished(); }, patience);
    QCOMPARE(::kill(pid, SIGCONT), 0);
    QVERIFY(isAnswered);
    QCOMPARE(question.reply().errorName(), QString(dbus::error::notAuthorized));
    QTRY_COMPARE_WITH_TIMEOUT(m_helper->state(), QProcess::NotRunning, patience);
    QCOMPARE(m_helper->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_helper->exitCode(), 0);
    m_helper.reset();
}

QTEST_GUILESS_MAIN(RevokedTest)

#include "RevokedTest.moc"
