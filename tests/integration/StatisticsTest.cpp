// SPDX-License-Identifier: MIT
//
// What the statistics tell beside the counts that have to add up: since when, how long events were on their
// way, and how full what keeps them is.
#include "dbus/BusConnection.h"
#include "dbus/MonitorEvent.h"
#include "dbus/Names.h"
#include "tests/integration/TestClient.h"
#include "tests/integration/TestSystem.h"

#include <QDBusReply>
#include <QDateTime>
#include <QDir>
#include <QElapsedTimer>
#include <QTest>
#include <memory>

using namespace lunaris;

namespace
{

const QString home = QStringLiteral("/home/tester");
constexpr int patience = 20'000;
constexpr quint64 second = 1'000'000; // in microseconds
constexpr int files = 500;

quint64 wallTime()
{
    return static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) * 1000;
}

} // namespace

class StatisticsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void countingBeganWithTheHelper();
    void theWayToTheBusIsTimed();
    void theWayToSubscribersIsTimed();
    void whatWaitsForTheBusIsCountedInBytesAndInTime();
    void stateSinceIsTheLastChange();

    void onPropertiesChanged(const QString &interface, const QVariantMap &changed, const QStringList &gone);

private:
    quint64 statistic(const char *key);
    quint64 stateSince();
    void openMany(const char *name);

    std::unique_ptr<QProcess> m_bus;
    std::unique_ptr<QProcess> m_helper;
    std::unique_ptr<TestClient> m_client; // root's
    quint64 m_beforeStart = 0;
    quint64 m_announced = 0;
};

void StatisticsTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    QVERIFY(QDir().mkpath(home));
    m_bus = TestSystem::startBus();
    QVERIFY(m_bus);
    m_beforeStart = wallTime();
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
    m_client = std::make_unique<TestClient>(0);
    QDBusConnection bus = connectToBus(TestSystem::busAddress());
    QVERIFY(bus.connect(dbus::serviceName, dbus::objectPath,
                        QStringLiteral("org.freedesktop.DBus.Properties"),
                        QStringLiteral("PropertiesChanged"), this,
                        SLOT(onPropertiesChanged(QString, QVariantMap, QStringList))));
}

void StatisticsTest::cleanupTestCase()
{
    for (auto *const process : {&m_helper, &m_bus}) {
        if (*process) {
            QCOMPARE(TestSystem::stop(**process), 0);
        }
    }
}

void StatisticsTest::onPropertiesChanged(const QString &, const QVariantMap &changed, const QStringList &)
{
    const auto since = changed.constFind(QStringLiteral("StateSince"));
    if (since != changed.constEnd()) {
        m_announced = since->toULongLong();
    }
}

quint64 StatisticsTest::statistic(const char *key)
{
    const QDBusReply<Statistics> reply = m_client->call(QStringLiteral("GetStatistics"));
    return reply.value().value(QLatin1String(key));
}

quint64 StatisticsTest::stateSince()
{
    QDBusMessage message = QDBusMessage::createMethodCall(dbus::serviceName, dbus::objectPath,
                                                          QStringLiteral("org.freedesktop.DBus.Properties"),
                                                          QStringLiteral("Get"));
    message << QString(dbus::interfaceName) << QStringLiteral("StateSince");
    const QDBusReply<QDBusVariant> reply = connectToBus(TestSystem::busAddress()).call(message);
    return reply.value().variant().toULongLong();
}

void StatisticsTest::openMany(const char *name)
{
    const auto opener = TestSystem::program(
        QStringLiteral(OPENER_PROGRAM),
        {QStringLiteral("many"), home + u'/' + QLatin1String(name), QString::number(files)});
    opener->start();
    QTRY_COMPARE_WITH_TIMEOUT(opener->state(), QProcess::NotRunning, patience);
    QCOMPARE(opener->exitCode(), 0);
}

void StatisticsTest::countingBeganWithTheHelper()
{
    const quint64 since = statistic("counting_since");
    QVERIFY2(since >= m_beforeStart && since <= wallTime(), QByteArray::number(since));
    QCOMPARE(statistic("counting_since"), since);
}

void StatisticsTest::theWayToTheBusIsTimed()
{
    const quint64 before = statistic("latency.bus.count");
    openMany("timed");
    QTRY_VERIFY_WITH_TIMEOUT(statistic("latency.bus.count") >= before + files, patience);
    QVERIFY(statistic("latency.bus.count") <= statistic("delivered"));
    const quint64 p50 = statistic("latency.bus.p50");
    const quint64 p99 = statistic("latency.bus.p99");
    const quint64 max = statistic("latency.bus.max");
    qInfo("To the Event Bus: p50 %llu us, p99 %llu us, at most %llu us", p50, p99, max);
    QVERIFY(p50 > 0 && p50 <= p99 && p99 <= max);
    QVERIFY(p50 < second);
}

void StatisticsTest::theWayToSubscribersIsTimed()
{
    QCOMPARE(statistic("latency.subscribers.count"), 0U);
    const quint64 id = m_client->subscribe({{QStringLiteral("scope"), QString(dbus::scope::all)}});
    QVERIFY(id > 0);
    openMany("told");
    QTRY_VERIFY_WITH_TIMEOUT(statistic("latency.subscribers.count") >= files, patience);
    const quint64 p50 = statistic("latency.subscribers.p50");
    const quint64 p99 = statistic("latency.subscribers.p99");
    const quint64 max = statistic("latency.subscribers.max");
    qInfo("To a subscriber: p50 %llu us, p99 %llu us, at most %llu us", p50, p99, max);
    QVERIFY(p50 > 0 && p50 <= p99 && p99 <= max);
    QVERIFY(p50 < second);
    m_client->call(QStringLiteral("Unsubscribe"), {id});
}

void StatisticsTest::whatWaitsForTheBusIsCountedInBytesAndInTime()
{
    QTRY_COMPARE_WITH_TIMEOUT(statistic("queued_bytes"), 0U, patience);
    QVERIFY(statistic("queued_bytes_max") >= second);
    QVERIFY(statistic("spooled_bytes_max") >= second);
    QCOMPARE(TestSystem::stop(*m_bus), 0);
    QElapsedTimer waiting;
    waiting.start();
    openMany("waiting");
    QTRY_VERIFY_WITH_TIMEOUT(statistic("queued") >= files, patience);
    const quint64 bytes = statistic("queued_bytes");
    QVERIFY2(bytes > 100 * files && bytes < statistic("queued_bytes_max"), QByteArray::number(bytes));
    QVERIFY(QTest::qWaitFor([&] { return waiting.hasExpired(2000); }, patience));
    m_bus = TestSystem::startBus();
    QVERIFY(m_bus);
    QTRY_COMPARE_WITH_TIMEOUT(statistic("queued"), 0U, patience);
    QVERIFY(statistic("latency.bus.max") >= second);
}

void StatisticsTest::stateSinceIsTheLastChange()
{
    const quint64 running = stateSince();
    QVERIFY2(running >= m_beforeStart && running <= wallTime(), QByteArray::number(running));

    const auto change = [this](const char *method, const QVariantList &arguments) {
        QCOMPARE(m_client->call(QLatin1String(method), arguments).type(), QDBusMessage::ReplyMessage);
    };
    const quint64 beforePause = wallTime() - 1000; // to the millisecond
    change("Pause", {QString(dbus::scope::all), quint64(0)});
    const quint64 paused = stateSince();
    QVERIFY2(paused >= beforePause && paused <= wallTime() + 1000, QByteArray::number(paused));
    QTRY_COMPARE_WITH_TIMEOUT(m_announced, paused, patience);
    change("Pause", {QString(dbus::scope::all), quint64(60)});
    QCOMPARE(stateSince(), paused); // another end of the same pause
    change("Resume", {QString(dbus::scope::all)});
    QVERIFY(stateSince() > paused);
    QTRY_COMPARE_WITH_TIMEOUT(m_announced, stateSince(), patience);
}

QTEST_GUILESS_MAIN(StatisticsTest)

#include "StatisticsTest.moc"
