// SPDX-License-Identifier: MIT
#include "tests/qml/TextGeometry.h"
#include "tests/qml/WindowScenes.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTest>

using namespace lunaris;

/// The window of a person whose language is written from right to left.
class WindowMirroringTest : public test::WindowScenes
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void textsCanBeRead_data();
    void textsCanBeRead();
    void everythingIsOnTheOtherSide();
    void summaryIsOnTheOtherSide();
    void arrowKeysFollowTheEye();
    void columnsByMouse();
    void pathsReadFromTheLeft_data();
    void pathsReadFromTheLeft();
    void linesReadFromTheLeft();

private:
    QRectF place(const char *name) const
    {
        return item(name)->mapRectToScene({0, 0, item(name)->width(), item(name)->height()});
    }
    bool isMirrorOf(const QRectF &now, const QRectF &before) const
    {
        return std::abs(m_window->width() - now.right() - before.left()) < 2;
    }
    /// The texts of a row, from left to right on the screen, without what directs them.
    QList<const QQuickItem *> textsIn(const QQuickItem *row) const;
};

void WindowMirroringTest::init()
{
    QGuiApplication::setLayoutDirection(Qt::RightToLeft);
    WindowScenes::init();
}

void WindowMirroringTest::cleanup()
{
    WindowScenes::cleanup();
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
}

void WindowMirroringTest::textsCanBeRead_data()
{
    QTest::addColumn<QString>("scene");
    for (const QString &scene : scenes()) {
        QTest::newRow(qPrintable(scene)) << scene;
    }
}

void WindowMirroringTest::textsCanBeRead()
{
    QFETCH(QString, scene);
    const QSize size(800, 600);
    stage(scene, size);
    if (QTest::currentTestFailed()) {
        return;
    }
    if (pages().contains(scene)) {
        QVERIFY(savePicture(scene + QStringLiteral("-mirrored")));
    }
    checkTexts();
}

void WindowMirroringTest::everythingIsOnTheOtherSide()
{
    stage(QStringLiteral("live"));
    if (QTest::currentTestFailed()) {
        return;
    }
    const QList<const char *> names = {"liveTab",       "pauseButton",  "filterInput", "savedFilter0",
                                       "detailsButton", "header_time",  "header_path", "header_flags",
                                       "scrollBar",     "shownCounter", "lostCounter"};
    QList<QRectF> now;
    for (const char *name : names) {
        now.append(place(name));
    }
    QVERIFY(place("header_time").left() > place("header_path").left());
    QVERIFY(place("scrollBar").left() < 1);
    QGuiApplication::setLayoutDirection(Qt::LeftToRight);
    QTRY_VERIFY(place("header_time").left() < place("header_path").left());
    awaitFrame();
    for (qsizetype at = 0; at < names.size(); ++at) {
        QVERIFY2(isMirrorOf(now[at], place(names[at])), names[at]);
    }
}

void WindowMirroringTest::summaryIsOnTheOtherSide()
{
    stage(QStringLiteral("summary"));
    if (QTest::currentTestFailed()) {
        return;
    }
    QVERIFY(place("sortByName").right() > m_window->width() - 40);
    QVERIFY(place("sortByLast").left() < 40);
    QVERIFY(place("grouping0").left() > place("grouping5").left());
    // The bar grows from where the name begins.
    go(QStringLiteral("settings"));
    QTRY_VERIFY(item("historyRows")->isVisible());
    awaitFrame();
    QVERIFY(place("historyRows").right() < m_window->width() / 2.0);
}

void WindowMirroringTest::arrowKeysFollowTheEye()
{
    stage(QStringLiteral("summary"));
    if (QTest::currentTestFailed()) {
        return;
    }
    item("grouping")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Left); // where the second one stands
    QTRY_COMPARE(m_monitor->summary()->groups()->grouping(), SummaryModel::Folder);
    QTest::keyClick(m_window, Qt::Key_Right);
    QTRY_COMPARE(m_monitor->summary()->groups()->grouping(), SummaryModel::Application);

    go(QStringLiteral("live"));
    item("eventTable")->forceActiveFocus(Qt::TabFocusReason);
    const int column = value("eventTable", "currentColumn").toInt();
    QTest::keyClick(m_window, Qt::Key_Left);
    QCOMPARE(value("eventTable", "currentColumn").toInt(), column + 1);
    QTest::keyClick(m_window, Qt::Key_Right);
    QCOMPARE(value("eventTable", "currentColumn").toInt(), column);

    item("tableHeader")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Left);
    QCOMPARE(value("tableHeader", "current").toInt(), 1);
    const double width = item("header_time")->width();
    QTest::keyClick(m_window, Qt::Key_Left, Qt::ShiftModifier); // away from where it begins: wider
    QTRY_VERIFY(item("header_time")->width() > width);
}

void WindowMirroringTest::columnsByMouse()
{
    stage(QStringLiteral("live"));
    if (QTest::currentTestFailed()) {
        return;
    }
    // A click into a row is in the column that stands there.
    const QQuickItem *const row = rows().constFirst();
    const QPointF path = place("header_path").center();
    QTest::mouseClick(m_window, Qt::LeftButton, {}, {qRound(path.x()), qRound(row->mapToScene({0, 5}).y())});
    EventColumns *const columns = m_monitor->live()->columns();
    QCOMPARE(
        columns->index(value("eventTable", "currentColumn").toInt()).data(EventColumns::KeyRole).toString(),
        QStringLiteral("path"));

    // Pulled outwards a column gets wider.
    const double width = item("header_time")->width();
    const QPoint edge = place("edge_time").center().toPoint();
    QTest::mousePress(m_window, Qt::LeftButton, {}, edge);
    QTest::mouseMove(m_window, edge - QPoint(30, 0));
    QTest::mouseRelease(m_window, Qt::LeftButton, {}, edge - QPoint(30, 0));
    QTRY_COMPARE(item("header_time")->width(), width + 30);
}

QList<const QQuickItem *> WindowMirroringTest::textsIn(const QQuickItem *row) const
{
    QList<const QQuickItem *> texts;
    for (const QQuickItem *item : visibleItems()) {
        if (row->isAncestorOf(item) && test::isText(item) && !test::textOf(item).isEmpty() &&
            item->width() > 0) {
            texts.append(item);
        }
    }
    std::sort(texts.begin(), texts.end(), [](const QQuickItem *one, const QQuickItem *other) {
        return test::textRect(one).left() < test::textRect(other).left();
    });
    return texts;
}

void WindowMirroringTest::pathsReadFromTheLeft_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QString>("directory");
    QTest::addColumn<QString>("name");
    QTest::newRow("Latin") << QByteArray("/home/ada/letter.md") << "/home/ada/"
                           << "letter.md";
    QTest::newRow("Hebrew") << QByteArray("/home/ada/מסמכים/דוח.txt") << QStringLiteral("/home/ada/מסמכים/")
                            << QStringLiteral("דוח.txt");
    QTest::newRow("Arabic") << QByteArray("/وثائق/تقرير.txt") << QStringLiteral("/وثائق/")
                            << QStringLiteral("تقرير.txt");
    // Would be displayed as "annexe.txt" that ends in exe.
    QTest::newRow("override") << QByteArray("/home/ada/ann\xe2\x80\xaetxt.exe") << "/home/ada/"
                              << "ann\\xe2\\x80\\xaetxt.exe";
    QTest::newRow("end of the isolate") << QByteArray("/home/ada/a\xe2\x81\xa9 b") << "/home/ada/"
                                        << "a\\xe2\\x81\\xa9 b";
}

void WindowMirroringTest::pathsReadFromTheLeft()
{
    QFETCH(QByteArray, path);
    QFETCH(QString, directory);
    QFETCH(QString, name);
    watch();
    MonitorEventList events = m_events.make(1, 1'700'000'000'000'000);
    events[0].subject = path;
    events[0].attributes = 0;
    m_helper->send(events);
    QTRY_COMPARE(rows().size(), 1);
    awaitFrame();
    const QQuickItem *directoryPart = nullptr;
    const QQuickItem *namePart = nullptr;
    for (const QQuickItem *text : textsIn(rows().constFirst())) {
        directoryPart = test::textOf(text) == directory ? text : directoryPart;
        namePart = test::textOf(text) == name ? text : namePart;
    }
    QVERIFY(directoryPart != nullptr && namePart != nullptr);
    for (const QQuickItem *part : {directoryPart, namePart}) {
        const QString shown = part->property("text").toString();
        QCOMPARE(shown.front(), QChar(0x2066));
        QCOMPARE(shown.back(), QChar(0x2069));
        QCOMPARE(shown.mid(1, shown.size() - 2).count(QChar(0x2069)), 0);
        QVERIFY(!shown.contains(QChar(0x202e)));
    }
    // The folder before the file, and both at the column's beginning, which is its right.
    QVERIFY(test::textRect(directoryPart).right() <= test::textRect(namePart).left() + 1);
    QVERIFY(std::abs(test::textRect(namePart).right() - place("header_path").right()) < 3);

    // What is copied is the path, and nothing that directs it.
    m_monitor->live()->actions()->copyValue(rows().constFirst()->property("number").toDouble(),
                                            static_cast<int>(EventColumn::Path));
    QCOMPARE(QGuiApplication::clipboard()->text(), directory + name);
    m_monitor->live()->actions()->copyRow(rows().constFirst()->property("number").toDouble());
    QVERIFY(!QGuiApplication::clipboard()->text().contains(QChar(0x2066)));

    // The same in the details, whose text is selected and copied by hand.
    m_monitor->live()->details()->setActive(true);
    m_monitor->live()->rows()->setCurrent(0);
    QQuickItem *field = nullptr;
    const auto findField = [&] {
        for (QQuickItem *text : visibleItems()) {
            field = text->inherits("QQuickTextEdit") && test::textOf(text) == directory + name ? text : field;
        }
        return field != nullptr;
    };
    QTRY_VERIFY(findField());
    QTRY_VERIFY(field->width() > 0);
    const auto rectOf = [field](int at) {
        QRectF rect;
        QMetaObject::invokeMethod(field, "positionToRectangle", Q_RETURN_ARG(QRectF, rect), Q_ARG(int, at));
        return rect;
    };
    QVERIFY(rectOf(0).left() < rectOf(1).left()); // the first slash is the leftmost
    QMetaObject::invokeMethod(field, "selectAll");
    QMetaObject::invokeMethod(field, "copy");
    QCOMPARE(QGuiApplication::clipboard()->text(), directory + name);
}

void WindowMirroringTest::linesReadFromTheLeft()
{
    stage(QStringLiteral("rules"));
    if (QTest::currentTestFailed()) {
        return;
    }
    QQuickItem *const line = item("rulePath");
    m_monitor->rules()->setPath(QStringLiteral("/מסמכים/"));
    QTRY_COMPARE(line->property("text").toString(), QStringLiteral("/מסמכים/"));
    const auto rectOf = [line](int at) {
        QRectF rect;
        QMetaObject::invokeMethod(line, "positionToRectangle", Q_RETURN_ARG(QRectF, rect), Q_ARG(int, at));
        return rect;
    };
    QTRY_VERIFY(rectOf(0).left() < rectOf(8).left());
    QVERIFY(rectOf(0).left() < 20);
    QVERIFY(!line->property("text").toString().contains(QChar(0x2066)));
}

QTEST_MAIN(WindowMirroringTest)
#include "WindowMirroringTest.moc"
