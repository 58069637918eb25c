// SPDX-License-Identifier: MIT
//
// Filters on the whole way: a person's words, the helper's choice, and the real kernel's events.
#include "app/client/MonitorClient.h"
#include "dbus/BusConnection.h"
#include "dbus/Names.h"
#include "tests/integration/TestSystem.h"

#include <QDBusMessage>
#include <QFile>
#include <QTest>
#include <memory>

using namespace lunaris;

namespace
{

const QString home = QStringLiteral("/home/alex");
constexpr int patience = 20'000;

} // namespace

class FilterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void onlyWhatPassesComes();
    void aWrongOneIsRefusedWithItsPlace();
    void aFilterShowsNoMoreThanTheScope();
    void ctlKnowsUsers();
    void ctlWatchesTheTypesThatItIsAskedFor();
    void ctlRefuses_data();
    void ctlRefuses();

private:
    /// Opens a file of the home by its name.
    void open(const QString &name, const TestUser &user);
    std::unique_ptr<QProcess> watch(const QStringList &arguments, const TestUser &user = {});

    std::unique_ptr<QProcess> m_helper;
    const TestUser m_alex = TestUser::named("alex");
};

void FilterTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    for (const char *name : {"wanted 1", "wanted 2", "other", "wanted last"}) {
        QFile file(home + u'/' + QLatin1String(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.setPermissions(QFile::ReadOwner | QFile::ReadOther);
    }
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
}

void FilterTest::cleanupTestCase()
{
    if (m_helper) {
        QCOMPARE(TestSystem::imbalance(), QString());
        QCOMPARE(TestSystem::stop(*m_helper), 0);
    }
}

void FilterTest::open(const QString &name, const TestUser &user)
{
    const auto opener = TestSystem::program(QStringLiteral(OPENER_PROGRAM),
                                            {QStringLiteral("open"), home + u'/' + name}, user);
    opener->start();
    QVERIFY(QTest::qWaitFor([&opener] { return opener->state() == QProcess::NotRunning; }, patience));
    QCOMPARE(opener->exitCode(), 0);
}

std::unique_ptr<QProcess> FilterTest::watch(const QStringList &arguments, const TestUser &user)
{
    auto process = TestSystem::program(
        QStringLiteral(CTL_PROGRAM),
        QStringList{QStringLiteral("watch"), QStringLiteral("--bus"), TestSystem::busAddress()} + arguments,
        user);
    process->start();
    QByteArray messages;
    const bool watching = QTest::qWaitFor(
        [&] { return (messages += process->readAllStandardError()).contains("Watching"); }, patience);
    if (!watching) {
        qWarning("It said: %s", messages.constData());
        return nullptr;
    }
    return process;
}

void FilterTest::onlyWhatPassesComes()
{
    MonitorClient client(
        connectToBus(TestSystem::busAddress()),
        {dbus::scope::all,
         0,
         {dbus::type::fileOpened},
         QStringLiteral("path glob \"/home/*/wanted *\" and comm == open-files and uid == %1")
             .arg(m_alex.uid)});
    QByteArrayList subjects;
    quint64 lost = 0;
    connect(&client, &MonitorClient::eventsReceived, this,
            [&](const MonitorEventList &events, quint64 dropped) {
                lost += dropped;
                for (const MonitorEvent &event : events) {
                    subjects.append(event.subject);
                }
            });
    client.start();
    QTRY_COMPARE_WITH_TIMEOUT(client.status(), MonitorClient::Status::Watching, patience);
    open(QStringLiteral("wanted 1"), m_alex);
    open(QStringLiteral("other"), m_alex);
    open(QStringLiteral("wanted 2"), TestUser{});
    open(QStringLiteral("wanted last"), m_alex);
    // They come in order: when the last one is there, nothing is still to come.
    QTRY_VERIFY_WITH_TIMEOUT(subjects.contains("/home/alex/wanted last"), patience);
    QCOMPARE(subjects, (QByteArrayList{"/home/alex/wanted 1", "/home/alex/wanted last"}));
    QCOMPARE(lost, quint64{0});
}

void FilterTest::aWrongOneIsRefusedWithItsPlace()
{
    QDBusMessage message = QDBusMessage::createMethodCall(dbus::serviceName, dbus::objectPath,
                                                          dbus::interfaceName, QStringLiteral("Subscribe"));
    for (const auto &[filter, sentence] : {
             std::pair("pid ==", "At byte 6: expected a number after `pid ==`."),
             std::pair(
                 "a or user == root",
                 "At byte 5: `user` is not known to the helper, which looks up no names; compare `uid`."),
             std::pair("path matches \"a(\"",
                       "At byte 13: this is no regular expression: the closing `)` is missing."),
         }) {
        message.setArguments({QVariantMap{{QStringLiteral("filter"), QString::fromLatin1(filter)}}});
        const QDBusMessage reply = connectToBus(TestSystem::busAddress()).call(message, QDBus::BlockWithGui);
        QCOMPARE(reply.errorName(), QString(dbus::error::invalidFilter));
        QCOMPARE(reply.errorMessage(), QString::fromUtf8(sentence));
    }
}

void FilterTest::aFilterShowsNoMoreThanTheScope()
{
    const auto ctl = watch({QStringLiteral("uid == 0 or uid >= 0 or not uid == 0")}, m_alex);
    QVERIFY(ctl);
    open(QStringLiteral("wanted 1"), TestUser{});
    open(QStringLiteral("wanted 2"), TestUser::named("mallory"));
    open(QStringLiteral("wanted last"), m_alex);
    QByteArray lines;
    QTRY_VERIFY_WITH_TIMEOUT((lines += ctl->readAllStandardOutput()).contains("/wanted last"), patience);
    QCOMPARE(TestSystem::stop(*ctl), 0);
    lines += ctl->readAllStandardOutput();
    for (const QByteArray &line : lines.trimmed().split('\n')) {
        QVERIFY2(line.contains(" uid=" + QByteArray::number(m_alex.uid) + ' '), line.constData());
    }
    QVERIFY(!lines.contains("wanted 1") && !lines.contains("wanted 2"));
}

void FilterTest::ctlKnowsUsers()
{
    const auto ctl = watch({QStringLiteral("--scope"), QStringLiteral("all"), QStringLiteral("--count"),
                            QStringLiteral("1"), QStringLiteral("name startswith wanted"),
                            QStringLiteral("and user == alex")});
    QVERIFY(ctl);
    open(QStringLiteral("wanted 1"), TestUser{});
    open(QStringLiteral("other"), m_alex);
    open(QStringLiteral("wanted last"), m_alex);
    QTRY_COMPARE_WITH_TIMEOUT(ctl->state(), QProcess::NotRunning, patience);
    QCOMPARE(ctl->exitCode(), 0);
    const QByteArray line = ctl->readAllStandardOutput();
    QVERIFY2(line.endsWith(" file=/home/alex/wanted last\n"), line.constData());
    QVERIFY2(line.contains(" uid=" + QByteArray::number(m_alex.uid) + ' '), line.constData());
}

void FilterTest::ctlWatchesTheTypesThatItIsAskedFor()
{
    const auto ctl = watch({QStringLiteral("--scope"), QStringLiteral("all"), QStringLiteral("--count"),
                            QStringLiteral("1"),
                            QStringLiteral("type == process.exited && name == open-files && result == 0")});
    QVERIFY(ctl);
    open(QStringLiteral("other"), m_alex);
    QTRY_COMPARE_WITH_TIMEOUT(ctl->state(), QProcess::NotRunning, patience);
    QCOMPARE(ctl->exitCode(), 0);
    QVERIFY(ctl->readAllStandardOutput().contains(" type=process.exited result=0 comm=open-files"));
}

void FilterTest::ctlRefuses_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("sentence");
    QTest::newRow("no end") << QStringList{QStringLiteral("pid"), QStringLiteral("==")}
                            << QByteArray("the filter is wrong at byte 6: expected a number after `pid ==`");
    QTest::newRow("a wrong pattern")
        << QStringList{QStringLiteral("path matches '('")}
        << QByteArray("the filter is wrong at byte 13: this is no regular expression: the closing `)`");
    QTest::newRow("nobody") << QStringList{QStringLiteral("user == nobody-of-this-name")}
                            << QByteArray("the filter is wrong at byte 8: there is no user `nobody-of-this");
    QTest::newRow("age") << QStringList{QStringLiteral("age < 5")}
                         << QByteArray("the filter is wrong at byte 0: `age` changes while events wait");
}

void FilterTest::ctlRefuses()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, sentence);
    arguments.prepend(QStringLiteral("watch"));
    const auto ctl = TestSystem::program(QStringLiteral(CTL_PROGRAM), arguments);
    ctl->start();
    QVERIFY(ctl->waitForFinished(patience));
    QCOMPARE(ctl->exitCode(), 2);
    const QByteArray said = ctl->readAllStandardError();
    QVERIFY2(said.contains(sentence), said.constData());
}

QTEST_GUILESS_MAIN(FilterTest)

#include "FilterTest.moc"
