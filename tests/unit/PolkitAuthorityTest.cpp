// SPDX-License-Identifier: MIT
//
// What becomes of a question when polkit is not as it should be. The real one is asked in integration/.
#include "helper/service/PolkitAuthority.h"
#include "tests/fakes/PrivateBus.h"
#include "tests/unit/FakePolkit.h"

#include <QSignalSpy>
#include <QTest>
#include <memory>
#include <optional>
#include <type_traits>

using namespace lunaris;
using namespace std::chrono_literals;

namespace
{

// Who does not heed a verdict, does not compile.
constexpr auto forgets = [](Verdict) {};
static_assert(!std::is_constructible_v<Authority::Done, decltype(forgets)>);
static_assert(!std::is_default_constructible_v<Verdict::Heeded>);
static_assert(!std::is_convertible_v<Verdict, bool>);

constexpr PolkitAuthority::Patience little{150ms, 150ms};

const QString action = QStringLiteral("org.lunaris.KernelMonitor1.watch-own");

/// Every answer that a question got.
struct Answers {
    int allowed = 0;
    QList<Refusal> refusals;

    int count() const { return allowed + int(refusals.size()); }

    Authority::Done taker()
    {
        return [this](Verdict verdict) {
            return std::move(verdict).heed([this] { ++allowed; },
                                           [this](Refusal why) { refusals.append(why); });
        };
    }
};

} // namespace

class PolkitAuthorityTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void onlyAPlainYesIsAYes_data();
    void onlyAPlainYesIsAYes();
    void anErrorIsANo();
    void polkitIsAskedAboutTheCaller_data();
    void polkitIsAskedAboutTheCaller();
    void withoutPolkitTheAnswerIsNo();
    void aSilentPolkitIsWaitedForInVain_data();
    void aSilentPolkitIsWaitedForInVain();
    void anAnswerThatIsLateIsNone();
    void aPolkitThatEndsIsANoAndTheNextOneIsAsked();
    void whoLeavesIsNotWaitedFor();
    void whoIsUnknownToTheBusIsNotAskedAbout();
    void theSameQuestionIsAskedOnce();
    void whoWaitsForOneAnswerIsLimited();
    void aUserHasFourQuestions();
    void ourOwnQuestionsDoNotCount();
    void changesAreTold();

private:
    void makeAuthority(const PolkitAuthority::Patience &patience = {})
    {
        m_authority = std::make_unique<PolkitAuthority>(m_bus->connect(), patience);
    }
    void makePolkit()
    {
        m_polkitConnection = std::make_unique<QDBusConnection>(m_bus->connect());
        m_polkit = std::make_unique<FakePolkit>(*m_polkitConnection);
    }
    void endPolkit()
    {
        const QString name = m_polkitConnection->name();
        m_polkit.reset();
        m_polkitConnection.reset();
        QDBusConnection::disconnectFromBus(name);
    }

    std::unique_ptr<test::PrivateBus> m_bus;
    std::unique_ptr<QDBusConnection> m_caller;
    std::unique_ptr<QDBusConnection> m_polkitConnection;
    std::unique_ptr<FakePolkit> m_polkit;
    std::unique_ptr<PolkitAuthority> m_authority;
};

void PolkitAuthorityTest::init()
{
    m_bus = std::make_unique<test::PrivateBus>();
    QVERIFY(!m_bus->address().isEmpty());
    m_caller = std::make_unique<QDBusConnection>(m_bus->connect());
    makePolkit();
}

void PolkitAuthorityTest::cleanup()
{
    m_authority.reset();
    m_polkit.reset();
    m_polkitConnection.reset();
    m_caller.reset();
    m_bus.reset();
}

void PolkitAuthorityTest::onlyAPlainYesIsAYes_data()
{
    QTest::addColumn<QVariantList>("answer");
    QTest::addColumn<bool>("allowed");
    QTest::addColumn<int>("refusal");

    const int denied = int(Refusal::Denied);
    QTest::newRow("yes") << FakePolkit::result(true, false) << true << denied;
    QTest::newRow("no") << FakePolkit::result(false, false) << false << denied;
    QTest::newRow("a password") << FakePolkit::result(false, true) << false
                                << int(Refusal::NeedsAuthentication);
    QTest::newRow("yes and no") << FakePolkit::result(true, true) << false << denied;
    QTest::newRow("nothing") << QVariantList{} << false << denied;
    QTest::newRow("a bare yes") << QVariantList{true} << false << denied;
    QTest::newRow("yes in a variant")
        << QVariantList{QVariant::fromValue(QDBusVariant(true))} << false << denied;
    QTest::newRow("three values that are no struct")
        << QVariantList{true, false, QVariant::fromValue(PolkitDetails{})} << false << denied;
    QTest::newRow("a number") << QVariantList{1U} << false << denied;
    QTest::newRow("a text") << QVariantList{QStringLiteral("yes")} << false << denied;
    QTest::newRow("a megabyte") << QVariantList{QString(1'000'000, u'y')} << false << denied;
    QTest::newRow("another struct") << QVariantList{QVariant::fromValue(
                                           PolkitSubject{QStringLiteral("yes"), {}})}
                                    << false << denied;
}

void PolkitAuthorityTest::onlyAPlainYesIsAYes()
{
    QFETCH(QVariantList, answer);
    QFETCH(bool, allowed);
    QFETCH(int, refusal);
    makeAuthority();
    m_polkit->answerWith(answer);
    Answers answers;
    m_authority->check(m_caller->baseService(), action, false, answers.taker());
    QCOMPARE(answers.count(), 0); // later, never from within
    QTRY_COMPARE(answers.count(), 1);
    QCOMPARE(answers.allowed, allowed ? 1 : 0);
    if (!allowed) {
        QCOMPARE(int(answers.refusals.constFirst()), refusal);
    }
    QCOMPARE(m_authority->undecided(), std::size_t(0));
}

void PolkitAuthorityTest::anErrorIsANo()
{
    makeAuthority();
    m_polkit->answerWithError(QStringLiteral("org.freedesktop.PolicyKit1.Error.Failed"));
    Answers answers;
    m_authority->check(m_caller->baseService(), action, true, answers.taker());
    QTRY_COMPARE(answers.refusals, QList{Refusal::Denied});
}

void PolkitAuthorityTest::polkitIsAskedAboutTheCaller_data()
{
    QTest::addColumn<bool>("interactive");
    QTest::newRow("a person may be asked") << true;
    QTest::newRow("nobody may be asked") << false;
}

void PolkitAuthorityTest::polkitIsAskedAboutTheCaller()
{
    QFETCH(bool, interactive);
    makeAuthority();
    Answers answers;
    m_authority->check(m_caller->baseService(), action, interactive, answers.taker());
    QTRY_COMPARE(m_polkit->asked().size(), 1);
    const FakePolkit::Asked &asked = m_polkit->asked().constFirst();
    QCOMPARE(asked.subject.kind, QStringLiteral("system-bus-name"));
    QCOMPARE(asked.subject.details, (QVariantMap{{QStringLiteral("name"), m_caller->baseService()}}));
    QCOMPARE(asked.action, action);
    QCOMPARE(asked.flags, interactive ? 1U : 0U);
    QVERIFY(!asked.cancellation.isEmpty());
}

void PolkitAuthorityTest::withoutPolkitTheAnswerIsNo()
{
    endPolkit();
    makeAuthority();
    Answers answers;
    m_authority->check(m_caller->baseService(), action, true, answers.taker());
    QTRY_COMPARE(answers.refusals, QList{Refusal::Denied});
}

void PolkitAuthorityTest::aSilentPolkitIsWaitedForInVain_data()
{
    polkitIsAskedAboutTheCaller_data();
}

void PolkitAuthorityTest::aSilentPolkitIsWaitedForInVain()
{
    QFETCH(bool, interactive);
    // The other kind's patience would outlast the test.
    makeAuthority(interactive ? PolkitAuthority::Patience{5s, 150ms}
                              : PolkitAuthority::Patience{150ms, std::chrono::minutes(5)});
    Answers answers;
    m_authority->check(m_caller->baseService(), action, interactive, answers.taker());
    QTRY_COMPARE(answers.refusals, QList{Refusal::Denied});
    QTRY_COMPARE(m_polkit->withdrawn(), QStringList{m_polkit->asked().constFirst().cancellation});
}

void PolkitAuthorityTest::anAnswerThatIsLateIsNone()
{
    makeAuthority(little);
    Answers late;
    m_authority->check(m_caller->baseService(), action, false, late.taker());
    QTRY_COMPARE(late.refusals, QList{Refusal::Denied});
    m_polkit->answerAll(FakePolkit::result(true, false));

    m_polkit->answerWith(FakePolkit::result(false, false));
    Answers next;
    m_authority->check(m_caller->baseService(), action, false, next.taker());
    QTRY_COMPARE(next.refusals, QList{Refusal::Denied});
    QCOMPARE(late.count(), 1);
}

void PolkitAuthorityTest::aPolkitThatEndsIsANoAndTheNextOneIsAsked()
{
    makeAuthority();
    Answers answers;
    m_authority->check(m_caller->baseService(), action, true, answers.taker());
    QTRY_COMPARE(m_polkit->asked().size(), 1);
    endPolkit();
    QTRY_COMPARE(answers.refusals, QList{Refusal::Denied});

    QSignalSpy changed(m_authority.get(), &Authority::changed);
    makePolkit();
    QTRY_COMPARE(changed.count(), 1); // it may have other rules
    m_polkit->answerWith(FakePolkit::result(true, false));
    m_authority->check(m_caller->baseService(), action, true, answers.taker());
    QTRY_COMPARE(answers.allowed, 1);
}

void PolkitAuthorityTest::whoLeavesIsNotWaitedFor()
{
    makeAuthority();
    Answers answers;
    const QString caller = m_caller->baseService();
    m_authority->check(caller, action, true, answers.taker());
    m_authority->check(caller, action, false, answers.taker());
    QTRY_COMPARE(m_polkit->asked().size(), 2);
    const QString name = m_caller->name();
    m_caller.reset();
    QDBusConnection::disconnectFromBus(name);
    QTRY_COMPARE(answers.refusals, (QList{Refusal::Denied, Refusal::Denied}));
    QTRY_COMPARE(m_polkit->withdrawn(),
                 (QStringList{m_polkit->asked().at(0).cancellation, m_polkit->asked().at(1).cancellation}));
    QCOMPARE(m_authority->undecided(), std::size_t(0));
}

void PolkitAuthorityTest::whoIsUnknownToTheBusIsNotAskedAbout()
{
    makeAuthority();
    m_polkit->answerWith(FakePolkit::result(true, false));
    Answers answers;
    m_authority->check(QStringLiteral(":1.999999"), action, false, answers.taker());
    QTRY_COMPARE(answers.refusals, QList{Refusal::Denied});
    QVERIFY(m_polkit->asked().isEmpty());
}

void PolkitAuthorityTest::theSameQuestionIsAskedOnce()
{
    makeAuthority();
    Answers answers;
    for (int repetition = 0; repetition < 10; ++repetition) {
        m_authority->check(m_caller->baseService(), action, false, answers.taker());
    }
    m_authority->check(m_caller->baseService(), action, true, answers.taker());
    QTRY_COMPARE(m_polkit->asked().size(), 2);
    m_polkit->answerAll(FakePolkit::result(true, false));
    QTRY_COMPARE(answers.allowed, 11);
    QCOMPARE(m_polkit->asked().size(), 2);

    // What is decided is decided: the next time counts anew.
    m_polkit->answerWith(FakePolkit::result(false, false));
    m_authority->check(m_caller->baseService(), action, false, answers.taker());
    QTRY_COMPARE(answers.refusals.size(), 1);
}

void PolkitAuthorityTest::whoWaitsForOneAnswerIsLimited()
{
    makeAuthority();
    Answers answers;
    for (int repetition = 0; repetition < 10'000; ++repetition) {
        m_authority->check(m_caller->baseService(), action, false, answers.taker());
    }
    const int refused = 10'000 - int(PolkitAuthority::waitingForOne);
    QTRY_COMPARE(answers.refusals.size(), refused);
    QCOMPARE(answers.refusals.count(Refusal::TooManyQuestions), refused);
    QTRY_COMPARE(m_polkit->asked().size(), 1);
    m_polkit->answerAll(FakePolkit::result(true, false));
    QTRY_COMPARE(answers.allowed, int(PolkitAuthority::waitingForOne));
}

void PolkitAuthorityTest::aUserHasFourQuestions()
{
    makeAuthority();
    // As one user, over one connection and another.
    const QDBusConnection other = m_bus->connect();
    Answers answers;
    for (int number = 0; number < 6; ++number) {
        m_authority->check(number % 2 ? other.baseService() : m_caller->baseService(),
                           action + QString::number(number), true, answers.taker());
    }
    QTRY_COMPARE(answers.refusals, (QList{Refusal::TooManyQuestions, Refusal::TooManyQuestions}));
    QTRY_COMPARE(m_polkit->asked().size(), PolkitAuthority::questionsPerUid);
    m_polkit->answerAll(FakePolkit::result(true, false));
    QTRY_COMPARE(answers.allowed, PolkitAuthority::questionsPerUid);

    m_polkit->answerWith(FakePolkit::result(true, false));
    m_authority->check(m_caller->baseService(), action, true, answers.taker());
    QTRY_COMPARE(answers.allowed, PolkitAuthority::questionsPerUid + 1);
}

void PolkitAuthorityTest::ourOwnQuestionsDoNotCount()
{
    makeAuthority();
    Answers callers;
    Answers ours;
    for (int number = 0; number < PolkitAuthority::questionsPerUid; ++number) {
        m_authority->check(m_caller->baseService(), action + QString::number(number), true, callers.taker());
    }
    QTRY_COMPARE(m_polkit->asked().size(), PolkitAuthority::questionsPerUid);
    m_polkit->answerWith(FakePolkit::result(true, false));
    m_authority->checkAgain(m_caller->baseService(), action, ours.taker());
    QTRY_COMPARE(ours.allowed, 1);
    QCOMPARE(m_polkit->asked().constLast().flags, 0U); // nobody is asked for a password
    QCOMPARE(callers.count(), 0);
}

void PolkitAuthorityTest::changesAreTold()
{
    makeAuthority();
    QSignalSpy changed(m_authority.get(), &Authority::changed);
    // What says it without being polkit is not believed; the real one comes after it.
    QDBusMessage forged = QDBusMessage::createTargetedSignal(
        QString(), QLatin1String(FakePolkit::path), QStringLiteral("org.freedesktop.PolicyKit1.Authority"),
        QStringLiteral("Changed"));
    QVERIFY(m_caller->send(forged));
    Answers fence;
    m_polkit->answerWith(FakePolkit::result(true, false));
    m_authority->check(m_caller->baseService(), action, false, fence.taker());
    QTRY_COMPARE(fence.allowed, 1);
    QCOMPARE(changed.count(), 0);

    m_polkit->change();
    QTRY_COMPARE(changed.count(), 1);
}

QTEST_GUILESS_MAIN(PolkitAuthorityTest)

#include "PolkitAuthorityTest.moc"
