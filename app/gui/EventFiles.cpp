// SPDX-License-Identifier: MIT
#include "app/gui/EventFiles.h"

#include "app/capture/CaptureWriter.h"
#include "app/files/EventSaver.h"
#include "app/models/PathText.h"

#include <QFile>
#include <QLocale>

namespace lunaris
{

namespace
{

/// As in formatNames(); empty for a capture.
QString nameOf(EventFiles::Format format)
{
    switch (format) {
    case EventFiles::Csv:
        return QStringLiteral("csv");
    case EventFiles::JsonLines:
        return QStringLiteral("json");
    case EventFiles::Ocsf:
        return QStringLiteral("ocsf");
    case EventFiles::Capture:
        break;
    }
    return {};
}

} // namespace

EventFiles::EventFiles(LiveView *live, const Settings *settings, QSettings *store, QObject *parent)
    : QObject(parent), m_live(live), m_settings(settings), m_store(store)
{
    connect(&m_saver, &BackgroundTask::runningChanged, this, &EventFiles::savingChanged);
    connect(&m_saver, &BackgroundTask::progressChanged, this, &EventFiles::progressChanged);
}

void EventFiles::open(const QUrl &file)
{
    if (file.isLocalFile()) {
        openFile(file.toLocalFile());
    } else {
        say(tr("Only files of this machine can be opened."), true);
    }
}

void EventFiles::openFile(const QString &file)
{
    dismissMessage();
    const std::unique_ptr<CaptureView> before = std::move(m_opened);
    m_opened = std::make_unique<CaptureView>(file, m_settings, m_store);
    connect(
        m_opened.get(), &CaptureView::failed, this,
        [this](const QString &sentence) {
            close();
            say(sentence, true);
        },
        Qt::QueuedConnection); // it goes with that
    Q_EMIT openedChanged();
}

void EventFiles::close()
{
    if (m_opened) {
        // Until nothing shows it any more.
        const std::unique_ptr<CaptureView> before = std::move(m_opened);
        Q_EMIT openedChanged();
    }
}

void EventFiles::save(const QUrl &file, Format format, bool onlyShown)
{
    if (!file.isLocalFile()) {
        say(tr("It can only be saved on this machine."), true);
        return;
    }
    dismissMessage();
    LiveView *const shown = m_opened ? m_opened->live() : m_live;
    const EventListing *const listing = shown->listing();
    SaveRequest request{shown->store()->rows(), std::nullopt, file.toLocalFile(), nameOf(format),
                        m_opened ? m_opened->facts() : CaptureWriter::factsOfThisMachine()};
    if (onlyShown) {
        request.rows = listing->rows();
        request.numbers.emplace();
        request.numbers->reserve(listing->count());
        for (quint64 index = 0; index < listing->count(); ++index) {
            request.numbers->push_back(listing->numberAt(index));
        }
    }
    m_saver.start(
        [request = std::move(request)](BackgroundTask::Course &course) {
            return saveEvents(request, course);
        },
        [this, name = file.toLocalFile()](const SaveResult &result) {
            if (!result.problem.isEmpty()) {
                say(result.problem, true);
                return;
            }
            QString sentence = tr("%L1 events saved in %2.")
                                   .arg(result.events)
                                   .arg(PathText::isolated(PathText::whole(QFile::encodeName(name), 0)));
            if (result.unsayable > 0) {
                sentence +=
                    QLatin1Char(' ') +
                    tr("%L1 lack what this format requires, and were left out.").arg(result.unsayable);
            }
            say(sentence, false);
        });
}

QString EventFiles::suffix(Format format)
{
    switch (format) {
    case Csv:
        return QStringLiteral("csv");
    case JsonLines:
    case Ocsf:
        return QStringLiteral("jsonl");
    case Capture:
        break;
    }
    return QStringLiteral("capture");
}

void EventFiles::cancelSaving()
{
    m_saver.cancel();
    say(tr("Saving was stopped."), false);
}

void EventFiles::say(const QString &sentence, bool failed)
{
    if (sentence != m_message || failed != m_failed) {
        m_message = sentence;
        m_failed = failed;
        Q_EMIT messageChanged();
    }
}

} // namespace lunaris
