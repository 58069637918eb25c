// SPDX-License-Identifier: MIT
#include "app/files/CaptureLoader.h"

#include "app/capture/CaptureReader.h"
#include "app/format/DisplayText.h"

#include <QCoreApplication>
#include <QFile>
#include <QSemaphore>

namespace lunaris
{

namespace
{

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CaptureLoader)
};

constexpr qsizetype batchSize = 1000;

// Batches that wait to be taken.
constexpr int mostWaiting = 4;

/// The reader's thread: reads all, and posts it to the loader.
class Reading
{
public:
    Reading(CaptureLoader *loader, std::shared_ptr<QSemaphore> room, BackgroundTask::Course &course)
        : m_loader(loader), m_room(std::move(room)), m_course(course)
    {
    }

    /// What is wrong with the file, or empty.
    QString read(const QString &name)
    {
        QFile file(name);
        if (!file.open(QIODevice::ReadOnly)) {
            return Words::tr("%1 cannot be read: %2").arg(name, file.errorString());
        }
        CaptureReader reader(file);
        if (reader.problem()) {
            return problemOf(reader, name);
        }
        post([facts = reader.facts()](CaptureLoader *loader) { Q_EMIT loader->begun(facts); });
        const auto size = static_cast<double>(std::max<qint64>(file.size(), 1));
        while (const std::optional<CaptureReader::Item> item = reader.next()) {
            if (const auto *const loss = std::get_if<CaptureReader::Loss>(&*item)) {
                handOn();
                m_dropped += loss->events;
            } else {
                m_events.append(std::get<MonitorEvent>(*item));
            }
            if (m_events.size() >= batchSize) {
                m_course.setProgress(std::min(1.0, static_cast<double>(file.pos()) / size));
                handOn();
            }
            if (m_course.isCancelled()) {
                return {};
            }
        }
        handOn();
        if (m_dropped > 0) {
            post([dropped = m_dropped](CaptureLoader *loader) { Q_EMIT loader->eventsLoaded({}, dropped); });
        }
        return problemOf(reader, name);
    }

private:
    static QString problemOf(const CaptureReader &reader, const QString &name)
    {
        const std::optional<Sentence> problem = reader.problem();
        return problem ? Words::tr("%1 %2").arg(name, translated(*problem)) : QString();
    }

    void handOn()
    {
        if (!m_events.isEmpty()) {
            post([events = std::exchange(m_events, {}), dropped = std::exchange(m_dropped, 0)](
                     CaptureLoader *loader) { Q_EMIT loader->eventsLoaded(events, dropped); });
        }
    }

    template<typename Signal>
    void post(Signal signal)
    {
        constexpr int now = 50; // ms
        while (!m_room->tryAcquire(1, now)) {
            if (m_course.isCancelled()) {
                return;
            }
        }
        CaptureLoader *const loader = m_loader;
        QMetaObject::invokeMethod(
            loader,
            [loader, room = m_room, signal = std::move(signal)] {
                room->release();
                if (loader->isRunning()) {
                    signal(loader);
                }
            },
            Qt::QueuedConnection);
    }

    CaptureLoader *const m_loader; // outlives the thread
    const std::shared_ptr<QSemaphore> m_room;
    BackgroundTask::Course &m_course;
    MonitorEventList m_events;
    quint64 m_dropped = 0;
};

} // namespace

CaptureLoader::CaptureLoader(QObject *parent)
    : QObject(parent), m_room(std::make_shared<QSemaphore>(mostWaiting))
{
    connect(&m_search, &BackgroundTask::progressChanged, this, &CaptureLoader::progressChanged);
}

void CaptureLoader::start(const QString &file)
{
    m_search.start([this, room = m_room,
                    file](BackgroundTask::Course &course) { return Reading(this, room, course).read(file); },
                   // Behind the last batch, which was posted before.
                   [this](const QString &problem) { Q_EMIT loaded(problem); });
}

} // namespace lunaris
