// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_WATCH_H
#define LUNARIS_APP_CTL_WATCH_H

#include "app/capture/CaptureWriter.h"
#include "app/client/MonitorClient.h"
#include "app/ctl/ExitStatus.h"
#include "app/format/EventFormat.h"

#include <QElapsedTimer>
#include <QObject>
#include <QSocketNotifier>
#include <memory>
#include <optional>

namespace lunaris
{

/// `watch`: prints a line an event until it is told to stop, its terminal is closed (Ctrl-D), or nobody reads
/// the lines any more.
class Watch : public QObject
{
    Q_OBJECT

public:
    struct Options {
        MonitorClient::Options subscription;
        std::optional<quint64> count;       ///< stop after so many events
        std::optional<qint64> milliseconds; ///< stop after watching so long
        std::unique_ptr<EventFormat> format;
        std::unique_ptr<CaptureWriter> capture; ///< null: the events are not saved
    };

    Watch(const QDBusConnection &bus, Options options);

    void start();

public Q_SLOTS:
    /// Ends, with a summary on stderr.
    void stop();

Q_SIGNALS:
    void finished(int status);

private:
    void onEvents(const MonitorEventList &events, quint64 dropped);
    void onStatus();
    void startWatching();
    void awaitEnds();
    void finish(ExitStatus status);

    Options m_options;
    MonitorClient m_client;
    std::unique_ptr<QSocketNotifier> m_readerGone;
    std::unique_ptr<QSocketNotifier> m_input;
    QElapsedTimer m_since;
    quint64 m_shown = 0;
    quint64 m_dropped = 0;
    quint64 m_unsayable = 0; // in this format
    bool m_finished = false;
};

} // namespace lunaris

#endif
