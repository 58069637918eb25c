// SPDX-License-Identifier: MIT
#ifndef LUNARIS_APP_CTL_WATCH_H
#define LUNARIS_APP_CTL_WATCH_H

#include "app/client/MonitorClient.h"
#include "app/ctl/ExitStatus.h"

#include <QElapsedTimer>
#include <QObject>
#include <optional>

namespace lunaris
{

/// `watch`: prints a line an event until it is told to stop.
class Watch : public QObject
{
    Q_OBJECT

public:
    struct Options {
        MonitorClient::Options subscription;
        std::optional<quint64> count;       ///< stop after so many events
        std::optional<qint64> milliseconds; ///< stop after watching so long
    };

    Watch(const QDBusConnection &bus, const Options &options);

    void start();

public Q_SLOTS:
    /// Ends, with a summary on stderr.
    void stop();

Q_SIGNALS:
    void finished(int status);

private:
    void onEvents(const MonitorEventList &events, quint64 dropped);
    void onStatus();
    void startTime();
    void finish(ExitStatus status);

    const Options m_options;
    MonitorClient m_client;
    QElapsedTimer m_since;
    quint64 m_shown = 0;
    quint64 m_dropped = 0;
    bool m_finished = false;
};

} // namespace lunaris

#endif
