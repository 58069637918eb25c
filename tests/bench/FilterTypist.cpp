// SPDX-License-Identifier: MIT
#include "tests/bench/FilterTypist.h"

#include <QQuickItem>
#include <QQuickWindow>
#include <QTest>
#include <array>
#include <chrono>

namespace lunaris::test
{

using namespace std::chrono_literals;

namespace
{

constexpr std::array<const char *, 7> filters = {
    "comm == git and path contains pack and pid > 100",
    "morgue",
    "",
    "ext == idx or path contains objects or user == root",
    "path glob \"/home/*/src/**\" and not comm == rg",
    "age < 5",
    "nothing is called so",
};

} // namespace

FilterTypist::FilterTypist(QQuickWindow *window) : m_window(window)
{
    m_rest.setSingleShot(true);
    m_rest.setInterval(2s);
    connect(&m_rest, &QTimer::timeout, this, &FilterTypist::begin);
    m_keys.setInterval(40ms);
    connect(&m_keys, &QTimer::timeout, this, &FilterTypist::press);
}

void FilterTypist::stop()
{
    m_rest.stop();
    m_keys.stop();
}

void FilterTypist::begin()
{
    auto *const input = m_window->findChild<QQuickItem *>(QStringLiteral("filterInput"));
    if (input == nullptr || !input->isVisible()) {
        m_rest.start();
        return;
    }
    input->forceActiveFocus();
    QTest::keyClick(m_window, Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(m_window, Qt::Key_Delete);
    m_left = QLatin1String(filters[m_begun % filters.size()]);
    ++m_begun;
    m_keys.start();
}

void FilterTypist::press()
{
    if (m_left.isEmpty()) {
        m_keys.stop();
        QTest::keyClick(m_window, Qt::Key_Return);
        m_rest.start();
    } else {
        QTest::keyClick(m_window, m_left.at(0).toLatin1());
        m_left.remove(0, 1);
    }
}

} // namespace lunaris::test
