// SPDX-License-Identifier: MIT
#include "app/gui/EventWindow.h"

#include "app/models/EventListModel.h"

#include <algorithm>
#include <cmath>

namespace lunaris
{

EventWindow::EventWindow(EventListModel *source, QObject *parent)
    : QAbstractListModel(parent), m_source(source)
{
    connect(source, &EventListModel::rowsChanged, this, &EventWindow::refresh);
}

int EventWindow::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : m_rows;
}

QVariant EventWindow::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid)) {
        return {};
    }
    const quint64 number = m_top + static_cast<quint64>(index.row());
    if (number < m_source->firstNumber() || number >= m_source->endNumber()) {
        return {}; // gone since the last refresh
    }
    return m_source->index(static_cast<int>(number - m_source->firstNumber()), EventListModel::PathColumn)
        .data(role);
}

QHash<int, QByteArray> EventWindow::roleNames() const
{
    return m_source->roleNames();
}

int EventWindow::total() const
{
    return m_source->rowCount();
}

void EventWindow::setViewSize(double rows)
{
    rows = std::max(rows, 0.0);
    if (rows != m_viewSize) {
        m_viewSize = rows;
        refresh();
    }
}

double EventWindow::position() const
{
    return m_top < m_source->firstNumber()
               ? 0.0
               : static_cast<double>(m_top - m_source->firstNumber()) + m_fraction;
}

void EventWindow::setPosition(double position)
{
    if (!std::isnan(position)) {
        m_following = false; // unless the position turns out to be the end
        moveTo(position);
    }
}

void EventWindow::setFollowing(bool following)
{
    if (following != m_following) {
        m_following = following;
        refresh();
    }
}

double EventWindow::unseen() const
{
    return static_cast<double>(m_source->endNumber() - std::min(m_seenEnd, m_source->endNumber()));
}

void EventWindow::refresh()
{
    if (m_current != 0 && m_current < m_source->firstNumber()) {
        m_current = 0;
        Q_EMIT currentChanged();
    }
    moveTo(position());
}

void EventWindow::moveTo(double position)
{
    const double end = std::max(0.0, total() - m_viewSize);
    // A wheel step that ends within a pixel of the end means the end.
    constexpr double aPixel = 0.04;
    m_following = m_following || position >= end - aPixel;
    position = m_following ? end : std::max(position, 0.0);

    const double top = std::floor(position);
    m_fraction = position - top;
    // One more for the part that is scrolled off, one for a view that is not a whole number of rows.
    const int rows = std::min(static_cast<int>(std::ceil(m_viewSize)) + 2, total() - static_cast<int>(top));
    showRows(m_source->firstNumber() + static_cast<quint64>(top), rows);

    const auto bottom = static_cast<quint64>(std::floor(position + m_viewSize));
    m_seenEnd = std::max(m_seenEnd, std::min(m_source->firstNumber() + bottom, m_source->endNumber()));
    Q_EMIT viewChanged();
}

/// Rows never change what they say, so only another top row is news to those already shown.
void EventWindow::showRows(quint64 top, int rows)
{
    const int before = m_rows;
    if (rows > before) {
        beginInsertRows({}, before, rows - 1);
        m_rows = rows;
        endInsertRows();
    } else if (rows < before) {
        beginRemoveRows({}, rows, before - 1);
        m_rows = rows;
        endRemoveRows();
    }
    if (top != m_top) {
        m_top = top;
        if (rows > 0) {
            Q_EMIT dataChanged(index(0), index(rows - 1));
        }
    }
}

void EventWindow::setCurrent(int row)
{
    if (row >= 0 && row < m_rows) {
        m_current = m_top + static_cast<quint64>(row);
        Q_EMIT currentChanged();
    }
}

void EventWindow::moveCurrent(int rows)
{
    if (total() == 0) {
        return;
    }
    const quint64 first = m_source->firstNumber();
    const int last = total() - 1;
    int row = 0;
    if (m_current == 0) {
        // The first step enters at the edge of the view that it comes from.
        const double edge = rows < 0 ? position() + m_viewSize - 1 : position();
        row = std::clamp(static_cast<int>(std::ceil(edge)) + rows - (rows < 0 ? -1 : 1), 0, last);
    } else {
        row = static_cast<int>(std::clamp<qint64>(static_cast<qint64>(m_current - first) + rows, 0, last));
    }
    m_current = first + static_cast<quint64>(row);
    if (row == last) {
        setFollowing(true);
    } else if (row < position()) {
        setPosition(row);
    } else if (row + 1 > position() + m_viewSize) {
        setPosition(row + 1 - m_viewSize);
    } else if (m_following) {
        // The person is reading here: hold the view although it stands at the end.
        m_following = false;
        Q_EMIT viewChanged();
    }
    Q_EMIT currentChanged();
}

QString EventWindow::currentText(const QString &role) const
{
    if (m_current < m_source->firstNumber() || m_current >= m_source->endNumber()) {
        return {};
    }
    const auto row = static_cast<int>(m_current - m_source->firstNumber());
    return m_source->index(row, EventListModel::PathColumn).data(roleNames().key(role.toUtf8())).toString();
}

} // namespace lunaris
