// SPDX-License-Identifier: MIT
#include "tests/qml/LetterSize.h"
#include "tests/qml/WindowFixture.h"

#include "dbus/Names.h"

#include <QSet>
#include <QTest>

using namespace lunaris;

/// The Rules page, by mouse and by keyboard.
class WindowRulesTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAHelperItSaysWhy();
    void listsRulesWithHits();
    void hitsStayFresh();
    void editAndApply();
    void addByKeyboard();
    void removeAndDiscard();
    void refusalLeavesThePageAsItWas();
    void wrongRulesCannotBeApplied();
    void reset();
    void saysWhichRuleDecides_data();
    void saysWhichRuleDecides();
    void deduplication();
    void largeLettersInASmallWindow();

private:
    void show()
    {
        m_helper->setRules({{"/proc/", dbus::rule::exclude, 1'234},
                            {"/usr/", dbus::rule::exclude, 5},
                            {"/usr/share/doc/", dbus::rule::include, 1}});
        watch();
        m_monitor->navigation()->setPage(QStringLiteral("rules"));
        QTRY_COMPARE(model().rowCount(), 3);
        QTRY_VERIFY(row(2) != nullptr);
    }
    RulesModel &model() const { return *m_monitor->rules()->model(); }
    QQuickItem *row(int index) const
    {
        QQuickItem *found = nullptr;
        QMetaObject::invokeMethod(item("rulesList"), "itemAtIndex", Q_RETURN_ARG(QQuickItem *, found),
                                  Q_ARG(int, index));
        return found;
    }
    QQuickItem *in(int index, const char *name) const
    {
        return row(index)->findChild<QQuickItem *>(QLatin1String(name));
    }
};

void WindowRulesTest::withoutAHelperItSaysWhy()
{
    open();
    m_monitor->navigation()->setPage(QStringLiteral("rules"));
    QTRY_VERIFY(item("noRules")->isVisible());
    QTRY_VERIFY(!value("noRules", "text").toString().isEmpty());
}

void WindowRulesTest::listsRulesWithHits()
{
    show();
    QCOMPARE(in(0, "rulePrefix")->property("text").toString(), QStringLiteral("/proc/"));
    QCOMPARE(in(0, "ruleAction")->property("text").toString(), QStringLiteral("Leave out"));
    QCOMPARE(in(2, "ruleAction")->property("text").toString(), QStringLiteral("Keep"));
    QCOMPARE(row(0)->property("hits").toDouble(), 1234.0);
    QVERIFY(!item("applyRules")->isEnabled());
    QVERIFY(!item("discardRules")->isEnabled());
}

void WindowRulesTest::hitsStayFresh()
{
    show();
    m_helper->setRules({{"/proc/", dbus::rule::exclude, 2'000},
                        {"/usr/", dbus::rule::exclude, 5},
                        {"/usr/share/doc/", dbus::rule::include, 1}});
    QTRY_COMPARE_WITH_TIMEOUT(row(0)->property("hits").toDouble(), 2000.0, 10'000);
}

void WindowRulesTest::editAndApply()
{
    show();
    click(in(1, "ruleAction"));
    QCOMPARE(in(1, "ruleAction")->property("text").toString(), QStringLiteral("Keep"));
    click(in(0, "rulePrefix"));
    QTest::keyClick(m_window, Qt::Key_End);
    type(QStringLiteral("1/"));
    QTRY_VERIFY(item("applyRules")->isEnabled());
    QVERIFY(item("rulesNote")->isVisible());
    QCOMPARE(m_helper->rules()[0].prefix, QByteArray("/proc/")); // not before it is applied
    click(item("applyRules"));
    QTRY_COMPARE(m_helper->rules()[0].prefix, QByteArray("/proc/1/"));
    QCOMPARE(m_helper->rules()[1].action, QString(dbus::rule::include));
    QCOMPARE(m_helper->rules().size(), 3);
    QTRY_VERIFY(!m_monitor->rules()->isBusy());
    QVERIFY(!model().isEdited());
    QVERIFY(!item("rulesNote")->isVisible());
}

void WindowRulesTest::addByKeyboard()
{
    show();
    item("addRule")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Space);
    QTRY_COMPARE(model().rowCount(), 4);
    QVERIFY(!item("applyRules")->isEnabled()); // nothing typed yet
    QTRY_VERIFY(in(3, "rulePrefix")->hasActiveFocus());
    type(QStringLiteral("/srv/backup/"));
    QTRY_VERIFY(item("applyRules")->isEnabled());
    item("applyRules")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Space);
    QTRY_COMPARE(m_helper->rules().size(), 4);
    QCOMPARE(m_helper->rules()[3].prefix, QByteArray("/srv/backup/"));
    QCOMPARE(m_helper->rules()[3].action, QString(dbus::rule::exclude));
}

void WindowRulesTest::removeAndDiscard()
{
    show();
    click(in(0, "ruleRemove"));
    QTRY_COMPARE(model().rowCount(), 2);
    click(item("discardRules"));
    QTRY_COMPARE(model().rowCount(), 3);
    QVERIFY(!model().isEdited());
    QCOMPARE(m_helper->rules().size(), 3);
}

void WindowRulesTest::refusalLeavesThePageAsItWas()
{
    show();
    m_helper->refuseCommands({QString(dbus::error::notAuthorized), QStringLiteral("An administrator may.")});
    click(in(0, "ruleRemove"));
    click(item("applyRules"));
    QTRY_VERIFY(item("commandBanner")->isVisible());
    QCOMPARE(value("commandBanner", "text").toString(), QStringLiteral("An administrator may."));
    QVERIFY(!m_monitor->rules()->isBusy());
    QCOMPARE(model().rowCount(), 2); // what was edited is still there
    QVERIFY(model().isEdited());
    QVERIFY(item("applyRules")->isEnabled());
    QCOMPARE(m_helper->rules().size(), 3);
}

void WindowRulesTest::wrongRulesCannotBeApplied()
{
    show();
    model().setPrefix(0, QStringLiteral("proc"));
    QTRY_VERIFY(item("rulesNote")->isVisible());
    QCOMPARE(value("rulesNote", "text").toString(), model().problem());
    QVERIFY(!item("applyRules")->isEnabled());
    QVERIFY(!in(0, "rulePrefix")->property("problem").toString().isEmpty());
    m_monitor->rules()->apply();
    QVERIFY(!m_monitor->rules()->isBusy());
}

void WindowRulesTest::reset()
{
    show();
    click(item("resetRules"));
    QTRY_VERIFY(m_window->findChild<QObject *>(QStringLiteral("resetMenu"))->property("opened").toBool());
    QTest::keyClick(m_window, Qt::Key_Return);
    QTRY_COMPARE(model().rowCount(), 0); // what the fake helper resets to
    QVERIFY(m_helper->rules().isEmpty());
}

void WindowRulesTest::saysWhichRuleDecides_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<int>("rule");
    QTest::addColumn<QString>("decision");
    const auto row = [](const char *path, int rule, const char *decision) {
        QTest::newRow(path) << QString::fromLatin1(path) << rule << QString::fromLatin1(decision);
    };
    row("", -1, "");
    row("home", -1, "A path begins with /.");
    row("/home/ada", -1, "Kept: no rule matches.");
    row("/usr/bin/env", 1, "Left out, by the rule /usr/");
    row("/usr/share/doc/x", 2, "Kept, by the rule /usr/share/doc/");
    row("/usr/share/doc/", 2, "Kept, by the rule /usr/share/doc/"); // a folder
    row("/usr/share/doc", 1, "Left out, by the rule /usr/");        // a file
    row("/usrlocal", -1, "Kept: no rule matches.");
}

void WindowRulesTest::saysWhichRuleDecides()
{
    QFETCH(QString, path);
    show();
    click(item("rulePath"));
    type(path);
    QTRY_COMPARE(m_monitor->rules()->path(), path);
    QString decided = value("ruleDecision", "text").toString();
    decided.remove(QChar(0x2066)).remove(QChar(0x2069)); // what isolates a path
    QTEST(decided, "decision");
    QTEST(m_monitor->rules()->decidingRow(), "rule");
    for (int at = 0; at < 3; ++at) {
        QCOMPARE(row(at)->property("deciding").toBool(), at == m_monitor->rules()->decidingRow());
    }
}

void WindowRulesTest::deduplication()
{
    show();
    QTRY_COMPARE(value("deduplication", "text").toString(), QStringLiteral("100"));
    QVERIFY(!item("applyDeduplication")->isEnabled());
    click(item("deduplication"));
    QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
    type(QStringLiteral("250"));
    QTest::keyClick(m_window, Qt::Key_Return);
    QTRY_COMPARE(m_helper->deduplicationMilliseconds(), 250U);
    QTRY_COMPARE(m_monitor->rules()->deduplication(), 250);
    QTRY_VERIFY(!m_monitor->rules()->isBusy()); // what is typed before is not taken
    QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
    type(QStringLiteral("3600001"));
    QVERIFY(!item("applyDeduplication")->isEnabled());
}

/// There is not room for all of the page: it scrolls, and what the keyboard comes to is in sight.
void WindowRulesTest::largeLettersInASmallWindow()
{
    const test::LetterSize large(26);
    show();
    m_window->resize(800, 600);
    const QQuickItem *view = item("rulesView");
    QTRY_VERIFY(view->property("contentHeight").toDouble() > view->height());
    const auto isInSight = [view](const QQuickItem *target) {
        const QRectF place = target->mapRectToItem(view, target->boundingRect());
        return QRectF(0, 0, view->width(), view->height()).contains(place);
    };
    QVERIFY(!isInSight(item("deduplication")));
    item("rulePath")->forceActiveFocus();
    QSet<const QQuickItem *> seen;
    while (!seen.contains(item("deduplication"))) {
        QTest::keyClick(m_window, Qt::Key_Tab);
        const QQuickItem *focused = m_window->activeFocusItem();
        QVERIFY2(!seen.contains(focused), qPrintable(focused->objectName()));
        seen.insert(focused);
        QVERIFY2(!view->isAncestorOf(focused) || isInSight(focused), qPrintable(focused->objectName()));
    }
    QVERIFY(seen.contains(in(2, "rulePrefix")));
    QTest::keyClick(m_window, Qt::Key_PageUp);
    QTRY_COMPARE(view->property("contentY").toDouble(), 0.0);
    // Two rules at least stand side by side with what they are about.
    QVERIFY(isInSight(in(0, "rulePrefix")) && isInSight(in(1, "rulePrefix")));
}

QTEST_MAIN(WindowRulesTest)
#include "WindowRulesTest.moc"
