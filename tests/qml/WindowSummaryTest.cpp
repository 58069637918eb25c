// SPDX-License-Identifier: MIT
#include "tests/qml/Settled.h"
#include "tests/qml/WindowFixture.h"

#include "tests/unit/ClientEvents.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace lunaris;

/// The Summary page, by mouse and by keyboard.
class WindowSummaryTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void countsWhatComes();
    void everyGroupingByMouse();
    void everyGroupingByKeyboard();
    void sortsByAClickOnAHeader();
    void searchIsFoundAndLeft();
    void keysMoveInTheList();
    void menuCopies();
    void rowFiltersTheLivePage();
    void processesOpenAndClose();
    void countsFromNow();
    void accessible();

private:
    void openSummary();
    QList<QQuickItem *> listed(const char *list) const;
    QStringList names(const char *list) const;
    /// Both buttons of one row of it.
    QPoint middleOf(const QQuickItem *row) const
    {
        return row->mapToScene({row->width() / 2, row->height() / 2}).toPoint();
    }
};

void WindowSummaryTest::openSummary()
{
    watch();
    QTest::keyClick(m_window, Qt::Key_2, Qt::ControlModifier);
    QTRY_COMPARE(m_monitor->navigation()->page(), QStringLiteral("summary"));
    MonitorEvent other = test::clientEvent("file.written", "/home/alex/notes", 4096);
    other.application = QStringLiteral("org.example.Writer");
    other.pid = 4321;
    other.parentPid = 1234;
    other.comm = QStringLiteral("writer");
    m_helper->send({test::openedHosts(), test::openedHosts(), other});
    QTRY_COMPARE(listed("groupListView").size(), 2);
}

QList<QQuickItem *> WindowSummaryTest::listed(const char *list) const
{
    QList<QQuickItem *> found;
    const QList<QQuickItem *> children =
        item(list)->property("contentItem").value<QQuickItem *>()->childItems();
    for (QQuickItem *child : children) {
        if (child->property("spoken").isValid() && child->isVisible()) {
            found.append(child);
        }
    }
    std::sort(found.begin(), found.end(),
              [](const QQuickItem *one, const QQuickItem *other) { return one->y() < other->y(); });
    return found;
}

QStringList WindowSummaryTest::names(const char *list) const
{
    QStringList names;
    for (const QQuickItem *row : listed(list)) {
        names.append(row->property("name").toString());
    }
    return names;
}

void WindowSummaryTest::countsWhatComes()
{
    openSummary();
    QCOMPARE(names("groupListView"),
             (QStringList{QStringLiteral("org.example.Reader"), QStringLiteral("org.example.Writer")}));
    QCOMPARE(listed("groupListView").at(0)->property("events").toInt(), 2);
    QVERIFY(!listed("groupListView").at(1)->property("bytes").toString().isEmpty());
    QTRY_VERIFY(value("summaryCounted", "text").toString().startsWith(QStringLiteral("3 events since ")));
}

void WindowSummaryTest::everyGroupingByMouse()
{
    openSummary();
    const QList<QStringList> expected = {
        {QStringLiteral("org.example.Reader"), QStringLiteral("org.example.Writer")},
        {QStringLiteral("/etc"), QStringLiteral("/home/alex")},
        {QStringLiteral("/etc/hosts"), QStringLiteral("/home/alex/notes")},
        {QStringLiteral("1000")},
        {QStringLiteral("Files opened"), QStringLiteral("Files written")},
    };
    for (int index = 0; index < expected.size(); ++index) {
        click(item(qPrintable(QStringLiteral("grouping%1").arg(index))));
        if (index == 3) {
            QTRY_COMPARE(listed("groupListView").size(), 1); // named as this machine has it
        } else {
            QTRY_COMPARE(names("groupListView"), expected[index]);
        }
    }
    click(item("grouping5"));
    QTRY_VERIFY(item("processList")->isVisible());
    QVERIFY(!item("groupList")->isVisible());
    QTRY_COMPARE(names("processListView").size(), 3);
}

void WindowSummaryTest::everyGroupingByKeyboard()
{
    openSummary();
    item("grouping")->forceActiveFocus(Qt::TabFocusReason);
    for (int index = 1; index <= 5; ++index) {
        QTest::keyClick(m_window, Qt::Key_Right);
        QTRY_COMPARE(value("grouping", "current").toInt(), index);
    }
    QTest::keyClick(m_window, Qt::Key_Right);
    QCOMPARE(value("grouping", "current").toInt(), 5);
    QVERIFY(item("processList")->isVisible());
    for (int index = 4; index >= 0; --index) {
        QTest::keyClick(m_window, Qt::Key_Left);
        QTRY_COMPARE(value("grouping", "current").toInt(), index);
    }
    QVERIFY(item("groupList")->isVisible());
}

void WindowSummaryTest::sortsByAClickOnAHeader()
{
    openSummary();
    const QString reader = QStringLiteral("org.example.Reader");
    const QString writer = QStringLiteral("org.example.Writer");
    click(item("sortByBytes"));
    QTRY_COMPARE(names("groupListView"), (QStringList{writer, reader}));
    click(item("sortByBytes"));
    QTRY_COMPARE(names("groupListView"), (QStringList{reader, writer}));
    click(item("sortByName"));
    QTRY_COMPARE(names("groupListView"), (QStringList{reader, writer}));
    click(item("sortByEvents"));
    QTRY_VERIFY(value("sortByEvents", "sorted").toBool());
    for (const char *header : {"sortByFirst", "sortByLast"}) {
        item(header)->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(m_window, Qt::Key_Space);
        QTRY_VERIFY(value(header, "sorted").toBool());
    }
}

void WindowSummaryTest::searchIsFoundAndLeft()
{
    openSummary();
    QTest::keyClick(m_window, Qt::Key_F, Qt::ControlModifier);
    QTRY_VERIFY(item("summarySearch")->hasActiveFocus());
    for (const char letter : QByteArray("writ")) {
        QTest::keyClick(m_window, letter);
    }
    QTRY_COMPARE(names("groupListView"), QStringList{QStringLiteral("org.example.Writer")});
    QTest::keyClick(m_window, Qt::Key_Down);
    QTRY_VERIFY(item("groupList")->hasActiveFocus());
    QTest::keyClick(m_window, Qt::Key_F, Qt::ControlModifier);
    QTest::keyClick(m_window, Qt::Key_Escape);
    QTRY_COMPARE(listed("groupListView").size(), 2);
}

void WindowSummaryTest::keysMoveInTheList()
{
    openSummary();
    MonitorEventList many;
    for (int number = 0; number < 200; ++number) {
        MonitorEvent event = test::openedHosts();
        event.application = QStringLiteral("app%1").arg(number, 3, 10, QLatin1Char('0'));
        many.append(event);
    }
    m_helper->send(many);
    SummaryModel *const groups = m_monitor->summary()->groups();
    QTRY_COMPARE(groups->total(), 202);
    click(item("sortByName"));
    QVERIFY(test::settled(*groups));
    item("groupList")->forceActiveFocus(Qt::TabFocusReason);
    const auto press = [this](Qt::Key key) { QTest::keyClick(m_window, key); };
    press(Qt::Key_Down);
    QCOMPARE(groups->currentRow(), 0);
    press(Qt::Key_Down);
    QCOMPARE(groups->currentRow(), 1);
    press(Qt::Key_End);
    QCOMPARE(groups->currentRow(), 201);
    QTRY_VERIFY(names("groupListView").contains(QStringLiteral("org.example.Writer")));
    press(Qt::Key_PageUp);
    QVERIFY(groups->currentRow() < 195);
    press(Qt::Key_Home);
    QCOMPARE(groups->currentRow(), 0);
    press(Qt::Key_Up);
    QCOMPARE(groups->currentRow(), 0);
    press(Qt::Key_PageDown);
    QVERIFY(groups->currentRow() > 5);
}

void WindowSummaryTest::menuCopies()
{
    openSummary();
    QTest::mouseClick(m_window, Qt::RightButton, {}, middleOf(listed("groupListView").at(1)));
    QCOMPARE(m_monitor->summary()->groups()->currentRow(), 1);
    QTRY_VERIFY(item("menuCopyName") != nullptr && item("menuCopyName")->isVisible());
    click(item("menuCopyName"));
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("org.example.Writer"));

    item("groupList")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Menu);
    QTRY_VERIFY(item("menuCopyFilter")->isVisible());
    for (int entry = 0; entry < 3; ++entry) {
        QTest::keyClick(m_window, Qt::Key_Down);
    }
    QTest::keyClick(m_window, Qt::Key_Return);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("app == org.example.Writer"));
}

void WindowSummaryTest::rowFiltersTheLivePage()
{
    openSummary();
    const auto isFiltered = [this](const char *filter, double shown) {
        const bool onTop = m_monitor->navigation()->page() == QLatin1String("live");
        return onTop && m_monitor->live()->filter()->text() == QLatin1String(filter) &&
               m_monitor->live()->shownCount() == shown;
    };
    QTest::mouseDClick(m_window, Qt::LeftButton, {}, middleOf(listed("groupListView").at(0)));
    QTRY_VERIFY(isFiltered("app == org.example.Reader", 2));

    QTest::keyClick(m_window, Qt::Key_2, Qt::ControlModifier);
    item("groupList")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_End);
    QTest::keyClick(m_window, Qt::Key_Return);
    QTRY_VERIFY(isFiltered("app == org.example.Writer", 1));

    QTest::keyClick(m_window, Qt::Key_2, Qt::ControlModifier);
    click(item("grouping5"));
    QTRY_COMPARE(names("processListView").size(), 3);
    QTest::mouseClick(m_window, Qt::RightButton, {}, middleOf(listed("processListView").at(1)));
    QTRY_VERIFY(item("menuFilter") != nullptr && item("menuFilter")->isVisible());
    click(item("menuFilter"));
    QTRY_VERIFY(isFiltered("pid in {1234, 4321} or ppid in {1234, 4321}", 3));
}

void WindowSummaryTest::processesOpenAndClose()
{
    openSummary();
    click(item("grouping5"));
    const QString unknown = QStringLiteral("(unknown)");
    QTRY_COMPARE(names("processListView"),
                 (QStringList{unknown, QStringLiteral("cat"), QStringLiteral("writer")}));
    const QQuickItem *row = listed("processListView").at(1);
    const QPointF sign = row->mapToScene({row->property("indent").toDouble() + 4, row->height() / 2});
    QTest::mouseClick(m_window, Qt::LeftButton, {}, sign.toPoint());
    QTRY_COMPARE(names("processListView"), (QStringList{unknown, QStringLiteral("cat")}));

    ProcessTreeModel *const processes = m_monitor->summary()->processes();
    QTRY_VERIFY(item("processList")->hasActiveFocus());
    QTest::keyClick(m_window, Qt::Key_Right);
    QTRY_COMPARE(names("processListView").size(), 3);
    QTest::keyClick(m_window, Qt::Key_Right);
    QCOMPARE(processes->currentRow(), 2);
    QTest::keyClick(m_window, Qt::Key_Left);
    QCOMPARE(processes->currentRow(), 1);
    QTest::keyClick(m_window, Qt::Key_Left);
    QTRY_COMPARE(names("processListView").size(), 2);

    MonitorEvent end = test::clientEvent("process.exited", "/usr/bin/writer", 1);
    end.pid = 4321;
    end.parentPid = 1234;
    m_helper->send({end});
    QTest::keyClick(m_window, Qt::Key_Right);
    QTRY_COMPARE(names("processListView").size(), 2);
    click(item("showEnded"));
    QTRY_COMPARE(names("processListView").size(), 3);
}

void WindowSummaryTest::countsFromNow()
{
    openSummary();
    click(item("restartSummary"));
    QTRY_COMPARE(listed("groupListView").size(), 0);
    QVERIFY(!item("restartSummary")->isEnabled());
    QVERIFY(value("summaryCounted", "text").toString().startsWith(QStringLiteral("No events yet")));
    m_helper->send({test::openedHosts()});
    QTRY_COMPARE(listed("groupListView").size(), 1);
}

void WindowSummaryTest::accessible()
{
    openSummary();
    const auto interface = [](QQuickItem *of) { return QAccessible::queryAccessibleInterface(of); };
    for (const char *name : {"grouping", "grouping0", "summarySearch", "sortByName", "sortByEvents",
                             "sortByBytes", "sortByFirst", "sortByLast", "groupList", "restartSummary"}) {
        QVERIFY2(interface(item(name)) != nullptr, name);
        QVERIFY2(!interface(item(name))->text(QAccessible::Name).isEmpty(), name);
    }
    QVERIFY(interface(item("grouping0"))->state().checked);
    QVERIFY(interface(item("sortByEvents"))->text(QAccessible::Name).contains(QStringLiteral("sorted")));
    QCOMPARE(interface(item("groupList"))->role(), QAccessible::Table);
    QAccessibleInterface *const row = interface(listed("groupListView").at(0));
    QCOMPARE(row->role(), QAccessible::Row);
    QVERIFY(row->text(QAccessible::Name).startsWith(QStringLiteral("org.example.Reader, 2 event")));

    interface(item("grouping2"))->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QTRY_COMPARE(names("groupListView"),
                 (QStringList{QStringLiteral("/etc/hosts"), QStringLiteral("/home/alex/notes")}));
}

QTEST_MAIN(WindowSummaryTest)
#include "WindowSummaryTest.moc"
