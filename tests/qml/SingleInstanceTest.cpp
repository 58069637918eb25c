// SPDX-License-Identifier: MIT
#include "app/window/SingleInstance.h"
#include "tests/fakes/EndWithParent.h"
#include "tests/fakes/PrivateBus.h"

#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace lunaris;

/// One window per session.
class SingleInstanceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutABusEveryoneIsFirst();
    void servesTheDesktop_data();
    void servesTheDesktop();
    void theNameIsFreeAgain();
    void aSecondStartRaisesTheFirst();
};

void SingleInstanceTest::withoutABusEveryoneIsFirst()
{
    const QDBusConnection none =
        QDBusConnection::connectToBus(QStringLiteral("unix:path=/nowhere/bus"), QStringLiteral("none"));
    SingleInstance one(none);
    SingleInstance other(none);
    QVERIFY(one.isFirst({}));
    QVERIFY(other.isFirst({}));
}

void SingleInstanceTest::servesTheDesktop_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QVariantList>("arguments");
    const QVariantMap data = {{QStringLiteral("page"), QStringLiteral("rules")},
                              {QStringLiteral("number"), 3},
                              {QStringLiteral("endless"), QString(20'000, QLatin1Char('x'))}};
    QTest::newRow("Activate") << QStringLiteral("Activate") << QVariantList({data});
    QTest::newRow("Open") << QStringLiteral("Open")
                          << QVariantList({QStringList(QStringLiteral("file:///x")), data});
    QTest::newRow("ActivateAction") << QStringLiteral("ActivateAction")
                                    << QVariantList({QStringLiteral("x"), QVariantList(), data});
}

void SingleInstanceTest::servesTheDesktop()
{
    QFETCH(QString, method);
    QFETCH(QVariantList, arguments);
    test::PrivateBus bus;
    QVERIFY2(!bus.address().isEmpty(), "dbus-daemon did not start; apt install dbus-daemon");
    SingleInstance first(bus.connect());
    QVERIFY(first.isFirst({}));
    QSignalSpy activated(&first, &SingleInstance::activated);
    QDBusMessage call = QDBusMessage::createMethodCall(QStringLiteral("org.lunaris.KernelMonitor"),
                                                       QStringLiteral("/org/lunaris/KernelMonitor"),
                                                       QStringLiteral("org.freedesktop.Application"), method);
    call.setArguments(arguments);
    bus.connect().asyncCall(call);
    QTRY_COMPARE(activated.size(), 1);
    // What is no text, or too long, is not handed on.
    QCOMPARE(activated.constFirst().constFirst().toMap(),
             QVariantMap({{QStringLiteral("page"), QStringLiteral("rules")}}));
}

void SingleInstanceTest::theNameIsFreeAgain()
{
    test::PrivateBus bus;
    QVERIFY2(!bus.address().isEmpty(), "dbus-daemon did not start; apt install dbus-daemon");
    {
        SingleInstance first(bus.connect());
        QVERIFY(first.isFirst({}));
    }
    SingleInstance second(bus.connect());
    QVERIFY(second.isFirst({}));
}

void SingleInstanceTest::aSecondStartRaisesTheFirst()
{
    test::PrivateBus bus;
    QVERIFY2(!bus.address().isEmpty(), "dbus-daemon did not start; apt install dbus-daemon");
    SingleInstance first(bus.connect());
    QVERIFY(first.isFirst({}));
    QSignalSpy activated(&first, &SingleInstance::activated);
    QProcess program;
    test::endWithParent(program);
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("DBUS_SESSION_BUS_ADDRESS"), bus.address());
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(LUNARIS_MONITOR_PROGRAM),
                  {QStringLiteral("--page"), QStringLiteral("settings"), QStringLiteral("--scope"),
                   QStringLiteral("all")});
    QTRY_COMPARE_WITH_TIMEOUT(activated.size(), 1, 30'000);
    const QVariantMap request = activated.constFirst().constFirst().toMap();
    QCOMPARE(request.value(QStringLiteral("scope")).toString(), QStringLiteral("all"));
    QCOMPARE(request.value(QStringLiteral("page")).toString(), QStringLiteral("settings"));
    QTRY_COMPARE_WITH_TIMEOUT(program.state(), QProcess::NotRunning, 30'000);
    QCOMPARE(program.exitCode(), 0);
}

QTEST_GUILESS_MAIN(SingleInstanceTest)
#include "SingleInstanceTest.moc"
