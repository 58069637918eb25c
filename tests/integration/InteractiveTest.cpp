// SPDX-License-Identifier: MIT
//
// A person is asked for a password: the real polkitd, an agent that is registered with it, PAM.
#include "dbus/Names.h"
#include "tests/integration/PolkitAgent.h"
#include "tests/integration/TestClient.h"
#include "tests/integration/TestSystem.h"

#include <QDBusPendingCall>
#include <QSet>
#include <QTest>
#include <grp.h>
#include <memory>
#include <unistd.h>

using namespace lunaris;

namespace
{

constexpr int patience = 60'000;
const QString password = QStringLiteral("mallory's password");

} // namespace

class InteractiveTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void whoDoesNotWishToBeAskedIsNot();
    void aClosedDialogIsANo();
    void aWrongPasswordIsANo();
    void whoLeavesTakesTheDialogAlong();
    void theRightPasswordIsAYes();
    void nobodyIsAskedTwice();

private:
    /// Subscribe, and whoever is asked is a person.
    static QDBusPendingCall askFor(const TestClient &client)
    {
        return client.callAsync(QStringLiteral("Subscribe"), {QVariantMap{}}, TestClient::Ask::Person);
    }
    bool waitForDialog(qsizetype number)
    {
        return QTest::qWaitFor([&] { return m_agent->dialogs().size() == number && m_agent->isOpen(); },
                               patience);
    }
    static bool waitForAnswer(const QDBusPendingCall &call)
    {
        return QTest::qWaitFor([&] { return call.isFinished(); }, patience);
    }

    std::unique_ptr<QProcess> m_helper;
    std::unique_ptr<TestClient> m_agentsConnection;
    std::unique_ptr<PolkitAgent> m_agent;
    std::unique_ptr<TestClient> m_mallory;
    const TestUser m_user = TestUser::named("mallory");
};

void InteractiveTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
    // polkit looks at the process, too: from here on it is mallory's, and root's only to come back to.
    QCOMPARE(setgroups(0, nullptr), 0);
    QCOMPARE(setresgid(m_user.gid, m_user.gid, m_user.gid), 0);
    QCOMPARE(setresuid(m_user.uid, m_user.uid, 0), 0);
    m_agentsConnection = std::make_unique<TestClient>(m_user.uid);
    m_agent = std::make_unique<PolkitAgent>(m_agentsConnection->bus());
    QVERIFY2(m_agent->problem().isEmpty(), qPrintable(m_agent->problem()));
    m_mallory = std::make_unique<TestClient>(m_user.uid);
}

void InteractiveTest::cleanupTestCase()
{
    m_agent.reset();
    QCOMPARE(setresuid(0, 0, 0), 0);
    if (m_helper) {
        QCOMPARE(TestSystem::stop(*m_helper), 0);
    }
}

void InteractiveTest::whoDoesNotWishToBeAskedIsNot()
{
    const QDBusPendingCall call =
        m_mallory->callAsync(QStringLiteral("Subscribe"), {QVariantMap{}}, TestClient::Ask::Nobody);
    QVERIFY(waitForAnswer(call));
    QCOMPARE(call.error().name(), QString(dbus::error::notAuthorized));
    QCOMPARE(m_agent->dialogs().size(), 0);
}

void InteractiveTest::aClosedDialogIsANo()
{
    const QDBusPendingCall call = askFor(*m_mallory);
    QVERIFY(waitForDialog(1));
    QCOMPARE(m_agent->dialogs().constLast().action, QString(dbus::action::watchOwn));
    QVERIFY(
        m_agent->dialogs().constLast().message.startsWith(QLatin1String("Authentication is required to ")));
    QVERIFY(!call.isFinished());
    m_agent->cancel();
    QVERIFY(waitForAnswer(call));
    QCOMPARE(call.error().name(), QString(dbus::error::notAuthorized));
}

void InteractiveTest::aWrongPasswordIsANo()
{
    const QDBusPendingCall call = askFor(*m_mallory);
    QVERIFY(waitForDialog(2));
    m_agent->enter(QStringLiteral("mallory"), QStringLiteral("alex's password"));
    QVERIFY(waitForAnswer(call));
    QCOMPARE(call.error().name(), QString(dbus::error::notAuthorized));
}

void InteractiveTest::whoLeavesTakesTheDialogAlong()
{
    {
        const TestClient hasty(m_user.uid);
        askFor(hasty);
        QVERIFY(waitForDialog(3));
        QCOMPARE(m_agent->withdrawn(), 0);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_agent->withdrawn(), 1, patience);
    QVERIFY(!m_agent->isOpen());
}

void InteractiveTest::theRightPasswordIsAYes()
{
    // Whoever asks again while the dialog is open waits for its answer.
    const QList<QDBusPendingCall> calls = {askFor(*m_mallory), askFor(*m_mallory), askFor(*m_mallory)};
    QVERIFY(waitForDialog(4));
    m_agent->enter(QStringLiteral("mallory"), password);
    QList<quint64> ids;
    for (const QDBusPendingCall &call : calls) {
        QVERIFY(waitForAnswer(call));
        QVERIFY2(!call.isError(), qPrintable(call.error().message()));
        ids.append(call.reply().arguments().constFirst().toULongLong());
    }
    QCOMPARE(QSet<quint64>(ids.cbegin(), ids.cend()).size(), 3);
    QCOMPARE(m_agent->dialogs().size(), 4);
}

void InteractiveTest::nobodyIsAskedTwice()
{
    // polkit remembers the password for a while.
    const QDBusPendingCall call = askFor(*m_mallory);
    QVERIFY(waitForAnswer(call));
    QVERIFY2(!call.isError(), qPrintable(call.error().message()));
    // For this action: another is another question.
    const QDBusPendingCall pause = m_mallory->callAsync(
        QStringLiteral("Pause"), {QString(dbus::scope::own), quint64(0)}, TestClient::Ask::Person);
    QVERIFY(waitForDialog(5));
    QCOMPARE(m_agent->dialogs().constLast().action, QString(dbus::action::pauseOwn));
    m_agent->cancel();
    QVERIFY(waitForAnswer(pause));
    QCOMPARE(pause.error().name(), QString(dbus::error::notAuthorized));
}

QTEST_GUILESS_MAIN(InteractiveTest)

#include "InteractiveTest.moc"
