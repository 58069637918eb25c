// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_GUI_CAPTUREVIEW_H
#define LUNARIS_APP_GUI_CAPTUREVIEW_H

#include "app/client/MonitorClient.h"
#include "app/files/CaptureLoader.h"
#include "app/gui/History.h"
#include "app/gui/LiveView.h"
#include "app/gui/SummaryView.h"

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace lunaris
{

/// A capture that was opened: the same tables as of what is live, over the events of a file. Belongs to the
/// GUI thread.
class CaptureView : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Opening a capture makes it.")
    Q_PROPERTY(lunaris::LiveView *live READ live CONSTANT)
    Q_PROPERTY(lunaris::SummaryView *summary READ summary CONSTANT)

public:
    /// Begins to read, and keeps as much as `settings` have the history keep. Both must outlive it.
    CaptureView(const QString &file, const Settings *settings, QSettings *store, QObject *parent = nullptr);

    LiveView *live() { return &m_live; }
    SummaryView *summary() { return &m_summary; }

    const QString &file() const { return m_file; }
    const capture::Facts &facts() const { return m_facts; }

    Q_PROPERTY(QString sentence READ sentence NOTIFY changed)
    /// What one sees: which capture, of which machine and when, and where it is damaged.
    QString sentence();

    Q_PROPERTY(bool damaged READ isDamaged NOTIFY changed)
    bool isDamaged() const { return !m_problem.isEmpty(); }

    Q_PROPERTY(bool loading READ isLoading NOTIFY changed)
    bool isLoading() const { return m_loader.isRunning(); }
    Q_PROPERTY(double progress READ progress NOTIFY progressChanged)
    /// 0 to 1.
    double progress() const { return m_loader.progress(); }

Q_SIGNALS:
    void changed();
    void progressChanged();

    /// Nothing of it could be read; a sentence.
    void failed(const QString &sentence);

private:
    // Never started: what lives off a client lives off the file's events instead.
    MonitorClient m_client;
    SummaryView m_summary;
    LiveView m_live;
    History m_history;
    CaptureLoader m_loader;
    const QString m_file;
    capture::Facts m_facts;
    bool m_begun = false;
    QString m_problem;
};

} // namespace lunaris

#endif
