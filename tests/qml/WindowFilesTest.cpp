// SPDX-License-Identifier: MIT
#include "tests/qml/WindowFixture.h"

#include "tests/unit/ClientEvents.h"

#include <QDropEvent>
#include <QFile>
#include <QMimeData>
#include <QTemporaryDir>
#include <QTest>

using namespace lunaris;

/// Captures and exports in the window.
class WindowFilesTest : public test::WindowFixture
{
    Q_OBJECT

private Q_SLOTS:
    void savesAndOpens();
    void savesWhatIsShown();
    void exports_data();
    void exports();
    void damagedCapture();
    void noCapture();
    void dropOpens();
    void dialogsByKeyboardAndMenu();
    void stopsSaving();

private:
    EventFiles *files() const { return m_monitor->files(); }
    QString path(const char *name) const { return m_directory.filePath(QLatin1String(name)); }
    QUrl url(const char *name) const { return QUrl::fromLocalFile(path(name)); }
    /// Three events in the window, saved as a capture.
    void saveThree();
    QByteArray saved() const;
    QObject *dialog(const char *name) const { return m_window->findChild<QObject *>(QLatin1String(name)); }

    QTemporaryDir m_directory;
};

void WindowFilesTest::saveThree()
{
    watch();
    MonitorEvent other = test::clientEvent("file.written", "/home/alex/notes", 4096);
    other.application = QStringLiteral("org.example.Writer");
    m_helper->send({test::openedHosts(), test::openedHosts(), other});
    QTRY_COMPARE(m_monitor->live()->totalCount(), 3.0);
    files()->save(url("three.capture"), EventFiles::Capture, false);
    QTRY_VERIFY(item("fileBanner")->isVisible());
    QVERIFY(value("fileBanner", "text").toString().startsWith(QStringLiteral("3 events saved in ")));
    click(bannerButton("fileBanner"));
    QTRY_VERIFY(!item("fileBanner")->isVisible());
}

QByteArray WindowFilesTest::saved() const
{
    QFile file(path("saved"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void WindowFilesTest::savesAndOpens()
{
    saveThree();
    files()->open(url("three.capture"));
    QTRY_VERIFY(item("captureBanner")->isVisible());
    QTRY_VERIFY(value("captureBanner", "text").toString().contains(QStringLiteral("three.capture")));
    QTRY_COMPARE(files()->opened()->live()->totalCount(), 3.0);
    QTRY_COMPARE(item("eventTable")->property("live").value<LiveView *>(), files()->opened()->live());

    // What comes meanwhile is not seen, and is there afterwards.
    m_helper->send({test::openedHosts()});
    QTRY_COMPARE(m_monitor->live()->totalCount(), 4.0);
    QCOMPARE(files()->opened()->live()->totalCount(), 3.0);
    QTest::keyClick(m_window, Qt::Key_2, Qt::ControlModifier);
    QTRY_VERIFY(value("summaryCounted", "text").toString().startsWith(QStringLiteral("3 events")));

    click(bannerButton("captureBanner"));
    QTRY_VERIFY(!item("captureBanner")->isVisible());
    QVERIFY(files()->opened() == nullptr);
    QTRY_VERIFY(value("summaryCounted", "text").toString().startsWith(QStringLiteral("4 events")));
}

void WindowFilesTest::savesWhatIsShown()
{
    saveThree();
    QVERIFY(m_monitor->live()->filter()->use(QStringLiteral("type == file.written")));
    QTRY_COMPARE(m_monitor->live()->shownCount(), 1.0);
    files()->save(url("saved"), EventFiles::JsonLines, true);
    QTRY_COMPARE(saved().count('\n'), 1);
    QVERIFY(saved().contains("/home/alex/notes"));
}

void WindowFilesTest::exports_data()
{
    QTest::addColumn<EventFiles::Format>("format");
    QTest::addColumn<qsizetype>("lines");
    QTest::newRow("csv") << EventFiles::Csv << qsizetype{4};
    QTest::newRow("json") << EventFiles::JsonLines << qsizetype{3};
    QTest::newRow("ocsf") << EventFiles::Ocsf << qsizetype{3};
}

void WindowFilesTest::exports()
{
    QFETCH(EventFiles::Format, format);
    QFETCH(qsizetype, lines);
    saveThree();
    files()->save(url("saved"), format, false);
    QTRY_COMPARE(saved().count('\n'), lines);
    QTRY_VERIFY(item("fileBanner")->isVisible());
}

void WindowFilesTest::damagedCapture()
{
    saveThree();
    QFile file(path("three.capture"));
    QVERIFY(file.resize(file.size() - 30));
    files()->open(url("three.capture"));
    QTRY_VERIFY(value("captureBanner", "text").toString().contains(QStringLiteral("can be read up to byte")));
    QCOMPARE(files()->opened()->live()->totalCount(), 2.0);
}

void WindowFilesTest::noCapture()
{
    watch();
    QFile file(path("other"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("#!/bin/sh\n");
    file.close();
    files()->open(url("other"));
    QTRY_VERIFY(item("fileBanner")->isVisible());
    QVERIFY(value("fileBanner", "text").toString().contains(QStringLiteral("is no capture")));
    QVERIFY(files()->opened() == nullptr);
    QVERIFY(!item("captureBanner")->isVisible());

    files()->open(QUrl(QStringLiteral("https://example.org/a.capture")));
    QVERIFY(value("fileBanner", "text").toString().contains(QStringLiteral("this machine")));
}

void WindowFilesTest::dropOpens()
{
    saveThree();
    QMimeData data;
    data.setUrls({url("three.capture")});
    const QPoint middle(m_window->width() / 2, m_window->height() / 2);
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QGuiApplication::sendEvent(m_window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QGuiApplication::sendEvent(m_window, &drop);
    QTRY_VERIFY(files()->opened() != nullptr);
    QTRY_COMPARE(files()->opened()->live()->totalCount(), 3.0);
}

void WindowFilesTest::dialogsByKeyboardAndMenu()
{
    saveThree();
    const auto isOpen = [this](const char *name) { return dialog(name)->property("visible").toBool(); };
    QTest::keyClick(m_window, Qt::Key_O, Qt::ControlModifier);
    QTRY_VERIFY(isOpen("openDialog"));
    QMetaObject::invokeMethod(dialog("openDialog"), "reject");
    QTRY_VERIFY(!isOpen("openDialog"));
    QTest::keyClick(m_window, Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(isOpen("saveDialog"));
    QVERIFY(!dialog("saveDialog")->property("onlyShown").toBool());
    QMetaObject::invokeMethod(dialog("saveDialog"), "reject");
    QTRY_VERIFY(!isOpen("saveDialog"));

    click(item("fileButton"));
    QTRY_VERIFY(item("saveShown") != nullptr && item("saveShown")->isVisible());
    click(item("saveShown"));
    QTRY_VERIFY(isOpen("saveDialog"));
    QVERIFY(dialog("saveDialog")->property("onlyShown").toBool());
    QMetaObject::invokeMethod(dialog("saveDialog"), "reject");
}

void WindowFilesTest::stopsSaving()
{
    watch();
    for (int batch = 0; batch < 50; ++batch) {
        send(1000);
    }
    QTRY_COMPARE(m_monitor->live()->totalCount(), 50'000.0);
    files()->save(url("stopped"), EventFiles::JsonLines, false);
    QTRY_VERIFY(item("savingBanner")->isVisible());
    click(bannerButton("savingBanner"));
    QTRY_VERIFY(!files()->isSaving());
    QTRY_VERIFY(value("fileBanner", "text").toString().contains(QStringLiteral("stopped")));
    QTRY_VERIFY(QDir(m_directory.path())
                    .entryList(QDir::Files | QDir::Hidden)
                    .filter(QStringLiteral(".part"))
                    .isEmpty());
    // Whole, if it was through before the click; else not there.
    QFile file(path("stopped"));
    QVERIFY(!file.open(QIODevice::ReadOnly) || file.readAll().count('\n') == 50'000);
}

QTEST_MAIN(WindowFilesTest)
#include "WindowFilesTest.moc"
