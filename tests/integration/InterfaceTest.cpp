// SPDX-License-Identifier: MIT
//
// The interface as any client finds it: what introspection shows is what the XML says, all of it is
// explained there, and who has nobody to serve leaves.
#include "app/client/MonitorClient.h"
#include "dbus/BusConnection.h"
#include "dbus/Names.h"
#include "dbus/StateReason.h"
#include "tests/fakes/PrivateBus.h"
#include "tests/integration/TestSystem.h"

#include <QDBusMessage>
#include <QDBusReply>
#include <QDomDocument>
#include <QFile>
#include <QRegularExpression>
#include <QTest>
#include <memory>

using namespace lunaris;

namespace
{

constexpr int patience = 20'000;

/// A line a member, with the types of its arguments: "method Pause in s scope, in t seconds".
QStringList membersOf(const QDomElement &interface)
{
    QStringList members;
    for (QDomElement member = interface.firstChildElement(); !member.isNull();
         member = member.nextSiblingElement()) {
        QStringList arguments;
        for (QDomElement argument = member.firstChildElement(QStringLiteral("arg")); !argument.isNull();
             argument = argument.nextSiblingElement(QStringLiteral("arg"))) {
            arguments += QStringList{argument.attribute(QStringLiteral("direction"), QStringLiteral("out")),
                                     argument.attribute(QStringLiteral("type")),
                                     argument.attribute(QStringLiteral("name"))}
                             .join(u' ');
        }
        members += QStringList{member.tagName(), member.attribute(QStringLiteral("name")),
                               member.attribute(QStringLiteral("type")),
                               member.attribute(QStringLiteral("access")), arguments.join(u',')}
                       .join(u' ');
    }
    members.sort();
    return members;
}

QHash<QString, QDomElement> interfacesOf(const QDomDocument &document)
{
    QHash<QString, QDomElement> interfaces;
    const QDomElement node = document.documentElement();
    for (QDomElement interface = node.firstChildElement(QStringLiteral("interface")); !interface.isNull();
         interface = interface.nextSiblingElement(QStringLiteral("interface"))) {
        interfaces.insert(interface.attribute(QStringLiteral("name")), interface);
    }
    return interfaces;
}

QString contract()
{
    QFile file(QStringLiteral(INTERFACE_XML));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QString text(const char *name)
{
    return QString::fromLatin1(name);
}

} // namespace

class InterfaceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();

    void introspectionIsTheContract();
    void everyMemberIsExplained();
    void everyStatisticIsExplained();
    void everyOptionIsExplained();
    void everyPropertyCanBeRead();
    void everyChangeIsTold();
    void withoutABusItLeaves();
    void onASessionBusEverythingIsRefused_data();
    void onASessionBusEverythingIsRefused();

public Q_SLOTS:
    void onPropertiesChanged(const QString &interface, const QVariantMap &changed, const QStringList &);

private:
    QDBusMessage call(const QString &interface, const QString &method, const QVariantList &arguments = {});

    std::unique_ptr<test::PrivateBus> m_sessionBus;
    std::unique_ptr<QProcess> m_helper;
    QDBusConnection m_bus{QString()};
    QVariantMap m_told; // of the properties, since a test asked
};

void InterfaceTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    m_helper = TestSystem::startHelper();
    QVERIFY(m_helper);
    registerDBusTypes();
    m_bus = connectToBus(TestSystem::busAddress());
    QVERIFY(m_bus.isConnected());
}

void InterfaceTest::cleanupTestCase()
{
    if (m_helper && m_helper->state() != QProcess::NotRunning) {
        TestSystem::stop(*m_helper);
    }
}

QDBusMessage InterfaceTest::call(const QString &interface, const QString &method,
                                 const QVariantList &arguments)
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(dbus::serviceName, dbus::objectPath, interface, method);
    message.setArguments(arguments);
    return m_bus.call(message);
}

void InterfaceTest::introspectionIsTheContract()
{
    const QDBusReply<QString> xml =
        call(text("org.freedesktop.DBus.Introspectable"), QStringLiteral("Introspect"));
    QVERIFY2(xml.isValid(), qPrintable(xml.error().message()));
    QDomDocument shown;
    QVERIFY(shown.setContent(xml.value()));
    QDomDocument written;
    QVERIFY(written.setContent(contract()));
    const auto found = interfacesOf(shown);
    const QStringList expected = membersOf(interfacesOf(written).value(dbus::interfaceName));
    QVERIFY(expected.size() > 15);
    QCOMPARE(membersOf(found.value(dbus::interfaceName)), expected);
    QStringList names = found.keys();
    names.sort();
    QCOMPARE(names,
             (QStringList{text("org.freedesktop.DBus.Introspectable"), text("org.freedesktop.DBus.Peer"),
                          text("org.freedesktop.DBus.Properties"), dbus::interfaceName}));
    QCOMPARE(call(text("org.freedesktop.DBus.Peer"), QStringLiteral("Ping")).type(),
             QDBusMessage::ReplyMessage);
}

void InterfaceTest::everyMemberIsExplained()
{
    QDomDocument written;
    QVERIFY(written.setContent(contract()));
    QString comment; // the last one; several members may share it
    const QDomElement interface = interfacesOf(written).value(dbus::interfaceName);
    for (QDomNode node = interface.firstChild(); !node.isNull(); node = node.nextSibling()) {
        if (node.isComment()) {
            comment = node.nodeValue();
        } else if (node.isElement()) {
            const QString name = node.toElement().attribute(QStringLiteral("name"));
            const QString heading = comment.trimmed().section(u':', 0, 0);
            QVERIFY2(heading.split(QStringLiteral(", ")).contains(name), qPrintable(name));
            const bool asks = node.toElement().tagName() == QLatin1String("method") &&
                              name != QLatin1String("Acknowledge") && name != QLatin1String("Unsubscribe");
            QVERIFY2(!asks || comment.contains(QLatin1String("polkit: org.lunaris.KernelMonitor1.")),
                     qPrintable(name));
        }
    }
}

void InterfaceTest::everyStatisticIsExplained()
{
    const QDBusReply<Statistics> reply = call(dbus::interfaceName, QStringLiteral("GetStatistics"));
    QVERIFY2(reply.isValid(), qPrintable(reply.error().message()));
    const QString xml = contract();
    for (const QString &key : reply.value().keys()) {
        const bool isByType =
            QRegularExpression(QStringLiteral("^(lost|raced|skipped)\\.")).match(key).hasMatch();
        const QRegularExpression line(QStringLiteral("^        %1 ").arg(QRegularExpression::escape(key)),
                                      QRegularExpression::MultilineOption);
        QVERIFY2(isByType || line.match(xml).hasMatch(), qPrintable(key));
    }
    QVERIFY(reply.value().size() > 20);
}

void InterfaceTest::everyOptionIsExplained()
{
    // The refusal of an unknown one names them all.
    const QDBusMessage refusal =
        call(dbus::interfaceName, QStringLiteral("Subscribe"), {QVariantMap{{QStringLiteral("colour"), 1}}});
    QCOMPARE(refusal.errorName(), QString(dbus::error::invalidArgument));
    const QString xml = contract();
    const QStringList options = refusal.errorMessage()
                                    .section(QStringLiteral("there are "), 1)
                                    .remove(u'.')
                                    .split(QRegularExpression(QStringLiteral(", | and ")));
    QVERIFY2(options.size() >= 4, qPrintable(refusal.errorMessage()));
    for (const QString &option : options) {
        const QRegularExpression line(QStringLiteral("^        %1 +[a-z]+ ").arg(option),
                                      QRegularExpression::MultilineOption);
        QVERIFY2(line.match(xml).hasMatch(), qPrintable(option));
    }
}

void InterfaceTest::everyPropertyCanBeRead()
{
    const QDBusReply<QVariantMap> all = call(text("org.freedesktop.DBus.Properties"),
                                             QStringLiteral("GetAll"), {QString(dbus::interfaceName)});
    QVERIFY2(all.isValid(), qPrintable(all.error().message()));
    QStringList names = all.value().keys();
    names.sort();
    QCOMPARE(names,
             (QStringList{text("BusConnected"), text("CaptureMethod"), text("DeduplicationMilliseconds"),
                          text("KernelRelease"), text("PausedUntil"), text("State"), text("StateReason"),
                          text("StateSince"), text("Version")}));
}

void InterfaceTest::onPropertiesChanged(const QString &interface, const QVariantMap &changed,
                                        const QStringList &invalidated)
{
    QCOMPARE(interface, QString(dbus::interfaceName));
    QVERIFY(invalidated.isEmpty());
    m_told.insert(changed);
}

void InterfaceTest::everyChangeIsTold()
{
    QVERIFY(m_bus.connect(dbus::serviceName, dbus::objectPath, text("org.freedesktop.DBus.Properties"),
                          text("PropertiesChanged"), this,
                          SLOT(onPropertiesChanged(QString, QVariantMap, QStringList))));
    const auto isDone = [this](const char *method, const QVariantList &arguments) {
        return call(dbus::interfaceName, text(method), arguments).type() == QDBusMessage::ReplyMessage;
    };
    const auto told = [this](const char *name) { return m_told.value(text(name)); };
    const QString all = dbus::scope::all;
    QVERIFY(isDone("Pause", {all, quint64(60)}));
    QTRY_COMPARE_WITH_TIMEOUT(told("State").toString(), QString(dbus::state::paused), patience);
    QCOMPARE(told("StateReason").toString(), QString(dbus::reason::paused));
    QCOMPARE(told("CaptureMethod"), QVariant(QString()));
    QVERIFY(told("PausedUntil").toULongLong() > told("StateSince").toULongLong());
    QVERIFY(isDone("Resume", {all}));
    QTRY_COMPARE_WITH_TIMEOUT(told("State").toString(), QString(dbus::state::running), patience);
    QVERIFY(!told("CaptureMethod").toString().isEmpty());
    QVERIFY(isDone("SetDeduplication", {250U}));
    QTRY_COMPARE_WITH_TIMEOUT(told("DeduplicationMilliseconds"), QVariant(250U), patience);
    const auto eventBus = TestSystem::startBus();
    QVERIFY(eventBus);
    QTRY_COMPARE_WITH_TIMEOUT(told("BusConnected"), QVariant(true), patience);

    // Whatever is there to change has, and was told as it is.
    const QDBusReply<QVariantMap> now =
        call(text("org.freedesktop.DBus.Properties"), text("GetAll"), {QString(dbus::interfaceName)});
    QVERIFY2(now.isValid(), qPrintable(now.error().message()));
    QVariantMap changing = now.value();
    QVERIFY(changing.remove(text("Version")) == 1 && changing.remove(text("KernelRelease")) == 1);
    QCOMPARE(m_told, changing);
    QCOMPARE(TestSystem::stop(*eventBus), 0);
}

void InterfaceTest::withoutABusItLeaves()
{
    QCOMPARE(TestSystem::stop(*m_helper), 0);
    m_helper = TestSystem::startHelper(
        {QStringLiteral("--config"),
         TestSystem::configuration("[bus]\nenabled = false\n[dbus]\nidle_seconds = 5\n")});
    QVERIFY(m_helper);
    {
        MonitorClient client(m_bus, {dbus::scope::all, 0});
        client.start();
        QTRY_COMPARE_WITH_TIMEOUT(client.status(), MonitorClient::Status::Watching, patience);
    }
    QTRY_COMPARE_WITH_TIMEOUT(m_helper->state(), QProcess::NotRunning, patience);
    QCOMPARE(m_helper->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_helper->exitCode(), 0);
}

void InterfaceTest::onASessionBusEverythingIsRefused_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QVariantList>("arguments");
    const QString all = dbus::scope::all;
    QTest::newRow("Subscribe") << text("Subscribe") << QVariantList{QVariantMap()};
    QTest::newRow("Pause") << text("Pause") << QVariantList{all, quint64(0)};
    QTest::newRow("Resume") << text("Resume") << QVariantList{all};
    QTest::newRow("GetPause") << text("GetPause") << QVariantList{};
    QTest::newRow("GetRules") << text("GetRules") << QVariantList{};
    QTest::newRow("SetRules") << text("SetRules") << QVariantList{QVariant::fromValue(MonitorRuleList())};
    QTest::newRow("ResetRules") << text("ResetRules") << QVariantList{};
    QTest::newRow("SetDeduplication") << text("SetDeduplication") << QVariantList{0U};
    QTest::newRow("GetStatistics") << text("GetStatistics") << QVariantList{};
}

void InterfaceTest::onASessionBusEverythingIsRefused()
{
    QFETCH(QString, method);
    QFETCH(QVariantList, arguments);
    if (!m_sessionBus) {
        m_sessionBus = std::make_unique<test::PrivateBus>();
        qputenv("DBUS_SESSION_BUS_ADDRESS", m_sessionBus->address().toLocal8Bit());
        m_helper = TestSystem::startHelper({text("--bus"), text("session")});
        QVERIFY(m_helper);
        m_bus = m_sessionBus->connect();
    }
    QCOMPARE(call(dbus::interfaceName, method, arguments).errorName(), QString(dbus::error::notAuthorized));
}

QTEST_GUILESS_MAIN(InterfaceTest)

#include "InterfaceTest.moc"
