// SPDX-License-Identifier: MIT
//
// A helper that works, but not as it should: who asks is told, and when it is over, too.
#include "dbus/Names.h"
#include "dbus/StateReason.h"
#include "tests/integration/TestClient.h"
#include "tests/integration/TestSystem.h"

#include <QFile>
#include <QTest>
#include <memory>
#include <sys/resource.h>
#include <sys/stat.h>

using namespace lunaris;

namespace
{

constexpr int patience = 30'000;

} // namespace

class DegradedTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void aTypeThatCannotBeCaptured();
    void aPauseThatCannotBeWritten();

private:
    QString property(const char *name);
    /// What the helper says of itself, to programs and to people.
    void expect(QLatin1String state, QLatin1String reason);
    bool isDone(TestClient &client, const char *method, const QVariantList &arguments);
    quint64 watch(QLatin1String type);

    std::unique_ptr<QProcess> m_helper;
    std::unique_ptr<TestClient> m_root;
    const TestUser m_alex = TestUser::named("alex");
};

void DegradedTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    // Without an Event Bus nothing is attached before somebody wants it.
    m_helper = TestSystem::startHelper(
        {QStringLiteral("--config"), TestSystem::configuration("[bus]\nenabled = false\n")});
    QVERIFY(m_helper);
    m_root = std::make_unique<TestClient>(0);
}

void DegradedTest::cleanupTestCase()
{
    m_root.reset();
    if (m_helper) {
        QCOMPARE(TestSystem::stop(*m_helper), 0);
    }
}

QString DegradedTest::property(const char *name)
{
    QDBusMessage message = QDBusMessage::createMethodCall(dbus::serviceName, dbus::objectPath,
                                                          QStringLiteral("org.freedesktop.DBus.Properties"),
                                                          QStringLiteral("Get"));
    message << QString(dbus::interfaceName) << QString::fromLatin1(name);
    const QVariantList answer = m_root->bus().call(message, QDBus::BlockWithGui, patience).arguments();
    return answer.value(0).value<QDBusVariant>().variant().toString();
}

void DegradedTest::expect(QLatin1String state, QLatin1String reason)
{
    QTRY_COMPARE_WITH_TIMEOUT(property("StateReason"), QString(reason), patience);
    QCOMPARE(property("State"), QString(state));
    const TestSystem::Run status =
        TestSystem::run(QStringLiteral(CTL_PROGRAM),
                        {QStringLiteral("status"), QStringLiteral("--bus"), TestSystem::busAddress()});
    const QByteArray said = status.process->readAllStandardOutput() + status.process->readAllStandardError();
    QVERIFY2(said.contains(QByteArray("state      ") + state.data() + '\n'), said.constData());
    QVERIFY2(said.contains(dbus::explainReason(reason).toUtf8()), said.constData());
}

bool DegradedTest::isDone(TestClient &client, const char *method, const QVariantList &arguments)
{
    return client.call(QString::fromLatin1(method), arguments).type() == QDBusMessage::ReplyMessage;
}

quint64 DegradedTest::watch(QLatin1String type)
{
    return m_root->subscribe(
        {{QStringLiteral("scope"), QString(dbus::scope::all)}, {QStringLiteral("types"), QStringList{type}}});
}

void DegradedTest::aTypeThatCannotBeCaptured()
{
    const quint64 starts = watch(dbus::type::processStarted);
    QVERIFY(starts != 0);
    const auto startsAreSeen = [this] {
        m_root->events.clear();
        TestSystem::run(QStringLiteral(OPENER_PROGRAM),
                        {QStringLiteral("open"), QStringLiteral("/etc/passwd")}, m_alex);
        return QTest::qWaitFor([this] { return !m_root->events.isEmpty(); }, patience);
    };
    QVERIFY(startsAreSeen());
    expect(dbus::state::running, dbus::reason::none);

    // Whatever is attached takes a descriptor, and it gets no more of them.
    const auto pid = static_cast<pid_t>(m_helper->processId());
    rlimit before{};
    QCOMPARE(prlimit(pid, RLIMIT_NOFILE, nullptr, &before), 0);
    const rlimit none{3, before.rlim_max};
    QCOMPARE(prlimit(pid, RLIMIT_NOFILE, &none, nullptr), 0);
    const quint64 writes = watch(dbus::type::fileWritten);
    QVERIFY(writes != 0);
    expect(dbus::state::degraded, dbus::reason::typesMissing);
    QVERIFY(startsAreSeen());

    // Resume tries again.
    QCOMPARE(prlimit(pid, RLIMIT_NOFILE, &before, nullptr), 0);
    QVERIFY(isDone(*m_root, "Resume", {QString(dbus::scope::all)}));
    expect(dbus::state::running, dbus::reason::none);

    // Nor does it matter what nobody wants.
    QVERIFY(isDone(*m_root, "Unsubscribe", {writes}));
    QCOMPARE(prlimit(pid, RLIMIT_NOFILE, &none, nullptr), 0);
    const quint64 again = watch(dbus::type::networkConnect);
    QVERIFY(again != 0);
    expect(dbus::state::degraded, dbus::reason::typesMissing);
    QVERIFY(isDone(*m_root, "Unsubscribe", {again}));
    expect(dbus::state::running, dbus::reason::none);
    QCOMPARE(prlimit(pid, RLIMIT_NOFILE, &before, nullptr), 0);
    QVERIFY(isDone(*m_root, "Unsubscribe", {starts}));
}

void DegradedTest::aPauseThatCannotBeWritten()
{
    TestClient alex(m_alex.uid);
    const QByteArray directory = QFile::encodeName(TestSystem::directory()) + "/state";
    const QString own = dbus::scope::own;
    const QString all = dbus::scope::all;
    QVERIFY(isDone(alex, "Pause", {own, quint64(0)})); // makes the directory
    expect(dbus::state::running, dbus::reason::none);
    QCOMPARE(chmod(directory.constData(), 0777), 0);
    QVERIFY(isDone(alex, "Pause", {own, quint64(60)}));
    expect(dbus::state::degraded, dbus::reason::stateNotSaved);
    QVERIFY(isDone(*m_root, "Pause", {all, quint64(0)}));
    expect(dbus::state::paused, dbus::reason::stateNotSaved);
    QVERIFY(isDone(*m_root, "Resume", {all}));
    expect(dbus::state::degraded, dbus::reason::stateNotSaved);
    QCOMPARE(chmod(directory.constData(), 0700), 0);
    QVERIFY(isDone(alex, "Resume", {own}));
    expect(dbus::state::running, dbus::reason::none);
}

QTEST_GUILESS_MAIN(DegradedTest)
#include "DegradedTest.moc"
