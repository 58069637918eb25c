// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_FILES_CAPTURELOADER_H
#define LUNARIS_APP_FILES_CAPTURELOADER_H

#include "app/capture/CaptureFormat.h"
#include "app/models/BackgroundTask.h"
#include "dbus/MonitorEvent.h"

#include <QObject>
#include <QString>
#include <memory>

class QSemaphore;

namespace lunaris
{

/// Reads a capture on a thread of its own and hands its events on in batches, as a helper would, no faster
/// than they are taken. Belongs to the thread that made it, where all signals arrive.
class CaptureLoader : public QObject
{
    Q_OBJECT

public:
    explicit CaptureLoader(QObject *parent = nullptr);

    /// To be called once. Signals come later, also if it cannot be read.
    void start(const QString &file);

    /// Stops where it is; loaded() does not come then.
    void cancel() { m_search.cancel(); }

    bool isRunning() const { return m_search.isRunning(); }
    /// 0 to 1.
    double progress() const { return m_search.progress(); }

Q_SIGNALS:
    /// The beginning was read; before all events.
    void begun(const lunaris::capture::Facts &facts);

    /// `dropped` events were missing before them when the capture was made.
    void eventsLoaded(const lunaris::MonitorEventList &events, quint64 dropped);

    /// All that can be read has been handed on. What is wrong with the file, a sentence with its name;
    /// empty if it was whole. Without begun() before, nothing could be read.
    void loaded(const QString &problem);

    void progressChanged();

private:
    BackgroundTask m_search;
    std::shared_ptr<QSemaphore> m_room;
};

} // namespace lunaris

#endif
