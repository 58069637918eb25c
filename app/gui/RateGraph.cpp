// SPDX-License-Identifier: MIT
#include "app/gui/RateGraph.h"

#include <QPainter>
#include <QPainterPath>

namespace lunaris
{

namespace
{

/// One line a stretch of time without a gap.
QList<QPolygonF> lines(const RateHistory &history, const QSizeF &size, double RateHistory::Sample::*rate)
{
    QList<QPolygonF> result;
    if (history.samples().empty()) {
        return result;
    }
    const qint64 now = history.samples().back().to;
    const double top = history.top();
    const auto x = [&](qint64 time) {
        return size.width() *
               (1 - static_cast<double>(now - time) / static_cast<double>(RateHistory::span.count()));
    };
    const auto y = [&](double value) { return size.height() * (1 - value / top); };
    qint64 end = -1;
    for (const RateHistory::Sample &sample : history.samples()) {
        if (sample.from != end) {
            result.append(QPolygonF({QPointF(x(sample.from), y(sample.*rate))}));
        }
        result.last().append(QPointF(x(sample.to), y(sample.*rate)));
        end = sample.to;
    }
    return result;
}

} // namespace

RateGraph::RateGraph(QQuickItem *parent) : QQuickPaintedItem(parent)
{
    setAntialiasing(true);
    connect(this, &RateGraph::changed, this, [this] { update(); });
}

void RateGraph::setHistory(RateHistory *history)
{
    if (history == m_history) {
        return;
    }
    if (m_history) {
        m_history->disconnect(this);
    }
    m_history = history;
    if (m_history) {
        connect(m_history, &RateHistory::changed, this, [this] { update(); });
    }
    Q_EMIT changed();
}

void RateGraph::paint(QPainter *painter)
{
    painter->setRenderHint(QPainter::Antialiasing, false);
    painter->setPen(m_gridColor);
    for (const double part : {0.0, 0.5, 1.0}) {
        const int y = qRound((height() - 1) * part);
        painter->drawLine(0, y, qRound(width()), y);
    }
    if (!m_history) {
        return;
    }
    painter->setRenderHint(QPainter::Antialiasing, true);
    const QSizeF area(width(), height() - 1);
    painter->setPen(QPen(m_quietColor, 1));
    for (const QPolygonF &line : lines(*m_history, area, &RateHistory::Sample::seen)) {
        painter->drawPolyline(line);
    }
    QColor fill = m_lineColor;
    fill.setAlphaF(0.18F);
    for (const QPolygonF &line : lines(*m_history, area, &RateHistory::Sample::forwarded)) {
        QPainterPath below;
        below.moveTo(line.first().x(), area.height());
        for (const QPointF &point : line) {
            below.lineTo(point);
        }
        below.lineTo(line.last().x(), area.height());
        painter->fillPath(below, fill);
        painter->setPen(QPen(m_lineColor, 1.5));
        painter->drawPolyline(line);
    }
}

} // namespace lunaris
