// SPDX-License-Identifier: MIT
#include "tests/bench/PageTour.h"

#include "tests/bench/FilterTypist.h"

#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>
#include <chrono>

namespace lunaris::test
{

using namespace std::chrono_literals;

namespace
{

/// What delegates make is nobody's child but its item's.
QQuickItem *find(QQuickItem *from, QLatin1String name)
{
    if (from->objectName() == name && from->isVisible()) {
        return from;
    }
    const QList<QQuickItem *> children = from->childItems();
    for (QQuickItem *child : children) {
        if (QQuickItem *const found = find(child, name)) {
            return found;
        }
    }
    return nullptr;
}

} // namespace

PageTour::PageTour(QQuickWindow *window, const FilterTypist *typist) : m_window(window), m_typist(typist)
{
    m_steps.setInterval(700ms);
    connect(&m_steps, &QTimer::timeout, this, &PageTour::step);

    const auto add = [this](const char *what, std::function<void()> act) {
        m_plan.push_back({QString::fromLatin1(what), std::move(act)});
    };
    const auto rest = [&add](const char *what, int steps) {
        for (int step = 0; step < steps; ++step) {
            add(what, [] {});
        }
    };
    const auto goTo = [this](Qt::Key page) { return [this, page] { key(page, Qt::ControlModifier); }; };
    const auto press = [this](const char *name) { return [this, name] { click(name); }; };
    const auto letter = [this](Qt::Key which) { return [this, which] { key(which); }; };
    add("summary", goTo(Qt::Key_2));
    add("folders", press("grouping1"));
    rest("folders", 2);
    add("files", press("grouping2"));
    rest("files", 4);
    add("files by name", press("sortByName"));
    rest("files by name", 4);
    add("files by the time of the last", press("sortByLast"));
    rest("files by the time of the last", 4);
    add("to the search", [this] { key(Qt::Key_F, Qt::ControlModifier); });
    for (const Qt::Key which : {Qt::Key_O, Qt::Key_B, Qt::Key_J}) {
        add("search for files", letter(which));
        rest("search for files", 2);
    }
    for (int times = 0; times < 3; ++times) {
        add("search for files undone", letter(Qt::Key_Backspace));
    }
    add("processes", press("grouping5"));
    rest("processes", 4);
    add("processes that have ended, too", press("showEnded"));
    rest("processes that have ended, too", 4);
    add("processes that have ended, no more", press("showEnded"));
    add("applications", press("grouping0"));
    add("statistics", goTo(Qt::Key_3));
    rest("statistics", 3);
    add("rules", goTo(Qt::Key_4));
    rest("rules", 1);
    add("settings", goTo(Qt::Key_5));
    rest("settings", 1);
    add("live", goTo(Qt::Key_1));
    rest("live", 20);
}

void PageTour::stop()
{
    m_steps.stop();
    if (m_next != 0) {
        key(Qt::Key_1, Qt::ControlModifier);
    }
}

void PageTour::step()
{
    if (m_typist->isPressing()) {
        return;
    }
    const Step &now = m_plan[m_next];
    m_next = (m_next + 1) % m_plan.size();
    m_rounds += m_next == 0 ? 1 : 0;
    m_doing = now.what;
    now.act();
}

void PageTour::key(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(m_window, key, modifiers);
}

void PageTour::click(const char *name)
{
    const QQuickItem *const target = find(m_window->contentItem(), QLatin1String(name));
    if (target == nullptr) {
        qFatal("There is no \"%s\" in the window.", name);
    }
    const QPointF middle(target->width() / 2, target->height() / 2);
    QTest::mouseClick(m_window, Qt::LeftButton, {}, target->mapToScene(middle).toPoint());
}

} // namespace lunaris::test
