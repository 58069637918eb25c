// SPDX-License-Identifier: MIT
#include "tests/qml/WindowScenes.h"

#include "dbus/Names.h"
#include "dbus/StateReason.h"
#include "tests/fakes/PlausibleTotals.h"
#include "tests/qml/Settled.h"
#include "tests/qml/TextGeometry.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QMap>
#include <QSignalSpy>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <vector>

namespace lunaris::test
{

namespace
{

constexpr quint64 noon = 1'763'985'600'000'000; // 2025-11-24T12:00:00Z
constexpr quint64 forwarded = 48'420;
constexpr qsizetype rowCount = 900;

void collect(QQuickItem *parent, QList<QQuickItem *> &found)
{
    QList<QQuickItem *> children = parent->childItems();
    std::stable_sort(children.begin(), children.end(),
                     [](const QQuickItem *one, const QQuickItem *other) { return one->z() < other->z(); });
    for (QQuickItem *child : children) {
        if (child->isVisible() && child->opacity() > 0) {
            found.append(child);
            collect(child, found);
        }
    }
}

} // namespace

const QList<WindowScenes::Scene> &WindowScenes::all()
{
    static const QList<Scene> scenes = {
        {"live", &WindowScenes::showLive},
        {"details", &WindowScenes::showDetails},
        {"summary", &WindowScenes::showSummary},
        {"processes", &WindowScenes::showProcesses},
        {"statistics", &WindowScenes::showStatistics},
        {"rules", &WindowScenes::showRules},
        {"settings", &WindowScenes::showSettings},
        {"folders", &WindowScenes::showFolders},
        {"columns-menu", &WindowScenes::showColumnsMenu},
        {"columns-tool", &WindowScenes::showColumnsTool},
        {"time-menu", &WindowScenes::showTimeMenu},
        {"cell-menu", &WindowScenes::showCellMenu},
        {"highlights", &WindowScenes::showHighlights},
        {"highlight-colors", &WindowScenes::showHighlightColors},
        {"save-filter", &WindowScenes::showSaveFilter},
        {"saved-filter-menu", &WindowScenes::showSavedFilterMenu},
        {"completion", &WindowScenes::showCompletion},
        {"pause-menu", &WindowScenes::showPauseMenu},
        {"resume-menu", &WindowScenes::showResumeMenu},
        {"file-menu", &WindowScenes::showFileMenu},
        {"reset-menu", &WindowScenes::showResetMenu},
        {"row-menu", &WindowScenes::showRowMenu},
        {"everyone-notice", &WindowScenes::showEveryoneNotice},
        {"no-helper", &WindowScenes::showNoHelper},
        {"no-bus", &WindowScenes::showNoBus},
        {"no-statistics", &WindowScenes::showNoStatistics},
        {"paused", &WindowScenes::showPaused},
        {"refusal", &WindowScenes::showRefusal},
        {"capture", &WindowScenes::showCapture},
        {"saved", &WindowScenes::showSaved},
        {"nothing-yet", &WindowScenes::showNothingYet},
        {"nothing-passes", &WindowScenes::showNothingPasses},
        {"wrong-filter", &WindowScenes::showWrongFilter},
        {"frozen", &WindowScenes::showFrozen},
        {"sorted", &WindowScenes::showSorted},
        {"loss", &WindowScenes::showLoss},
        {"wrong-rule", &WindowScenes::showWrongRule},
    };
    return scenes;
}

QStringList WindowScenes::pages()
{
    return scenes().first(7);
}

QStringList WindowScenes::scenes()
{
    QStringList names;
    for (const Scene &scene : all()) {
        names.append(QString::fromLatin1(scene.name));
    }
    return names;
}

void WindowScenes::init()
{
    WindowFixture::init();
    qputenv("XDG_DATA_HOME", m_settings->filePath(QStringLiteral("data")).toLocal8Bit());
}

void WindowScenes::cleanup()
{
    WindowFixture::cleanup();
    qunsetenv("XDG_DATA_HOME");
}

void WindowScenes::stage(const QString &scene, QSize size)
{
    m_size = size;
    const auto found = std::find_if(all().begin(), all().end(),
                                    [&](const Scene &known) { return scene == QLatin1String(known.name); });
    QVERIFY(found != all().end());
    (this->*found->show)();
    if (QTest::currentTestFailed()) {
        return;
    }
    awaitFrame();
    awaitFrame(); // what was made for the first frame has its place in the second
}

QList<QQuickItem *> WindowScenes::visibleItems() const
{
    QList<QQuickItem *> items;
    collect(m_window->contentItem(), items);
    return items;
}

void WindowScenes::checkTexts() const
{
    QStringList problems;
    const auto canBeRead = [&] {
        problems = problemsWithTexts(visibleItems());
        return problems.isEmpty();
    };
    QTRY_VERIFY2(canBeRead(), qPrintable(problems.join(QLatin1Char('\n'))));
}

bool WindowScenes::savePicture(const QString &name) const
{
    const QDir folder(QStringLiteral(LUNARIS_PICTURES));
    return folder.mkpath(QStringLiteral(".")) &&
           m_window->grabWindow().save(folder.filePath(name + QStringLiteral(".png")));
}

void WindowScenes::go(const QString &page)
{
    m_monitor->navigation()->setPage(page);
}

void WindowScenes::waitForPopup(const char *name) const
{
    // What a delegate has is a child of its item only.
    const QObject *popup = m_window->findChild<QObject *>(QLatin1String(name));
    for (const QQuickItem *item : visibleItems()) {
        popup = popup != nullptr ? popup : item->findChild<QObject *>(QLatin1String(name));
    }
    QVERIFY2(popup != nullptr, name);
    QTRY_VERIFY2(popup->property("opened").toBool(), name);
}

/// As somebody has set it up who has had it open for ten minutes.
void WindowScenes::prepare()
{
    m_monitor->settings()->setLook(m_look);
    std::vector<quint64> sums;
    double sum = 0;
    for (int second = 0; second < 600; ++second) {
        sum += 18 + 12 * std::sin(second / 40.0) + (second % 47 < 6 ? 55 : 0) + (second % 7) * 2;
        sums.push_back(static_cast<quint64>(sum));
    }
    for (int second = 0; second < 600; ++second) {
        const quint64 before = forwarded - 45 - sums.back() + sums[static_cast<std::size_t>(second)];
        m_monitor->statistics()->rates()->add(plausibleStatistics(before, 0, noon),
                                              (second - 600) * qint64{1000});
    }
}

void WindowScenes::begin()
{
    watch();
    m_window->resize(m_size);
    QTRY_COMPARE(m_window->size(), m_size);
}

void WindowScenes::work()
{
    QVERIFY(addApplication("firefox", "Firefox"));
    QVERIFY(addApplication("code", "Code"));
    QVERIFY(addApplication("libreoffice", "LibreOffice Writer"));
    m_helper->setStatistics(plausibleStatistics(forwarded, 0, noon - 3'600'000'000));
    m_helper->setRules(plausibleRules(forwarded));
    begin();
    m_helper->send(activity(rowCount));
    QTRY_COMPARE(m_monitor->live()->totalCount(), static_cast<double>(rowCount));
    QTRY_VERIFY(m_monitor->statistics()->areKnown());
}

bool WindowScenes::addApplication(const QByteArray &id, const QByteArray &name) const
{
    const QDir folder(m_settings->filePath(QStringLiteral("data/applications")));
    QFile file(folder.filePath(QStringLiteral("org.example.%1.desktop").arg(QString::fromUtf8(id))));
    return folder.mkpath(QStringLiteral(".")) && file.open(QIODevice::WriteOnly) &&
           file.write("[Desktop Entry]\nType=Application\nName=" + name + '\n') > 0;
}

/// Five minutes of it.
MonitorEventList WindowScenes::activity(qsizetype count)
{
    static const QMap<quint32, quint32> parents = {
        {3384, 3120},  {3120, 1987},  {4211, 1987},  {4302, 4211},   {9001, 1987},
        {20417, 9001}, {20533, 9001}, {20598, 9001}, {20611, 20598}, {20702, 9001},
        {20755, 9001}, {8123, 9001},  {7790, 1987}};
    MonitorEventList events = m_events.mixed(count, noon);
    for (MonitorEvent &event : events) {
        event.time = noon + (event.time - noon) * 700;
        event.parentPid = parents.value(event.pid, 1);
        if (event.type == dbus::type::processExited &&
            std::find(parents.begin(), parents.end(), event.pid) != parents.end()) {
            event.type = dbus::type::processStarted; // others still need it
            event.value = 0;
        }
        if (event.parentPid == 9001) {
            event.application = QStringLiteral("/usr/bin/") + event.comm; // it was typed in a terminal
        }
    }
    MonitorEvent &first = events.front();
    first.type = dbus::type::processStarted;
    first.subject = "/usr/lib/systemd/systemd";
    first.comm = QStringLiteral("systemd");
    first.application = QString::fromUtf8(first.subject);
    first.pid = 1;
    first.parentPid = 0;
    first.value = first.attributes = first.flags = 0;
    return events;
}

void WindowScenes::showLive()
{
    work();
    m_monitor->live()->savedFilters()->save(QStringLiteral("Sources"),
                                            QStringLiteral("path startswith /home/ada/src/"));
    m_monitor->live()->savedFilters()->save(QStringLiteral("What fails"),
                                            QStringLiteral("type == file.open_failed"));
    m_monitor->live()->highlights()->add(QStringLiteral("comm == libreoffice"));
    QTRY_VERIFY(rows().size() > 3);
}

void WindowScenes::showDetails()
{
    showLive();
    m_monitor->live()->setFrozen(true);
    item("eventTable")->forceActiveFocus(Qt::TabFocusReason);
    m_monitor->live()->details()->setActive(true);
    const QSignalSpy related(m_monitor->live()->details(), &EventDetails::relatedChanged);
    EventWindow *const rows = m_monitor->live()->rows();
    rows->setCurrent(static_cast<int>(rows->shown()->numbers().size() / 2));
    QTRY_VERIFY(!related.isEmpty() && !m_monitor->live()->details()->isSearching());
}

void WindowScenes::showSummary()
{
    work();
    go(QStringLiteral("summary"));
    QTRY_VERIFY(m_monitor->summary()->groups()->total() > 0);
    item("groupList")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Down);
}

void WindowScenes::showFolders()
{
    showSummary();
    click(item("grouping1"));
    QTRY_COMPARE(m_monitor->summary()->groups()->grouping(), SummaryModel::Folder);
    QVERIFY(settled(*m_monitor->summary()->groups()));
    QTRY_VERIFY(m_monitor->summary()->groups()->total() > 0);
}

void WindowScenes::showProcesses()
{
    work();
    go(QStringLiteral("summary"));
    click(item("grouping5"));
    QTRY_VERIFY(m_monitor->summary()->processes()->total() > 0);
    item("processList")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Down);
}

void WindowScenes::showStatistics()
{
    work();
    go(QStringLiteral("statistics"));
    QTRY_VERIFY(m_monitor->statistics()->funnel()->rowCount() > 7); // with the rules
}

void WindowScenes::showRules()
{
    work();
    go(QStringLiteral("rules"));
    QTRY_VERIFY(m_monitor->rules()->model()->rowCount() > 0);
    click(item("rulePath"));
    type(QStringLiteral("/usr/lib/x"));
    QTRY_COMPARE(m_monitor->rules()->decidingRow(), 1);
}

void WindowScenes::showSettings()
{
    work();
    go(QStringLiteral("settings"));
    QTRY_VERIFY(item("historyRows")->isVisible());
    // New once a second.
    const auto isHeldShown = [this] {
        const QList<QQuickItem *> items = visibleItems();
        return std::any_of(items.begin(), items.end(), [this](const QQuickItem *item) {
            return isText(item) && textOf(item).contains(m_monitor->history()->held());
        });
    };
    QTRY_VERIFY(isHeldShown());
}

void WindowScenes::showColumnsMenu()
{
    showLive();
    item("tableHeader")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Menu);
    waitForPopup("columnsMenu");
}

void WindowScenes::showColumnsTool()
{
    showLive();
    click(item("columnsButton"));
    waitForPopup("columnsToolMenu");
}

void WindowScenes::showTimeMenu()
{
    showLive();
    click(item("timeButton"));
    waitForPopup("timeMenu");
}

void WindowScenes::showCellMenu()
{
    showLive();
    item("eventTable")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Up);
    QTest::keyClick(m_window, Qt::Key_Menu);
    waitForPopup("cellMenu");
}

void WindowScenes::showHighlights()
{
    showLive();
    m_monitor->live()->highlights()->add(QStringLiteral("comm =="));
    click(item("highlightsButton"));
    waitForPopup("highlightsPopup");
}

void WindowScenes::showHighlightColors()
{
    showHighlights();
    QTRY_VERIFY(item("highlightColor0") != nullptr);
    awaitFrame();
    click(item("highlightColor0"));
    waitForPopup("highlightColors0");
}

void WindowScenes::showSaveFilter()
{
    showLive();
    QVERIFY(m_monitor->live()->filter()->use(QStringLiteral("comm == git")));
    click(item("saveFilter"));
    waitForPopup("savePopup");
}

void WindowScenes::showSavedFilterMenu()
{
    showLive();
    item("savedFilter0")->forceActiveFocus(Qt::TabFocusReason);
    QTest::keyClick(m_window, Qt::Key_Menu);
    waitForPopup("savedFilterMenu");
}

void WindowScenes::showCompletion()
{
    showLive();
    click(item("filterInput"));
    type(QStringLiteral("p"));
    waitForPopup("completions");
    QTest::keyClick(m_window, Qt::Key_Down);
}

void WindowScenes::showPauseMenu()
{
    showLive();
    QTest::keyClick(m_window, Qt::Key_E, Qt::ControlModifier);
    waitForPopup("pauseMenu");
}

void WindowScenes::showResumeMenu()
{
    showPaused();
    QTest::keyClick(m_window, Qt::Key_E, Qt::ControlModifier);
    waitForPopup("pauseMenu");
}

void WindowScenes::showFileMenu()
{
    showLive();
    click(item("fileButton"));
    waitForPopup("fileMenu");
}

void WindowScenes::showResetMenu()
{
    showRules();
    QTest::keyClick(m_window, Qt::Key_PageDown); // large letters: the button stands further down
    click(item("resetRules"));
    waitForPopup("resetMenu");
}

void WindowScenes::showRowMenu()
{
    showSummary();
    QTest::keyClick(m_window, Qt::Key_Menu);
    waitForPopup("rowMenu");
}

void WindowScenes::showEveryoneNotice()
{
    showSettings();
    click(item("scopeEveryone"));
    waitForPopup("everyoneNotice");
}

void WindowScenes::showNoHelper()
{
    open();
    m_window->resize(m_size);
    QTRY_VERIFY(item("problemBanner")->isVisible());
}

void WindowScenes::showNoBus()
{
    showLive();
    m_bus->stop();
    QTRY_VERIFY(item("problemBanner")->isVisible());
    QTRY_VERIFY(item("problemBanner")->property("text").toString().contains(QStringLiteral("D-Bus")));
}

void WindowScenes::showNoStatistics()
{
    showNoHelper();
    go(QStringLiteral("statistics"));
    QTRY_VERIFY(item("noStatistics")->isVisible());
}

void WindowScenes::showPaused()
{
    showLive();
    const auto now = static_cast<quint64>(QDateTime::currentMSecsSinceEpoch()) * 1000;
    m_helper->setPause({true, now + 900'000'000, true, 0, 0});
    m_helper->setState(dbus::state::paused, dbus::reason::paused);
    QTRY_VERIFY(m_monitor->pause()->isMine() && m_monitor->pause()->isEveryones());
    QTRY_VERIFY(item("problemBanner")->isVisible());
}

void WindowScenes::showRefusal()
{
    showLive();
    m_helper->refuseCommands({QString(dbus::error::notAuthorized), QStringLiteral("An administrator may.")});
    m_monitor->pause()->pause(CapturePause::Whose::Everyones, 0);
    QTRY_VERIFY(item("commandBanner")->isVisible());
}

void WindowScenes::saveCapture()
{
    showLive();
    const QString file = m_directory.filePath(QStringLiteral("monday.capture"));
    m_monitor->files()->save(QUrl::fromLocalFile(file), EventFiles::Capture, false);
    QTRY_VERIFY(item("fileBanner")->isVisible());
}

void WindowScenes::showSaved()
{
    saveCapture();
}

void WindowScenes::showCapture()
{
    saveCapture();
    m_monitor->files()->dismissMessage();
    m_monitor->files()->openFile(m_directory.filePath(QStringLiteral("monday.capture")));
    QTRY_VERIFY(item("captureBanner")->isVisible());
    QTRY_COMPARE(m_monitor->files()->opened()->live()->totalCount(), static_cast<double>(rowCount));
}

void WindowScenes::showNothingYet()
{
    begin();
    QTRY_VERIFY(item("emptyState")->isVisible());
}

void WindowScenes::showNothingPasses()
{
    showLive();
    QVERIFY(m_monitor->live()->filter()->use(QStringLiteral("comm == nobody")));
    QTRY_VERIFY(item("emptyState")->isVisible());
}

void WindowScenes::showWrongFilter()
{
    showLive();
    click(item("filterInput"));
    type(QStringLiteral("comm == git and pid = x"));
    QTRY_VERIFY(item("filterProblem")->isVisible());
    QTest::keyClick(m_window, Qt::Key_Escape); // the completion
}

void WindowScenes::showFrozen()
{
    showLive();
    click(item("freezeButton"));
    send(12);
    QTRY_COMPARE(m_monitor->live()->pendingCount(), 12.0);
    QTRY_VERIFY(item("pill")->isVisible());
}

void WindowScenes::showSorted()
{
    showLive();
    click(item("header_path"));
    QTRY_VERIFY(value("header_path", "sorted").toBool());
    QTRY_VERIFY(item("pill")->isVisible());
}

void WindowScenes::showLoss()
{
    work();
    m_helper->setStatistics(plausibleStatistics(forwarded, 37, noon - 3'600'000'000));
    m_helper->send(activity(5), 1'204);
    go(QStringLiteral("statistics"));
    QTRY_VERIFY(item("lossCard")->isVisible());
    QTRY_VERIFY(value("lossText", "text").toString().count(QLatin1Char('\n')) == 1);
}

void WindowScenes::showWrongRule()
{
    showRules();
    m_monitor->rules()->model()->setPrefix(0, QStringLiteral("proc"));
    QTRY_VERIFY(item("rulesNote")->isVisible());
}

} // namespace lunaris::test
