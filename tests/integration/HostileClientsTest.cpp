// SPDX-License-Identifier: MIT
//
// Users of this machine who want to see what is not theirs, or to get in the way: the kernel, the helper,
// the bus with the shipped policy and polkitd are the real ones. dbus/SECURITY.md says what they may learn.
#include "dbus/Names.h"
#include "tests/integration/BusConsumer.h"
#include "tests/integration/RawClient.h"
#include "tests/integration/TestClient.h"
#include "tests/integration/TestSystem.h"

#include <QDBusMessage>
#include <QDir>
#include <QFile>
#include <QTest>
#include <memory>
#include <unistd.h>

using namespace lunaris;

namespace
{

constexpr int patience = 30'000;

const QByteArray rootsFolder = "/home/of-root/";
const QByteArray alexFolder = "/home/alex/";
const QByteArray mallorysFolder = "/home/mallory/";

constexpr qint64 mebibyte = 1024 * 1024;

} // namespace

class HostileClientsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void cleanup();

    void ownScopeIsOwnHoweverMuchHappens();
    void nobodyTouchesAnothersSubscription_data();
    void nobodyTouchesAnothersSubscription();
    void nobodyEavesdrops();
    void nobodyTakesTheName();
    void tenThousandSubscribeCalls_data();
    void tenThousandSubscribeCalls();
    void whoStopsReadingHarmsNobody();
    void brokenBytesEndTheirSender_data();
    void brokenBytesEndTheirSender();
    void wrongArgumentsAreRefused_data();
    void wrongArgumentsAreRefused();

private:
    std::unique_ptr<QProcess> openMany(const QByteArray &path, int count, const TestUser &user);
    quint64 subscriptions();
    qint64 residentBytes() const;

    std::unique_ptr<QProcess> m_bus;
    std::unique_ptr<QProcess> m_helper;
    std::unique_ptr<BusConsumer> m_consumer;
    std::unique_ptr<TestClient> m_root;
    const TestUser m_alex = TestUser::named("alex");
    const TestUser m_mallory = TestUser::named("mallory");
};

void HostileClientsTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    QVERIFY(QDir().mkpath(QString::fromLatin1(rootsFolder)));
    m_bus = TestSystem::startBus();
    QVERIFY(m_bus);
    m_consumer = std::make_unique<BusConsumer>(TestSystem::consumerSocket(), "/home/");
    QVERIFY(m_consumer->isConnected());
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
    m_root = std::make_unique<TestClient>(0);
}

void HostileClientsTest::cleanupTestCase()
{
    m_root.reset();
    if (m_helper) {
        QCOMPARE(TestSystem::stop(*m_helper), 0);
    }
    if (m_bus) {
        TestSystem::stop(*m_bus);
    }
}

/// Whatever was done to it, it is the same process, and serves.
void HostileClientsTest::cleanup()
{
    QCOMPARE(m_helper->state(), QProcess::Running);
    QTRY_COMPARE_WITH_TIMEOUT(subscriptions(), quint64(0), patience);
}

std::unique_ptr<QProcess> HostileClientsTest::openMany(const QByteArray &path, int count,
                                                       const TestUser &user)
{
    auto opener = TestSystem::program(
        QStringLiteral(OPENER_PROGRAM),
        {QStringLiteral("many"), QString::fromLatin1(path), QString::number(count)}, user);
    opener->start();
    return opener;
}

quint64 HostileClientsTest::subscriptions()
{
    const QVariantList reply = m_root->call(QStringLiteral("GetStatistics")).arguments();
    return qdbus_cast<Statistics>(reply.value(0)).value(QStringLiteral("subscriptions"), ~quint64(0));
}

qint64 HostileClientsTest::residentBytes() const
{
    QFile file(QStringLiteral("/proc/%1/statm").arg(m_helper->processId()));
    if (!file.open(QIODevice::ReadOnly)) {
        return -1;
    }
    return file.readAll().split(' ').at(1).toLongLong() * sysconf(_SC_PAGESIZE);
}

void HostileClientsTest::ownScopeIsOwnHoweverMuchHappens()
{
    constexpr int opens = 20'000;
    TestClient alex(m_alex.uid);
    TestClient root(0);
    QVERIFY(alex.subscribe() != 0);
    QVERIFY(root.subscribe() != 0);
    const auto ofAlex = openMany(alexFolder + "flood", opens, m_alex);
    const auto ofMallory = openMany(mallorysFolder + "flood", opens, m_mallory);
    const auto ofRoot = openMany(rootsFolder + "flood", opens, TestUser{});
    const auto all = [](const TestClient &client) {
        return client.events.size() + qsizetype(client.dropped) >= opens;
    };
    QTRY_VERIFY_WITH_TIMEOUT(all(alex) && all(root), patience);
    for (const auto &opener : {&ofAlex, &ofMallory, &ofRoot}) {
        QTRY_COMPARE_WITH_TIMEOUT((*opener)->state(), QProcess::NotRunning, patience);
        QCOMPARE((*opener)->exitCode(), 0);
    }
    QVERIFY(alex.eventsBelow(alexFolder) > 1000);
    QVERIFY(root.eventsBelow(rootsFolder) > 0);
    for (const MonitorEvent &event : alex.events) {
        QVERIFY2(event.uid == m_alex.uid, event.subject.constData());
    }
    for (const MonitorEvent &event : root.events) {
        QVERIFY2(event.uid == 0, event.subject.constData());
    }
    const double seconds = double(alex.events.constLast().time - alex.events.constFirst().time) / 1e6;
    qInfo("alex was shown %lld of her events and missed %llu, in %.2f s", qint64(alex.events.size()),
          static_cast<unsigned long long>(alex.dropped), seconds);
}

void HostileClientsTest::nobodyTouchesAnothersSubscription_data()
{
    QTest::addColumn<uint>("uid");
    QTest::newRow("a user without any right") << m_mallory.uid;
    QTest::newRow("the same user on another connection") << m_alex.uid;
    QTest::newRow("root") << 0U;
}

void HostileClientsTest::nobodyTouchesAnothersSubscription()
{
    QFETCH(uint, uid);
    TestClient alex(m_alex.uid);
    const quint64 id = alex.subscribe();
    QVERIFY(id != 0);
    TestClient stranger(uid);
    QCOMPARE(stranger.call(QStringLiteral("Acknowledge"), {id, quint64(0)}).errorName(),
             QString(dbus::error::noSuchSubscription));
    QCOMPARE(stranger.call(QStringLiteral("Unsubscribe"), {id}).errorName(),
             QString(dbus::error::noSuchSubscription));
    QCOMPARE(alex.call(QStringLiteral("Acknowledge"), {id, quint64(0)}).type(), QDBusMessage::ReplyMessage);
}

void HostileClientsTest::nobodyEavesdrops()
{
    RawClient mallory(TestSystem::busAddress(), m_mallory.uid);
    QVERIFY(!mallory.name().isEmpty());
    for (const char *rule :
         {"type='signal'", "eavesdrop='true'", "eavesdrop='true',type='signal'",
          "type='signal',sender='org.lunaris.KernelMonitor1'", "type='signal',path_namespace='/org/lunaris'",
          "type='signal',interface='org.lunaris.KernelMonitor1',member='Events'",
          "eavesdrop='true',type='method_call',interface='org.lunaris.KernelMonitor1'",
          "eavesdrop='true',type='method_return'"}) {
        QVERIFY(mallory.callBus("AddMatch", "s", RawClient::text(rule)));
    }
    QVERIFY(mallory.callBus("BecomeMonitor", "asu", QByteArray(8, '\0')));

    TestClient alex(m_alex.uid);
    QVERIFY(alex.subscribe() != 0);
    const auto opener = openMany(alexFolder + "secret", 2000, m_alex);
    QTRY_VERIFY_WITH_TIMEOUT(alex.eventsBelow(alexFolder + "secret") + qsizetype(alex.dropped) >= 2000,
                             patience);
    QVERIFY(alex.eventsBelow(alexFolder + "secret") > 0);
    // What everybody may hear does come, so that silence means something.
    const QString all = dbus::scope::all;
    QCOMPARE(m_root->call(QStringLiteral("Pause"), {all, quint64(0)}).type(), QDBusMessage::ReplyMessage);
    QCOMPARE(m_root->call(QStringLiteral("Resume"), {all}).type(), QDBusMessage::ReplyMessage);

    bool heardTheState = false;
    bool isNoMonitor = false;
    const auto fence = QByteArrayLiteral("org.freedesktop.DBus.Error.MatchRuleNotFound");
    QVERIFY(mallory.callBus("RemoveMatch", "s", RawClient::text("type='error',sender='com.example.Fence'")));
    for (;;) {
        const auto message = mallory.next(patience);
        QVERIFY2(message, "the bus ended the listener");
        heardTheState = heardTheState || message->contains("PropertiesChanged");
        isNoMonitor = isNoMonitor || message->contains("AccessDenied");
        QVERIFY2(!message->contains("secret") && !message->contains("Subscribe"), message->constData());
        if (message->contains(fence)) {
            break;
        }
    }
    QVERIFY(heardTheState);
    QVERIFY(isNoMonitor);
}

void HostileClientsTest::nobodyTakesTheName()
{
    RawClient mallory(TestSystem::busAddress(), m_mallory.uid);
    QVERIFY(!mallory.name().isEmpty());
    QByteArray wish = RawClient::text(dbus::serviceName.data());
    wish.append(QByteArray((4 - wish.size() % 4) % 4, '\0'))
        .append(QByteArray("\7\0\0\0", 4)); // by all means
    QVERIFY(mallory.callBus("RequestName", "su", wish));
    std::optional<QByteArray> message;
    do {
        message = mallory.next(patience);
        QVERIFY(message);
    } while (!message->contains("org.freedesktop.DBus.Error.AccessDenied"));
}

void HostileClientsTest::tenThousandSubscribeCalls_data()
{
    QTest::addColumn<uint>("uid");
    QTest::addColumn<quint64>("subscribed");
    QTest::newRow("one who may") << m_alex.uid << quint64(8);
    QTest::newRow("one who may not") << m_mallory.uid << quint64(0);
}

void HostileClientsTest::tenThousandSubscribeCalls()
{
    QFETCH(uint, uid);
    QFETCH(quint64, subscribed);
    TestClient bystander(0);
    QVERIFY(bystander.subscribe({{QStringLiteral("filter"), QStringLiteral("path startswith /home/alex/")},
                                 {QStringLiteral("scope"), QStringLiteral("all")}}) != 0);
    const qint64 before = residentBytes();
    {
        RawClient client(TestSystem::busAddress(), uid);
        QVERIFY(!client.name().isEmpty());
        for (int number = 0; number < 10'000; ++number) {
            // Without a wish for an answer, or the bus itself would set a limit.
            QVERIFY(client.call("Subscribe", "a{sv}", RawClient::noOptions(), RawClient::Flag::NoReply));
        }
        // Behind all of them.
        QVERIFY(client.call("Unsubscribe", "t", QByteArray(8, '\0')));
        std::optional<QByteArray> message;
        do {
            message = client.next(patience);
            QVERIFY(message);
        } while (!message->contains("NoSuchSubscription"));
        QTRY_COMPARE_WITH_TIMEOUT(subscriptions(), subscribed + 1, patience);

        const auto opener = openMany(alexFolder + "meanwhile", 10, m_alex);
        QTRY_COMPARE_WITH_TIMEOUT(bystander.eventsBelow(alexFolder + "meanwhile"), qsizetype(10), patience);
    }
    QTRY_COMPARE_WITH_TIMEOUT(subscriptions(), quint64(1), patience);
    const qint64 grown = residentBytes() - before;
    qInfo("the helper grew by %lld KiB", grown / 1024);
    QVERIFY2(grown < 8 * mebibyte, qPrintable(QString::number(grown)));
}

void HostileClientsTest::whoStopsReadingHarmsNobody()
{
    constexpr int portion = 4000;
    TestClient reader(m_alex.uid);
    QVERIFY(reader.subscribe() != 0);
    TestClient forgetful(m_alex.uid);
    forgetful.acknowledges = false;
    QVERIFY(forgetful.subscribe() != 0);
    RawClient deaf(TestSystem::busAddress(), m_alex.uid);
    for (int number = 0; number < 4; ++number) {
        QVERIFY(deaf.call("Subscribe", "a{sv}", RawClient::noOptions()));
    }
    QTRY_COMPARE_WITH_TIMEOUT(subscriptions(), quint64(6), patience);

    qint64 before = 0;
    const std::string folder = (alexFolder + "deaf").toStdString();
    for (int round = 1; round <= 25; ++round) {
        const auto opener = openMany(QByteArray::fromStdString(folder), portion, m_alex);
        QTRY_VERIFY_WITH_TIMEOUT(reader.eventsBelow(alexFolder + "deaf") + qsizetype(reader.dropped) >=
                                     qsizetype(round) * portion,
                                 patience);
        QTRY_COMPARE_WITH_TIMEOUT(m_consumer->countBelow(folder), std::size_t(round) * portion, patience);
        if (round == 5) {
            before = residentBytes(); // the ring of recent events has been filled once
        }
    }
    const qint64 grown = residentBytes() - before;
    qInfo("after 100 000 events the helper has %lld KiB, %lld more than after 20 000; the reader missed %llu",
          residentBytes() / 1024, grown / 1024, static_cast<unsigned long long>(reader.dropped));
    QVERIFY2(grown < 4 * mebibyte, qPrintable(QString::number(grown)));
    QCOMPARE(reader.dropped, quint64(0));
    // Who does not acknowledge is not sent more, and stays.
    QVERIFY(forgetful.events.size() <= 4 * 1000);
    QCOMPARE(subscriptions(), quint64(6));
}

void HostileClientsTest::brokenBytesEndTheirSender_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::newRow("a value that is no UTF-8") << RawClient::option("scope", "own\xff");
    QTest::newRow("a name that is no UTF-8") << RawClient::option("sco\xc0\xaf", "own");
    QTest::newRow("a surrogate") << RawClient::option("scope", "\xed\xa0\x80");
    QTest::newRow("a NUL in a value") << RawClient::option("filter", QByteArray("pid == 1\0x", 10));
    QTest::newRow("a NUL in a name") << RawClient::option(QByteArray("sc\0pe", 5), "own");
    QTest::newRow("a length beyond the end") << QByteArray("\xff\xff\xff\0\0\0\0\0", 8);
    QTest::newRow("nothing where options should be") << QByteArray();
    QTest::newRow("a length that is none") << QByteArray("\xff\xff\xff\xff\0\0\0\0", 8);
}

void HostileClientsTest::brokenBytesEndTheirSender()
{
    QFETCH(QByteArray, body);
    RawClient client(TestSystem::busAddress(), m_alex.uid);
    QVERIFY(!client.name().isEmpty());
    QVERIFY(client.call("Subscribe", "a{sv}", body));
    while (client.next(patience)) {
    }
    QVERIFY(!client.isConnected(patience));
    TestClient alex(m_alex.uid);
    QVERIFY(alex.subscribe() != 0);
}

void HostileClientsTest::wrongArgumentsAreRefused_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QVariantList>("arguments");

    const QString subscribe = QStringLiteral("Subscribe");
    const auto option = [](const char *name, const QVariant &value) {
        return QVariantList{QVariantMap{{QString::fromLatin1(name), value}}};
    };
    QTest::newRow("no options") << subscribe << QVariantList{};
    QTest::newRow("a text for options") << subscribe << QVariantList{QStringLiteral("own")};
    QTest::newRow("options twice") << subscribe << QVariantList{QVariantMap{}, QVariantMap{}};
    QTest::newRow("a megabyte of scope") << subscribe << option("scope", QString(1'000'000, u'x'));
    QTest::newRow("a megabyte of filter") << subscribe << option("filter", QString(1'000'000, u'('));
    QTest::newRow("a megabyte of a name")
        << subscribe << QVariantList{QVariantMap{{QString(1'000'000, u'n'), true}}};
    QTest::newRow("a hundred thousand types")
        << subscribe << option("types", QStringList(100'000, QStringLiteral("file.eaten")));
    QTest::newRow("a text for types") << subscribe << option("types", QStringLiteral("file.opened"));
    QTest::newRow("bytes for a text") << subscribe << option("scope", QByteArray("own"));
    QTest::newRow("a variant in a variant")
        << subscribe << option("scope", QVariant::fromValue(QDBusVariant(QVariant(QStringLiteral("own")))));
    QTest::newRow("a negative backlog") << subscribe << option("backlog", -1);
    QTest::newRow("the longest backlog") << subscribe << option("backlog", 0xffffffffU);
    QTest::newRow("texts for numbers")
        << QStringLiteral("Acknowledge") << QVariantList{QStringLiteral("1"), QStringLiteral("2")};
    QTest::newRow("the last number") << QStringLiteral("Acknowledge")
                                     << QVariantList{~quint64(0), ~quint64(0)};
    QTest::newRow("a number for a scope") << QStringLiteral("Pause") << QVariantList{1U, quint64(0)};
    QTest::newRow("a pause for ever")
        << QStringLiteral("Pause") << QVariantList{QString(dbus::scope::all), ~quint64(0)};
    QTest::newRow("no method") << QStringLiteral("Publish") << QVariantList{};
    QTest::newRow("a slot that is no method")
        << QStringLiteral("onBusConnectedChanged") << QVariantList{true};
}

void HostileClientsTest::wrongArgumentsAreRefused()
{
    QFETCH(QString, method);
    QFETCH(QVariantList, arguments);
    // By root, who may everything: it is not polkit that says no.
    const QDBusMessage reply = m_root->call(method, arguments);
    QCOMPARE(reply.type(), QDBusMessage::ErrorMessage);
    QVERIFY2(reply.errorName() != QLatin1String("org.freedesktop.DBus.Error.NoReply") &&
                 reply.errorName() != QString(dbus::error::notAuthorized),
             qPrintable(reply.errorName()));
}

QTEST_GUILESS_MAIN(HostileClientsTest)

#include "HostileClientsTest.moc"
