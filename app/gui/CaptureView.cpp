// SPDX-License-Identifier: MIT
#include "app/gui/CaptureView.h"

#include "app/format/DisplayText.h"
#include "app/models/PathText.h"

#include <QDBusConnection>
#include <QFile>

namespace lunaris
{

CaptureView::CaptureView(const QString &file, const Settings *settings, QSettings *store, QObject *parent)
    : QObject(parent)
    , m_client(QDBusConnection(QString()), {})
    , m_live(&m_client, store)
    , m_history(m_live.store(), settings)
    , m_file(file)
{
    m_live.details()->setProcesses(&m_summary.processTree());
    connect(&m_client, &MonitorClient::eventsReceived, &m_summary, &SummaryView::add);
    connect(&m_loader, &CaptureLoader::progressChanged, this, &CaptureView::progressChanged);
    connect(&m_loader, &CaptureLoader::eventsLoaded, &m_client, &MonitorClient::eventsReceived);
    connect(&m_loader, &CaptureLoader::begun, this, [this](const capture::Facts &facts) {
        m_begun = true;
        m_facts = facts;
        Q_EMIT changed();
    });
    connect(&m_loader, &CaptureLoader::loaded, this, [this](const QString &problem) {
        m_problem = problem;
        Q_EMIT changed();
        if (!m_begun) {
            Q_EMIT failed(problem);
        }
    });
    m_summary.setActive(true);
    m_loader.start(file);
}

QString CaptureView::sentence()
{
    const QString name = PathText::fileName(QFile::encodeName(m_file), 0);
    if (!m_begun) {
        return tr("Opening the capture %1").arg(name);
    }
    QString text = tr("You see the capture %1, made on %2 on %3. Nothing in it is live.")
                       .arg(name, printable(m_facts.host), momentText(m_facts.startTime));
    const quint64 left = m_live.store()->rows().first() - 1;
    if (left > 0) {
        text += QLatin1Char(' ') + tr("Its first %L1 rows are more than the history holds.").arg(left);
    }
    if (isDamaged()) {
        text += QLatin1Char(' ') + tr("It is damaged: %1.").arg(m_problem);
    }
    return text;
}

} // namespace lunaris
