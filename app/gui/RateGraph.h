// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_RATEGRAPH_H
#define LUNARIS_APP_GUI_RATEGRAPH_H

#include "app/gui/RateHistory.h"

#include <QColor>
#include <QPointer>
#include <QQuickPaintedItem>

namespace lunaris
{

/// The last ten minutes of a RateHistory: what was forwarded as a filled line, what was seen as a quiet
/// one behind it, the newest at the right edge. (A painted item: geometry nodes draw nothing with the
/// software renderer.)
class RateGraph : public QQuickPaintedItem
{
    Q_OBJECT
    QML_ELEMENT

public:
    explicit RateGraph(QQuickItem *parent = nullptr);

    Q_PROPERTY(lunaris::RateHistory *history READ history WRITE setHistory NOTIFY changed)
    RateHistory *history() const { return m_history; }
    void setHistory(RateHistory *history);

    Q_PROPERTY(QColor lineColor MEMBER m_lineColor NOTIFY changed)
    Q_PROPERTY(QColor quietColor MEMBER m_quietColor NOTIFY changed)
    Q_PROPERTY(QColor gridColor MEMBER m_gridColor NOTIFY changed)

    void paint(QPainter *painter) override;

Q_SIGNALS:
    void changed();

private:
    QPointer<RateHistory> m_history;
    QColor m_lineColor;
    QColor m_quietColor;
    QColor m_gridColor;
};

} // namespace lunaris

#endif
