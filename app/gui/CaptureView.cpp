// SPDX-License-Identifier: MIT
#include "app/gui/CaptureView.h"

#include "app/models/PathText.h"
#include "proto/Escape.h"

#include <QDBusConnection>
#include <QDateTime>
#include <QFile>
#include <QLocale>

namespace lunaris
{

CaptureView::CaptureView(const QString &file, QSettings *settings, QObject *parent)
    : QObject(parent), m_client(QDBusConnection(QString()), {}), m_live(&m_client, settings), m_file(file)
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
    const QDateTime start = QDateTime::fromMSecsSinceEpoch(static_cast<qint64>(m_facts.startTime / 1000));
    const QString host = QString::fromStdString(proto::toPrintable(m_facts.host.toStdString()));
    QString text = tr("You see the capture %1, made on %2 on %3. Nothing in it is live.")
                       .arg(name, host, QLocale().toString(start, QLocale::ShortFormat));
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
