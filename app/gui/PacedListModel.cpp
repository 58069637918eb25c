// SPDX-License-Identifier: MIT
#include "app/gui/PacedListModel.h"

#include <algorithm>
#include <chrono>

namespace lunaris
{

using namespace std::chrono_literals;

namespace
{

constexpr std::chrono::milliseconds leastPause = 500ms;
constexpr std::chrono::milliseconds longestPause = 5s;

// Arranging may take this part of the time.
constexpr int share = 20;

} // namespace

PacedListModel::PacedListModel(QObject *parent) : QAbstractListModel(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(leastPause);
    connect(&m_timer, &QTimer::timeout, this, &PacedListModel::arrangeNow);
    connect(&m_task, &BackgroundTask::runningChanged, this, &PacedListModel::onTaskChanged);
}

int PacedListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : total();
}

void PacedListModel::setActive(bool active)
{
    if (active == m_active) {
        return;
    }
    m_active = active;
    Q_EMIT activeChanged();
    if (m_active && m_touched) {
        arrangeNow();
    } else if (!m_active) {
        m_timer.stop();
        m_touched = m_touched || m_task.isRunning();
        m_task.cancel();
    }
}

void PacedListModel::setCurrentRow(int row)
{
    m_currentRow = row >= 0 && row < total() ? row : -1;
    m_current = m_currentRow < 0 ? std::nullopt : std::optional(item(m_currentRow));
    Q_EMIT arranged();
}

void PacedListModel::touch()
{
    m_touched = true;
    if (m_active && !m_timer.isActive() && !m_task.isRunning()) {
        m_timer.start();
    }
}

void PacedListModel::arrangeNow()
{
    m_touched = true;
    if (m_active) {
        m_touched = false;
        m_timer.stop();
        m_begun.start();
        arrange(m_task);
    }
}

void PacedListModel::onTaskChanged()
{
    if (!m_task.isRunning() && m_active) {
        m_timer.setInterval(std::clamp<std::chrono::milliseconds>(
            std::chrono::milliseconds(m_begun.elapsed() * share), leastPause, longestPause));
        if (m_touched) {
            m_timer.start();
        }
    }
}

/// Views keep what they made for a row and read it anew; so the rows only come and go at the end.
void PacedListModel::showRows(const std::vector<Item> &rows)
{
    const int before = total();
    const int after = static_cast<int>(rows.size());
    const int common = std::min(before, after);
    if (after < before) {
        beginRemoveRows({}, after, before - 1);
        m_rows.resize(rows.size());
        endRemoveRows();
    }
    const auto firstNew = rows.cbegin() + common;
    std::copy(rows.cbegin(), firstNew, m_rows.begin());
    if (common > 0) {
        Q_EMIT dataChanged(index(0), index(common - 1));
    }
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_rows.insert(m_rows.end(), firstNew, rows.cend());
        endInsertRows();
    }
    findCurrent();
}

void PacedListModel::showAnew(const std::vector<Item> &rows)
{
    beginResetModel();
    m_rows = rows;
    m_current.reset();
    endResetModel();
    findCurrent();
}

void PacedListModel::findCurrent()
{
    const auto at = m_current ? std::find(m_rows.cbegin(), m_rows.cend(), *m_current) : m_rows.cend();
    m_currentRow = at == m_rows.cend() ? -1 : static_cast<int>(at - m_rows.cbegin());
    Q_EMIT arranged();
}

} // namespace lunaris
