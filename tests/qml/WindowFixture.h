// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_QML_WINDOWFIXTURE_H
#define LUNARIS_TESTS_QML_WINDOWFIXTURE_H

#include "app/gui/Monitor.h"
#include "app/window/MainWindow.h"
#include "tests/fakes/FakeHelper.h"
#include "tests/fakes/PlausibleEvents.h"
#include "tests/fakes/PrivateBus.h"
#include "tests/fakes/ScriptPlayer.h"

#include <QObject>
#include <QQuickItem>
#include <QQuickWindow>
#include <QTemporaryDir>
#include <memory>

namespace lunaris::test
{

/// The real window with all that it shows, against a helper on a real bus; all of it new for
/// every test function. A warning from QML fails the test.
class WindowFixture : public QObject
{
    Q_OBJECT

protected Q_SLOTS:
    void init();
    void cleanup();

protected:
    /// What a test wants to do to the monitor before anybody sees it.
    virtual void prepare() {}

    /// Shows the window; the helper may be there or not.
    void open();

    /// Shows the window over a helper that runs, and waits until it watches.
    void watch();

    void send(qsizetype count) { m_helper->send(m_events.make(count, 1'700'000'000'000'000)); }

    /// Has the helper do what the script says, as far as it goes by itself; see tests/fakes/Script.h.
    void play(const char *script);

    /// The item with this object name, which must be there.
    QQuickItem *item(const char *name) const;
    QVariant value(const char *name, const char *property) const { return item(name)->property(property); }
    QQuickItem *bannerButton(const char *banner) const;

    /// The rows on screen, from top to bottom.
    QList<QQuickItem *> rows() const;

    /// Until what is to be seen has been drawn.
    void awaitFrame() const;

    /// Letter by letter, wherever the keyboard is.
    void type(const QString &text) const;

    /// Clicks into the middle as soon as the item has been laid out.
    void click(QQuickItem *target) const;

    std::unique_ptr<QTemporaryDir> m_settings;
    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<FakeHelper> m_helper;
    std::unique_ptr<ScriptPlayer> m_player;
    std::unique_ptr<Monitor> m_monitor;
    std::unique_ptr<MainWindow> m_main;
    QQuickWindow *m_window = nullptr;
    PlausibleEvents m_events{11};
    QString m_scope; // to open with
};

} // namespace lunaris::test

#endif
