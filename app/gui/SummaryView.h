// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_SUMMARYVIEW_H
#define LUNARIS_APP_GUI_SUMMARYVIEW_H

#include "app/gui/ProcessTreeModel.h"
#include "app/gui/SummaryModel.h"
#include "app/models/EventSummary.h"
#include "app/models/ProcessTree.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// What the Summary page shows and does: all events since it began, counted, and whose they were. Belongs
/// to the GUI thread.
class SummaryView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("The monitor has one.")

public:
    explicit SummaryView(QObject *parent = nullptr);

    /// `dropped` events were skipped before these.
    void add(const MonitorEventList &events, quint64 dropped);

    Q_PROPERTY(lunaris::SummaryModel *groups READ groups CONSTANT)
    SummaryModel *groups() { return &m_groups; }

    Q_PROPERTY(lunaris::ProcessTreeModel *processes READ processes CONSTANT)
    ProcessTreeModel *processes() { return &m_processes; }

    /// For whoever wants to know the parents of a process.
    const ProcessTree &processTree() const { return m_tree; }

    Q_PROPERTY(bool empty READ isEmpty NOTIFY changed)
    bool isEmpty() const { return m_summary.totals().events == 0; }

    Q_PROPERTY(QString counted READ counted NOTIFY changed)
    /// How much there was, and since when; in one line.
    QString counted() const;

    /// Counts from nothing again; who started whom stays known.
    Q_INVOKABLE void restart();

    Q_INVOKABLE void copy(const QString &text) const;

    /// Whether somebody can see the window; at first nobody.
    void setActive(bool active);

Q_SIGNALS:
    /// At most twice a second, and while the window can be seen.
    void changed();

private:
    void update();

    EventSummary m_summary;
    ProcessTree m_tree;
    SummaryModel m_groups{&m_summary};
    ProcessTreeModel m_processes{&m_tree};
    QTimer m_pace;
    bool m_active = false;
};

} // namespace lunaris

#endif
