// SPDX-License-Identifier: MIT
#include "app/gui/SummaryView.h"

#include "app/format/DisplayText.h"

#include <QClipboard>
#include <QGuiApplication>
#include <chrono>

namespace lunaris
{

using namespace std::chrono_literals;

SummaryView::SummaryView(QObject *parent) : QObject(parent)
{
    m_pace.setSingleShot(true);
    m_pace.setInterval(500ms);
    connect(&m_pace, &QTimer::timeout, this, &SummaryView::changed);
}

void SummaryView::add(const MonitorEventList &events, quint64 dropped)
{
    const bool first = isEmpty();
    m_summary.add(events);
    m_tree.add(events, dropped);
    update();
    if (first) {
        Q_EMIT changed();
    }
}

void SummaryView::update()
{
    if (m_active) {
        m_groups.update();
        m_processes.update();
        if (!m_pace.isActive()) {
            m_pace.start();
        }
    }
}

void SummaryView::setActive(bool active)
{
    m_active = active;
    update();
}

void SummaryView::restart()
{
    m_summary.clear();
    m_groups.updateNow();
    Q_EMIT changed();
}

void SummaryView::copy(const QString &text) const
{
    QGuiApplication::clipboard()->setText(text);
}

QString SummaryView::counted() const
{
    const Totals &totals = m_summary.totals();
    if (totals.events == 0) {
        return tr("No events yet");
    }
    const QLocale locale;
    const QString since = clockText(totals.first);
    return totals.bytes == 0 ? tr("%1 events since %2").arg(locale.toString(totals.events), since)
                             : tr("%1 events since %2, %3 written")
                                   .arg(locale.toString(totals.events), since,
                                        locale.formattedDataSize(static_cast<qint64>(totals.bytes)));
}

} // namespace lunaris
