// SPDX-License-Identifier: MIT
#include "tests/bench/PageTour.h"

#include "tests/bench/FilterTypist.h"
#include "tests/qml/FindItem.h"

#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>
#include <chrono>

namespace lunaris::test
{

using namespace std::chrono_literals;

PageTour::PageTour(QQuickWindow *window, const FilterTypist *typist) : m_window(window), m_typist(typist)
{
    m_steps.setInterval(700ms);
    connect(&m_steps, &QTimer::timeout, this, &PageTour::step);

    const auto ctrl = [this](Qt::Key which) { return [this, which] { key(which, Qt::ControlModifier); }; };
    const auto press = [this](const char *name) { return [this, name] { click(name); }; };
    const auto letter = [this](Qt::Key which) { return [this, which] { key(which); }; };
    m_plan = {
        {"summary", ctrl(Qt::Key_2), 0},
        {"folders", press("grouping1"), 2},
        {"files", press("grouping2"), 4},
        {"files by name", press("sortByName"), 4},
        {"files by the time of the last event", press("sortByLast"), 4},
        {"a search for files", ctrl(Qt::Key_F), 0},
        {"files with an o", letter(Qt::Key_O), 2},
        {"files with ob", letter(Qt::Key_B), 2},
        {"files with obj", letter(Qt::Key_J), 2},
        {"files with ob again", letter(Qt::Key_Backspace), 0},
        {"files with an o again", letter(Qt::Key_Backspace), 0},
        {"all files again", letter(Qt::Key_Backspace), 0},
        {"processes", press("grouping5"), 4},
        {"processes, also those that have ended", press("showEnded"), 4},
        {"processes that run", press("showEnded"), 0},
        {"applications", press("grouping0"), 0},
        {"statistics", ctrl(Qt::Key_3), 3},
        {"rules", ctrl(Qt::Key_4), 1},
        {"settings", ctrl(Qt::Key_5), 1},
        {"live", ctrl(Qt::Key_1), 20},
    };
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
    if (m_rests > 0) {
        --m_rests;
        return;
    }
    const Step &now = m_plan[m_next];
    m_next = (m_next + 1) % m_plan.size();
    m_rounds += m_next == 0 ? 1 : 0;
    m_doing = now.what;
    m_rests = now.rests;
    now.act();
}

void PageTour::key(Qt::Key key, Qt::KeyboardModifiers modifiers)
{
    QTest::keyClick(m_window, key, modifiers);
}

void PageTour::click(const char *name)
{
    const QQuickItem *const target = findItem(m_window->contentItem(), QLatin1String(name));
    if (target == nullptr || !target->isVisible()) {
        qFatal("There is no \"%s\" to be seen in the window.", name);
    }
    const QPointF middle(target->width() / 2, target->height() / 2);
    QTest::mouseClick(m_window, Qt::LeftButton, {}, target->mapToScene(middle).toPoint());
}

} // namespace lunaris::test
