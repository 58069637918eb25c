// SPDX-License-Identifier: MIT
#include "tests/qml/WindowFixture.h"

#include "app/models/EventStore.h"
#include "dbus/Names.h"

#include <QSettings>
#include <QTest>

using namespace lunaris;

/// The Settings page, and what is asked before everyone's activity is shown.
class WindowSettingsTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void boundsOfTheHistory();
    void boundsAreChecked();
    void look();
    void timeForm();
    void backlog();
    void everyoneIsExplainedOnce();
    void everyoneDeclined();
    void startForEveryoneAsksFirst();
    void placeOfTheWindow();

private:
    void show()
    {
        watch();
        m_monitor->navigation()->setPage(QStringLiteral("settings"));
    }
    void typeInto(const char *name, const QString &text) const
    {
        click(item(name));
        QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
        type(text);
        QTest::keyClick(m_window, Qt::Key_Return);
    }
    QString scopeAskedFor() const
    {
        return m_helper->subscribeCalls().back().value(QStringLiteral("scope")).toString();
    }
    bool isAsking() const
    {
        return m_window->findChild<QObject *>(QStringLiteral("everyoneNotice"))->property("visible").toBool();
    }
};

void WindowSettingsTest::boundsOfTheHistory()
{
    show();
    send(3000);
    QTRY_COMPARE(m_monitor->live()->totalCount(), 3000.0);
    QTRY_VERIFY2(m_monitor->history()->held().startsWith(QStringLiteral("3,000 events in ")),
                 qPrintable(m_monitor->history()->held()));
    typeInto("historyRows", QStringLiteral("1000"));
    QCOMPARE(m_monitor->settings()->historyRows(), 1000);
    QTRY_COMPARE(m_monitor->live()->totalCount(), 1000.0);
    typeInto("historyMegabytes", QStringLiteral("64"));
    QCOMPARE(m_monitor->live()->store()->maximumBytes(), qsizetype{64} * 1024 * 1024);

    // The next start knows them.
    m_main.reset();
    m_monitor.reset();
    open();
    QCOMPARE(m_monitor->live()->store()->maximumRows(), 1000U);
    QCOMPARE(value("historyMegabytes", "text").toString(), QStringLiteral("64"));
}

void WindowSettingsTest::boundsAreChecked()
{
    {
        QSettings file(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("lunaris"),
                       QStringLiteral("kernel-monitor"));
        file.setValue(QStringLiteral("history/rows"), 7);
        file.setValue(QStringLiteral("history/megabytes"), QStringLiteral("many"));
        file.setValue(QStringLiteral("window/look"), QStringLiteral("Purple"));
    }
    show();
    QCOMPARE(m_monitor->settings()->historyRows(), Settings::fewestRows);
    QCOMPARE(m_monitor->settings()->historyMegabytes(), 300);
    QCOMPARE(m_monitor->settings()->look(), Settings::Look::System);

    typeInto("historyRows", QStringLiteral("12")); // too few: not taken
    QCOMPARE(m_monitor->settings()->historyRows(), Settings::fewestRows);
    QVERIFY(!value("historyRows", "problem").toString().isEmpty());
}

void WindowSettingsTest::look()
{
    show();
    const QColor before = m_window->color();
    click(item("lookDark"));
    QTRY_COMPARE(m_window->color(), QColor(QStringLiteral("#0f0f0f")));
    QVERIFY(value("lookDark", "chosen").toBool());
    click(item("lookLight"));
    QTRY_COMPARE(m_window->color(), QColor(QStringLiteral("#ffffff")));
    click(item("lookSystem"));
    QTRY_COMPARE(m_window->color(), before);
    // By keyboard.
    item("lookDark")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Space);
    QTRY_COMPARE(m_window->color(), QColor(QStringLiteral("#0f0f0f")));
}

void WindowSettingsTest::timeForm()
{
    show();
    click(item("settingsTimeRelative"));
    QCOMPARE(m_monitor->live()->rows()->shown()->timeForm(), ShownRows::TimeForm::Relative);
    click(item("settingsTimeDelta"));
    QCOMPARE(m_monitor->live()->rows()->shown()->timeForm(), ShownRows::TimeForm::Delta);
    click(item("settingsTimeClock"));
    QCOMPARE(m_monitor->live()->rows()->shown()->timeForm(), ShownRows::TimeForm::Clock);
}

void WindowSettingsTest::backlog()
{
    show();
    QVERIFY(m_helper->subscribeCalls().back().value(QStringLiteral("backlog")).toUInt() > 0);
    click(item("backlogNo"));
    m_main.reset();
    m_monitor.reset();
    open();
    QTRY_COMPARE(m_helper->subscribeCalls().size(), 2U);
    QCOMPARE(m_helper->subscribeCalls().back().value(QStringLiteral("backlog")).toUInt(), 0U);
}

void WindowSettingsTest::everyoneIsExplainedOnce()
{
    show();
    QCOMPARE(scopeAskedFor(), QStringLiteral("own"));
    click(item("scopeEveryone"));
    QTRY_VERIFY(isAsking());
    QCOMPARE(m_helper->subscribeCalls().size(), 1U); // not before the answer
    click(item("everyoneConfirm"));
    QTRY_COMPARE(m_helper->subscribeCalls().size(), 2U);
    QCOMPARE(scopeAskedFor(), QStringLiteral("all"));
    QTRY_COMPARE(m_helper->subscriptions(), 1U); // the other one has been given back
    QTRY_VERIFY(m_monitor->controller()->isCapturing());
    QVERIFY(m_monitor->controller()->watched().contains(QStringLiteral("everyone")));

    click(item("scopeOwn"));
    QTRY_COMPARE(m_helper->subscribeCalls().size(), 3U);
    QCOMPARE(scopeAskedFor(), QStringLiteral("own"));
    click(item("scopeEveryone"));
    QTRY_COMPARE(m_helper->subscribeCalls().size(), 4U);
    QVERIFY(!isAsking());
}

void WindowSettingsTest::everyoneDeclined()
{
    show();
    click(item("scopeEveryone"));
    QTRY_VERIFY(isAsking());
    QTest::keyClick(m_window, Qt::Key_Escape);
    QTRY_VERIFY(!isAsking());
    QVERIFY(value("scopeOwn", "chosen").toBool());
    QCOMPARE(m_helper->subscribeCalls().size(), 1U);
    click(item("scopeEveryone"));
    QTRY_VERIFY(isAsking()); // who said no is asked again
}

void WindowSettingsTest::startForEveryoneAsksFirst()
{
    m_scope = dbus::scope::all;
    QVERIFY(m_helper->appear());
    open();
    QTRY_VERIFY(isAsking());
    QVERIFY(m_helper->subscribeCalls().empty());
    click(item("everyoneDecline"));
    QTRY_COMPARE(m_helper->subscribeCalls().size(), 1U);
    QCOMPARE(scopeAskedFor(), QStringLiteral("own"));
    QTRY_VERIFY(m_monitor->controller()->isCapturing());

    m_monitor->scope()->start(dbus::scope::all); // by a second start of the program
    QTRY_VERIFY(isAsking());
    click(item("everyoneConfirm"));
    QTRY_COMPARE(m_helper->subscribeCalls().size(), 2U);
    QCOMPARE(scopeAskedFor(), QStringLiteral("all"));
    m_monitor->scope()->start(dbus::scope::own);
    QTRY_COMPARE(m_helper->subscribeCalls().size(), 3U);
    QCOMPARE(scopeAskedFor(), QStringLiteral("own"));
}

void WindowSettingsTest::placeOfTheWindow()
{
    show();
    m_window->resize(910, 640);
    QTRY_COMPARE(m_window->width(), 910);
    m_window->close();
    m_main.reset();
    m_monitor.reset();
    open();
    QCOMPARE(m_window->size(), QSize(910, 640));
}

QTEST_MAIN(WindowSettingsTest)
#include "WindowSettingsTest.moc"
