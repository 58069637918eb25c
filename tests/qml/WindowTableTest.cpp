// SPDX-License-Identifier: MIT
#include "tests/qml/WindowFixture.h"

#include "dbus/Names.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>

using namespace lunaris;

/// The table of the Live page and what belongs to it, by mouse and by keyboard.
class WindowTableTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void sortsByMouse();
    void headerByKeyboard();
    void columnsAreResizedAndMovedByMouse();
    void columnsMenu();
    void cellMenuByMouse();
    void cellMenuByKeyboard();
    void excludesAFolder();
    void timeForms();
    void highlights();
    void details();
    void marksGaps();
    void narrowWindow();
    void rowsAreRead();

private:
    LiveView *live() { return m_monitor->live(); }
    void watchThree();
    QString cell(int row, const char *key)
    {
        const EventColumns *const columns = live()->columns();
        for (int at = 0; at < columns->rowCount(); ++at) {
            if (columns->index(at).data(EventColumns::KeyRole).toString() == QLatin1String(key)) {
                return rows().at(row)->property("cells").toStringList().value(at);
            }
        }
        return {};
    }
    QList<int> numbers()
    {
        QList<int> all;
        for (const QQuickItem *row : rows()) {
            all.append(row->property("number").toInt());
        }
        return all;
    }
    QPoint inRow(int row, double x) const
    {
        return rows().at(row)->mapToScene({x, rows().at(row)->height() / 2}).toPoint();
    }
    /// A line of a menu that is about to open. It has its place when it has been drawn.
    void choose(const char *entry)
    {
        QTRY_VERIFY(item(entry) != nullptr && item(entry)->isVisible());
        QSignalSpy drawn(m_window, &QQuickWindow::frameSwapped);
        m_window->update();
        QTRY_VERIFY(!drawn.isEmpty());
        click(item(entry));
        QTRY_VERIFY(item(entry) == nullptr || !item(entry)->isVisible());
    }
    void chooseByKeyboard(const char *entry, int steps)
    {
        QTest::keyClick(m_window, Qt::Key_Menu);
        QTRY_VERIFY(item(entry) != nullptr && item(entry)->isVisible());
        for (int step = 0; step < steps; ++step) {
            QTest::keyClick(m_window, Qt::Key_Down);
        }
        QTest::keyClick(m_window, Qt::Key_Return);
    }
};

void WindowTableTest::watchThree()
{
    watch();
    MonitorEventList events = m_events.make(3, 1'700'000'000'000'000);
    for (int index = 0; index < 3; ++index) {
        events[index].subject = "/home/ada/" + QByteArray(1, "bca"[index]) + ".txt";
        events[index].pid = static_cast<quint32>(10 + index);
        events[index].comm = QStringLiteral("cat");
        events[index].attributes = 0;
    }
    m_helper->send(events);
    QTRY_COMPARE(rows().size(), 3);
    QTRY_COMPARE(rows().constLast()->y(), 48.0); // laid out
    QTRY_VERIFY(item("eventTable")->hasActiveFocus());
}

void WindowTableTest::sortsByMouse()
{
    watchThree();
    click(item("header_path"));
    QVERIFY(live()->isFrozen());
    QTRY_COMPARE(numbers(), (QList<int>{3, 1, 2}));
    QVERIFY(value("header_path", "sorted").toBool());
    QVERIFY(value("pill", "text").toString().contains(QStringLiteral("Sorted")));
    click(item("header_path"));
    QTRY_COMPARE(numbers(), (QList<int>{2, 1, 3}));
    QVERIFY(value("header_path", "descending").toBool());
    send(2);
    QTRY_COMPARE(live()->pendingCount(), 2.0);
    QCOMPARE(rows().size(), 3);
    click(item("header_path"));
    QVERIFY(!live()->isFrozen());
    QTRY_COMPARE(numbers(), (QList<int>{1, 2, 3, 4, 5}));

    // What a person froze stays frozen when the order goes.
    live()->setFrozen(true);
    for (int clicks = 0; clicks < 3; ++clicks) {
        click(item("header_pid"));
    }
    QVERIFY(live()->isFrozen());
    QCOMPARE(live()->sortColumn(), -1);
}

void WindowTableTest::headerByKeyboard()
{
    watchThree();
    item("tableHeader")->forceActiveFocus(Qt::TabFocusReason);
    const auto key = [this](int column) {
        return live()->columns()->index(column).data(EventColumns::KeyRole).toString();
    };
    const auto width = [this](int column) {
        return live()->columns()->index(column).data(EventColumns::WidthRole).toDouble();
    };
    const QString second = key(1);
    QTest::keyClick(m_window, Qt::Key_Right);
    const double before = width(1);
    QTest::keyClick(m_window, Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(width(1) > before);
    QTest::keyClick(m_window, Qt::Key_Left, Qt::ShiftModifier);
    QCOMPARE(width(1), before);
    QTest::keyClick(m_window, Qt::Key_Right, Qt::ControlModifier);
    QCOMPARE(key(2), second);
    QTest::keyClick(m_window, Qt::Key_Left, Qt::ControlModifier);
    QCOMPARE(key(1), second);
    QTest::keyClick(m_window, Qt::Key_Return);
    QCOMPARE(live()->sortColumn(), live()->columns()->index(1).data(EventColumns::ColumnRole).toInt());
    QTest::keyClick(m_window, Qt::Key_Menu);
    QTRY_VERIFY(item("resetColumns") != nullptr && item("resetColumns")->isVisible());
}

void WindowTableTest::columnsAreResizedAndMovedByMouse()
{
    watchThree();
    const double before = item("header_application")->width();
    const auto drag = [this](QPoint from, int by) {
        QTest::mousePress(m_window, Qt::LeftButton, {}, from);
        QTest::mouseMove(m_window, from + QPoint(by / 2, 0));
        QTest::mouseMove(m_window, from + QPoint(by, 0));
        QTest::mouseRelease(m_window, Qt::LeftButton, {}, from + QPoint(by, 0));
    };
    const auto middle = [](const QQuickItem *of) {
        return of->mapToScene({of->width() / 2, of->height() / 2}).toPoint();
    };
    drag(middle(item("edge_application")), 30);
    QCOMPARE(item("header_application")->width(), before + 30);
    // Behind the path the other edge is the one that gives.
    const double result = item("header_result")->width();
    drag(middle(item("edge_result")), -20);
    QCOMPARE(item("header_result")->width(), result + 20);

    const QPoint onTime = middle(item("header_time"));
    const QPoint onPid = middle(item("header_pid"));
    drag(onPid, onTime.x() - onPid.x());
    QTRY_VERIFY(item("header_pid")->x() < item("header_time")->x());
    QCOMPARE(live()->sortColumn(), -1); // a pull is no click
}

void WindowTableTest::columnsMenu()
{
    watchThree();
    QVERIFY(item("header_user") != nullptr);
    click(item("columnsButton"));
    const QByteArray user = "column" + QByteArray::number(static_cast<int>(EventColumn::User));
    const QByteArray path = "column" + QByteArray::number(static_cast<int>(EventColumn::Path));
    QTRY_VERIFY(item(path.constData()) != nullptr);
    QVERIFY(!item(path.constData())->isEnabled());
    choose(user.constData());
    QTRY_VERIFY(item("header_user") == nullptr);

    QTest::mouseClick(m_window, Qt::RightButton, {}, item("header_path")->mapToScene({40, 10}).toPoint());
    choose("resetColumns");
    QTRY_VERIFY(item("header_user") != nullptr);
}

void WindowTableTest::cellMenuByMouse()
{
    watchThree();
    const double pidX = item("header_pid")->x() + 5;
    const auto chooseFor = [&](int row, const char *entry) {
        QTest::mouseClick(m_window, Qt::RightButton, {}, inRow(row, pidX));
        choose(entry);
    };
    chooseFor(1, "notThis");
    QCOMPARE(live()->filter()->text(), QStringLiteral("not pid == 11"));
    QTRY_COMPARE(numbers(), (QList<int>{1, 3}));
    chooseFor(1, "onlyThis");
    QCOMPARE(live()->filter()->text(), QStringLiteral("not pid == 11 and pid == 12"));
    QTRY_COMPARE(numbers(), QList<int>{3});
    chooseFor(0, "highlightThis");
    QCOMPARE(live()->highlights()->count(), 1);
    QTRY_VERIFY(!rows().constFirst()->property("highlight").toString().isEmpty());
    chooseFor(0, "copyValue");
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("12"));
    chooseFor(0, "copyAsFilter");
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("pid == 12"));
    chooseFor(0, "copyRow");
    QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("\t/home/ada/a.txt\t")));
}

void WindowTableTest::cellMenuByKeyboard()
{
    watchThree();
    QTest::keyClick(m_window, Qt::Key_Home);
    chooseByKeyboard("onlyThis", 0); // of the path, where the keyboard begins
    QCOMPARE(live()->filter()->text(), QStringLiteral("path == /home/ada/b.txt"));
    QTRY_COMPARE(rows().size(), 1);
    live()->filter()->use(QString());
    QTRY_COMPARE(rows().size(), 3);
    QTRY_VERIFY(item("eventTable")->hasActiveFocus());

    QTest::keyClick(m_window, Qt::Key_Left); // to the operation
    QTest::keyClick(m_window, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("Opened"));
    chooseByKeyboard("notThis", 1);
    QCOMPARE(live()->filter()->text(), QStringLiteral("not type == file.opened"));
}

void WindowTableTest::excludesAFolder()
{
    m_helper->setRules({{"/proc/", dbus::rule::exclude, 7}});
    watchThree();
    QTest::mouseClick(m_window, Qt::RightButton, {}, inRow(0, 40));
    QTRY_VERIFY(item("excludeFolder") != nullptr && item("excludeFolder")->isVisible());
    QVERIFY(!item("openFolder")->isEnabled()); // there is none here
    QVERIFY(item("excludeFolder")->isEnabled());
    choose("excludeFolder");
    // Beside those in force, which the window did not know before, and for the person to apply.
    QCOMPARE(m_monitor->navigation()->page(), QStringLiteral("rules"));
    const RulesModel &rules = *m_monitor->rules()->model();
    QTRY_COMPARE(rules.count(), 2);
    QCOMPARE(rules.rules().constLast().prefix, QByteArray("/home/ada/"));
    QCOMPARE(rules.rules().constLast().action, QString(dbus::rule::exclude));
    QVERIFY(rules.isEdited());
    QCOMPARE(rules.inForce().size(), 1);
}

void WindowTableTest::timeForms()
{
    watchThree();
    QVERIFY(!cell(0, "time").startsWith(QLatin1Char('+')));
    click(item("timeButton"));
    choose("timeRelative");
    QTRY_COMPARE(cell(0, "time"), QStringLiteral("+0.000000"));
    item("timeButton")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Return);
    QTRY_VERIFY(item("timeDelta") != nullptr && item("timeDelta")->isVisible());
    QTest::keyClick(m_window, Qt::Key_Down);
    QTest::keyClick(m_window, Qt::Key_Down);
    QTest::keyClick(m_window, Qt::Key_Return);
    QTRY_COMPARE(live()->rows()->shown()->timeForm(), ShownRows::TimeForm::Delta);
}

void WindowTableTest::highlights()
{
    watchThree();
    live()->filter()->use(QStringLiteral("pid == 11"));
    click(item("highlightsButton"));
    QTRY_VERIFY(item("addHighlight") != nullptr && item("addHighlight")->hasActiveFocus());
    QTest::keyClick(m_window, Qt::Key_Space); // the present filter
    QCOMPARE(live()->highlights()->count(), 1);
    live()->filter()->use(QString());
    QTRY_COMPARE(rows().size(), 3);
    QVERIFY(rows().at(0)->property("highlight").toString().isEmpty());
    const QString color = rows().at(1)->property("highlight").toString();
    QVERIFY(!color.isEmpty());
    QVERIFY(rows().at(1)->property("color").value<QColor>().hsvSaturationF() > 0.05F);

    QTRY_VERIFY(item("highlightFilter0") != nullptr);
    item("highlightFilter0")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_End);
    QTest::keyClick(m_window, Qt::Key_Backspace);
    QTest::keyClick(m_window, Qt::Key_0);
    QTRY_COMPARE(rows().at(0)->property("highlight").toString(), color);
    click(item("highlightColor0"));
    choose("color_violet");
    QTRY_COMPARE(rows().at(0)->property("highlight").toString(), QStringLiteral("violet"));
    click(item("addHighlight"));
    QTRY_VERIFY(item("highlightUp1") != nullptr);
    click(item("highlightUp1"));
    QCOMPARE(live()->highlights()->index(0).data(HighlightRules::ColorRole).toString(),
             QStringLiteral("violet"));
    click(item("highlightRemove0"));
    QTRY_VERIFY(rows().at(0)->property("highlight").toString().isEmpty());
}

void WindowTableTest::details()
{
    watchThree();
    QVERIFY(!item("detailsPane")->isVisible());
    QTest::keyClick(m_window, Qt::Key_Home);
    QTest::keyClick(m_window, Qt::Key_Return);
    QTRY_VERIFY(item("detailsPane")->isVisible());
    QCOMPARE(value("detailsTitle", "text").toString(), QStringLiteral("Opened"));
    QStringList texts;
    for (const QVariant &field : live()->details()->fields()) {
        texts.append(field.toMap().value(QStringLiteral("text")).toString());
    }
    for (const char *text : {"/home/ada/b.txt", "file.opened", "cat", "10", "OK"}) {
        QVERIFY2(texts.contains(QLatin1String(text)), text);
    }
    QTRY_VERIFY(!live()->details()->isSearching());
    QVERIFY(live()->details()->sameFile().isEmpty());

    // The same file by another process, and another file by the same one.
    MonitorEvent event = m_events.make(1, 1'700'000'001'000'000).constFirst();
    event.attributes = 0;
    event.subject = "/home/ada/b.txt";
    event.pid = 99;
    MonitorEvent other = event;
    other.subject = "/home/ada/other";
    other.pid = 10;
    m_helper->send({event, other});
    QTRY_COMPARE(live()->totalCount(), 5.0);
    QTest::keyClick(m_window, Qt::Key_Down);
    QTest::keyClick(m_window, Qt::Key_Up);
    QTRY_COMPARE(live()->details()->sameFile().size(), 1);
    QTRY_COMPARE(live()->details()->sameProcess().size(), 1);
    QTRY_VERIFY(item("related5") != nullptr);
    click(item("related5"));
    QCOMPARE(live()->rows()->currentNumber(), 5.0);

    // Where events are missing there is no file, and no process.
    QVERIFY(item("sameFile")->isVisible());
    m_helper->send({}, 12);
    QTRY_COMPARE(live()->rows()->total(), 6.0);
    QTest::keyClick(m_window, Qt::Key_End);
    QTRY_COMPARE(value("detailsTitle", "text").toString(), QStringLiteral("Missing events"));
    QVERIFY(!item("sameFile")->isVisible());
    QVERIFY(!item("sameProcess")->isVisible());
    QTest::keyClick(m_window, Qt::Key_Home);
    QTRY_VERIFY(item("sameFile")->isVisible());

    click(item("closeDetails"));
    QVERIFY(!item("detailsPane")->isVisible());
    QVERIFY(item("eventTable")->hasActiveFocus());
    click(item("detailsButton"));
    QVERIFY(item("detailsPane")->isVisible());
}

void WindowTableTest::marksGaps()
{
    watchThree();
    m_helper->send(m_events.make(1, 1'700'000'000'000'000), 12);
    QTRY_COMPARE(rows().size(), 5);
    QTRY_COMPARE(rows().constLast()->y(), 96.0);
    const QQuickItem *const gap = rows().at(3);
    QVERIFY(gap->property("gap").toBool());
    QVERIFY(gap->property("fileName").toString().contains(QStringLiteral("12")));
    QCOMPARE(value("shownCount", "text").toString(), QStringLiteral("4 events"));
    // There is nothing to filter by.
    QTest::mouseClick(m_window, Qt::RightButton, {}, inRow(3, 300));
    QVERIFY(item("onlyThis") == nullptr || !item("onlyThis")->isVisible());
}

void WindowTableTest::narrowWindow()
{
    watchThree();
    m_window->resize(800, 600);
    QTRY_COMPARE(live()->columns()->available(), 800.0);
    QVERIFY(item("header_flags") == nullptr);
    for (const char *name : {"header_time", "header_path", "header_result", "filterInput", "detailsButton"}) {
        QVERIFY2(item(name) != nullptr, name);
        const QRectF place = item(name)->mapRectToScene(item(name)->boundingRect());
        QVERIFY2(place.left() >= 0 && place.right() <= 800, name);
    }
    QVERIFY(item("header_path")->width() >= 260);
}

void WindowTableTest::rowsAreRead()
{
    watchThree();
    QAccessibleInterface *const row = QAccessible::queryAccessibleInterface(rows().constFirst());
    QCOMPARE(row->role(), QAccessible::Row);
    for (const char *part : {"PID 10", "cat", "Opened", "/home/ada/b.txt", "OK"}) {
        QVERIFY2(row->text(QAccessible::Name).contains(QLatin1String(part)), part);
    }
    QAccessibleInterface *const header = QAccessible::queryAccessibleInterface(item("header_path"));
    QCOMPARE(header->role(), QAccessible::ColumnHeader);
    header->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QVERIFY(live()->sortColumn() >= 0);
    QVERIFY(header->text(QAccessible::Name).contains(QStringLiteral("sorted")));
}

QTEST_MAIN(WindowTableTest)
#include "WindowTableTest.moc"
