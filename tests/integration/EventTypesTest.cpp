// SPDX-License-Identifier: MIT
//
// The other types of events on the real kernel: processes that start and end, opens that fail, writes, and
// who a process is that was there before the helper.
#include "dbus/Names.h"
#include "tests/integration/Accounting.h"
#include "tests/integration/BusConsumer.h"
#include "tests/integration/TestSystem.h"
#include "tests/integration/Watcher.h"

#include <QDBusReply>
#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QTest>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <memory>
#include <sys/mount.h>
#include <unistd.h>

using namespace lunaris;

namespace
{

const QString home = QStringLiteral("/home/alex");
constexpr int patience = 20'000;

/// Where the helper finds the cgroups; the mount namespace is our own, so we may make up for a system
/// that has none.
QString mountedCgroups()
{
    for (const char *place : {"/sys/fs/cgroup", "/sys/fs/cgroup/unified"}) {
        if (QFile::exists(QLatin1String(place) + QStringLiteral("/cgroup.controllers"))) {
            return QLatin1String(place);
        }
    }
    const char *place = "/sys/fs/cgroup";
    return mount("cgroup2", place, "cgroup2", 0, nullptr) == 0 ? QString::fromLatin1(place) : QString();
}

} // namespace

class EventTypesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void aProcessThatWasThereBeforeIsKnown();
    void aProcessStartsOpensAndEnds();
    void aProcessThatIsKilledSaysBySignal();
    void aCgroupNamesTheApplication();
    void manyThreadsEndOnce_data();
    void manyThreadsEndOnce();
    void failedOpensAreNamed_data();
    void failedOpensAreNamed();
    void failedOpensComeOnlyToWhoAsks();
    void writesAreSummed();
    void writesGoToTheBus();
    void filteredWritesAreCounted();
    void statisticsAddUp();

private:
    QDBusMessage call(const QString &method, const QVariantList &arguments = {}) const;
    Statistics statistics() const;
    QList<MonitorEvent> eventsOf(qint64 pid) const;
    QStringList typesOf(qint64 pid) const;
    bool modestSaw(QLatin1String type) const;
    /// Runs open-files as alex; its process id.
    qint64 run(const QStringList &arguments);
    /// Runs one more process to its end and waits for that: what happened before has arrived.
    void passFence();

    QDBusConnection m_connection = QDBusConnection(QString());
    std::unique_ptr<QProcess> m_bus;
    std::unique_ptr<BusConsumer> m_consumer;
    QString m_cgroups; // where version 2 is mounted
    std::unique_ptr<QProcess> m_before;
    std::unique_ptr<QProcess> m_helper;
    std::unique_ptr<Watcher> m_root;
    std::unique_ptr<Watcher> m_modest; // asks for what everybody gets
    const TestUser m_alex = TestUser::named("alex");
    QByteArray m_opener;
};

void EventTypesTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    for (const char *name : {"/there", "/before"}) {
        QFile file(home + QLatin1String(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.setPermissions(QFile::ReadOwner | QFile::ReadOther);
    }
    m_before =
        TestSystem::program(QStringLiteral(OPENER_PROGRAM),
                            {QStringLiteral("wait-then-open"), home + QStringLiteral("/before")}, m_alex);
    m_before->start();
    QVERIFY(m_before->waitForStarted());
    m_opener = QFile::encodeName(m_before->program());

    m_cgroups = mountedCgroups();
    QVERIFY2(!m_cgroups.isEmpty(), std::strerror(errno));
    m_bus = TestSystem::startBus();
    QVERIFY(m_bus);
    m_consumer = std::make_unique<BusConsumer>(TestSystem::consumerSocket(), home.toStdString() + "/");
    QVERIFY(m_consumer->isConnected());
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
    m_connection = connectToBus(TestSystem::busAddress());
    const QStringList all = {dbus::type::fileOpened, dbus::type::fileOpenFailed, dbus::type::fileWritten,
                             dbus::type::processStarted, dbus::type::processExited};
    m_root = std::make_unique<Watcher>(all);
    m_modest = std::make_unique<Watcher>();
    QVERIFY(m_root->reaches(MonitorClient::Status::Watching));
    QVERIFY(m_modest->reaches(MonitorClient::Status::Watching));
}

void EventTypesTest::cleanupTestCase()
{
    m_root.reset();
    m_modest.reset();
    if (m_helper) {
        QCOMPARE(TestSystem::imbalance(), QString());
        QCOMPARE(TestSystem::stop(*m_helper), 0);
    }
    m_consumer.reset();
    if (m_bus) {
        QCOMPARE(TestSystem::stop(*m_bus), 0);
    }
}

QDBusMessage EventTypesTest::call(const QString &method, const QVariantList &arguments) const
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(dbus::serviceName, dbus::objectPath, dbus::interfaceName, method);
    message.setArguments(arguments);
    return m_connection.call(message, QDBus::BlockWithGui);
}

Statistics EventTypesTest::statistics() const
{
    return QDBusReply<Statistics>(call(QStringLiteral("GetStatistics"))).value();
}

QList<MonitorEvent> EventTypesTest::eventsOf(qint64 pid) const
{
    QList<MonitorEvent> found;
    for (const MonitorEvent &event : m_root->eventsOf(pid)) {
        if (event.type != dbus::type::fileOpened || event.subject.startsWith("/home/")) {
            found.append(event);
        }
    }
    return found;
}

QStringList EventTypesTest::typesOf(qint64 pid) const
{
    QStringList types;
    for (const MonitorEvent &event : eventsOf(pid)) {
        types.append(event.type);
    }
    return types;
}

qint64 EventTypesTest::run(const QStringList &arguments)
{
    const TestSystem::Run opener = TestSystem::run(QStringLiteral(OPENER_PROGRAM), arguments, m_alex);
    return opener.status >= 0 ? opener.pid : 0;
}

bool EventTypesTest::modestSaw(QLatin1String type) const
{
    return std::any_of(m_modest->events.begin(), m_modest->events.end(),
                       [type](const MonitorEvent &event) { return event.type == type; });
}

void EventTypesTest::passFence()
{
    const qint64 pid = run({QStringLiteral("open"), home + QStringLiteral("/there")});
    const bool isHere =
        QTest::qWaitFor([&] { return typesOf(pid).contains(dbus::type::processExited); }, patience);
    // Where others do more than a subscriber may keep pending, the fence may be among what it missed.
    QVERIFY2(isHere, qPrintable(QStringLiteral("the subscriber missed %1 events").arg(m_root->dropped)));
}

void EventTypesTest::aProcessThatWasThereBeforeIsKnown()
{
    const qint64 pid = m_before->processId();
    m_before->write("\n");
    QVERIFY(m_before->waitForFinished());
    passFence();
    QCOMPARE(typesOf(pid), (QStringList{dbus::type::fileOpened, dbus::type::processExited}));
    for (const MonitorEvent &event : eventsOf(pid)) {
        QCOMPARE(event.application, TestSystem::applicationOf(QString::fromLocal8Bit(m_opener)));
    }
    QCOMPARE(eventsOf(pid).constLast().subject, m_opener);
}

void EventTypesTest::aProcessStartsOpensAndEnds()
{
    const qint64 pid = run({QStringLiteral("open"), home + QStringLiteral("/there")});
    passFence();
    QCOMPARE(typesOf(pid),
             (QStringList{dbus::type::processStarted, dbus::type::fileOpened, dbus::type::processExited}));
    const QList<MonitorEvent> events = eventsOf(pid);
    for (const MonitorEvent &event : events) {
        QCOMPARE(event.uid, m_alex.uid);
        QCOMPARE(event.comm, QStringLiteral("open-files"));
        QCOMPARE(event.application, TestSystem::applicationOf(QString::fromLocal8Bit(m_opener)));
        QCOMPARE(event.parentPid, quint32(getpid()));
    }
    QCOMPARE(events.at(0).subject, m_opener);
    QCOMPARE(events.at(2).subject, m_opener);
    QCOMPARE(events.at(2).value, qint64(0));
    QVERIFY(events.at(0).time <= events.at(1).time && events.at(1).time <= events.at(2).time);

    const qint64 failing = run({QStringLiteral("open"), home + QStringLiteral("/not-there")});
    passFence();
    QCOMPARE(eventsOf(failing).constLast().value, qint64(1));
}

void EventTypesTest::aProcessThatIsKilledSaysBySignal()
{
    const auto sleeper = TestSystem::program(QStringLiteral("/bin/sleep"), {QStringLiteral("1000")});
    sleeper->start();
    QVERIFY(sleeper->waitForStarted());
    const qint64 pid = sleeper->processId();
    // Not before it runs: a kill in the midst of exec leaves a process that never started anything.
    QTRY_VERIFY_WITH_TIMEOUT(typesOf(pid).contains(dbus::type::processStarted), patience);
    sleeper->kill();
    QVERIFY(sleeper->waitForFinished());
    passFence();
    QCOMPARE(typesOf(pid), (QStringList{dbus::type::processStarted, dbus::type::processExited}));
    QCOMPARE(eventsOf(pid).constLast().value, qint64(-SIGKILL));
    QVERIFY(eventsOf(pid).constLast().subject.endsWith("/sleep"));
}

void EventTypesTest::aCgroupNamesTheApplication()
{
    // As a desktop does it: the program runs already when it is moved.
    const QString directory =
        m_cgroups + QStringLiteral("/app-test-org.example.My\\x2dEditor-%1.scope").arg(getpid());
    QVERIFY(QDir().mkdir(directory));
    const auto removed = qScopeGuard([&directory] { QDir().rmdir(directory); });
    const auto editor =
        TestSystem::program(QStringLiteral(OPENER_PROGRAM),
                            {QStringLiteral("wait-then-open"), home + QStringLiteral("/there")}, m_alex);
    editor->start();
    QVERIFY(editor->waitForStarted());
    const qint64 pid = editor->processId();
    QTRY_COMPARE_WITH_TIMEOUT(eventsOf(pid).size(), 1, patience);
    QFile processes(directory + QStringLiteral("/cgroup.procs"));
    QVERIFY(processes.open(QIODevice::WriteOnly | QIODevice::Unbuffered));
    QVERIFY(processes.write(QByteArray::number(pid)) > 0);
    editor->write("\n");
    QVERIFY(editor->waitForFinished());
    passFence();

    QCOMPARE(typesOf(pid),
             (QStringList{dbus::type::processStarted, dbus::type::fileOpened, dbus::type::processExited}));
    const QList<MonitorEvent> events = eventsOf(pid);
    QCOMPARE(events.at(0).application, TestSystem::applicationOf(QString::fromLocal8Bit(m_opener)));
    QCOMPARE(events.at(1).application, QStringLiteral("org.example.My-Editor"));
    QCOMPARE(events.at(2).application, QStringLiteral("org.example.My-Editor"));
}

void EventTypesTest::manyThreadsEndOnce_data()
{
    QTest::addColumn<int>("round");
    for (int round = 1; round <= 20; ++round) {
        QTest::addRow("round %d", round) << round;
    }
}

void EventTypesTest::manyThreadsEndOnce()
{
    const qint64 pid = run({QStringLiteral("threads"), home + QStringLiteral("/there")});
    passFence();
    QCOMPARE(typesOf(pid).count(dbus::type::processExited), 1);
    QCOMPARE(eventsOf(pid).constLast().value, qint64(0));
}

void EventTypesTest::failedOpensAreNamed_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("subject");
    QTest::addColumn<int>("error");

    const QString missing = QStringLiteral("not-there");
    const QByteArray path = QFile::encodeName(home) + "/not-there";
    QTest::newRow("absolute") << QStringList{QStringLiteral("open"), home + u'/' + missing} << path << ENOENT;
    QTest::newRow("relative") << QStringList{QStringLiteral("relative"), missing, home} << path << ENOENT;
    QTest::newRow("dirfd") << QStringList{QStringLiteral("dirfd"), missing, home} << path << ENOENT;
    QTest::newRow("openat2") << QStringList{QStringLiteral("openat2"), home + u'/' + missing} << path
                             << ENOENT;
    QTest::newRow("not allowed") << QStringList{QStringLiteral("open"), QStringLiteral("/etc/shadow")}
                                 << QByteArray("/etc/shadow") << EACCES;
    QTest::newRow("a newline in the name")
        << QStringList{QStringLiteral("open"), home + QStringLiteral("/a\nb")}
        << QFile::encodeName(home) + "/a\nb" << ENOENT;
    QTest::newRow("a link is refused")
        << QStringList{QStringLiteral("dirfd"), QStringLiteral("self"), QStringLiteral("/proc")}
        << QByteArray() << ELOOP;
#ifdef __x86_64__
    QTest::newRow("open") << QStringList{QStringLiteral("legacy-open"), home + u'/' + missing} << path
                          << ENOENT;
    QTest::newRow("creat") << QStringList{QStringLiteral("creat"), QStringLiteral("/etc/mine")}
                           << QByteArray("/etc/mine") << EACCES;
#endif
}

void EventTypesTest::failedOpensAreNamed()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, subject);
    QFETCH(int, error);
    const qint64 pid = run(arguments);
    passFence();
    QList<MonitorEvent> failures;
    for (const MonitorEvent &event : eventsOf(pid)) {
        // The dynamic loader tries in vain, too.
        if (event.type == dbus::type::fileOpenFailed && event.subject == subject) {
            failures.append(event);
        }
    }
    if (subject.isEmpty()) { // below a folder that the rules leave out
        QVERIFY(failures.isEmpty());
        return;
    }
    QCOMPARE(failures.size(), 1);
    QCOMPARE(failures.constFirst().value, qint64(-error));
    QCOMPARE(failures.constFirst().mode, 0U);
}

void EventTypesTest::failedOpensComeOnlyToWhoAsks()
{
    passFence();
    QTRY_VERIFY_WITH_TIMEOUT(modestSaw(dbus::type::processExited), patience);
    QTRY_VERIFY_WITH_TIMEOUT(modestSaw(dbus::type::processStarted), patience);
    QTRY_VERIFY_WITH_TIMEOUT(modestSaw(dbus::type::fileOpened), patience);
    QVERIFY(!modestSaw(dbus::type::fileOpenFailed));
}

void EventTypesTest::writesAreSummed()
{
    const QByteArray path = QFile::encodeName(home) + "/written";
    const qint64 pid = run({QStringLiteral("write"), QFile::decodeName(path)});
    passFence();
    // Before the end of the process, however soon that is.
    QCOMPARE(typesOf(pid), (QStringList{dbus::type::processStarted, dbus::type::fileOpened,
                                        dbus::type::fileWritten, dbus::type::processExited}));
    const MonitorEvent written = eventsOf(pid).at(2);
    QCOMPARE(written.subject, path);
    QCOMPARE(written.value, qint64(10));
    QCOMPARE(written.mode, 0100640U);
    QCOMPARE(written.flags, 0U);
    QCOMPARE(written.uid, m_alex.uid);
    QCOMPARE(written.parentPid, quint32(getpid()));
    QCOMPARE(written.comm, QStringLiteral("open-files"));
    QCOMPARE(written.application, TestSystem::applicationOf(QString::fromLocal8Bit(m_opener)));
    QVERIFY(eventsOf(pid).at(1).time <= written.time && written.time <= eventsOf(pid).at(3).time);
    QTRY_VERIFY_WITH_TIMEOUT(modestSaw(dbus::type::fileWritten), patience);
}

void EventTypesTest::writesGoToTheBus()
{
    const std::string path = home.toStdString() + "/on the bus";
    const qint64 pid = run({QStringLiteral("write"), QString::fromStdString(path)});
    std::vector<eventbus::Event> events;
    const auto isThere = [&] {
        events.clear();
        for (const BusConsumer::Seen &seen : m_consumer->eventsOf(path)) {
            events.push_back(seen.event);
        }
        return events.size() == 2;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), patience);
    QCOMPARE(events.at(0).type(), std::string("file.opened"));
    const eventbus::Event &event = events.at(1);
    QCOMPARE(event.type(), std::string("file.written"));
    QCOMPARE(event.source(), std::string("ebpf"));
    QCOMPARE(event.pid(), static_cast<quint32>(pid));
    QCOMPARE(event.uid(), m_alex.uid);
    QVERIFY(event.timestamp() >= events.at(0).timestamp());
    eventbus::FileWrittenPayload payload;
    QVERIFY(payload.ParseFromString(event.payload()));
    QCOMPARE(payload.path(), path);
    QCOMPARE(payload.bytes(), std::uint64_t(10));
    QCOMPARE(QString::fromStdString(payload.app_id()),
             TestSystem::applicationOf(QString::fromLocal8Bit(m_opener)));
}

void EventTypesTest::filteredWritesAreCounted()
{
    const QString path = QStringLiteral("/tmp/written-%1").arg(getpid()); // a default rule leaves it out
    const auto removed = qScopeGuard([&path] { QFile::remove(path); });
    const quint64 before = statistics().value(QStringLiteral("filtered"));
    const qint64 pid = run({QStringLiteral("write"), path});
    passFence();
    QCOMPARE(typesOf(pid), (QStringList{dbus::type::processStarted, dbus::type::processExited}));
    QVERIFY(QFile::exists(path));
    QTRY_VERIFY_WITH_TIMEOUT(statistics().value(QStringLiteral("filtered")) > before, patience);
}

void EventTypesTest::statisticsAddUp()
{
    run({QStringLiteral("write"), home + QStringLiteral("/last")}); // some sums are still to be told
    QCOMPARE(call(QStringLiteral("Pause"), {QString(dbus::scope::all), quint64(0)}).type(),
             QDBusMessage::ReplyMessage);
    QTRY_COMPARE_WITH_TIMEOUT(imbalanceOf(statistics()), QString(), patience);
    const Statistics totals = statistics();
    for (const char *key :
         {"lost.file.written", "raced.file.written", "skipped.file.written", "lost_bytes"}) {
        QVERIFY2(totals.contains(QLatin1String(key)), key);
    }
    QCOMPARE(totals.value(QStringLiteral("malformed")), quint64(0));
    QCOMPARE(call(QStringLiteral("Resume"), {QString(dbus::scope::all)}).type(), QDBusMessage::ReplyMessage);
}

QTEST_GUILESS_MAIN(EventTypesTest)

#include "EventTypesTest.moc"
