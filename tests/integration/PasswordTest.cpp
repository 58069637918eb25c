// SPDX-License-Identifier: MIT
//
// lunaris-kernel-ctl on a terminal: whoever is asked for a password types it.
#include "app/ctl/ExitStatus.h"
#include "tests/integration/Terminal.h"
#include "tests/integration/TestSystem.h"

#include <QTest>
#include <memory>

using namespace lunaris;

namespace
{

constexpr int patience = 60'000;
const QByteArray prompt = "Password: ";

QString ctl(const QString &command)
{
    return QStringLiteral("exec \"$CTL\" %1 --bus \"$BUS\"").arg(command);
}

} // namespace

class PasswordTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void theRightPassword_data();
    void theRightPassword();
    void aWrongPassword();
    void ctrlC();
    void noAsk();

private:
    QByteArray logOfHelper()
    {
        m_log += m_helper->readAllStandardError();
        return m_log;
    }

    std::unique_ptr<QProcess> m_helper;
    QByteArray m_log;
    const TestUser m_mallory = TestUser::named("mallory");
};

void PasswordTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
}

void PasswordTest::cleanupTestCase()
{
    if (m_helper) {
        QCOMPARE(TestSystem::stop(*m_helper), 0);
    }
}

void PasswordTest::theRightPassword_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QByteArray>("whose");
    QTest::addColumn<QByteArray>("done");
    QTest::newRow("one's own, for what is one's own")
        << QStringLiteral("pause own") << QByteArray("mallory") << QByteArray("has paused for itself");
    QTest::newRow("the administrator's, for what is everybody's")
        << QStringLiteral("pause all") << QByteArray("root") << QByteArray("Capture is paused by uid 4243");
}

void PasswordTest::theRightPassword()
{
    QFETCH(QString, command);
    QFETCH(QByteArray, whose);
    QFETCH(QByteArray, done);
    Terminal terminal(ctl(command), m_mallory);
    QVERIFY2(terminal.says(prompt), terminal.screen().constData());
    QVERIFY2(terminal.screen().contains("Authentication is required to "), terminal.screen().constData());
    QVERIFY(!logOfHelper().contains(done));
    terminal.type(whose + "'s password\n");
    QCOMPARE(terminal.end(), int(Done));
    QTRY_VERIFY_WITH_TIMEOUT(logOfHelper().contains(done), patience);
}

void PasswordTest::aWrongPassword()
{
    Terminal terminal(ctl(QStringLiteral("resume own")), m_mallory);
    QVERIFY2(terminal.says(prompt), terminal.screen().constData());
    terminal.type("root's password\n");
    QCOMPARE(terminal.end(), int(NotAuthorized));
    QVERIFY2(terminal.screen().contains("lunaris-kernel-ctl: "), terminal.screen().constData());
}

void PasswordTest::ctrlC()
{
    Terminal terminal(ctl(QStringLiteral("resume own")), m_mallory);
    QVERIFY2(terminal.says(prompt), terminal.screen().constData());
    terminal.type("\x03");
    const int status = terminal.end();
    QVERIFY2(status > 0, qPrintable(QString::number(status)));
    QVERIFY(!logOfHelper().contains("has resumed"));
}

void PasswordTest::noAsk()
{
    Terminal terminal(ctl(QStringLiteral("resume own --no-ask")), m_mallory);
    QCOMPARE(terminal.end(), int(NotAuthorized));
    QVERIFY2(!terminal.screen().contains(prompt), terminal.screen().constData());
    QVERIFY(!logOfHelper().contains("has resumed"));
}

QTEST_GUILESS_MAIN(PasswordTest)

#include "PasswordTest.moc"
