// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_QML_WINDOWSCENES_H
#define LUNARIS_TESTS_QML_WINDOWSCENES_H

#include "tests/qml/WindowFixture.h"

namespace lunaris::test
{

/// The window in every state that a person may see it in, filled as on a desktop at work: each page, each
/// menu and popup, each message. For tests that look at all of it.
class WindowScenes : public WindowFixture
{
    Q_OBJECT

protected Q_SLOTS:
    void init();
    void cleanup();

protected:
    void prepare() override;

    /// The pages, and the details pane.
    static QStringList pages();

    /// These, and what can appear on them.
    static QStringList scenes();

    /// Opens the window in a state, of a size, and waits until all of it is there and drawn.
    void stage(const QString &scene, QSize size = {1280, 800});

    void go(const QString &page);

    /// Fails when a text cannot be read, once all has come to rest.
    void checkTexts() const;

    /// Into the build folder, for people to look at.
    bool savePicture(const QString &name) const;

    /// The items in the window that are to be seen, from back to front. What lies under a popup that takes
    /// the whole window's input is not among them.
    QList<QQuickItem *> visibleItems() const;

    Settings::Look m_look = Settings::Look::Light; // to open with

private:
    using Show = void (WindowScenes::*)();
    struct Scene {
        const char *name;
        Show show;
    };
    static const QList<Scene> &all();

    void showLive();
    void showDetails();
    void showSummary();
    void showFolders();
    void showProcesses();
    void showStatistics();
    void showRules();
    void showSettings();

    void showColumnsMenu();
    void showColumnsTool();
    void showTimeMenu();
    void showCellMenu();
    void showHighlights();
    void showHighlightColors();
    void showSaveFilter();
    void showSavedFilterMenu();
    void showCompletion();
    void showPauseMenu();
    void showResumeMenu();
    void showFileMenu();
    void showResetMenu();
    void showRowMenu();
    void showEveryoneNotice();

    void showNoHelper();
    void showNoBus();
    void showNoStatistics();
    void showPaused();
    void showRefusal();
    void showCapture();
    void showSaved();
    void showNothingYet();
    void showNothingPasses();
    void showWrongFilter();
    void showFrozen();
    void showSorted();
    void showLoss();
    void showWrongRule();

    /// A helper that has been at work for a while, and what it has reported last.
    void work();
    void begin();
    bool addApplication(const QByteArray &id, const QByteArray &name) const;
    MonitorEventList activity(qsizetype count);
    void waitForPopup(const char *name) const;
    void saveCapture();

    QTemporaryDir m_directory;
    QSize m_size;
};

} // namespace lunaris::test

#endif
