// SPDX-License-Identifier: MIT
//
// The whole way with nothing faked: the kernel, the helper, a D-Bus daemon of type system with the
// shipped policy, polkitd with the shipped actions, an Event Bus, and programs that open files.
#include "app/client/MonitorClient.h"
#include "dbus/BusConnection.h"
#include "dbus/Names.h"
#include "tests/integration/Accounting.h"
#include "tests/integration/BusConsumer.h"
#include "tests/integration/TestSystem.h"

#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusReply>
#include <QDir>
#include <QFile>
#include <QLocalServer>
#include <QSignalSpy>
#include <QTest>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <unistd.h>

using namespace lunaris;

namespace
{

const QString home = QStringLiteral("/home/tester");
constexpr int patience = 20'000;

QByteArray pathOf(const QString &name)
{
    return QFile::encodeName(home + u'/' + name);
}

/// Waits with the event loop running: a subscriber that does not acknowledge for a while misses events on a
/// busy machine.
bool finished(const QProcess &process)
{
    return QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, patience);
}

} // namespace

class FirstLightTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void everyOpenArrivesOnce_data();
    void everyOpenArrivesOnce();
    void repeatedOpensOfAProcessAreOneEvent();
    void systemFilesNeverArrive();
    void othersAreRefused();
    void ownScopeShowsOwnEventsOnly();
    void ownScopeOfAnUnknownUserIsRefused();
    void optionsAreChecked_data();
    void optionsAreChecked();
    void acknowledgementsAreChecked();
    void pauseStopsEverythingAndResumeBringsItBack();
    void methodsAreRefusedToOthers_data();
    void methodsAreRefusedToOthers();
    void statisticsAddUp();
    void aRestartedBusGetsWhatItMissed();
    void aRestartedHelperDeliversWhatWasLeft();
    void theHelperEndsCleanly();

private:
    struct Opened {
        qint64 pid = 0;
        quint32 flags = 0;
    };
    struct Outcome {
        int status = -1;
        QByteArray out;
        QByteArray err;
    };

    Opened open(const char *how, const QString &path, const QString &directory = {},
                const TestUser &user = {});
    Outcome run(const QStringList &arguments, const TestUser &user);
    QDBusMessage call(const QString &method, const QVariantList &arguments);
    /// Opens a file that nobody has opened before and waits for it: what was opened earlier has arrived.
    void passFence();
    QList<MonitorEvent> tapped(const QByteArray &path) const;
    void restartBusConsumer();
    /// Takes what the helper sends until this open of late.txt is among it, and leaves.
    bool standInForTheBus(const Opened &opened);

    std::unique_ptr<QProcess> m_bus;
    std::unique_ptr<QProcess> m_helper;
    std::unique_ptr<BusConsumer> m_consumer;
    QDBusConnection m_connection{QString()};
    std::unique_ptr<MonitorClient> m_client;
    QList<MonitorEvent> m_tapped;
    const TestUser m_alex = TestUser::named("alex");
    const TestUser m_mallory = TestUser::named("mallory");
    int m_fences = 0;
};

void FirstLightTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    QVERIFY(QDir().mkpath(home + QStringLiteral("/documents")));
    for (const char *name : {"plain.txt", "documents/letter.txt", "documents/target.txt", "write.txt",
                             "fenced", "late.txt", "own.txt"}) {
        QFile file(home + u'/' + QLatin1String(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther | QFile::WriteOther);
    }
    QVERIFY(QFile::link(QStringLiteral("documents/target.txt"), home + QStringLiteral("/link")));
    QFile(home).setPermissions(QFile::Permissions::fromInt(0x7777));

    m_bus = TestSystem::startBus();
    QVERIFY(m_bus);
    restartBusConsumer();
    QVERIFY(m_consumer->isConnected());
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);

    m_connection = connectToBus(TestSystem::busAddress());
    QVERIFY(m_connection.isConnected());
    m_client = std::make_unique<MonitorClient>(
        m_connection, MonitorClient::Options{dbus::scope::all, 0, {dbus::type::fileOpened}});
    connect(m_client.get(), &MonitorClient::eventsReceived, this, [this](const MonitorEventList &events) {
        for (const MonitorEvent &event : events) {
            if (event.subject.startsWith(home.toUtf8())) {
                m_tapped.append(event);
            }
        }
    });
    m_client->start();
    QTRY_COMPARE_WITH_TIMEOUT(m_client->status(), MonitorClient::Status::Watching, patience);
    QTRY_VERIFY_WITH_TIMEOUT(m_client->properties().isBusConnected(), patience);
}

void FirstLightTest::cleanupTestCase()
{
    m_client.reset();
    if (m_helper) {
        QCOMPARE(TestSystem::imbalance(), QString());
        TestSystem::stop(*m_helper);
    }
    if (m_bus) {
        TestSystem::stop(*m_bus);
    }
}

void FirstLightTest::restartBusConsumer()
{
    m_consumer = std::make_unique<BusConsumer>(TestSystem::consumerSocket(), home.toStdString());
}

FirstLightTest::Opened FirstLightTest::open(const char *how, const QString &path, const QString &directory,
                                            const TestUser &user)
{
    const auto opener =
        TestSystem::program(QStringLiteral(OPENER_PROGRAM), {QLatin1String(how), path, directory}, user);
    opener->start();
    if (!finished(*opener) || opener->exitCode() != 0) {
        qWarning("The file could not be opened: %s", opener->readAllStandardError().constData());
        return {};
    }
    const QByteArrayList words = opener->readAllStandardOutput().trimmed().split(' ');
    return {words.value(0).toLongLong(), words.value(1).toUInt()};
}

FirstLightTest::Outcome FirstLightTest::run(const QStringList &arguments, const TestUser &user)
{
    const auto ctl =
        TestSystem::program(QStringLiteral(CTL_PROGRAM),
                            arguments + QStringList{QStringLiteral("--bus"), TestSystem::busAddress()}, user);
    ctl->start();
    if (!finished(*ctl)) {
        return {};
    }
    return {ctl->exitCode(), ctl->readAllStandardOutput(), ctl->readAllStandardError()};
}

QDBusMessage FirstLightTest::call(const QString &method, const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(dbus::serviceName, dbus::objectPath, dbus::interfaceName, method);
    message.setArguments(arguments);
    return m_connection.call(message, QDBus::BlockWithGui);
}

QList<MonitorEvent> FirstLightTest::tapped(const QByteArray &path) const
{
    QList<MonitorEvent> found;
    for (const MonitorEvent &event : m_tapped) {
        if (event.subject == path) {
            found.append(event);
        }
    }
    return found;
}

void FirstLightTest::passFence()
{
    // One may be missed: a bus that was restarted hands on what it gets before we have registered, and on a
    // machine that others keep busy the tap may have to skip. The next one is not.
    bool passed = false;
    for (int attempt = 0; attempt < 5 && !passed; ++attempt) {
        const QString name = QStringLiteral("fence-%1").arg(++m_fences);
        QVERIFY(QFile::copy(home + QStringLiteral("/fenced"), home + u'/' + name));
        open("open", home + u'/' + name);
        passed = QTest::qWaitFor(
            [&] {
                return !m_consumer->eventsOf(pathOf(name).toStdString()).empty() &&
                       !tapped(pathOf(name)).isEmpty();
            },
            patience / 5);
    }
    QVERIFY(passed);
}

void FirstLightTest::everyOpenArrivesOnce_data()
{
    QTest::addColumn<QByteArray>("how");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("directory");
    QTest::addColumn<QString>("resolved");
    QTest::addColumn<bool>("asRoot");

    const QString documents = home + QStringLiteral("/documents");
    const auto row = [](const char *name, const char *how, const QString &path, const QString &directory,
                        const QString &resolved) {
        QTest::addRow("%s, as alex", name) << QByteArray(how) << path << directory << resolved << false;
        QTest::addRow("%s, as root", name) << QByteArray(how) << path << directory << resolved << true;
    };
    row("absolute path", "open", home + QStringLiteral("/plain.txt"), {}, QStringLiteral("plain.txt"));
    row("relative path", "relative", QStringLiteral("letter.txt"), documents,
        QStringLiteral("documents/letter.txt"));
    row("relative path with dots", "relative", QStringLiteral("../documents/./letter.txt"), documents,
        QStringLiteral("documents/letter.txt"));
    row("symbolic link", "open", home + QStringLiteral("/link"), {}, QStringLiteral("documents/target.txt"));
    row("openat with a directory", "dirfd", QStringLiteral("letter.txt"), documents,
        QStringLiteral("documents/letter.txt"));
    row("openat2", "openat2", home + QStringLiteral("/plain.txt"), {}, QStringLiteral("plain.txt"));
#ifdef __x86_64__
    row("open for writing", "legacy-open", home + QStringLiteral("/write.txt"), {},
        QStringLiteral("write.txt"));
    row("creat", "creat", home + QStringLiteral("/write.txt"), {}, QStringLiteral("write.txt"));
#endif
}

void FirstLightTest::everyOpenArrivesOnce()
{
    QFETCH(QByteArray, how);
    QFETCH(QString, path);
    QFETCH(QString, directory);
    QFETCH(QString, resolved);
    QFETCH(bool, asRoot);
    const TestUser user = asRoot ? TestUser{} : m_alex;

    const qint64 before = QDateTime::currentMSecsSinceEpoch() * 1000;
    const Opened opened = open(how.constData(), path, directory, user);
    QVERIFY(opened.pid > 0);
    passFence();

    const QByteArray expected = pathOf(resolved);
    std::vector<BusConsumer::Seen> onBus;
    for (const BusConsumer::Seen &seen : m_consumer->eventsOf(expected.toStdString())) {
        if (seen.event.pid() == static_cast<quint32>(opened.pid)) {
            onBus.push_back(seen);
        }
    }
    QCOMPARE(onBus.size(), std::size_t(1));
    const eventbus::Event &event = onBus.front().event;
    QCOMPARE(event.uid(), user.uid);
    QCOMPARE(onBus.front().payload.flags(), opened.flags);
    QVERIFY(QString::fromStdString(onBus.front().payload.app_id())
                .endsWith(TestSystem::applicationOf(QStringLiteral("/open-files"))));
    QCOMPARE(QByteArray::fromStdString(event.type()), QByteArray("file.opened"));
    QCOMPARE(QByteArray::fromStdString(event.source()), QByteArray("ebpf"));
    QVERIFY(!event.session_id().empty());
    QCOMPARE(event.id().size(), std::size_t(36));
    QCOMPARE(event.id()[14], '7');
    // 2 s are the contract; the clock is this machine's own, so far less is to be expected.
    QVERIFY(event.timestamp() >= before - 2'000 && event.timestamp() <= onBus.front().receivedAt + 2'000);

    QList<MonitorEvent> onTap = tapped(expected);
    erase_if(onTap, [&opened](const MonitorEvent &tap) { return tap.pid != opened.pid; });
    QCOMPARE(onTap.size(), 1);
    const MonitorEvent &tap = onTap.constFirst();
    QCOMPARE(tap.type, QString(dbus::type::fileOpened));
    QCOMPARE(tap.uid, user.uid);
    QCOMPARE(tap.flags, opened.flags);
    QCOMPARE(tap.time, quint64(event.timestamp()));
    QCOMPARE(tap.comm, QStringLiteral("open-files"));
    QCOMPARE(tap.parentPid, quint32(getpid()));
    QVERIFY(S_ISREG(tap.mode));
    QVERIFY(tap.value >= 3);
    QVERIFY(!(tap.attributes & (TruncatedPath | DeletedFile)));
}

void FirstLightTest::repeatedOpensOfAProcessAreOneEvent()
{
    const QString name = QStringLiteral("repeated");
    QVERIFY(QFile::copy(home + QStringLiteral("/fenced"), home + u'/' + name));
    passFence();
    const qsizetype before = tapped(pathOf(name)).size();
    for (int repetition = 0; repetition < 50; ++repetition) {
        const int fd = ::open(pathOf(name).constData(), O_RDONLY);
        QVERIFY(fd >= 0);
        close(fd);
    }
    // The tap leaves out the subscriber's own process, which is us: the bus has it.
    passFence();
    QCOMPARE(tapped(pathOf(name)).size(), before);
    int reads = 0;
    for (const BusConsumer::Seen &seen : m_consumer->eventsOf(pathOf(name).toStdString())) {
        reads += seen.payload.flags() == O_RDONLY ? 1 : 0;
    }
    QVERIFY2(reads >= 1 && reads < 50, qPrintable(QString::number(reads)));
}

void FirstLightTest::systemFilesNeverArrive()
{
    QVERIFY(open("open", QStringLiteral("/proc/self/status")).pid > 0);
    QVERIFY(open("open", QStringLiteral("/usr/share/dbus-1/system.conf")).pid > 0);
    passFence();
    QVERIFY(!m_consumer->sawPathBelow("/proc/"));
    QVERIFY(!m_consumer->sawPathBelow("/sys/"));
    QVERIFY(!m_consumer->sawPathBelow("/dev/"));
}

void FirstLightTest::othersAreRefused()
{
    // scope=all without being an administrator, by a user whom the rules do allow scope=own
    const Outcome alex = run({QStringLiteral("watch"), QStringLiteral("--scope"), QStringLiteral("all"),
                              QStringLiteral("--count"), QStringLiteral("1")},
                             m_alex);
    QCOMPARE(alex.status, 3);
    QVERIFY2(alex.err.contains("watch-all"), alex.err.constData());
    QVERIFY(alex.out.isEmpty());
}

void FirstLightTest::ownScopeOfAnUnknownUserIsRefused()
{
    const Outcome mallory =
        run({QStringLiteral("watch"), QStringLiteral("--count"), QStringLiteral("1")}, m_mallory);
    QCOMPARE(mallory.status, 3);
    QVERIFY2(mallory.err.contains("watch-own"), mallory.err.constData());
    QVERIFY(mallory.out.isEmpty());
}

void FirstLightTest::ownScopeShowsOwnEventsOnly()
{
    const auto watch = TestSystem::program(
        QStringLiteral(CTL_PROGRAM),
        {QStringLiteral("watch"), QStringLiteral("--bus"), TestSystem::busAddress()}, m_alex);
    watch->start();
    QByteArray messages;
    QTRY_VERIFY_WITH_TIMEOUT((messages += watch->readAllStandardError()).contains("Watching"), patience);

    open("open", home + QStringLiteral("/late.txt"), {}, TestUser{});
    open("open", home + QStringLiteral("/late.txt"), {}, m_mallory);
    open("open", home + QStringLiteral("/own.txt"), {}, m_alex);
    QByteArray lines;
    QTRY_VERIFY_WITH_TIMEOUT((lines += watch->readAllStandardOutput()).contains("/own.txt"), patience);
    QCOMPARE(TestSystem::stop(*watch), 0);
    lines += watch->readAllStandardOutput();
    for (const QByteArray &line : lines.trimmed().split('\n')) {
        QVERIFY2(line.contains(" uid=" + QByteArray::number(m_alex.uid) + ' '), line.constData());
    }
    QVERIFY(!lines.contains("late.txt"));
}

void FirstLightTest::optionsAreChecked_data()
{
    QTest::addColumn<QVariantMap>("options");
    QTest::addColumn<QString>("error");

    const QString invalid = dbus::error::invalidArgument;
    QTest::newRow("unknown option") << QVariantMap{{QStringLiteral("colour"), true}} << invalid;
    QTest::newRow("unknown scope") << QVariantMap{{QStringLiteral("scope"), QStringLiteral("mine")}}
                                   << invalid;
    QTest::newRow("scope of the wrong type") << QVariantMap{{QStringLiteral("scope"), 7}} << invalid;
    QTest::newRow("backlog too long") << QVariantMap{{QStringLiteral("backlog"), 10'001U}} << invalid;
    QTest::newRow("backlog of the wrong type")
        << QVariantMap{{QStringLiteral("backlog"), QStringLiteral("all")}} << invalid;
    QTest::newRow("rate of the wrong type") << QVariantMap{{QStringLiteral("max_rate"), -1}} << invalid;
    QTest::newRow("unknown type") << QVariantMap{{QStringLiteral("types"),
                                                  QStringList{QStringLiteral("file.eaten")}}}
                                  << invalid;
    QTest::newRow("no type") << QVariantMap{{QStringLiteral("types"), QStringList{}}} << invalid;
    const auto filter = [](const char *name, const char *text) {
        QTest::newRow(name) << QVariantMap{{QStringLiteral("filter"), QString::fromUtf8(text)}}
                            << QString(dbus::error::invalidFilter);
    };
    filter("filter without an end", "pid ==");
    filter("filter with a wrong pattern", "path matches (a");
    filter("filter with a pattern that is wrong for RE2", "path matches \"(a\"");
    filter("filter of users", "user == root");
    filter("filter of age", "age < 5");
    QTest::newRow("filter of the wrong type")
        << QVariantMap{{QStringLiteral("filter"), 7}} << QString(dbus::error::invalidFilter);
    QTest::newRow("filter too long") << QVariantMap{{QStringLiteral("filter"), QString(1'000'000, u'x')}}
                                     << QString(dbus::error::invalidFilter);
    QTest::newRow("a megabyte") << QVariantMap{{QStringLiteral("scope"), QString(1'000'000, u'x')}}
                                << invalid;
}

void FirstLightTest::optionsAreChecked()
{
    QFETCH(QVariantMap, options);
    QFETCH(QString, error);
    const QDBusMessage reply = call(QStringLiteral("Subscribe"), {options});
    QCOMPARE(reply.type(), QDBusMessage::ErrorMessage);
    QCOMPARE(reply.errorName(), error);
    QVERIFY(reply.errorMessage().endsWith(u'.'));
}

void FirstLightTest::acknowledgementsAreChecked()
{
    const QDBusReply<qulonglong> id = call(QStringLiteral("Subscribe"), {QVariantMap{}});
    QVERIFY2(id.isValid(), qPrintable(id.error().message()));
    QCOMPARE(call(QStringLiteral("Acknowledge"), {id.value(), quint64(1) << 60}).errorName(),
             QString(dbus::error::invalidArgument));
    QCOMPARE(call(QStringLiteral("Acknowledge"), {id.value() + 1000, quint64(0)}).errorName(),
             QString(dbus::error::noSuchSubscription));
    QCOMPARE(call(QStringLiteral("Unsubscribe"), {id.value()}).type(), QDBusMessage::ReplyMessage);
    QCOMPARE(call(QStringLiteral("Unsubscribe"), {id.value()}).errorName(),
             QString(dbus::error::noSuchSubscription));
}

void FirstLightTest::pauseStopsEverythingAndResumeBringsItBack()
{
    QVERIFY(QFile::copy(home + QStringLiteral("/fenced"), home + QStringLiteral("/while-paused")));
    passFence();
    const QDBusMessage paused = call(QStringLiteral("Pause"), {QString(dbus::scope::all), quint64(0)});
    QCOMPARE(paused.type(), QDBusMessage::ReplyMessage);
    QTRY_COMPARE_WITH_TIMEOUT(m_client->status(), MonitorClient::Status::Paused, patience);
    const Opened unseen = open("open", home + QStringLiteral("/while-paused"), {}, m_alex);

    QCOMPARE(call(QStringLiteral("Resume"), {QString(dbus::scope::all)}).type(), QDBusMessage::ReplyMessage);
    QTRY_COMPARE_WITH_TIMEOUT(m_client->status(), MonitorClient::Status::Watching, patience);
    passFence();
    for (const MonitorEvent &event : tapped(pathOf(QStringLiteral("while-paused")))) {
        QVERIFY(event.pid != unseen.pid);
    }
    for (const BusConsumer::Seen &seen :
         m_consumer->eventsOf(pathOf(QStringLiteral("while-paused")).toStdString())) {
        QVERIFY(seen.event.pid() != static_cast<quint32>(unseen.pid));
    }

    // A pause with an end resumes by itself.
    QCOMPARE(call(QStringLiteral("Pause"), {QString(dbus::scope::all), quint64(1)}).type(),
             QDBusMessage::ReplyMessage);
    QTRY_COMPARE_WITH_TIMEOUT(m_client->status(), MonitorClient::Status::Paused, patience);
    QVERIFY(m_client->properties().pausedUntil() > 0);
    QTRY_COMPARE_WITH_TIMEOUT(m_client->status(), MonitorClient::Status::Watching, patience);
    QCOMPARE(m_client->properties().pausedUntil(), quint64(0));
    passFence();
}

void FirstLightTest::methodsAreRefusedToOthers_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("method");
    QTest::addColumn<QStringList>("arguments");

    const QString all = dbus::scope::all;
    QTest::newRow("Subscribe, mallory")
        << QStringLiteral("mallory") << QStringLiteral("Subscribe") << QStringList{QStringLiteral("{}")};
    QTest::newRow("Subscribe to all, alex") << QStringLiteral("alex") << QStringLiteral("Subscribe")
                                            << QStringList{QStringLiteral("{'scope': <'all'>}")};
    QTest::newRow("Pause, alex") << QStringLiteral("alex") << QStringLiteral("Pause")
                                 << QStringList{all, QStringLiteral("0")};
    QTest::newRow("Resume, alex") << QStringLiteral("alex") << QStringLiteral("Resume") << QStringList{all};
    QTest::newRow("GetStatistics, mallory")
        << QStringLiteral("mallory") << QStringLiteral("GetStatistics") << QStringList{};
}

void FirstLightTest::methodsAreRefusedToOthers()
{
    QFETCH(QString, user);
    QFETCH(QString, method);
    QFETCH(QStringList, arguments);
    const TestSystem::Outcome outcome =
        TestSystem::call(user == QLatin1String("alex") ? m_alex : m_mallory, method, arguments);
    QVERIFY2(outcome.isRefused(dbus::error::notAuthorized), outcome.error.constData());
    QCOMPARE(m_client->status(), MonitorClient::Status::Watching);
}

void FirstLightTest::statisticsAddUp()
{
    passFence();
    QCOMPARE(call(QStringLiteral("Pause"), {QString(dbus::scope::all), quint64(0)}).type(),
             QDBusMessage::ReplyMessage);
    // The totals are a second old at most: ask until two answers after the pause agree.
    const auto fetch = [this] {
        const QDBusReply<Statistics> reply = call(QStringLiteral("GetStatistics"), {});
        return reply.value();
    };
    const auto value = [](const Statistics &totals, const char *key) {
        return totals.value(QLatin1String(key));
    };
    QTRY_COMPARE_WITH_TIMEOUT(imbalanceOf(fetch()), QString(), patience);
    QTRY_COMPARE_WITH_TIMEOUT(value(fetch(), "queued"), quint64(0), patience);
    const Statistics totals = fetch();
    QVERIFY(value(totals, "forwarded") > 0 && value(totals, "filtered") > 0);
    QCOMPARE(value(totals, "delivered"), value(totals, "forwarded"));
    QCOMPARE(value(totals, "malformed"), quint64(0));
    QCOMPARE(value(totals, "subscriptions"), quint64(1));
    QCOMPARE(call(QStringLiteral("Resume"), {QString(dbus::scope::all)}).type(), QDBusMessage::ReplyMessage);
}

void FirstLightTest::aRestartedBusGetsWhatItMissed()
{
    passFence();
    m_bus->kill(); // no farewell, and the socket file stays
    QVERIFY(m_bus->waitForFinished(patience));
    QTRY_VERIFY_WITH_TIMEOUT(!m_client->properties().isBusConnected(), patience);
    const Opened missed = open("open", home + QStringLiteral("/late.txt"), {}, m_alex);
    QTRY_VERIFY_WITH_TIMEOUT(!tapped(pathOf(QStringLiteral("late.txt"))).isEmpty(), patience);

    QVERIFY(missed.pid > 0);

    QVERIFY(standInForTheBus(missed));

    m_bus = TestSystem::startBus();
    QVERIFY(m_bus);
    restartBusConsumer();
    QTRY_VERIFY_WITH_TIMEOUT(m_client->properties().isBusConnected(), patience);
    passFence();
}

bool FirstLightTest::standInForTheBus(const Opened &opened)
{
    // In the place of the bus we listen ourselves: a consumer would come after the first frames.
    m_consumer.reset();
    QFile::remove(TestSystem::producerSocket());
    QLocalServer stand;
    if (!stand.listen(TestSystem::producerSocket()) ||
        !QTest::qWaitFor([&stand] { return stand.hasPendingConnections(); }, patience)) {
        return false;
    }
    const std::unique_ptr<QLocalSocket> producer(stand.nextPendingConnection());
    proto::FrameReader frames;
    bool found = false;
    const auto gotIt = [&] {
        const QByteArray bytes = producer->readAll();
        frames.append({bytes.constData(), static_cast<std::size_t>(bytes.size())});
        while (const auto body = frames.next()) {
            eventbus::Event event;
            eventbus::FileOpenedPayload payload;
            if (event.ParseFromArray(body->data(), static_cast<int>(body->size())) &&
                payload.ParseFromString(event.payload()) && event.pid() == static_cast<quint32>(opened.pid) &&
                payload.path() == pathOf(QStringLiteral("late.txt")).toStdString()) {
                found = true;
            }
        }
        return found;
    };
    return QTest::qWaitFor(gotIt, patience);
}

void FirstLightTest::aRestartedHelperDeliversWhatWasLeft()
{
    passFence();
    m_bus->kill();
    QVERIFY(m_bus->waitForFinished(patience));
    QTRY_VERIFY_WITH_TIMEOUT(!m_client->properties().isBusConnected(), patience);
    m_tapped.clear();
    const Opened missed = open("open", home + QStringLiteral("/late.txt"), {}, m_alex);
    QVERIFY(missed.pid > 0);
    QTRY_VERIFY_WITH_TIMEOUT(!tapped(pathOf(QStringLiteral("late.txt"))).isEmpty(), patience);
    QCOMPARE(TestSystem::stop(*m_helper), 0);

    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
    QTRY_COMPARE_WITH_TIMEOUT(m_client->status(), MonitorClient::Status::Watching, patience);
    QVERIFY(standInForTheBus(missed));

    m_bus = TestSystem::startBus();
    QVERIFY(m_bus);
    restartBusConsumer();
    QTRY_VERIFY_WITH_TIMEOUT(m_client->properties().isBusConnected(), patience);
    passFence();
    QCOMPARE(call(QStringLiteral("Pause"), {QString(dbus::scope::all), quint64(0)}).type(),
             QDBusMessage::ReplyMessage);
    const auto fetch = [this] {
        const QDBusReply<Statistics> reply = call(QStringLiteral("GetStatistics"), {});
        return reply.value();
    };
    QTRY_COMPARE_WITH_TIMEOUT(imbalanceOf(fetch()), QString(), patience);
    QVERIFY(fetch().value(QStringLiteral("recovered")) > 0);
    QTRY_COMPARE_WITH_TIMEOUT(fetch().value(QStringLiteral("spooled")), quint64(0), patience);
    QCOMPARE(call(QStringLiteral("Resume"), {QString(dbus::scope::all)}).type(), QDBusMessage::ReplyMessage);
}

void FirstLightTest::theHelperEndsCleanly()
{
    m_client.reset();
    QCOMPARE(TestSystem::stop(*m_helper), 0);
    m_helper.reset();
}

QTEST_GUILESS_MAIN(FirstLightTest)

#include "FirstLightTest.moc"
