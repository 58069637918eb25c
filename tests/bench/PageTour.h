// SPDX-License-Identifier: MIT
#ifndef LUNARIS_TESTS_BENCH_PAGETOUR_H
#define LUNARIS_TESTS_BENCH_PAGETOUR_H

#include <QObject>
#include <QTimer>
#include <functional>
#include <vector>

class QQuickWindow;

namespace lunaris::test
{

class FilterTypist;

/// A person who goes through the window's pages by keyboard and mouse, where it is most work to show them:
/// sorts files by name, searches them letter by letter, looks at all processes, and comes back to the Live
/// page, where filters are typed.
class PageTour : public QObject
{
    Q_OBJECT

public:
    /// Both must outlive it. While a filter is being typed it does not go on.
    PageTour(QQuickWindow *window, const FilterTypist *typist);

    void start() { m_steps.start(); }
    void stop();

    /// What is being done, for people.
    const char *doing() const { return m_doing; }
    /// How often it has come back to the Live page.
    std::size_t rounds() const { return m_rounds; }

private:
    void step();
    void click(const char *name);
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier);

    struct Step {
        const char *what;
        std::function<void()> act;
        int rests; // so many steps long it is looked at
    };

    QQuickWindow *const m_window;
    const FilterTypist *const m_typist;
    QTimer m_steps;
    std::vector<Step> m_plan;
    std::size_t m_next = 0;
    std::size_t m_rounds = 0;
    int m_rests = 0;
    const char *m_doing = "";
};

} // namespace lunaris::test

#endif
