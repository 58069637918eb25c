// SPDX-License-Identifier: MIT
//
// The shipped actions as the real polkitd understands them.
#include "dbus/Names.h"
#include "tests/integration/TestSystem.h"

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QMap>
#include <QTest>

using namespace lunaris;

namespace
{

/// polkit's names for them: PolkitImplicitAuthorization.
enum Answer : quint32 { SelfKept = 3, AdministratorKept = 4, Yes = 5 };

struct Action {
    QString description;
    QString message;
    quint32 any = 0;
    quint32 inactive = 0;
    quint32 active = 0;
};

/// By id, in a language.
QMap<QString, Action> actionsIn(const QString &language)
{
    QDBusConnection bus = QDBusConnection::connectToBus(TestSystem::busAddress(), QStringLiteral("policy"));
    QDBusMessage question = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.PolicyKit1"), QStringLiteral("/org/freedesktop/PolicyKit1/Authority"),
        QStringLiteral("org.freedesktop.PolicyKit1.Authority"), QStringLiteral("EnumerateActions"));
    question << language;
    const QVariantList reply = bus.call(question).arguments();
    QDBusConnection::disconnectFromBus(QStringLiteral("policy"));

    QMap<QString, Action> actions;
    if (reply.isEmpty()) {
        return actions;
    }
    const auto list = reply.constFirst().value<QDBusArgument>();
    list.beginArray();
    while (!list.atEnd()) {
        QString id;
        QString vendor;
        QString vendorUrl;
        QString icon;
        Action action;
        QMap<QString, QString> annotations;
        list.beginStructure();
        list >> id >> action.description >> action.message >> vendor >> vendorUrl >> icon >> action.any >>
            action.inactive >> action.active >> annotations;
        list.endStructure();
        if (id.startsWith(dbus::interfaceName)) {
            actions.insert(id, action);
        }
    }
    list.endArray();
    return actions;
}

} // namespace

class PolicyTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void defaultsAreTheContracts_data();
    void defaultsAreTheContracts();

private:
    QMap<QString, Action> m_english;
    QMap<QString, Action> m_german;
};

void PolicyTest::initTestCase()
{
    QVERIFY2(!TestSystem::directory().isEmpty(), "run me through tests/integration/with-private-system");
    m_english = actionsIn(QStringLiteral("en_US.UTF-8"));
    m_german = actionsIn(QStringLiteral("de_DE.UTF-8"));
    QCOMPARE(m_english.size(), 5);
    QCOMPARE(m_german.keys(), m_english.keys());
}

void PolicyTest::defaultsAreTheContracts_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<uint>("active");
    QTest::addColumn<uint>("others");
    const auto row = [](QLatin1String id, Answer active, Answer others) {
        QTest::newRow(id.data()) << QString(id) << uint(active) << uint(others);
    };
    row(dbus::action::watchOwn, Yes, SelfKept);
    row(dbus::action::watchAll, AdministratorKept, AdministratorKept);
    row(dbus::action::pauseOwn, Yes, SelfKept);
    row(dbus::action::pauseAll, AdministratorKept, AdministratorKept);
    row(dbus::action::configure, AdministratorKept, AdministratorKept);
}

void PolicyTest::defaultsAreTheContracts()
{
    QFETCH(QString, id);
    QFETCH(uint, active);
    QFETCH(uint, others);
    QVERIFY(m_english.contains(id));
    const Action english = m_english.value(id);
    const Action german = m_german.value(id);
    QCOMPARE(english.active, active);
    QCOMPARE(english.inactive, others);
    QCOMPARE(english.any, others);
    QVERIFY(english.message.startsWith(QLatin1String("Authentication is required to ")));
    QVERIFY2(german.message.endsWith(QStringLiteral("ist eine Anmeldung nötig")), qPrintable(german.message));
    QVERIFY(!english.description.isEmpty() && german.description != english.description);
}

QTEST_GUILESS_MAIN(PolicyTest)

#include "PolicyTest.moc"
