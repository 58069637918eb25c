// SPDX-License-Identifier: MIT
#include "tests/fakes/EndWithParent.h"
#include "tests/fakes/PrivateBus.h"

#include <QGuiApplication>
#include <QProcess>
#include <QQmlApplicationEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QRegularExpression>
#include <QTest>
#include <memory>

/// The module as another program finds it on its disk: nothing of it is linked here.
class MonitorPanelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void showsWhatHappens();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();

private:
    void show(const QString &properties);
    QObject *part(const char *name) const;

    std::unique_ptr<QQmlApplicationEngine> m_engine;
};

void MonitorPanelTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral("qrc:|QML|Qml")));
}

void MonitorPanelTest::show(const QString &properties)
{
    m_engine = std::make_unique<QQmlApplicationEngine>();
    m_engine->addImportPath(QStringLiteral(LUNARIS_QML_MODULES));
    m_engine->loadData(QStringLiteral("import QtQuick\n"
                                      "import org.lunaris.KernelMonitor\n"
                                      "Window { width: 480; height: 400; visible: true\n"
                                      "MonitorPanel { anchors.fill: parent; %1 } }")
                           .arg(properties)
                           .toUtf8());
    QCOMPARE(m_engine->rootObjects().size(), 1);
    QVERIFY(QTest::qWaitForWindowExposed(qobject_cast<QWindow *>(m_engine->rootObjects().constFirst())));
}

QObject *MonitorPanelTest::part(const char *name) const
{
    return m_engine->rootObjects().constFirst()->findChild<QObject *>(QLatin1String(name));
}

void MonitorPanelTest::showsWhatHappens()
{
    lunaris::test::PrivateBus bus;
    QVERIFY2(!bus.address().isEmpty(), "dbus-daemon did not start; apt install dbus-daemon");
    QProcess helper;
    lunaris::test::endWithParent(helper);
    helper.start(QStringLiteral(LUNARIS_FAKE_HELPER), {QStringLiteral("--bus"), bus.address()});
    QVERIFY(helper.waitForStarted());

    show(QStringLiteral("bus: \"%1\"").arg(bus.address()));
    QTRY_COMPARE(part("panelStatus")->property("text").toString(), QStringLiteral("Watching"));
    QTRY_VERIFY(part("panelSeen")->property("value").toDouble() > 0);
    QTRY_VERIFY(part("panelApplications")->property("count").toInt() > 5);
    QVERIFY(part("panelProblem")->property("text").toString().isEmpty());
    m_engine.reset();
    helper.kill();
    helper.waitForFinished();
}

void MonitorPanelTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QString>("properties");
    QTest::addColumn<QString>("part");
    QTest::newRow("bus") << QStringLiteral("bus: \"omni\"") << QStringLiteral("omni");
}

void MonitorPanelTest::saysWhatIsWrong()
{
    QFETCH(QString, properties);
    QFETCH(QString, part);
    show(properties);
    QTRY_VERIFY(this->part("panelProblem")->property("text").toString().contains(part));
}

QTEST_MAIN(MonitorPanelTest)
#include "MonitorPanelTest.moc"
